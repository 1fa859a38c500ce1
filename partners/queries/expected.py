"""What promises bring in a period: received + likely + possible, per designation and currency, never added across.

Received is what was given in the period for promises and counts for them (`partners.queries.fulfilment`). Payments that
are due in the period and not paid yet are likely where the promise is late by 30 days at most, and possible where it is
later than that. What was paid ahead is not expected again.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Agency
from partners.lateness import LIKELY
from partners.queries.fulfilment import NOW, Standing, asked, standing
from partners.queries.fulfilment_sql import STANDING

OPEN = f"""
, {STANDING},
open AS (
  SELECT d.*, greatest(0,
      amount * payments_due(frequency, starts_on, least(%(last)s::date, ends_on))
      - greatest(reach, amount * payments_due(frequency, starts_on, %(since)s::date - 1))
    ) AS open_amount,
    %(today)s::date - due_on <= {LIKELY} AS is_likely,
    starts_on <= %(last)s::date AND coalesce(ends_on >= %(since)s::date, true) AS holds
  FROM due d
)
"""  # noqa: S608 - constants
SUMS = f"""{OPEN}
SELECT designation_id, f.unit_id, currency, sum(paid_since)::bigint,
  coalesce(sum(open_amount) FILTER (WHERE is_likely), 0)::bigint,
  coalesce(sum(open_amount) FILTER (WHERE NOT is_likely), 0)::bigint
FROM open JOIN funds_designation f ON f.agency_id = current_agency() AND f.id = designation_id
GROUP BY designation_id, f.unit_id, currency ORDER BY designation_id, currency
"""  # noqa: S608 - constants
EACH = f"{OPEN}{NOW}, holds, currency, paid_since, open_amount, is_likely FROM open"
OPEN_EACH = f"{OPEN} SELECT id, open_amount FROM open"  # noqa: S608 - constants


@dataclass(frozen=True)
class Expected:
    """What the promises to one designation in one currency bring in a period, in minor units."""

    designation_id: int
    unit_id: int | None
    currency: str
    received: int
    likely: int
    possible: int

    @property
    def total(self) -> int:
        return self.received + self.likely + self.possible


@dataclass
class Brought:
    """What promises in one currency bring in a period, to whatever designation, in minor units."""

    currency: str
    received: int = 0
    likely: int = 0
    possible: int = 0


def expected(agency: Agency, found: QuerySet[Any], first: date, last: date, *, many: bool = False) -> list[Expected]:
    """What the promises among `found` bring from `first` to `last`, both included. One query for any number; `many` as
    in `asked`.
    """
    holding = found.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)
    return [Expected(*row) for row in asked(agency, holding, SUMS, many=many, since=first, last=last)]


def open_each(agency: Agency, found: QuerySet[Any], first: date, last: date) -> dict[int, int]:
    """What each of the promises among `found` brings from `first` to `last` and is not paid, likely or possible, by id:
    what `expected` tells in sums. One query for any number.
    """
    holding = found.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)
    rows = asked(agency, holding, OPEN_EACH, many=True, since=first, last=last)
    return {pk: int(minor) for pk, minor in rows}


def standings_and_expected(
    agency: Agency, found: QuerySet[Any], first: date, last: date
) -> tuple[dict[int, Standing], list[Brought]]:
    """How the promises `found` stand today, by id, and what they bring from `first` to `last`, a row per currency: what
    `standings` and `expected` tell, from one reading of the gifts. One query for any number.
    """
    today, stand, sums = agency.today(), dict[int, Standing](), dict[str, Brought]()
    for row in asked(agency, found, EACH, many=True, since=first, last=last):
        pk, *now, holds, currency, received, open_amount, is_likely = row
        stand[pk] = standing(today, *now)
        if holds:
            brought = sums.setdefault(currency, Brought(currency))
            brought.received += received
            if is_likely:
                brought.likely += int(open_amount)
            else:
                brought.possible += int(open_amount)
    return stand, [sums[currency] for currency in sorted(sums)]
