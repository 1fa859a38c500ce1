"""What the agency knows already, read for the judge of a file. One query per kind of thing, whatever the file's size."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from partners.imports.context import Context, Earlier, EarlierLine, GiftId
from partners.models import ExternalId
from ssu.models import Unit, Worker

# The lines of the gifts that the file mentions, and of every standing gift that takes one of them back.
EARLIER = """
WITH mentioned AS (SELECT * FROM unnest(%s::text[], %s::text[]) AS m (source, number)),
named AS (
  SELECT g.id FROM partners_gift g JOIN mentioned m ON m.source = g.source AND m.number = g.external_id
  WHERE g.withdrawn_at IS NULL
),
wanted AS (
  SELECT id FROM named
  UNION SELECT r.id FROM partners_gift r JOIN named ON r.reverses_id = named.id WHERE r.withdrawn_at IS NULL
)
SELECT l.source, l.designation_key, l.external_id, g.giver_key, g.date, l.amount, g.currency,
       l.tendered_amount, l.tendered_currency, coalesce(o.external_id, '')
FROM wanted
JOIN partners_gift g ON g.id = wanted.id
JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
LEFT JOIN partners_gift o ON o.agency_id = g.agency_id AND o.id = g.reverses_id
"""


def context_of(agency: Agency) -> Context:
    """What a file is judged against, for the agency in scope, on its own calendar's today."""
    return Context(
        base_currency=agency.base_currency,
        today=agency.today(),
        default_source=agency.default_source,
        organization_code=agency.organization_code,
        fiscal_year_starts_month=agency.fiscal_year_start,
        home_country=agency.country,
        designations=frozenset(Designation.objects.values_list("code", flat=True)),
        donors=frozenset(ExternalId.objects.values_list("source", "norm")),
        worker_names=tuple(Worker.objects.exclude(last_name="").values_list("last_name", flat=True).distinct()),
        hidden_names=tuple(Unit.objects.filter(discretion="closed").values_list("name", flat=True)),
        earlier=earlier_lines,
    )


def earlier_lines(gifts: Iterable[GiftId]) -> Earlier:
    """The standing lines of these gifts and of their reversals, by key."""
    wanted = list(gifts)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [[s for s, _ in wanted], [n for _, n in wanted]])
        return {(row[0], row[1], row[2]): line_of(row) for row in cursor.fetchall()}


def line_of(row: tuple[Any, ...]) -> EarlierLine:
    """One earlier line, from a row of EARLIER."""
    donor, date, amount, currency, tendered, tendered_currency, reverses = row[3:]
    given = None if tendered is None else Money(tendered, tendered_currency)
    return EarlierLine(donor=donor, date=date, amount=Money(amount, currency), tendered=given, reverses=reverses)
