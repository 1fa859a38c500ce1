"""Asking for batches: what was keyed, what looks like a gift that is there already, what became of what was posted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from agencies.seats import Seat
from core.money import Money
from partners.models import BatchPart, BatchRow, Gift, GiftBatch


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; what is empty does not filter. Days are those of the deposit, both included."""

    state: str = ""
    first: date | None = None
    last: date | None = None
    deposit_id: int | None = None
    q: str = ""


def batches_wanted(wanted: Wanted) -> QuerySet[Any]:
    """Batches that fit, the newest first."""
    q = wanted.q.strip()
    same = {
        "state": wanted.state or None,
        "deposited_on__gte": wanted.first,
        "deposited_on__lte": wanted.last,
        "deposit": wanted.deposit_id,
    }
    found = GiftBatch.objects.filter(**{name: value for name, value in same.items() if value is not None})
    if q:
        number = Q(number=int(q)) if q.isascii() and q.isdigit() and len(q) < 10 else Q(pk__in=[])
        found = found.filter(Q(title__icontains=q) | number)
    ordered: QuerySet[Any] = found.select_related("deposit", "made_by", "posted_by").order_by("-number")
    return ordered


@dataclass(frozen=True)
class KeyedSoFar:
    """How many gifts stand in a batch, and what they come to, in minor units of its currency."""

    count: int = 0
    total: int = 0


def keyed_so_far(batches: Iterable[GiftBatch]) -> dict[int, KeyedSoFar]:
    """By batch. One query."""
    rows = BatchRow.objects.standing().filter(batch__in=[each.pk for each in batches]).order_by("batch")
    sums = rows.values_list("batch").annotate(count=Count("pk"), total=Sum("amount"))
    return {pk: KeyedSoFar(count, int(total)) for pk, count, total in sums}


@dataclass(frozen=True)
class Difference:
    """What is still missing of what was counted; below zero what is too much."""

    gifts: int
    money: Money

    @property
    def matches(self) -> bool:
        return self.gifts == 0 and self.money.minor == 0


def difference(batch: GiftBatch, keyed: KeyedSoFar) -> Difference:
    """Counted less keyed."""
    return Difference(batch.expected_count - keyed.count, Money(batch.expected_total - keyed.total, batch.currency))


def totals(wanted: Wanted) -> list[tuple[str, int, Money]]:
    """(Currency, gifts, sum) of what was keyed into the batches of a list, discarded ones left out. One query."""
    fits = batches_wanted(wanted).exclude(state=GiftBatch.State.DISCARDED).order_by().values("pk")
    rows = BatchRow.objects.standing().filter(batch__in=fits).order_by("batch__currency")
    sums = rows.values_list("batch__currency").annotate(count=Count("pk"), total=Sum("amount"))
    return [(currency, count, Money(int(total), currency)) for currency, count, total in sums]


def rows_shown(seat: Seat, batch: GiftBatch) -> QuerySet[Any]:
    """The gifts of a batch in the order of keying, each with `shown_parts` as this seat may name them."""
    parts = BatchPart.objects.named_for(seat)
    rows: QuerySet[Any] = (
        BatchRow.objects.standing()
        .filter(batch=batch)
        .order_by("place")
        .select_related("giving_unit", "soft_partner", "gift")
        .prefetch_related(Prefetch("parts", parts, to_attr="shown_parts"))
    )
    return rows


def alike(batch: GiftBatch, rows: Sequence[BatchRow]) -> dict[int, str]:
    """Row → the gift that looks the same: of the same giver and amount, with the same check number or of the same day;
    one that stands in the ledger (`"gift 12"`) or in an open batch (`"batch 3, gift 4"`). Two queries.
    """
    known = [row for row in rows if not row.giving_unit.is_unidentified or row.reference]
    if not known:
        return {}
    same = Q(giving_unit__in={row.giving_unit_id for row in known}, amount__in={row.amount for row in known})
    gifts = Gift.objects.standing().filter(same, currency=batch.currency).exclude(batch=batch.pk)
    keyed = BatchRow.objects.standing().filter(same, batch__currency=batch.currency, batch__state="open")
    there = [("gift", each, {"gift": each.pk}) for each in gifts.order_by("pk")]
    there += [("row", each, {"batch": each.batch.number, "gift": each.place}) for each in in_order(keyed)]
    found: dict[int, str] = {}
    for row in known:
        for kind, other, words in there:
            if (kind == "gift" or other.pk < row.pk) and is_alike(row, other):
                found[row.pk] = ", ".join(f"{name} {number}" for name, number in words.items())
                break
    return found


def in_order(rows: Any) -> Any:
    """The rows of open batches, as they were keyed."""
    return rows.select_related("batch").order_by("batch", "place")


def is_alike(row: BatchRow, other: Any) -> bool:
    """Whether two gifts look the same. Two checks with two numbers never do; nobody knows who gave two unidentified
    ones on one day.
    """
    if (row.giving_unit_id, row.amount) != (other.giving_unit_id, other.amount):
        return False
    if row.reference and other.reference:
        return bool(row.reference == other.reference)
    return bool(row.date == other.date and not row.giving_unit.is_unidentified)


def gifts_since(batch: GiftBatch) -> tuple[set[int], set[int]]:
    """The gifts of a posted batch that were withdrawn or replaced since, and those of which money went back. Two
    queries.
    """
    mine = Gift.objects.filter(batch=batch)
    withdrawn = set(mine.exclude(withdrawn_at=None).values_list("pk", flat=True))
    back = Gift.objects.standing().filter(reverses__batch=batch)
    return withdrawn, set(back.values_list("reverses", flat=True))
