"""What a designation may be called, by whom (trust rule T6). It names a unit or a person in service, so its name is as
guarded as theirs.
"""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat

from agencies.seats import Seat
from ssu.models import Unit, Worker
from ssu.models.discretion import (
    Discretion,
    column,
    masked_for,
    public_unit_name,
    public_worker_name,
    shown_unit_name,
    shown_worker_name,
    yes,
)

WORKER, UNIT = "worker", "unit"


def shown_designation_name(seat: Seat | None, prefix: str = "") -> Case:
    """What this seat calls a designation; without a seat, what anybody may. `prefix` is the path to it, "" for itself.

    One of a unit or of a worker is called as the unit or the worker is; every other one by its public name. A worker
    account of a unit that is closed to the seat, where the worker is not on record, shows its code only.
    """
    unit, worker = column(prefix, "unit"), column(prefix, "worker")
    if seat is None:
        of_unit, of_worker = public_unit_name(unit), public_worker_name(worker)
    else:
        of_unit, of_worker = shown_unit_name(unit, seat), shown_worker_name(worker, seat)
    kind = column(prefix, "kind")
    return Case(
        When(Q(**{kind: WORKER, f"{worker}__isnull": False}), then=of_worker),
        When(Q(**{kind: WORKER}) & closed_unit(unit, seat), then=Concat(Value("Account "), F(column(prefix, "code")))),
        When(Q(**{kind: UNIT}), then=of_unit),
        default=F(column(prefix, "public_name")),
        output_field=models.CharField(),
    )


def closed_unit(unit: str, seat: Seat | None) -> Q:
    """The condition that the unit at this path is closed to the seat. As a subquery: its answer is never unknown."""
    closed = Unit.objects.filter(masked_for("", seat, Discretion.CLOSED), pk=OuterRef(f"{unit}__pk"))
    return Q(Exists(closed))


def is_withheld(seat: Seat | None, prefix: str = "") -> Case:
    """Whether the unit or the worker of a designation is closed to the seat (without one: to anybody), so that free
    text about it, such as memos, is kept back too.
    """
    shown = shown_worker_name("", seat) if seat else public_worker_name("")
    masked = Worker.objects.annotate(shown=shown).exclude(shown=F("name"))
    return yes(
        closed_unit(column(prefix, "unit"), seat) | Q(Exists(masked.filter(pk=OuterRef(column(prefix, "worker_id")))))
    )
