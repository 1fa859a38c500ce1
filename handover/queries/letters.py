"""The letters of a case: one series for each unit in which the worker held partners."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.seats import Seat
from communications.models import Letter, Purpose
from communications.queries.audience import named_partners, prays_for
from communications.queries.series import one_more
from communications.series import name_of
from handover.models import Case, Passing, PassingAct
from partners.models import Holder, Partner
from partners.models.partner import belonging
from ssu.models import Discretion, Unit, Worker
from ssu.models.discretion import person_is_closed, public_worker_name, yes

KIND = "handover.case"
"""The kind of series that the letters of a case to the partners of one unit are."""


def series_of(case_id: int, unit_id: int) -> str:
    """How the letters of a case to the partners of a unit are called."""
    return name_of(KIND, case_id, unit_id)


def readers(case_id: int, unit_id: int) -> Any:
    """The partners whom the worker held in the unit, without those who were left out: of those who gave or promised
    openly, or pray. A letter to so few would tell by its counts who gave without a name.
    """
    left_out = PassingAct.objects.filter(passing=OuterRef("pk"), kind=PassingAct.Kind.SKIPPED, taken_back_at=None)
    mine = Passing.objects.filter(~Exists(left_out), case=case_id, holder__unit=unit_id)
    return Partner.objects.filter(openly(unit_id), pk__in=mine.values("holder__partner")).values("pk")


def openly(unit_id: int) -> Q:
    """The condition that a partner gave or promised to a unit openly, or prays for it."""
    return belonging(frozenset({unit_id}), openly=True) | prays_for(unit_id)


def nobody(case_id: int, unit_id: int) -> Any:
    """A letter waits for no talk, and a talk does not take its place: it comes beside the introduction."""
    return Partner.objects.none().values("pk")


def units_to_write(seat: Seat, case: Case) -> Any:
    """The units of a case whose letters the seat may write, none that is closed to it."""
    known = Passing.objects.seen_by(seat, "handover.pass").filter(case=case).values("holder__unit")
    units, found = seat.unit_ids("letters.write"), Unit.objects.seen_by(seat).filter(pk__in=known)
    return found if units is None else found.filter(pk__in=units)


def is_wanted(case: Case, unit: Unit, letters: Iterable[Letter]) -> bool:
    """Whether a letter in one more language than these would reach anybody. Two queries."""
    _draft, found = one_more(unit, series_of(case.pk, unit.pk), [each.language for each in letters])
    return bool(found.exists())


def partners_named(seat: Seat, unit_id: int, partners: Collection[int]) -> set[int]:
    """Those of these partners of whom the seat may know whether the unit's letters reach them. One query."""
    found = named_partners(seat, unit_id, Purpose.NEWS).filter(pk__in=partners)
    return set(found.values_list("pk", flat=True))


def partners_written_to(unit_id: int, partners: Collection[int]) -> set[int]:
    """Those to whom the unit's letters of a case go at all. One query."""
    return set(Partner.objects.filter(openly(unit_id), pk__in=partners).values_list("pk", flat=True))


def leaver_in_public(case: Case) -> str:
    """What anybody may call the worker who leaves; of a closed person without an alias no more than that it is one of
    the team. One query.
    """
    named = Worker.objects.annotate(said=public_worker_name(""), is_closed=yes(person_is_closed("")))
    leaver = named.get(pk=case.worker_id)
    return _("one of our team") if leaver.is_closed and not leaver.alias else str(leaver.said)


def new_holder_in_public(case: Case, unit: Unit) -> str:
    """The one new holder of all partners whom the worker held in a unit but those who were left out, as far as the
    person may be named to anybody; "" for several, while some have nobody yet, for a closed person, and in a unit that
    is not open. Two queries.
    """
    acts = PassingAct.objects.filter(passing=OuterRef("pk"), taken_back_at=None)
    waiting = Passing.objects.filter(~Exists(acts), case=case, holder__unit=unit)
    if unit.discretion != Discretion.OPEN or waiting.exists():
        return ""
    named = PassingAct.objects.filter(
        passing__case=case, passing__holder__unit=unit, kind=PassingAct.Kind.NAMED, taken_back_at=None
    )
    held = Holder.objects.standing().filter(pk__in=named.values("new_holder"))
    people = Worker.objects.filter(pk__in=held.values("worker")).annotate(
        said=public_worker_name(""), is_closed=yes(person_is_closed(""))
    )
    found = list(people[:2])
    return str(found[0].said) if len(found) == 1 and not found[0].is_closed else ""
