"""Giving statements: their data by sets."""

import io
from collections.abc import Callable
from typing import Any

from django.db import connection

from benchmarks.registry import benchmark
from benchmarks.results import MEASURED_ONLY, Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World, as_worker, inside

SAMPLE = 50
"""Giving units of the N+1 sample; its time is scaled up to all of them."""
COPY_OUT = """
COPY (
  SELECT g.giving_unit_id, u.name, g.date, g.id, l.id, l.amount, g.currency, l.designation_id, g.kind,
    l.intent, a.lines, a.city
  FROM partners_giftline l JOIN partners_gift g ON g.agency_id = l.agency_id AND g.id = l.gift_id
  JOIN partners_givingunit u ON u.agency_id = g.agency_id AND u.id = g.giving_unit_id
  LEFT JOIN partners_address a ON a.agency_id = u.agency_id AND a.partner_id = u.partner_id
  WHERE l.withdrawn_at IS NULL AND g.withdrawn_at IS NULL AND g.date BETWEEN '{year}-01-01' AND '{year}-12-31'
  ORDER BY g.giving_unit_id, g.date, g.id, l.id
) TO STDOUT
"""


def measured_year(world: World) -> int:
    """The last whole year of the gifts."""
    return world.big.agency.today().year - 1


def one_by_one(year: int, givers: list[int]) -> int:
    """The same lines as one would loop over them: per giving unit its gifts, per gift its lines, per line its names."""
    from partners.models import Address, Gift, GivingUnit

    seen = 0
    for pk in givers:
        giver = GivingUnit.objects.get(pk=pk)
        list(Address.objects.filter(partner=giver.partner))
        for gift in Gift.objects.filter(giving_unit=giver, date__year=year, withdrawn_at=None).order_by("date"):
            for line in gift.lines.filter(withdrawn_at=None):
                seen += len(line.designation.public_name)
    return seen


@benchmark("statements")
def statements(world: World) -> list[Result]:
    """All giving units of the big agency with something to state in its last whole year, as a run of the worker."""
    from reports.documents.contents import contents_of
    from reports.queries.givers import to_state
    from reports.queries.lines import lines_of

    year = measured_year(world)
    with as_worker(), inside(world.big):
        givers = to_state(year)
        sample = givers[:: max(len(givers) // SAMPLE, 1)][:SAMPLE]
        ways: list[Callable[[], Any]] = [
            lambda: list(lines_of(year)),
            lambda: copy_out(year),
            lambda: one_by_one(year, sample),
            lambda: contents_of(world.big.agency, year, givers),
        ]
        lines, copied, loop, contents = in_turn(*ways, rounds=max(world.scale.rounds // 2, 1))
    whole = loop * len(givers) / len(sample)
    remark = f"{len(givers):,} giving units; the loop is measured on {len(sample)} of them and scaled up"
    return [
        Result("statements: COPY", "lines by one set query", "COPY out", lines, copied, Goal(2, 1.2)),
        Result(
            "statements: N+1", "whole contents by sets", "ORM loop", contents, whole, Goal(100, at_least=True), remark
        ),
        Result("statements: contents", "whole contents by sets", "COPY out", contents, copied, MEASURED_ONLY),
    ]


def copy_out(year: int) -> int:
    """The lines as text, which nobody can do faster."""
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY_OUT.format(year=year), text)
    return text.tell()
