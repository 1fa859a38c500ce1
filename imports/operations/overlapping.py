"""Imports that found rows of another one there already. When that one is undone, these rows stand nowhere, though a
file that stands has them: it is judged again, and may be applied once more for them.
"""

from django.db import connection

from accounts.models import User
from imports.models import ImportRun
from imports.operations.receive import start_check
from jobs.operations.forgetting import GONE

State = ImportRun.State

# Rows with a key (of a gift) are told by it, others (lines of statements) by all that they say.
REPEATED = """
WITH taken AS (
  SELECT section, key, CASE WHEN key = '' THEN md5(cells::text) ELSE '' END AS says
  FROM imports_stagedrow WHERE agency_id = %(agency)s AND import_run_id = %(run)s AND verdict = 'create'
)
SELECT DISTINCT r.import_run_id FROM imports_stagedrow r JOIN taken t ON t.section = r.section AND t.key = r.key
  AND t.says = CASE WHEN r.key = '' THEN md5(r.cells::text) ELSE '' END
WHERE r.agency_id = %(agency)s AND r.import_run_id <> %(run)s AND r.verdict = 'repeat'
"""


def check_overlapping(*, run: ImportRun, actor: User | None) -> list[int]:
    """Have those checked again that stand and found rows of this undone import there; return their ids in order. One
    whose file went with somebody who was erased stays as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(REPEATED, {"agency": run.agency_id, "run": run.pk})
        found = [pk for (pk,) in cursor.fetchall()]
    at_rest = ImportRun.objects.filter(pk__in=found, state__in=(State.APPLIED, State.CHECKED)).order_by("pk")
    at_rest = at_rest.exclude(stored_file__path__startswith=f"{GONE}/")
    again = [each for each in at_rest.select_for_update(of=("self",)) if each.stands]
    for each in again:
        each.state = State.UPLOADED
        each.save(update_fields=["state"])
        start_check(actor, each)
    return [each.pk for each in again]
