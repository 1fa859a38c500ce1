"""What was posted to deposit accounts, and how much of it a line of the bank covers: batches, and gifts in no batch."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from core.money import Money
from partners.queries.reconciliation.lines import Wanted

# A gift that stands in the place of one of a batch belongs to the batch, unless it is of another currency; goods never
# come to a bank.
ITEMS = """
WITH item AS (
  SELECT 'batch' AS kind, b.id, b.deposited_on AS day, b.deposit_id, b.currency, c.total, m.matched
  FROM partners_giftbatch b
  CROSS JOIN LATERAL (SELECT batch_comes_to(b.agency_id, b.id) AS total) c
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount), 0)::bigint AS matched FROM partners_matchpart p
    JOIN partners_bankmatch o ON o.agency_id = p.agency_id AND o.id = p.match_id AND o.undone_at IS NULL
    WHERE p.agency_id = b.agency_id AND p.batch_id = b.id
  ) m
  WHERE b.state = 'posted' AND (b.deposited_on >= %(first)s OR %(first)s IS NULL)
    AND (b.deposited_on <= %(last)s OR %(last)s IS NULL) AND ({batches})
  UNION ALL
  SELECT 'gift', g.id, p.date, e.account_id, g.currency, g.amount, m.matched
  FROM funds_posting p
  JOIN partners_gift g ON g.agency_id = p.agency_id AND g.posting_id = p.id
  JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id AND e.account_id = ANY(%(deposits)s)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(q.amount), 0)::bigint AS matched FROM partners_matchpart q
    JOIN partners_bankmatch o ON o.agency_id = q.agency_id AND o.id = q.match_id AND o.undone_at IS NULL
    WHERE q.agency_id = g.agency_id AND q.gift_id = g.id
  ) m
  WHERE p.kind = 'gift' AND (p.date >= %(first)s OR %(first)s IS NULL) AND (p.date <= %(last)s OR %(last)s IS NULL)
    AND g.withdrawn_at IS NULL AND g.batch_id IS NULL AND g.kind <> 'in_kind' AND ({gifts})
    AND (NOT EXISTS (
      SELECT FROM partners_giftcorrection c WHERE c.agency_id = g.agency_id AND c.replacement_id = g.id
    ) OR batch_behind(g.agency_id, g.id) IS NULL)
)
"""
FILTER = """
FROM item WHERE total <> 0 AND (deposit_id = %(deposit)s OR %(deposit)s IS NULL)
  AND (currency = %(currency)s OR %(currency)s = '')
"""
OPEN = " AND matched <> total"
LIST = "SELECT kind, id, day, deposit_id, currency, total, matched {filter} ORDER BY day, kind, id"
SUMS = """
SELECT deposit_id, currency, count(*), sum(total), sum(matched), count(*) FILTER (WHERE matched <> total),
  coalesce(sum(total - matched) FILTER (WHERE matched <> total), 0) {filter} GROUP BY deposit_id, currency
"""
DAYS = """
SELECT day, deposit_id, currency {filter} AND kind = 'gift' AND total - matched > 0
GROUP BY day, deposit_id, currency HAVING count(*) > 1 AND sum(total - matched) = ANY(%(amounts)s)
"""


@dataclass(frozen=True)
class Booked:
    """A batch, or a gift in no batch, as it was deposited. `open` is what no line of the bank covers. Minor units."""

    kind: str
    pk: int
    day: date
    deposit_id: int
    currency: str
    total: int
    matched: int

    @property
    def open(self) -> int:
        """What is left."""
        return self.total - self.matched

    @property
    def money(self) -> Money:
        """What is left, as money."""
        return Money(self.open, self.currency)

    @property
    def token(self) -> str:
        """How a form names it: b12 is a batch, g7 a gift."""
        return f"{self.kind[0]}{self.pk}"


@dataclass
class BookedList:
    """Items as a page needs them: counted, and a slice at a time. `batches`, `gifts`: more conditions, with values."""

    wanted: Wanted
    deposits: Collection[int]
    only_open: bool = True
    batches: str = "true"
    gifts: str = "true"
    values: dict[str, Any] = field(default_factory=dict)

    def count(self) -> int:
        """How many there are. One query."""
        return int(self.asked("SELECT count(*) {filter}")[0][0])

    def __getitem__(self, part: slice) -> list[Booked]:
        """Those of a page. One query."""
        start = part.start or 0
        limit = "" if part.stop is None else f" LIMIT {int(part.stop) - int(start)} OFFSET {int(start)}"
        return [Booked(*row) for row in self.asked(LIST + limit)]

    def sums(self) -> list[tuple[int, str, int, int, int, int, int]]:
        """Of each deposit account and currency: how many, total, matched, how many are open, and how much is."""
        return [(d, c, n, int(t), int(m), o, int(rest)) for d, c, n, t, m, o, rest in self.asked(SUMS)]

    def days(self) -> list[tuple[date, int, str]]:
        """Day, deposit account and currency of which several gifts come to one of `amounts` together. One query."""
        return [(day, deposit, currency) for day, deposit, currency in self.asked(DAYS)]

    def asked(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement over the items."""
        head = ITEMS.format(batches=self.batches, gifts=self.gifts)
        found = head + statement.format(filter=FILTER + (OPEN if self.only_open else ""))
        wanted = self.wanted
        values = {
            "first": wanted.first,
            "last": wanted.last,
            "deposit": wanted.deposit_id,
            "currency": wanted.currency,
            "deposits": list(self.deposits),
            **self.values,
        }
        with connection.cursor() as cursor:
            cursor.execute(found, values)
            return list(cursor.fetchall())


def booked_by_token(tokens: Sequence[str], deposits: Collection[int]) -> dict[str, Booked]:
    """The batches and gifts that a form names, as they stand. One query, none for none."""
    batches, gifts = (ids_in(tokens, letter) for letter in "bg")
    if not batches and not gifts:
        return {}
    found = BookedList(
        Wanted(),
        deposits,
        only_open=False,
        batches="b.id = ANY(%(batch_ids)s)",
        gifts="g.id = ANY(%(gift_ids)s)",
        values={"batch_ids": batches, "gift_ids": gifts},
    )
    return {item.token: item for item in found[:]}


def ids_in(tokens: Sequence[str], letter: str) -> list[int]:
    """The numbers behind a letter."""
    mine = [token[1:] for token in tokens if token[:1] == letter]
    return [int(number) for number in mine if number.isascii() and number.isdigit() and len(number) < 19]
