"""What stands beside the figures of givers on a page: names, kinds, last gifts, promises, soft credits."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet, Sum

from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment, Partner
from partners.models.discretion import in_field
from partners.queries.giving_reports.figures import Question
from partners.queries.giving_reports.lines import Span, Wanted, of_money, seen


@dataclass
class Beside:
    """What is known of one giver. `last` is the day of the last gift within the filter."""

    name: str = ""
    kind: str = ""
    last: date | None = None
    promised: dict[str, list[tuple[Money, str]]] = field(default_factory=lambda: defaultdict(list))
    soft: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def beside(
    seat: Seat, question: Question, givers: Collection[int], span: Span | None, *, lasts: bool
) -> dict[int, Beside]:
    """By id of the giver; soft credits only where a `span` is given, last gifts only with `lasts`. At most four
    queries, however many givers.
    """
    found: dict[int, Beside] = defaultdict(Beside)
    ids = [pk for pk in givers if pk > 0]
    for pk, name, kind in Partner.objects.filter(pk__in=ids).values_list("pk", "name", "kind"):
        found[pk].name, found[pk].kind = name, str(Partner.Kind(kind).label)
    if lasts:
        lines = question.lines.filter(gift__giving_unit__partner__in=ids, giver__in=ids, amount__gt=0)
        for row in lines.values("giver").annotate(last=Max("gift__date")):
            found[row["giver"]].last = row["last"]
    promises = (
        Commitment.objects.seen_by(seat)
        .openly_for(seat)
        .active_on(seat.agency.today())
        .filter(giving_unit__partner__in=ids)
    )
    for each in promises.select_related("giving_unit").order_by("pk"):
        said = (Money(each.amount, each.currency), str(Commitment.Frequency(each.frequency).label))
        found[each.giving_unit.partner_id].promised[each.currency].append(said)
    if span is not None:
        for row in soft_sums(soft_lines(seat, question.wanted, span).filter(gift__soft_partner__in=ids)):
            found[row["gift__soft_partner"]].soft[row["gift__currency"]] = int(row["total"])
    return found


def soft_lines(seat: Seat, wanted: Wanted, span: Span) -> QuerySet[Any]:
    """Lines of gifts that others made, credited to a partner whose amounts the seat may see; the filters on givers do
    not narrow them.
    """
    known = Partner.objects.seen_by(seat, "partners.amounts")
    lines = seen(seat).filter(of_money(wanted), span.condition(), gift__soft_partner__in=known.values("pk"))
    return lines.filter(gift__anonymous=False) if in_field(seat) else lines


def soft_sums(lines: QuerySet[Any]) -> QuerySet[Any]:
    """By partner and currency."""
    found: QuerySet[Any] = lines.values("gift__soft_partner", "gift__currency").annotate(total=Sum("amount"))
    return found
