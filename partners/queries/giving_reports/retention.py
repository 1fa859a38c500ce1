"""Retention per unit: of those who gave in the earlier period, how many gave in the later one too, and how much."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from agencies.seats import Seat
from partners.queries.giving_reports.lines import Span, Wanted, counted, known_giver
from partners.queries.giving_reports.questions import Periods, two_spans
from ssu.models import Unit

WITHOUT = 0
"""In the place of a unit: designations that have none."""

COUNTED = """
WITH pair AS ({pairs}), person AS (
  SELECT unit, giver, bool_or(before > 0) AS gave, bool_or(after > 0) AS again FROM pair GROUP BY unit, giver
), people AS (
  SELECT unit, count(*) AS gave, count(*) FILTER (WHERE again) AS again FROM person WHERE gave GROUP BY unit
)
SELECT people.unit, people.gave, people.again, pair.currency, sum(pair.before), sum(pair.after)
FROM people JOIN person USING (unit) JOIN pair ON pair.unit = person.unit AND pair.giver = person.giver
WHERE person.gave GROUP BY people.unit, people.gave, people.again, pair.currency ORDER BY 1, 4
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


def kept_by_unit(seat: Seat, wanted: Wanted, periods: Periods) -> list[Kept]:
    """A row per unit by shown name, those without a unit last. Two queries."""
    lines = counted(seat, wanted).annotate(unit=Coalesce("designation__unit", Value(WITHOUT)))
    found = {row.unit: row for row in counted_rows(lines, *two_spans(seat.agency, periods))}
    names = Unit.objects.seen_by(seat).filter(pk__in=[pk for pk in found if pk]).order_by("shown_name", "pk")
    rows = []
    for pk, name in names.values_list("pk", "shown_name"):
        found[pk].name = name
        rows.append(found[pk])
    return rows + ([found[WITHOUT]] if WITHOUT in found else [])


def kept_in_all(seat: Seat, wanted: Wanted, periods: Periods) -> Kept | None:
    """All units together: who gave to two of them is one giver. One query."""
    lines = counted(seat, wanted).annotate(unit=Value(WITHOUT, output_field=BigIntegerField()))
    rows = counted_rows(lines, *two_spans(seat.agency, periods))
    return replace(rows[0], unit=None) if rows else None


def counted_rows(lines: QuerySet[Any], earlier: Span, later: Span) -> list[Kept]:
    """Givers and money by `unit` of the lines. One query, however many givers there are."""
    sums = {name: Coalesce(Sum("amount", filter=span.condition()), 0, output_field=BigIntegerField())
            for name, span in (("before", earlier), ("after", later))}  # fmt: skip
    either = lines.filter(known_giver(), earlier.condition() | later.condition())
    pairs, parameters = either.values("unit", "giver", "currency").annotate(**sums).query.sql_with_params()
    found: dict[int, Kept] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(pairs=pairs), parameters)
        for unit, gave, again, currency, before, after in cursor.fetchall():
            row = found.setdefault(unit, Kept(unit, "", gave, again))
            row.money.append((currency, int(before), int(after)))
    return list(found.values())
