"""Starting a unit with what another one has worked out."""

from collections.abc import Collection
from datetime import date
from typing import Unpack

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.seats import Seat
from core.errors import Refused
from ssu import copying
from ssu.models import Discretion, Unit
from ssu.models.discretion import RANK
from ssu.operations.units import UnitFields, add_unit
from ssu.telling import tells


class SourceMasked(Refused):
    """Whoever copies a unit reads all of it."""

    code = "source_masked"
    status = 403
    message = (
        "You see only a part of this one, so you cannot copy it. Ask somebody who serves there, or who sees all of it, "
        "to make the copy."
    )


class LessStrict(Refused):
    """A copy tells about its model."""

    code = "copy_less_strict"
    field = "discretion"


class NameOfClosed(Refused):
    """The true name or place of a closed unit never goes further."""

    code = "name_of_closed"
    field = "name"
    message = "This tells the true name or place of the unit that you copy. Choose other words."


class FirstDueMissing(Refused):
    """A plan that moves needs its first day."""

    code = "first_due_missing"
    field = "first_due_on"
    message = "Say on which day the first item of the plan is due. The others follow at the same distance."


def need_whole(seat: Seat, source: Unit) -> None:
    """Raise SourceMasked unless the seat sees all of the unit: what is closed to it, it does not copy."""
    if source.discretion == Discretion.CLOSED and not seat.can("units.unmask", source.pk):
        raise SourceMasked


@transaction.atomic
def copy_unit(
    *,
    agency: Agency,
    actor: User,
    source: Unit,
    parts: Collection[str] = (),
    first_due_on: date | None = None,
    **fields: Unpack[UnitFields],
) -> Unit:
    """A new unit of the same kind with these parts of another, all or nothing. The caller has asked `need_whole`.

    Raises what add_unit raises, LessStrict, NameOfClosed, FirstDueMissing.
    """
    if RANK[fields["discretion"]] < RANK[source.discretion]:
        level = Discretion(source.discretion).label
        raise LessStrict(f"A copy is at least as guarded as its model: {level}. Choose that or a stricter level.")
    if source.discretion == Discretion.CLOSED:
        refuse_names(source, fields)
    if "plan" in parts and first_due_on is None:
        raise FirstDueMissing
    fields["kind"] = source.kind
    made = add_unit(agency=agency, actor=actor, **fields)
    made.copied_from = source
    made.save(update_fields=["copied_from"])
    work = copying.Copying(agency=agency, actor=actor, source=source, made=made, first_due_on=first_due_on)
    chosen = [part for part in copying.parts() if part.key in parts]
    for part in chosen:
        part.copy(work)
    changes = {"from": source.public_name, "parts": ", ".join(part.key for part in chosen)}
    audit.record(actor=actor, verb="copy unit", of=made, label=made.public_name, changes=changes)
    return made


def refuse_names(source: Unit, fields: UnitFields) -> None:
    """Raise NameOfClosed when what everybody will read of the copy tells the model's name or place."""
    for name in ("name", "code", "alias", "region"):
        if tells(str(fields.get(name, "")), source.name, source.place):
            refusal = NameOfClosed()
            refusal.field = name
            raise refusal
