"""Whether promises are kept: computed from gifts each time it is asked, never ticked.

The rule, in the words of the page (`RULE`):

1. A gift counts for a promise of the same giver, to the same designation, in the currency in which it was given. It
   counts from 14 days before the first day of the promise until 14 days after its last one, where the interval is long
   for a quarter of it, 45 days at most. Goods do not count. What was refunded or charged back is taken from its gift;
   what was withdrawn counts nothing.
2. Each part of a gift counts for one promise only: of several that fit for the one of the very amount, then for one
   that holds on the day, then for the nearest amount. Promises that fit equally well take gifts of one amount in turns.
3. It pays the newest payment that is due on its day or soon after it (a quarter of the interval, 45 days at most); is
   that paid, the next ones. A payment that was passed over stays missed: a promise is no debt. Less than a payment pays
   a part of it, and further gifts the rest.
4. One gift pays a year of payments at most, and two payments at least; what is more is an extra gift.
5. A promise is late since the day of its first payment that is not paid whole, nor passed over. Payments due before the
   go-live date are never late.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from agencies.models import Agency
from core import planner
from partners.lateness import Bucket, bucket_of
from partners.models import Commitment
from partners.queries.fulfilment_sql import FULFILMENT, STANDING

NEVER_LIVE = date(1900, 1, 1)


@dataclass(frozen=True)
class Standing:
    """How a promise stands on a day. Amounts in minor units of its currency.

    `next_due` is the first payment that is not paid, None where no more is due. `paid` and `expected` are of the last
    365 days.
    """

    bucket: Bucket
    days_late: int
    last_gift: date | None
    next_due: date | None
    paid: int
    expected: int


def embedded(found: QuerySet[Any]) -> tuple[str, dict[str, Any]]:
    """The ids of a queryset as a part of a larger statement, its values under names."""
    sql, values = found.order_by().values("pk").query.sql_with_params()
    names = [f"wanted{number}" for number in range(len(values))]
    first, *rest = sql.split("%s")
    named = first + "".join(f"%({name})s{part}" for name, part in zip(names, rest, strict=True))
    return named, dict(zip(names, values, strict=True))


def asked(
    agency: Agency, found: QuerySet[Any], rest: str, *, many: bool = False, **values: Any
) -> list[tuple[Any, ...]]:
    """The rows of `rest`, which reads from the common tables of `fulfilment_sql`, for the promises `found`. `many`:
    they may be all of an agency, which the planner would look up one by one where its figures are old.
    """
    try:
        wanted, given = embedded(found)
    except EmptyResultSet:
        return []
    given |= {"today": agency.today(), "live": agency.live_on or NEVER_LIVE, **values}
    statement = f"WITH wanted (id) AS ({wanted}), {FULFILMENT}{rest}"
    with planner.joined_by_sets() if many else nullcontext(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


NOW = """
SELECT id, due_on, last_on, ends_on, starts_on, paid_lately, amount * (
    payments_due(frequency, starts_on, least(%(today)s::date, ends_on))
    - payments_due(frequency, starts_on, least(%(today)s::date - 365, ends_on))
  ) AS expected
"""


def standings(agency: Agency, found: QuerySet[Any], *, many: bool = False) -> dict[int, Standing]:
    """How these promises stand today, by id. One query for any number; `many` as in `asked`."""
    today = agency.today()
    rows = asked(agency, found, f",{STANDING}{NOW} FROM due", many=many, since=today)
    return {pk: standing(today, *rest) for pk, *rest in rows}


def standing(
    today: date, due_on: date, last: date | None, ends_on: date | None, starts_on: date, paid: int, expected: int
) -> Standing:
    """One row in words of its own."""
    ended = ends_on is not None and ends_on < today
    next_due = None if ends_on is not None and due_on > ends_on else due_on
    days = 0 if ended or next_due is None else max((today - next_due).days, 0)
    return Standing(
        bucket=bucket_of(days, ended=ended, begun=starts_on <= today or last is not None),
        days_late=days,
        last_gift=last,
        next_due=None if ended else next_due,
        paid=int(paid),
        expected=int(expected),
    )


@dataclass(frozen=True)
class Payment:
    """A gift that counts for a promise: what it gave to the designation, how much of that paid the promise, and the
    numbers of the first and the last payment that it touched, from 0.
    """

    promise_id: int
    gift_id: int
    day: date
    given: int
    paid: int
    first: int
    last: int


PAYMENTS = """
SELECT promise_id, gift_id, day, given, paid, begins / amount, (begins + paid - 1) / amount FROM walk
JOIN wanted w ON w.id = walk.promise_id ORDER BY day, gift_id, promise_id
"""


def payments(agency: Agency, found: QuerySet[Any]) -> list[Payment]:
    """What is put to these promises, in order. One query for any number."""
    return [Payment(*row) for row in asked(agency, found, PAYMENTS)]


def late_ids(standing: dict[int, Standing], buckets: Iterable[Bucket]) -> list[int]:
    """The promises in these buckets."""
    wanted = set(buckets)
    return [pk for pk, each in standing.items() if each.bucket in wanted]


def counts(standing: dict[int, Standing]) -> dict[Bucket, int]:
    """How many promises are in each bucket."""
    found = dict.fromkeys(Bucket, 0)
    for each in standing.values():
        found[each.bucket] += 1
    return found


def standing_of(agency: Agency, commitment: Commitment) -> Standing:
    """How one promise stands today. One query."""
    return standings(agency, Commitment.objects.filter(pk=commitment.pk))[commitment.pk]
