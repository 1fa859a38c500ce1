"""Statements that tell of a gift: an import whose gifts a partner was told of cannot be undone."""

from django.utils.translation import gettext_lazy as _

from partners.imports.undoing.holds import Hold

# Issued to the giver, or to whom the gift is credited, for the year of the gift, after the gift was there.
TOLD = """
SELECT u.id FROM undo_gift u WHERE EXISTS (
  SELECT FROM reports_statementissue s WHERE s.agency_id = %(agency)s
    AND s.year = extract(year FROM u.date) AND s.issued_at >= u.recorded_at
    AND s.giving_unit_id IN (
      SELECT u.giving_unit_id UNION ALL
      SELECT c.id FROM partners_givingunit c WHERE c.agency_id = %(agency)s AND c.partner_id = u.soft_partner_id
    )
)
"""

ISSUED = Hold(
    "statement", TOLD, _("A giving statement with this gift was issued. Correct the gift, and the statement follows.")
)
