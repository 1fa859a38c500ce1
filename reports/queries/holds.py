"""Statements that tell of a gift: an import whose gifts a partner was told of cannot be undone."""

from django.utils.translation import gettext_lazy as _

from partners.imports.undoing.holds import Hold

# Issued to the giver, to who is or was stated with the giver, or to whom the gift is credited, for the year of the
# gift, after the gift was there.
TOLD = """
SELECT u.id FROM undo_gift u WHERE EXISTS (
  SELECT FROM reports_statementissue s WHERE s.agency_id = %(agency)s
    AND s.year = extract(year FROM u.date) AND s.issued_at >= u.recorded_at
    AND s.giving_unit_id IN (
      SELECT u.giving_unit_id UNION ALL
      SELECT o.id FROM partners_givingunit g
        JOIN partners_merge m ON m.agency_id = %(agency)s AND (m.id = g.came_by_id OR m.loser_id = g.partner_id)
        JOIN partners_givingunit o ON o.agency_id = %(agency)s
          AND o.partner_id = CASE WHEN m.id = g.came_by_id THEN g.partner_id ELSE m.survivor_id END
        WHERE g.agency_id = %(agency)s AND g.id = u.giving_unit_id
          AND s.issued_at > m.at AND s.issued_at < coalesce(m.undone_at, 'infinity') UNION ALL
      SELECT c.id FROM partners_givingunit c WHERE c.agency_id = %(agency)s AND c.partner_id = u.soft_partner_id
    )
)
"""

ISSUED = Hold(
    "statement", TOLD, _("A giving statement with this gift was issued. Correct the gift, and the statement follows.")
)
