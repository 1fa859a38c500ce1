"""What the clock tells of budgets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from agencies.queries.people import everywhere
from budgets.behind import BEHIND, behind
from budgets.notice_kinds import GAP
from delivery.naming import NAME
from delivery.operations import Named, notify
from ssu.notice_kinds import UNIT
from ssu.queries.people import holders_of

FROM_DAY = 5
"""Of each month: what came in until its first day is mostly posted by then."""


@transaction.atomic
def tell_gaps(*, agency: Agency) -> int:
    """Tell of budgets that are well behind (`budgets.behind`), once a month from its FROM_DAY on: who reads the ledger
    how many there are, and everybody else who may change such a budget of each of theirs. Return how many budgets.
    """
    today = agency.today()
    found = behind(agency) if today.day >= FROM_DAY else []
    if found:
        readers = everywhere("ledger.view")
        tell_readers(agency, readers, len(found), today)
        tell_leaders(agency, found, {user.pk for user in readers}, today)
    return len(found)


def tell_readers(agency: Agency, readers: Iterable[Any], count: int, today: date) -> None:
    """One sentence for all budgets, without a name."""
    text = ngettext(
        "%(count)s budget is covered by less than %(percent)s%% of what it planned until last month.",
        "%(count)s budgets are covered by less than %(percent)s%% of what they planned until last month.",
        count,
    )
    notify(
        agency=agency,
        users=readers,
        kind=GAP.name,
        text=text % {"count": count, "percent": BEHIND},
        url=listed(agency, today),
        key=f"budgets behind {today:%Y-%m}",
    )


def listed(agency: Agency, today: date) -> str:
    """The page that lists them, also when it is read in the next fiscal year."""
    year, month = agency.fiscal_year(today), (today.month - 2) % 12 + 1
    return f"{reverse('budgets', args=[agency.slug])}?year={year}&months=to-{month}&below={BEHIND}"


def tell_leaders(agency: Agency, found: Iterable[Any], told: set[int], today: date) -> None:
    """A sentence for each budget, to who looks after it, also where a new version came into force since; of a closed
    unit those alone who may know it.
    """
    text = _("%(unit)s: the budget is covered by less than %(percent)s%% of what it planned until last month.")
    for budget in found:
        notify(
            agency=agency,
            users=[user for user in holders_of(GAP.right, budget.unit) if user.pk not in told],
            kind=GAP.name,
            text=text % {"unit": NAME, "percent": BEHIND},
            url=reverse("budget", args=[agency.slug, budget.pk]),
            named=Named(UNIT, budget.unit_id),
            key=f"budget behind of unit {budget.unit_id} {today:%Y-%m}",
        )
