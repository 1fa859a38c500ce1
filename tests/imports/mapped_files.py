"""Files of other systems, and having them mapped."""

from typing import Any

from accounts.models import User
from agencies.models import Agency
from imports.mapping.rules import Rules
from imports.models import ImportRun
from imports.operations import check_import, map_columns, receive_file
from jobs.testing import run_due

HEADER = "Datum;Betrag;Zweck;Nr;Name;Art\n"
ROWS = (
    "13.02.2026;1.234,50;0900101;77;Ruth;bar\n14.02.2026;12,50;Brunnen;77;Ruth;Wechsel\n"
    "15.02.2026;3,00;Brunnen;78;Boaz;bar\n"
)
COLUMNS = {
    "gift_date": "Datum",
    "amount": "Betrag",
    "designation": "Zweck",
    "donor_id": "Nr",
    "donor_name": "Name",
    "method": "Art",
}


def rules(**changes: Any) -> Rules:
    """The rules of such a file."""
    given: dict[str, Any] = {"kind": "gifts", "columns": COLUMNS, "order": "dmy", "mark": ","}
    return Rules(**given | changes)


def received(agency: Agency, actor: User, text: str = HEADER + ROWS, name: str = "spenden.csv") -> ImportRun:
    """An upload that was checked."""
    run = receive_file(agency=agency, actor=actor, name=name, content=text.encode(), check=False)
    return check_import(agency=agency, run=run)


def mapped(agency: Agency, actor: User, run: ImportRun, **changes: Any) -> ImportRun:
    """Map its columns, and have it checked."""
    kept = {name: changes.pop(name) for name in ("keep_as", "change_saved") if name in changes}
    map_columns(agency=agency, actor=actor, run=run, rules=rules(**changes), **kept)
    run_due()
    return ImportRun.objects.get(pk=run.pk)
