"""The inventory of a unit's current tactics."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.models import Tactic

TONES = {Tactic.Decision.KEEP: "done", Tactic.Decision.ADAPT: "prog", Tactic.Decision.STOP: "none", "": "warn"}


@dataclass(frozen=True)
class TacticRow:
    """A row in words, with the addresses that change it."""

    pk: int
    what: str
    decision: str
    tone: str
    why: str
    by_when: str
    who: str
    edit_url: str
    remove_url: str


def tactic_rows(seat: Seat, rows: list[Any]) -> list[TacticRow]:
    """The rows in words. No query."""
    return [tactic_row(seat, row) for row in rows]


def tactic_row(seat: Seat, row: Any) -> TacticRow:
    args = [seat.agency.slug, row.unit_id, row.pk]
    return TacticRow(
        pk=row.pk,
        what=row.what,
        decision=str(Tactic.Decision(row.decision).label) if row.decision else _("Not decided yet"),
        tone=TONES[row.decision],
        why=row.why,
        by_when=day_in_words(seat.agency, row.by_when) if row.by_when else "",
        who=(row.who_name or "") if row.who_id else "",
        edit_url=reverse("tactic_edit", args=args),
        remove_url=reverse("tactic_remove", args=args),
    )
