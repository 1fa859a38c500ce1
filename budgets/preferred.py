"""What givers would like to help with: who prefers which line, and what they gave."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.http import Http404

from agencies.models import Agency
from agencies.seats import Seat
from budgets.models import Budget, Line, Preference
from budgets.queries import bounds
from funds.models import Designation
from funds.shares import in_proportion
from partners.models import Commitment, GiftLine, GivingUnit, Partner
from partners.models.commitment import gives_anonymously
from partners.models.discretion import in_field
from ssu.models import Unit


def gifts_preferring(agency: Agency, budget: Budget) -> dict[UUID, int]:
    """What `gifts_preferring_each` tells of one budget."""
    return gifts_preferring_each(agency, [budget])[budget.pk]


def gifts_preferring_each(agency: Agency, budgets: Collection[Budget]) -> dict[int, dict[UUID, int]]:
    """What came into the ledger this fiscal year of gifts that givers made while they preferred a line, by budget and
    the identity of the line, in minor units of the budget's currency. Who prefers several lines of a unit helps each of
    them with an equal part. The budgets are of one fiscal year, one per unit. At most two queries; one where nobody
    prefers a line.
    """
    found: dict[int, dict[UUID, int]] = {each.pk: defaultdict(int) for each in budgets}
    if not found:
        return found
    first, last = bounds(agency, next(iter(budgets)).fiscal_year)
    of_unit = {each.unit_id: each for each in budgets}
    wishes = wishes_between(of_unit, first - LATE, last)
    for unit, partner, currency, on, minor in given_by(wishes, first, last) if wishes else ():
        budget = of_unit[unit]
        if currency != budget.currency:
            continue
        roots = sorted({each.line_root for each in wishes.get((unit, partner), ()) if stands_on(each, on)})
        for root, part in zip(roots, in_proportion(abs(minor), [1] * len(roots)), strict=True):
            found[budget.pk][root] += part if minor > 0 else -part
    return found


Wishes = dict[tuple[int, int], list[Preference]]
LATE: Final = timedelta(days=366)
"""A gift is posted so long after its day at the latest, for what its giver preferred then."""


def wishes_between(units: Collection[int], first: date, last: date) -> Wishes:
    """The preferences for lines of these units that stand on a day of a period, by unit and partner. One query."""
    reaching = Q(ends_on=None) | Q(ends_on__gt=first)
    wishes: Wishes = defaultdict(list)
    for each in (
        Preference.objects.filter(reaching, unit__in=units, starts_on__lte=last)
        .annotate(partner=F("giving_unit__partner"))
        .order_by("pk")
    ):
        wishes[each.unit_id, each.partner].append(each)
    return wishes


def stands_on(preference: Preference, day: date) -> bool:
    """Whether it was so on a day."""
    return preference.starts_on <= day and (preference.ends_on is None or day < preference.ends_on)


def given_by(wishes: Wishes, first: date, last: date) -> Iterator[tuple[int, int, str, date, int]]:
    """(Unit, giver, currency, day of the gift, minor units) of what those who prefer a line gave to units' own
    designations, refunds taken off; posted between two days, as what is received counts. One query.
    """
    lines = GiftLine.objects.standing().filter(
        designation__unit__in={unit for unit, _ in wishes},
        designation__kind=Designation.Kind.UNIT,
        gift__withdrawn_at=None,
        gift__posting__date__range=(first, last),
        gift__giving_unit__partner__in={partner for _, partner in wishes},
    )
    asked = ("designation__unit", "gift__giving_unit__partner", "gift__currency", "gift__date")
    rows = lines.values_list(*asked).annotate(total=Sum("amount")).order_by("gift__date")
    return ((unit, partner, currency, on, int(total)) for unit, partner, currency, on, total in rows)


def open_units(seat: Seat) -> Any:
    """The units at work whose lines the seat reads and whose partners it may care for."""
    units = Unit.objects.seen_by(seat).active().filter(is_withheld=False)
    for right in ("budgets.view", "partners.care"):
        reached = seat.unit_ids(right)
        units = units if reached is None else units.filter(pk__in=reached)
    return units


def gave_anyhow(partner: Any, unit: Any) -> Q:
    """The condition that a partner gave or promised something to a unit; each is a row, its number or an OuterRef."""
    promised = Commitment.objects.filter(giving_unit__partner=partner, designation__unit=unit)
    return Q(Exists(gifts_to(partner, unit))) | Q(Exists(promised))


def gave_openly(partner: Any, unit: Any) -> Q:
    """The same, of what may stand beside the name."""
    promised = Commitment.objects.filter(giving_unit__partner=partner, designation__unit=unit)
    gifts = gifts_to(partner, unit).filter(gift__anonymous=False)
    return Q(Exists(gifts)) | Q(Exists(promised.exclude(gives_anonymously())))


def gifts_to(partner: Any, unit: Any) -> Any:
    """The standing gift lines of a partner to the designations of a unit."""
    of = {"gift__giving_unit__partner": partner, "designation__unit": unit, "gift__withdrawn_at": None}
    return GiftLine.objects.standing().filter(**of)


def lines_to_prefer(seat: Seat, partner: Partner) -> Any:
    """The expense lines of budgets in force of this fiscal year and the next, of units to which the partner gave or
    promised something and whose lines the seat reads; each with `unit_name`. To the field, of units to which the
    partner did so openly: the choice would tell who gave without a name.
    """
    year = seat.agency.fiscal_year(seat.agency.today())
    gave = gave_openly(partner, OuterRef("pk")) if in_field(seat) else gave_anyhow(partner, OuterRef("pk"))
    units = open_units(seat).filter(gave)
    named = Unit.objects.seen_by(seat).filter(pk=OuterRef("budget__unit")).values("shown_name")
    lines = Line.objects.filter(
        kind=Line.Kind.EXPENSE,
        budget__state=Budget.State.APPROVED,
        budget__fiscal_year__in=(year, year + 1),
        budget__unit__in=units.values("pk"),
    )
    named_lines = lines.select_related("budget").annotate(unit_name=Subquery(named[:1]))
    return named_lines.order_by("unit_name", "budget__fiscal_year", "priority", "pk")


def preferences_seen(seat: Seat) -> Any:
    """What partners whom the seat may care for prefer in units whose lines it reads: each with `impact`, the words of
    the newest version, `partner_id` and `unit_name`; what stands first, then the newest. The field reads none of
    partners who gave to the unit without a name alone.
    """
    known = Partner.objects.seen_by(seat, "partners.contact").values("pk")
    newest = Line.objects.filter(root=OuterRef("line_root"), budget__unit=OuterRef("unit"))
    named = Unit.objects.seen_by(seat).filter(pk=OuterRef("unit")).values("shown_name")
    giver, unit = OuterRef("giving_unit__partner"), OuterRef("unit")
    unnamed = Q(Exists(gifts_to(giver, unit).filter(gift__anonymous=True))) & ~gave_openly(giver, unit)
    found = Preference.objects.filter(giving_unit__partner__in=known, unit__in=open_units(seat).values("pk"))
    return (
        (found.exclude(unnamed) if in_field(seat) else found)
        .select_related("giving_unit__partner", "unit")
        .annotate(
            impact=Subquery(newest.order_by("-budget__fiscal_year", "-budget__version").values("impact")[:1]),
            unit_name=Subquery(named[:1]),
        )
        .order_by(F("ends_on").desc(nulls_first=True), "-pk")
    )


def preferences_of(seat: Seat, budget: Budget) -> Any:
    """Those of the lines of a budget."""
    return preferences_seen(seat).filter(unit=budget.unit_id, line_root__in=budget.lines.values("root"))


def own_giving_unit(partner: Partner) -> GivingUnit:
    """The giving unit in which the partner's preferences are kept; what any of the partner's units gives counts for
    them. 404 for who gives through somebody else alone.
    """
    found: GivingUnit | None = GivingUnit.objects.filter(partner=partner).order_by("pk").first()
    if found is None:
        raise Http404
    return found
