"""The givers of a report, all in one statement: it reads the lines once, sums them by giver and currency, and tells
from the sums who is in the report, a page of rows, the totals of all pages, and how many there are.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import BitOr
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Case, Count, Func, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear

from core import planner
from partners.queries.giving_reports.figures import Figure, Question, Total
from partners.queries.giving_reports.lines import UNIDENTIFIED, Span, known_giver

PAGE = 50

Statement = tuple[str, tuple[Any, ...]]


def name(spans: list[Span], span: Span) -> str:
    """The column in which the sum of a span stands."""
    return f"span{spans.index(span)}"


def all_spans(question: Question) -> list[Span]:
    """Every span of the question once."""
    return list(dict.fromkeys([*question.spans(), *question.who.spans()]))


def pairs(question: Question, giver: int | None = None) -> Statement:
    """A row per giver and currency: the sum of each span, how many lines or gifts have a part in a figure (`here`), and
    the months of the regular ones as bits. Of one `giver`, its lines are looked up. Raises EmptyResultSet.
    """
    if question.gifts is not None and giver is None:
        return pairs_of_gifts(question, question.gifts)
    lines = of_giver(question.lines.filter(known_giver()) if question.who.named else question.lines, giver)
    return summed(question, lines, ("giver", "currency"), "gift__date")


def pairs_of_gifts(question: Question, gifts: QuerySet[Any]) -> Statement:
    """The same from whole gifts: summed by giving unit in the order of their index, then by partner."""
    inner, values = summed(question, gifts, ("giving_unit", "currency"), "date")
    spans = all_spans(question)
    sums = [f"sum(s.{name(spans, span)})::bigint AS {name(spans, span)}" for span in spans]
    if question.who.regular is not None:
        sums.append("bit_or(s.months) AS months")
    statement = f"""SELECT coalesce(u.partner_id, {UNIDENTIFIED}) AS giver, s.currency, sum(s.here) AS here,
      {", ".join(sums)} FROM ({inner}) s
      JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.id = s.giving_unit
      {"WHERE u.partner_id IS NOT NULL" if question.who.named else ""} GROUP BY 1, 2"""  # noqa: S608 - columns
    return statement, values


def summed(question: Question, rows: QuerySet[Any], by: tuple[str, str], day: str) -> Statement:
    """Lines or gifts with their day in `day`, summed by these columns."""
    spans, figured = all_spans(question), reduce(or_, (span.condition(day) for span in question.spans()))
    sums: dict[str, Any] = {
        name(spans, span): Coalesce(Cast(Sum("amount", filter=span.condition(day)), BigIntegerField()), Value(0))
        for span in spans
    }
    if question.who.regular is not None:
        sums["months"] = BitOr(month_bit(question.who.regular, day))
    within = rows.filter(reduce(or_, (span.condition(day) for span in widest(spans)))).order_by()
    made: Statement = within.values(*by).annotate(**sums, here=Count(day, filter=figured)).query.sql_with_params()
    return made


def widest(spans: list[Span]) -> list[Span]:
    """Those that lie in no other."""
    return [span for span in spans if not any(span.within(other) for other in spans if other != span)]


def of_giver(lines: QuerySet[Any], giver: int | None) -> QuerySet[Any]:
    """The lines of one giver, by the index of who gave where that is a partner."""
    if giver is None:
        return lines
    found: QuerySet[Any] = lines.filter(gift__giving_unit__partner=giver) if giver > 0 else lines
    return found.filter(giver=giver)


def month_bit(span: Span, day: str) -> Case:
    """The month of a gift of these days as one of sixty bits: no two months of five years share one."""
    one: Any = Func(
        ExtractYear(day) * 12 + ExtractMonth(day),
        template="(1::bigint << mod(%(expressions)s, 60)::integer)",
        output_field=BigIntegerField(),
    )
    return Case(
        When(span.condition(day) & Q(amount__gt=0), then=one),
        default=Value(0, output_field=BigIntegerField()),
        output_field=BigIntegerField(),
    )


def figure_sum(spans: list[Span], figure: Figure) -> str:
    """A figure as an expression over the columns of spans."""
    return " ".join(f"{'+' if sign > 0 else '-'} {name(spans, span)}" for sign, span in figure.terms)


def who_is_in(question: Question) -> Statement:
    """The condition on a giver's pairs, and its values; empty where everybody is in the report."""
    spans, who = all_spans(question), question.who
    conditions = [f"bool_or({name(spans, span)} > 0)" for span in who.gave]
    conditions += [f"NOT bool_or({name(spans, span)} > 0)" for span in who.gave_not]
    values: tuple[Any, ...] = ()
    if who.regular is not None:
        conditions.append("bit_count(bit_or(months)::bit(64)) >= %s")
        values += (who.months,)
    if question.wanted.least is not None:
        conditions.append(f"abs(sum({figure_sum(spans, question.size())})) >= %s")
        values += (question.wanted.least.minor,)
    return " AND ".join(conditions), values


def counted_pairs(question: Question) -> Statement:
    """The common tables `pair` and `counted`: the givers in the report with their figures, `figure0` and so on."""
    pair, values = pairs(question)
    condition, more = who_is_in(question)
    spans = all_spans(question)
    figures = ", ".join(f"{figure_sum(spans, each)} AS figure{at}" for at, each in enumerate(question.figures))
    among = f"AND giver IN (SELECT giver FROM pair GROUP BY giver HAVING {condition})" if condition else ""  # noqa: S608
    statement = f"""WITH pair AS MATERIALIZED ({pair}), counted AS MATERIALIZED (
      SELECT giver, currency, {figures} FROM pair WHERE here > 0 {among}
    )"""  # noqa: S608 - columns
    return statement, values + more


def givers_of(question: Question, giver: int | None) -> RawSQL | None:
    """The ids of who is in the report, or whether one `giver` is; None where everybody is."""
    condition, more = who_is_in(question)
    if not condition:
        return None
    pair, values = pairs(question, giver)
    statement = f"SELECT giver FROM ({pair}) pair GROUP BY giver HAVING {condition}"  # noqa: S608 - columns
    return RawSQL(statement, values + more)  # noqa: S611


def order(question: Question, sort: str) -> str:
    """The columns to order by: "giver" or the name of a figure, backwards with a minus. Without one that the report
    knows the largest main figure comes first, whatever its sign.
    """
    key, direction = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
    keys = [each.key for each in question.figures]
    if key == "giver":
        first = f"named {direction}"
    elif key in keys:
        first = f"figure{keys.index(key)} {direction}, named"
    else:
        first = f"abs(figure{keys.index(question.main)}) DESC, named"
    return f"{first}, giver, currency"


class GiverRows:
    """The rows of a report, largest first or by `sort`: `giver`, `currency`, and `figures` by key in minor units. One
    statement reads a page of them with `totals` and `givers`; `ahead` is the first row that will be wanted.
    """

    ordered = True

    def __init__(self, question: Question, sort: str = "", ahead: int = 0) -> None:
        self.question, self.sort, self.ahead = question, sort, ahead
        self.rows: list[dict[str, Any]] = []
        self.begins = self.ends = -1
        self.number = self._givers = 0
        self._totals: list[Total] = []

    @property
    def totals(self) -> list[Total]:
        """The sums of all rows, each currency by itself."""
        self.look()
        return self._totals

    @property
    def givers(self) -> int:
        """How many givers the report has, each once, whatever their currencies."""
        self.look()
        return self._givers

    def count(self) -> int:
        """How many rows there are."""
        self.look()
        return self.number

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self[0:])

    def __getitem__(self, place: slice) -> list[dict[str, Any]]:
        begins, ends = place.start or 0, place.stop
        whole = self.begins == 0 and self.ends >= self.number
        if not whole and not (0 <= self.begins <= begins and ends is not None and ends <= self.ends):
            self.read(begins, ends)
        return self.rows[begins - self.begins : None if ends is None else ends - self.begins]

    def look(self) -> None:
        """Read the page that will be wanted, unless something was read."""
        if self.begins < 0:
            self.read(self.ahead, self.ahead + PAGE)

    def read(self, begins: int, ends: int | None) -> None:
        """Ask for these rows; no end is the last one."""
        self.begins, self.ends = begins, ends if ends is not None else 2**62
        self.rows, self._totals, self.number, self._givers = [], [], 0, 0
        for part, place, giver, currency, *figures in found(self.question, self.sort, self.begins, self.ends):
            by_key = {each.key: int(minor) for each, minor in zip(self.question.figures, figures, strict=True)}
            if part == "number":
                self.number, self._givers = place, giver
            elif part == "total":
                self._totals.append(Total(currency, by_key))
            else:
                self.rows.append({"giver": giver, "currency": currency, "figures": by_key})


def found(question: Question, sort: str, begins: int, ends: int) -> list[tuple[Any, ...]]:
    """How many there are, then totals by currency, then rows from one place up to another."""
    try:
        counted, values = counted_pairs(question)
    except EmptyResultSet:
        return []
    figures = [f"figure{at}" for at in range(len(question.figures))]
    main = f"figure{[each.key for each in question.figures].index(question.main)}"
    statement = f"""{counted}, shown AS (
      SELECT * FROM counted {f"WHERE {main} <> 0" if question.needs_main else ""}
    ), row AS (
      SELECT s.*, row_number() OVER (ORDER BY {order(question, sort)}) AS place FROM (
        SELECT s.*, coalesce(p.sort_name, '') AS named FROM shown s
        LEFT JOIN partners_partner p ON p.agency_id = current_agency() AND p.id = s.giver
      ) s
    )
    SELECT 'number' AS part, count(*) AS place, count(DISTINCT giver) AS giver, '' AS currency,
      {", ".join("0::numeric" for _each in figures)} FROM shown
    UNION ALL SELECT 'total', 0, 0, currency, {", ".join(f"sum({each})" for each in figures)} FROM counted
      GROUP BY currency
    UNION ALL SELECT 'row', place, giver, currency, {", ".join(figures)} FROM row WHERE place > %s AND place <= %s
    ORDER BY part, place, currency"""  # noqa: S608 - columns
    with planner.joined_by_sets(), connection.cursor() as cursor:
        cursor.execute(statement, (*values, begins, ends))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def lines_behind(question: Question, figure: Figure, giver: int | None, currency: str) -> QuerySet[Any]:
    """The lines behind one figure, of one giver or of all, each with its `weight`; the newest first."""
    lines = of_giver(question.lines, giver).filter(figure.condition())
    who = givers_of(question, giver)
    if question.who.named:
        lines = lines.filter(known_giver())
    if who is not None:
        lines = lines.filter(giver__in=who)
    if currency:
        lines = lines.filter(currency=currency)
    weighed = lines.annotate(weight=figure.weight()).exclude(weight=0)
    ordered: QuerySet[Any] = weighed.order_by("-gift__date", "-gift_id", "pk")
    return ordered
