"""Retention per unit: of those who gave in the earlier period, how many gave in the later one too, and how much."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

from agencies.seats import Seat
from core import planner
from partners.queries.giving_reports.lines import Span, Wanted, counted, known_giver
from partners.queries.giving_reports.questions import Periods, two_spans
from ssu.models import Unit

WITHOUT = 0
"""In the place of a unit: designations that have none."""
EVERY = -1
"""In the place of a unit: all of them, and what has none."""

COUNTED = """
WITH single AS MATERIALIZED ({pairs}), pair AS (
  SELECT unit, giver, currency, before, after FROM single
  UNION ALL SELECT {every}, giver, currency, sum(before)::bigint, sum(after)::bigint FROM single
    GROUP BY giver, currency
), person AS (
  SELECT unit, currency, before, after, bool_or(before > 0) OVER one AS gave, bool_or(after > 0) OVER one AS again,
    row_number() OVER one = 1 AS counts
  FROM pair WINDOW one AS (PARTITION BY unit, giver)
), kept AS (
  SELECT unit, currency, count(*) FILTER (WHERE counts) AS gave, count(*) FILTER (WHERE counts AND again) AS again,
    sum(before) AS before, sum(after) AS after
  FROM person WHERE gave GROUP BY unit, currency
)
SELECT unit, sum(gave) OVER whole, sum(again) OVER whole, currency, before, after
FROM kept WINDOW whole AS (PARTITION BY unit) ORDER BY 1, 4
"""


@dataclass
class Kept:
    """A unit (WITHOUT: none; None: all together): givers of the earlier period, those of them who gave in the later one
    too, and by currency what these givers gave in both, in minor units.
    """

    unit: int | None
    name: str
    gave: int
    stayed: int
    money: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class ByUnit:
    """A row per unit by shown name, those without a unit last; and all together, where who gave to two units is one
    giver.
    """

    units: list[Kept]
    whole: Kept | None

    def __iter__(self) -> Iterator[Kept]:
        return iter(self.units)


def kept_by_unit(seat: Seat, wanted: Wanted, periods: Periods) -> ByUnit:
    """How many stayed, by unit and in all."""
    lines = counted(seat, wanted).annotate(unit=Coalesce("designation__unit", Value(WITHOUT)))
    found = counted_rows(lines, *two_spans(seat.agency, periods))
    names = Unit.objects.seen_by(seat).filter(pk__in=[pk for pk in found if pk > 0]).order_by("shown_name", "pk")
    units = [replace(found[pk], name=name) for pk, name in names.values_list("pk", "shown_name")]
    return ByUnit([*units, *(found[pk] for pk in (WITHOUT,) if pk in found)], found.get(EVERY))


def counted_rows(lines: QuerySet[Any], earlier: Span, later: Span) -> dict[int, Kept]:
    """Givers and money by `unit` of the lines, and of EVERY unit. One statement, however many givers there are."""
    sums = {name: Cast(Coalesce(Sum("amount", filter=span.condition()), 0), BigIntegerField())
            for name, span in (("before", earlier), ("after", later))}  # fmt: skip
    either = lines.filter(known_giver(), earlier.condition() | later.condition())
    try:
        pairs, parameters = either.values("unit", "giver", "currency").annotate(**sums).query.sql_with_params()
    except EmptyResultSet:
        return {}
    found: dict[int, Kept] = {}
    with planner.joined_by_sets(), connection.cursor() as cursor:
        cursor.execute(COUNTED.format(pairs=pairs, every=EVERY), parameters)
        for unit, gave, again, currency, before, after in cursor.fetchall():
            row = found.setdefault(unit, Kept(None if unit == EVERY else unit, "", int(gave), int(again)))
            row.money.append((currency, int(before), int(after)))
    return found
