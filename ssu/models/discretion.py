"""How much about a unit or a person may be seen by whom: the one place where masking is decided (trust rule T6, ADR 7).

Every name or place that leaves the database goes through the expressions of this module, so lists, search, sorting,
exports, letters
and file names agree. A seat unmasks a unit by the right `units.unmask`; no seat at all means the public.
"""

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat


class Discretion(models.TextChoices):
    """Open: name and place. Careful: the name inside the agency, the region for the place. Closed: alias and region."""

    OPEN = "open", _("Open")
    CAREFUL = "careful", _("Careful")
    CLOSED = "closed", _("Closed")


SOMEBODY = _("somebody of the team")
"""What a person of a unit is called, whoever it is, to whom the unit is closed."""
RANK = {Discretion.OPEN.value: 0, Discretion.CAREFUL.value: 1, Discretion.CLOSED.value: 2}


def column(prefix: str, name: str) -> str:
    """The path to a column of the unit or person that `prefix` leads to: `column("unit", "name")` is `unit__name`."""
    return f"{prefix.removesuffix('__')}__{name}" if prefix else name


def masked_for(prefix: str, seat: Seat | None, *levels: Discretion) -> Q:
    """The condition that a unit is at one of these levels and this seat may not unmask it."""
    guarded = Q(**{column(prefix, "discretion__in"): [level.value for level in levels]})
    if seat is None:
        return guarded
    open_to_seat = seat.unit_ids("units.unmask")
    if open_to_seat is None:
        return Q(pk__in=[])
    return guarded & ~Q(**{column(prefix, "pk__in"): open_to_seat})


def shown_unit_name(prefix: str, seat: Seat) -> Combinable:
    """What this seat calls a unit: its name, or its alias while it is closed to the seat. `prefix` is the path to it,
    "" for itself.
    """
    closed = masked_for(prefix, seat, Discretion.CLOSED)
    return Case(When(closed, then=F(column(prefix, "alias"))), default=F(column(prefix, "name")))


def public_unit_name(prefix: str) -> Combinable:
    """What anybody may call a unit: on letters, PDFs, file names, logs, audit labels. Careful units use their alias
    if they have one.
    """
    guarded = masked_for(prefix, None, Discretion.CAREFUL, Discretion.CLOSED)
    return Case(
        When(guarded & ~Q(**{column(prefix, "alias"): ""}), then=F(column(prefix, "alias"))),
        When(masked_for(prefix, None, Discretion.CLOSED), then=Value("")),
        default=F(column(prefix, "name")),
    )


def shown_unit_place(prefix: str, seat: Seat | None) -> Combinable:
    """Where a unit is, as far as this seat may know: its place, or only its region while it is careful or closed to
    the seat.
    """
    region = F(column(prefix, "region"))
    place = Coalesce(NullIf(F(column(prefix, "place")), Value("")), region)
    guarded = masked_for(prefix, seat, Discretion.CAREFUL, Discretion.CLOSED)
    return Case(When(guarded, then=region), default=place)


def is_masked(prefix: str, seat: Seat | None) -> Case:
    """Whether anything about a unit is kept from this seat."""
    return yes(masked_for(prefix, seat, Discretion.CAREFUL, Discretion.CLOSED))


def is_withheld(prefix: str, seat: Seat | None) -> Case:
    """Whether the unit is closed to this seat, so that free text about it (goal, stories, notes, file names) is kept
    back too.
    """
    return yes(masked_for(prefix, seat, Discretion.CLOSED))


def yes(condition: Q) -> Case:
    """A condition as a column."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField())


def service(prefix: str) -> models.QuerySet[models.Model]:
    """All service, past and present, of the person that `prefix` leads to."""
    from ssu.models.team import TeamMember

    found: models.QuerySet[models.Model] = TeamMember.objects.filter(worker=OuterRef(column(prefix, "pk")))
    return found


def person_is_closed(prefix: str) -> Q:
    """A person is closed by their own level or by having served, ever, in a closed unit: the strictest decides."""
    own = Q(**{column(prefix, "discretion"): Discretion.CLOSED.value})
    return own | Q(Exists(service(prefix).filter(unit__discretion=Discretion.CLOSED.value)))


def person_alias(prefix: str) -> Combinable:
    """The alias given to a person, else one made of a number: a closed person never shows a name or initials."""
    numbered = Concat(Value("Team member "), Cast(F(column(prefix, "pk")), models.CharField()))
    return Coalesce(NullIf(F(column(prefix, "alias")), Value("")), numbered, output_field=models.CharField())


def shown_worker_name(prefix: str, seat: Seat) -> Combinable:
    """What this seat calls a person: the name, or the alias of a closed person who never served in a unit that the
    seat may unmask.
    """
    name = F(column(prefix, "name"))
    open_to_seat = seat.unit_ids("units.unmask")
    if open_to_seat is None:
        return ExpressionWrapper(name, output_field=models.CharField())
    colleague = Exists(service(prefix).filter(unit__in=open_to_seat))
    return Case(When(person_is_closed(prefix) & ~Q(colleague), then=person_alias(prefix)), default=name)


def shown_member_name(prefix: str, seat: Seat, unit: str = "unit") -> Combinable:
    """What this seat calls a person where it is told what the person has to do with a unit (`unit` is the path to it):
    like `shown_worker_name`, and nothing while the unit is closed to the seat. A name that a colleague elsewhere knows
    would tell who serves there, and so would an alias or a number, which is the same everywhere.
    """
    closed = masked_for(unit, seat, Discretion.CLOSED)
    return Case(When(closed, then=Value(str(SOMEBODY))), default=shown_worker_name(prefix, seat))


def public_worker_name(prefix: str) -> Combinable:
    """What anybody may call a person: the alias where the person is closed."""
    return Case(When(person_is_closed(prefix), then=person_alias(prefix)), default=F(column(prefix, "name")))
