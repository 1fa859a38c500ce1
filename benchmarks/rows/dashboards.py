"""24 months of an agency: from the summary, and from the gifts themselves in two ways."""

from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.registry import benchmark
from benchmarks.replay import caught, enter, replay
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World, inside

TWO_STEPS = """
SELECT date_trunc('month', date::timestamp)::date, currency, sum(amount) FROM (
  SELECT date, currency, sum(amount) AS amount FROM partners_gift
  WHERE withdrawn_at IS NULL AND date >= %s GROUP BY date, currency
) AS days GROUP BY 1, 2 ORDER BY 1, 2
"""


def from_summary(since: date) -> list[Any]:
    """What the deposit accounts received, by month."""
    from django.db.models import Sum

    from funds.models import AccountMonth

    months = AccountMonth.objects.filter(account__kind="deposit", kind="gift", month__gte=since)
    return list(months.values_list("month", "currency").annotate(Sum("debit"), Sum("credit")).order_by("month"))


def from_gifts(since: date) -> list[Any]:
    """The same, as one would write it with the ORM."""
    from django.db.models import Sum
    from django.db.models.functions import TruncMonth

    from partners.models import Gift

    gifts = Gift.objects.standing().filter(date__gte=since).annotate(month=TruncMonth("date"))
    return list(gifts.values_list("month", "currency").annotate(Sum("amount")).order_by("month"))


@benchmark("dashboard")
def dashboards(world: World) -> list[Result]:
    """The big agency."""
    today = date.today()  # noqa: DTZ011 - the rows of the measuring database end today
    since = date(today.year - 2, today.month, 1)
    with inside(world.big):
        summary = caught(lambda: from_summary(since))
        plain = caught(lambda: from_gifts(since))
    web = world.connected_as("web")
    enter(web, world.big.agency.pk)
    ways: list[Callable[[], object]] = [
        lambda: replay(web, summary),
        lambda: replay(web, [(TWO_STEPS, [since])]),
        lambda: replay(web, plain),
    ]
    ours, live, orm = in_turn(*ways, rounds=world.scale.rounds * 3)
    return [
        Result("dashboard: live", "monthly summary", "live, day then month", ours, live, Goal(30, at_least=True)),
        Result("dashboard: ORM", "monthly summary", "ORM with TruncMonth", ours, orm, Goal(100, at_least=True)),
    ]
