"""What the pages list. Each function says how many queries it takes, whatever the number of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from funds.models import Designation
from funds.models.discretion import shown_designation_name
from partners.models import Commitment, GiftLine
from partners.models.discretion import in_field
from ssu.models import Unit
from transition.models import Guarantee, Plan, Shift, Wave
from transition.queries.chains import every_link


def plan_of(unit_id: int, asked: str = "") -> Plan | None:
    """The transition of a unit that was asked for by its id, else the newest: a running one is always the newest. One
    query.
    """
    plans = Plan.objects.filter(unit=unit_id).select_related("unit", "designation")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        plans = plans.filter(pk=asked)
    found: Plan | None = plans.order_by("-pk").first()
    return found


def other_plans(plan: Plan) -> list[Plan]:
    """The other transitions of the same unit, the newest first. One query."""
    return list(Plan.objects.filter(unit=plan.unit_id).exclude(pk=plan.pk).order_by("-pk"))


def waves_of(plan: Plan) -> list[Any]:
    """The waves in their order, each with `size` and `keys`. One query."""
    keys = Count("shifts", filter=Q(shifts__is_key=True))
    return list(Wave.objects.filter(plan=plan).annotate(size=Count("shifts"), keys=keys).order_by("number"))


def accounts_of(seat: Seat, plan: Plan) -> list[Any]:
    """The workers' accounts of the unit that are open or promised to, each with `shown_name`, and `waiting`: how many
    commitments run on it that are in no wave. Two queries.
    """
    found = Designation.objects.filter(unit=plan.unit_id, kind=Designation.Kind.WORKER)
    rows = list(found.annotate(shown_name=shown_designation_name(seat)).order_by("code"))
    counts = dict(
        in_no_wave(plan)
        .values_list("designation")
        .annotate(found=Count("pk"))
        .order_by()
        .values_list("designation", "found")
    )
    for each in rows:
        each.waiting = counts.get(each.pk, 0)
    return rows


def in_no_wave(plan: Plan) -> Any:
    """The commitments that run today on workers' accounts of the unit and are in no wave: neither they, nor any promise
    that came before or followed. Three queries.
    """
    running = Commitment.objects.active_on(plan.agency.today())
    of_unit = running.filter(designation__unit=plan.unit_id, designation__kind=Designation.Kind.WORKER)
    asked = Shift.objects.filter(wave__plan__unit=plan.unit_id).values_list("commitment", flat=True)
    return of_unit.exclude(pk__in=every_link(asked))


def standing_guarantees(plan: Plan) -> dict[int, Guarantee]:
    """The agency's word by account. One query."""
    return {each.account_id: each for each in Guarantee.objects.filter(plan=plan, ended_at=None)}


@dataclass(frozen=True)
class Giver:
    """Who promised, as the seat may know it. `partner_id` is None where the name is hidden; then free words about the
    giver are kept back too, for they may say it.
    """

    name: str
    partner_id: int | None
    designation: str

    @property
    def is_hidden(self) -> bool:
        return self.partner_id is None


def givers_of(seat: Seat, commitment_ids: Iterable[int]) -> dict[int, Giver]:
    """Whose these commitments are. One query."""
    seen = Commitment.objects.seen_by(seat).named_for(seat).annotate(unnamed=gives_unnamed_to_unit(seat))
    return {each.pk: giver(each) for each in seen.filter(pk__in=list(commitment_ids)).select_related("giving_unit")}


def gives_unnamed_to_unit(seat: Seat) -> Any:
    """Whether the seat, in the field, may not learn who this giver is: they gave to some designation of the unit
    without a name. Also what moved, and where it goes, would tell it.
    """
    if not in_field(seat):
        return Value(False)
    unnamed = GiftLine.objects.standing().filter(gift__anonymous=True, designation__unit=OuterRef("designation__unit"))
    return Exists(unnamed.filter(gift__giving_unit__partner=OuterRef("giving_unit__partner")))


def giver(each: Any) -> Giver:
    """Whose a commitment is, in words that may be read."""
    if each.unnamed or each.is_hidden:
        return Giver(_("Anonymous giver"), None, each.shown_name or "")
    return Giver(each.shown_giver, each.giving_unit.partner_id, each.shown_name or "")


def plans_seen(seat: Seat) -> list[Any]:
    """The running transitions that the seat may follow, with `unit_name`, sorted by it. Two queries."""
    plans = list(Plan.objects.seen_by(seat).running())
    units = Unit.objects.seen_by(seat).filter(pk__in=[each.unit_id for each in plans])
    names = dict(units.values_list("pk", "shown_name"))
    for each in plans:
        each.unit_name = names.get(each.unit_id, "")
    return sorted((each for each in plans if each.unit_name), key=lambda each: (each.unit_name, each.pk))


def units_without_plan(seat: Seat, agency: Agency) -> Any:
    """Units at work that have workers' accounts with running commitments and no transition. One query."""
    promised = Commitment.objects.active_on(agency.today()).filter(
        designation__unit=OuterRef("pk"), designation__kind=Designation.Kind.WORKER
    )
    begun = Plan.objects.running().filter(unit=OuterRef("pk"))
    units = seat.unit_ids("transition.view")
    found = Unit.objects.seen_by(seat).active().filter(Exists(promised)).exclude(Exists(begun))
    return found if units is None else found.filter(pk__in=units)
