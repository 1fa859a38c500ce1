"""The letters of a case: one series for each unit in which the worker held partners."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from agencies.seats import Seat
from communications.models import Letter, Purpose
from communications.queries import audience_of
from communications.queries.audience import named_partners
from communications.queries.series import one_more
from communications.series import name_of
from handover.models import Case, Passing, PassingAct
from partners.models import Holder, Partner
from ssu.models import Discretion, Unit, Worker
from ssu.models.discretion import person_is_closed, public_worker_name, yes

KIND = "handover.case"
"""The kind of series that the letters of a case to the partners of one unit are."""


def series_of(case_id: int, unit_id: int) -> str:
    """How the letters of a case to the partners of a unit are called."""
    return name_of(KIND, case_id, unit_id)


def readers(case_id: int, unit_id: int) -> Any:
    """The partners whom the worker held in the unit, without those who were left out."""
    left_out = PassingAct.objects.filter(passing=OuterRef("pk"), kind=PassingAct.Kind.SKIPPED, taken_back_at=None)
    mine = Passing.objects.filter(~Exists(left_out), case=case_id, holder__unit=unit_id)
    return mine.values("holder__partner")


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


def partners_written_to(unit: Unit, partners: Collection[int]) -> set[int]:
    """Those to whom the unit may write at all: who gave, promised or prays. One query."""
    return set(audience_of(unit, Purpose.NEWS).filter(pk__in=partners).values_list("pk", flat=True))


def leaver_in_public(case: Case) -> str:
    """What anybody may call the worker who leaves. One query."""
    return str(Worker.objects.annotate(said=public_worker_name("")).get(pk=case.worker_id).said)


def new_holder_in_public(case: Case, unit: Unit) -> str:
    """The one new holder of all partners of a unit who were passed on, as far as the person may be named to anybody;
    "" for several, for nobody, for a closed person, and in a unit that is not open. One query.
    """
    if unit.discretion != Discretion.OPEN:
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
