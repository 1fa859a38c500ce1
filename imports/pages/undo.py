"""What the page of an undo shows, worked out before the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from imports.kinds import domain
from imports.models import ImportRun
from imports.operations.undo import BUSY, undo_until
from imports.pages.runs import Fact, number_in_words, title_of


@dataclass(frozen=True)
class HeldRow:
    """A row on which something rests."""

    row: str
    line: str
    message: str


def undo_page(seat: Seat, run: ImportRun) -> dict[str, Any]:
    """What would be taken back and what would stay, in numbers, and the rows that hold the import."""
    agency, until = seat.agency, undo_until(run)
    page = {"run": run, "title": _("Undo import %(number)s") % {"number": run.pk}, "import_title": title_of(run)}
    page |= {"tabs": giving_tabs(seat, "imports"), "why_not": why_not(agency, run)}
    if page["why_not"] or until is None:
        return page
    undoing = domain().look_at_undo(agency=agency, run=run)
    return page | {
        "until": day_in_words(agency, until),
        "takes": counted(agency, undoing.takes),
        "stays": counted(agency, undoing.stays),
        "held": [
            HeldRow(number_in_words(agency, each.row), number_in_words(agency, each.line), each.message)
            for each in undoing.held
        ],
        "held_more": number_in_words(agency, undoing.held_count - len(undoing.held))
        if undoing.held_count > len(undoing.held)
        else "",
    }


def why_not(agency: Agency, run: ImportRun) -> str:
    """Why an import cannot be undone, whatever rests on it; "" when it can."""
    until = undo_until(run)
    if run.state in BUSY:
        return _("A job is at work on this import. Wait until it has ended.")
    if until is None:
        return _("Nothing of this import stands: it was not applied, or it was undone before.")
    if timezone.now() > until:
        return _("It could be undone until %(day)s. Correct its gifts one by one.") % {
            "day": day_in_words(agency, until)
        }
    return ""


def may_undo(run: ImportRun) -> bool:
    """Whether the way to the undo is offered."""
    until = undo_until(run)
    return run.state not in BUSY and until is not None and timezone.now() <= until


def counted(agency: Agency, counts: Mapping[str, int]) -> list[Fact]:
    """Counts of an undo, in words."""
    words = {
        "gifts": _("Gifts"),
        "gift_lines": _("Gift lines"),
        "partners": _("Partners"),
        "commitments": _("Commitments"),
        "statement_lines": _("Statement lines"),
        "updates": _("Updated partners"),
    }
    return [Fact(label, number_in_words(agency, counts[name])) for name, label in words.items() if counts.get(name)]


def undone_words(seat: Seat, run: ImportRun) -> dict[str, Any]:
    """What an undo came to, for the page of the import; nothing while the import stands."""
    if run.state != ImportRun.State.UNDONE or run.undone_at is None:
        return {}
    agency = seat.agency
    by = seat.name_of(run.undone_by, _("the command line"))
    return {
        "day": day_in_words(agency, run.undone_at),
        "by": by,
        "reason": run.undo_reason,
        "takes": counted(agency, run.undone.get("taken", {})),
        "stays": counted(agency, run.undone.get("stays", {})),
        "again": [{"pk": pk, "title": _("Import %(number)s") % {"number": pk}} for pk in run.undone.get("again", [])],
    }
