"""Declaring a roll-out complete: how its items stand, who may do it, and why somebody may not."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.seats import Seat
from core.bidi import isolated
from core.errors import Refused
from ssu.models import RollOut
from ssu.operations.rollout import need_second_person, need_team_through
from ssu.pages.parts import KEPT_BACK
from ssu.queries.counts import Progress, in_words
from ssu.queries.declaring import settled_when_declared
from ssu.queries.people import names_in


@dataclass(frozen=True)
class Declaring:
    """Once everything is settled: `counted` says how, `why_not` why this person may not declare it, "" for who may."""

    counted: str
    why_not: str


def declaring(seat: Seat, actor: User, unit: Any, progress: Progress) -> Declaring:
    """What the page of a unit says whose items are all settled and that nobody declared. About nine queries."""
    return Declaring(progress.words, why_not(seat, actor, unit))


def why_not(seat: Seat, actor: User, unit: Any) -> str:
    """Why this person may not declare the roll-out now, the same that the operation says."""
    if not seat.can("rollout.declare", unit.pk):
        return _("You may not do it yourself.")
    try:
        need_second_person(actor, unit)
        need_team_through(unit)
    except Refused as refusal:
        return str(refusal)
    return ""


def declaration(seat: Seat, unit: Any) -> str:
    """Who declared the roll-out complete and when, and how its items stood then; "" while nobody did."""
    declared = newest(unit)
    return "" if declared is None or declared.taken_back_at else in_force(seat, unit, declared)


def newest(unit: Any) -> RollOut | None:
    """The last declaration, taken back or not: one that stands is always the last."""
    found: RollOut | None = RollOut.objects.filter(unit=unit).order_by("-pk").first()
    return found


def in_force(seat: Seat, unit: Any, declared: RollOut) -> str:
    """A declaration that stands, in words."""
    stood = settled_when_declared(declared)
    said = {
        "name": isolated(names_in(seat, unit.pk, [declared.declared_by_id]).get(declared.declared_by_id, "")),
        "day": day_in_words(seat.agency, declared.declared_on),
        "counted": in_words(stood.confirmed, stood.not_applicable),
    }
    return _("Declared complete by %(name)s on %(day)s: %(counted)s") % said


@dataclass(frozen=True)
class TakenBack:
    """A declaration that stands no more: who took it back and when, and why."""

    words: str
    why: str


def taken_back(seat: Seat, unit: Any, declared: RollOut) -> TakenBack:
    """What whoever looks at the roll-out reads of it; the reason is kept back while the unit is closed to the seat."""
    name = names_in(seat, unit.pk, [declared.taken_back_by_id]).get(declared.taken_back_by_id or 0, "")
    said = {
        "name": isolated(capfirst(name)),
        "day": day_in_words(seat.agency, declared.taken_back_at or declared.declared_on),
        "declared": day_in_words(seat.agency, declared.declared_on),
    }
    words = _("%(name)s took the declaration of %(declared)s back on %(day)s.") % said
    return TakenBack(words, str(KEPT_BACK) if unit.is_withheld else declared.taken_back_reason)
