"""The list of gifts, their totals, and the lines behind each total: all three from the same filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from partners.keys import says_content
from partners.models import Gift, GiftLine, ReviewItem
from partners.models.discretion import in_field, shown_giver
from partners.models.gift import Gifts

STANDING, WITHDRAWN, ALL = "", "withdrawn", "all"
ORDERS = {"date": ("date", "pk"), "giver": ("shown_giver", "pk")}


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; what is empty does not filter. Days are contribution dates, both ends included."""

    first: date | None = None
    last: date | None = None
    designation_id: int | None = None
    unit_id: int | None = None
    partner_id: int | None = None
    run: int | None = None
    kind: str = ""
    source: str = ""
    currency: str = ""
    state: str = STANDING
    review: bool = False
    q: str = ""

    @property
    def of_lines(self) -> dict[str, int]:
        """The conditions on lines: they leave parts of gifts out."""
        parts = {"designation": self.designation_id, "designation__unit": self.unit_id}
        return {name: value for name, value in parts.items() if value is not None}


def gift_conditions(seat: Seat, wanted: Wanted, prefix: str = "") -> Q:
    """The conditions on gifts; `prefix` is the path to the gift."""
    same = {
        "date__gte": wanted.first,
        "date__lte": wanted.last,
        "giving_unit__partner": wanted.partner_id,
        "import_id": wanted.run,
        "kind": wanted.kind or None,
        "source": wanted.source or None,
        "currency": wanted.currency or None,
    }
    found = Q(**{f"{prefix}{name}": value for name, value in same.items() if value is not None})
    if wanted.state != ALL:
        found &= Q(**{f"{prefix}withdrawn_at__isnull": wanted.state == STANDING})
    if wanted.review:
        found &= Q(Exists(ReviewItem.objects.open().filter(line__gift=OuterRef(f"{prefix}pk"))))
    if wanted.q:
        found &= numbered(seat, wanted.q, prefix)
    if wanted.partner_id is not None and in_field(seat):
        found &= Q(**{f"{prefix}anonymous": False})
    return found


def numbered(seat: Seat, q: str, prefix: str) -> Q:
    """Gifts with this number of their source or of a check. By neither the field finds an anonymous gift, and by a
    number made of content nobody finds one for a unit that is closed to them: it names giver, check and unit.
    """
    check, number = Q(**{f"{prefix}reference": q}), Q(**{f"{prefix}external_id": q})
    if says_content(q) and not seat.can("gifts.record"):
        number &= ~Q(Exists(GiftLine.objects.filter(gift=OuterRef(f"{prefix}pk")).withheld_from(seat)))
    found = check | number
    return found & Q(**{f"{prefix}anonymous": False}) if in_field(seat) else found


def fitting(seat: Seat, wanted: Wanted) -> Gifts:
    """Gifts that the seat may see and that fit, bare."""
    gifts: Gifts = Gift.objects.seen_by(seat).filter(gift_conditions(seat, wanted))
    if wanted.of_lines:
        gifts = gifts.filter(Exists(GiftLine.objects.filter(gift=OuterRef("pk"), **wanted.of_lines)))
    return gifts


def gifts_wanted(seat: Seat, wanted: Wanted, sort: str = "-date") -> QuerySet[Any]:
    """Gifts that the seat may see and that fit, with `shown_giver`; by `date` or `giver`, with a minus backwards."""
    gifts = fitting(seat, wanted).named_for(seat)
    columns = ORDERS.get(sort.removeprefix("-"), ORDERS["date"])
    minus = "-" if sort.startswith("-") else ""
    ordered: QuerySet[Any] = gifts.order_by(*(f"{minus}{column}" for column in columns))
    return ordered


def with_lines(seat: Seat, wanted: Wanted, gifts: QuerySet[Any]) -> QuerySet[Any]:
    """The same gifts, each with `shown_lines` (the lines that fit and that the seat may see, with the code of the
    designation as `shown_code`) and `waiting` reviews.
    """
    lines = GiftLine.objects.seen_by(seat).filter(**wanted.of_lines).annotate(shown_code=F("designation__code"))
    lines = lines.order_by("pk")
    waiting = Exists(ReviewItem.objects.open().filter(line__gift=OuterRef("pk")))
    found: QuerySet[Any] = gifts.annotate(is_waiting=waiting, partner_id=F("giving_unit__partner"))
    return found.prefetch_related(Prefetch("lines", lines, to_attr="shown_lines"))


def lines_wanted(seat: Seat, wanted: Wanted) -> QuerySet[Any]:
    """The standing lines behind the totals of the list, the newest first, each with its gift and `shown_giver`."""
    lines = GiftLine.objects.seen_by(seat).standing().filter(gift_conditions(seat, wanted, "gift__"), **wanted.of_lines)
    found: QuerySet[Any] = lines.annotate(shown_giver=shown_giver(seat, "gift__")).select_related("gift")
    return found.order_by("-gift__date", "-gift__pk", "pk")


@dataclass(frozen=True)
class Total:
    """The sum of one currency, and of how many gifts."""

    amount: Money
    gifts: int


def sums_lines(seat: Seat, wanted: Wanted) -> bool:
    """Whether the totals are those of lines: of a gift not every line fits, or may be seen."""
    return bool(wanted.of_lines) or in_field(seat)


def totals(seat: Seat, wanted: Wanted) -> list[Total]:
    """What the gifts of the list that stand sum to, each currency by itself. One query."""
    if sums_lines(seat, wanted):
        lines = lines_wanted(seat, wanted).order_by("gift__currency")
        rows = lines.values_list("gift__currency").annotate(total=Sum("amount"), gifts=Count("gift", distinct=True))
    else:
        gifts = Gift.objects.standing().filter(gift_conditions(seat, wanted)).order_by("currency")
        rows = gifts.values_list("currency").annotate(total=Sum("amount"), gifts=Count("*"))
    return [Total(Money(int(total), currency), gifts) for currency, total, gifts in rows]


def how_many(seat: Seat, wanted: Wanted, sums: Sequence[Total]) -> int:
    """How many gifts the list has. `sums` are its totals: where they are sums of gifts and leave none of the list out,
    they have counted them; else one query.
    """
    if wanted.state == STANDING and not sums_lines(seat, wanted):
        return sum(each.gifts for each in sums)
    return fitting(seat, wanted).count()


SOURCES = """
WITH RECURSIVE known AS (
  (SELECT source FROM partners_gift WHERE agency_id = %(agency)s ORDER BY source LIMIT 1)
  UNION ALL
  SELECT (SELECT g.source FROM partners_gift g WHERE g.agency_id = %(agency)s AND g.source > known.source
          ORDER BY g.source LIMIT 1) FROM known WHERE known.source IS NOT NULL
)
SELECT source FROM known WHERE source IS NOT NULL
"""


def sources(agency: Agency) -> list[str]:
    """The sources that gifts came from: one step through the index per source, however many gifts there are."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, {"agency": agency.pk})
        return [source for (source,) in cursor.fetchall()]
