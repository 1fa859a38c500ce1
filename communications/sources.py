"""What the next version of a unit's core messages or guidelines may begin from."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from agencies.seats import Seat
from communications.guarded import guarded_words
from communications.kinds import GUIDELINES, Kind
from communications.models import Guidelines
from communications.operations.core_messages import Said
from communications.queries.reading import versions_seen
from communications.wording import findings
from ssu import starter
from ssu.queries.goals import goal_that_counts

STARTER: Final = "starter"
EMPTY: Final = "empty"
ANSWERS: Final = "Answers:"


def sources_for(seat: Seat, kind: Kind, unit_id: int) -> list[tuple[str, str]]:
    """What may be chosen, as (value, words): the version that counts, the starter pack, other units', nothing. One
    query; a unit that is closed to the seat offers nothing.
    """
    standing = versions_seen(seat, kind).filter(approved_at__isnull=False, superseded_at=None)
    rows = sorted(standing.exclude(is_withheld=True), key=lambda row: (row.unit_id != unit_id, row.unit_name))
    own = [(str(row.pk), _("version %(number)s") % {"number": row.version}) for row in rows if row.unit_id == unit_id]
    others = [
        (str(row.pk), _("%(unit)s, version %(number)s") % {"unit": row.unit_name, "number": row.version})
        for row in rows
        if row.unit_id != unit_id
    ]
    return [*own, (STARTER, _("the starter pack")), *others, (EMPTY, _("an empty page"))]


def starter_values(seat: Seat, unit: Any) -> dict[str, str]:
    """What stands in the place of `{{name}}` in the starter pack. Words that must stay untold are left out: the line
    that would hold them goes too.
    """
    agency = seat.agency
    goal = goal_that_counts(unit.pk)
    found = {
        "agency_name": agency.name,
        "brand_promise": agency.brand_promise.strip(),
        "unit_name": unit.public_name,
        "impact_goal": ended(goal.statement.strip()) if goal else "",
    }
    guarded = guarded_words()
    return {name: text for name, text in found.items() if not blocked(text, guarded)}


def ended(sentence: str) -> str:
    """A sentence with a full stop where it ends in a letter or a number: what comes after it begins anew."""
    return f"{sentence}." if sentence[-1:].isalnum() else sentence


def blocked(text: str, guarded: Iterable[Any]) -> bool:
    """Whether a text must not stand in words for partners."""
    return any(finding.blocks for finding in findings([text], guarded, frozenset()))


def starter_messages(seat: Seat, unit: Any) -> tuple[str, list[Said]]:
    """The sample set under the agency's brand promise: what everybody hears, and the single messages."""
    words = starter.filled(starter.text(seat.agency, "core_messages"), starter_values(seat, unit))
    pieces = starter.sections_of(words)
    heart = "\n\n".join(piece.body for piece in pieces if not piece.title)
    return heart, [said(piece) for piece in pieces if piece.title]


def said(piece: starter.Section) -> Said:
    """A section as a message; its line `Answers: …` tells the question."""
    lines = piece.body.splitlines()
    answers = [line.removeprefix(ANSWERS).strip() for line in lines if line.startswith(ANSWERS)]
    body = "\n".join(line for line in lines if not line.startswith(ANSWERS)).strip()
    return Said(piece.title[:160], body, " ".join(answers)[:200])


def starter_guidelines(seat: Seat, unit: Any) -> dict[str, str]:
    """The sample guidelines by section, in the order of the sections; what stands before or after them goes to the
    last.
    """
    words = starter.filled(starter.text(seat.agency, GUIDELINES.key), starter_values(seat, unit))
    pieces = starter.sections_of(words)
    titled = [piece for piece in pieces if piece.title]
    *names, last = Guidelines.SECTIONS
    found = {name: piece.body for name, piece in zip(names, titled, strict=False)}
    before = [piece.body for piece in pieces if not piece.title]
    found[last] = "\n\n".join([*before, *(f"{piece.title}\n{piece.body}" for piece in titled[len(names) :])])
    return found
