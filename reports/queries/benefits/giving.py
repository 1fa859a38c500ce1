"""What partners give: to the unit or to a person, and how large the gifts are."""

from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from agencies.models import Agency
from core.money import Money, exponent
from funds.models import Designation
from partners.models import Gift, GiftLine
from reports.queries.benefits import frame
from reports.queries.benefits.frame import Amount, Figure, Measure, Share, TooFew, Window, Windows
from ssu.models import Unit

FEWEST_GIFTS = 5
"""The middle of fewer gifts would be somebody's own gift; so would a sum of one, and a sum less what is known of it."""


class LowerMedian(Aggregate):
    """The middle value, the lower of the two middle ones, so that it is an amount that was given (PostgreSQL's
    `percentile_disc`).
    """

    name = "lower_median"
    template = "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


def lines_of(unit: Unit, window: Window) -> Any:
    """The standing gift lines of a period to the unit, and to workers' accounts that name it."""
    standing = GiftLine.objects.standing().filter(designation__unit=unit.pk, gift__withdrawn_at=None)
    return standing.filter(gift__date__gte=window.first, gift__date__lte=window.last)


def share_given_to_unit(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """One measure per currency, the agency's own first. A query per period."""
    before = shares(unit, windows.before) if windows.before else {}
    now = shares(unit, windows.now)
    currencies = sorted({*before, *now}, key=lambda code: (code != agency.base_currency, code))
    formula = _(
        "Given to the designations of the unit, of that and what was given to workers’ accounts that name the unit. "
        "By contribution date, refunds taken off, each currency for itself. Not told where fewer than %(fewest)s gifts "
        "make up either part."
    ) % {"fewest": FEWEST_GIFTS}
    none = _("nothing was given")
    measures = [
        Measure(
            _("Given to the unit, %(currency)s") % {"currency": code},
            formula,
            before.get(code),
            now.get(code),
            none=none,
        )
        for code in currencies
    ]
    return measures or [Measure(_("Given to the unit"), formula, none=none)]


def shares(unit: Unit, window: Window) -> dict[str, Share | TooFew]:
    """The share of each currency; none where it would tell what somebody gave."""
    legacy = Q(designation__kind=Designation.Kind.WORKER)
    rows = (
        lines_of(unit, window)
        .values("gift__currency")
        .annotate(
            whole=Sum("amount"),
            own=Sum("amount", filter=~legacy, default=0),
            to_unit=Count("gift", filter=~legacy, distinct=True),
            to_workers=Count("gift", filter=legacy, distinct=True),
        )
        .order_by("gift__currency")
    )
    return {row["gift__currency"]: share_of(row) for row in rows}


def share_of(row: dict[str, Any]) -> Share | TooFew:
    """The share of one currency. Either part is of no gift or of enough of them."""
    if any(0 < row[part] < FEWEST_GIFTS for part in ("to_unit", "to_workers")):
        return TooFew(row["to_unit"] + row["to_workers"])
    return Share(int(row["own"]), int(row["whole"]), row["gift__currency"])


def large_from(agency: Agency) -> int:
    """From what a gift is a large one, in minor units of the base currency: 1,000, or 100,000 where a currency has no
    cents.
    """
    decimals = exponent(agency.base_currency)
    return 1000 * 10**decimals if decimals else 100_000


def gift_sizes(agency: Agency, unit: Unit, windows: Windows) -> list[Measure]:
    """The middle gift and the number of large ones. A query per period."""
    before = sizes(agency, unit, windows.before) if windows.before else (None, None)
    now = sizes(agency, unit, windows.now)
    large = Money(large_from(agency), agency.base_currency).format(agency.locale)
    what = _(
        "What a giver gave at once to the unit or to a worker’s account that names it, in %(currency)s; gifts "
        "that were refunded whole or in part are left out."
    ) % {"currency": agency.base_currency}
    middle = _("Half of the gifts are larger, half smaller. %(what)s Not told of fewer than %(fewest)s gifts.")
    count = _("Gifts of %(large)s or more. %(what)s Not told of fewer than %(fewest)s gifts.")
    none = _("no gift")
    return [
        Measure(_("Median gift"), middle % {"what": what, "fewest": FEWEST_GIFTS}, before[0], now[0], none=none),
        Measure(
            _("Large gifts"),
            count % {"what": what, "large": large, "fewest": FEWEST_GIFTS},
            before[1],
            now[1],
            none=none,
        ),
    ]


def sizes(agency: Agency, unit: Unit, window: Window) -> tuple[Figure, Figure]:
    """The middle gift and the large ones of a period."""
    refunds = Gift.objects.standing().filter(reverses=OuterRef("gift"))
    lines = lines_of(unit, window).filter(gift__currency=agency.base_currency, gift__reverses=None)
    gifts = lines.exclude(Exists(refunds)).values("gift").annotate(size=Sum("amount")).filter(size__gt=0)
    found = gifts.aggregate(
        number=Count("gift"),
        middle=LowerMedian("size"),
        large=Count("gift", filter=Q(size__gte=large_from(agency))),
    )
    number = found["number"]
    if not number:
        return None, None
    if number < FEWEST_GIFTS:
        return TooFew(number), TooFew(number)
    return Amount(int(found["middle"]), agency.base_currency, number), frame.Count(found["large"], number)
