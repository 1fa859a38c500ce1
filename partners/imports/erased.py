"""A file that names somebody who was erased: the gifts stand, and what it says of the person goes with it (ADR 17)."""

from django.db import connection

from agencies.models import Agency
from imports.models import ImportRun
from imports.operations.forgetting import drop_originals
from partners.erasing import Marks
from partners.models import ExternalId, GivingUnit
from partners.operations.erasing_rows import erase_rows

NAMED = """
SELECT DISTINCT e.partner_id FROM partners_externalid e
JOIN partners_partner p ON p.agency_id = e.agency_id AND p.id = e.partner_id AND p.erased_at IS NOT NULL
WHERE e.agency_id = %(agency)s AND (
  EXISTS (SELECT FROM imports_stagedrow s WHERE s.agency_id = e.agency_id AND s.import_run_id = %(run)s
    AND s.key = left(e.source || '|' || e.norm, 250))
  OR EXISTS (SELECT FROM partners_gift g JOIN partners_givingunit u ON u.agency_id = g.agency_id
    AND u.id = g.giving_unit_id AND u.partner_id = e.partner_id
    WHERE g.agency_id = e.agency_id AND g.import_id = %(run)s)
  OR EXISTS (SELECT FROM imports_stagedrow s JOIN partners_giftline l ON l.agency_id = s.agency_id
    AND s.key = left(l.source || '|' || l.designation_key || '|' || l.external_id, 250)
    JOIN partners_gift g ON g.agency_id = l.agency_id AND g.id = l.gift_id
    JOIN partners_givingunit u ON u.agency_id = g.agency_id AND u.id = g.giving_unit_id
    WHERE s.agency_id = e.agency_id AND s.import_run_id = %(run)s AND u.partner_id = e.partner_id)
)
"""


def forget_brought(*, agency: Agency, run: ImportRun, named: bool = False) -> list[int]:
    """Overwrite what an import that was just applied says of erased partners, and let its original go; return whom it
    brought. `named`: a row carries the number of one of them, be it kept out; what was read of it has no words, and the
    original goes too. One query where nobody is erased.
    """
    if named:
        drop_originals(run_ids=[run.pk], waiting=True)
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"agency": agency.pk, "run": run.pk})
        ids = sorted(pk for (pk,) in cursor.fetchall())
        if not ids:
            return []
        units = GivingUnit.objects.filter(partner__in=ids).values_list("pk", flat=True)
        numbers = ExternalId.objects.filter(partner__in=ids).values_list("source", "norm")
        marks = Marks(
            partner_ids=tuple(ids),
            giving_unit_ids=tuple(units),
            names=(),
            emails=(),
            own_emails=(),
            phones=(),
            numbers=tuple(numbers),
        )
        erase_rows(marks, run)
        cursor.execute("SELECT erase_partners(%s::bigint[], ARRAY[]::text[], %s)", [ids, agency.today()])
    return ids
