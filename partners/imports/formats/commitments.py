"""Commitments in our own layout: who promised what, to which designation, how often, from when; and what became of the
promise when worker accounts moved to units.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.amounts import monthly
from partners.imports.layouts import Cells, Layout

COMMITMENTS_FORMAT = "generic_commitments"
FREQUENCIES = {
    "weekly": "weekly",
    "biweekly": "two_weekly",
    "two_weekly": "two_weekly",
    "monthly": "monthly",
    "bimonthly": "two_monthly",
    "two_monthly": "two_monthly",
    "quarterly": "quarterly",
    "four_monthly": "four_monthly",
    "semiannual": "half_yearly",
    "half_yearly": "half_yearly",
    "annual": "yearly",
    "yearly": "yearly",
    "biennial": "two_yearly",
    "two_yearly": "two_yearly",
}
"""The word of the file -> ours."""
MOVED = "moved"


def commitments_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """What became of the promises, and what they come to in a month, in US dollars."""
    outcomes: Counter[str] = Counter()
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        outcome = row.text("outcome") or "not_in_migration"
        outcomes[outcome] += 1
        if (row.text("currency").upper() or context.base_currency) == "USD":
            sums[outcome] += monthly(row.text("amount"), row.text("frequency"))
    return {
        "by_outcome": dict(sorted(outcomes.items())),
        "monthly_usd_by_outcome": {outcome: f"{total:.2f}" for outcome, total in sorted(sums.items())},
    }


COMMITMENTS = Layout(
    COMMITMENTS_FORMAT,
    "commitments",
    {
        name: name
        for name in (
            *("source", "donor_id", "designation", "new_designation", "amount", "currency", "frequency", "start_date"),
            *("end_date", "outcome", "effective_date", "method"),
        )
    },
    needed=("donor_id", "designation", "amount", "frequency", "start_date"),
    told_by=frozenset({"frequency", "start_date"}),
    ours=True,
    tells=commitments_tell,
)
