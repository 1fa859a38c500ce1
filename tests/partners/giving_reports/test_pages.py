"""The pages of the reports: constant queries, filters in the address, totals that lead to their lines."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from core.periods import add_months
from partners import operations
from partners.models import GivingUnit
from partners.pages.giving_reports.words import REPORTS
from tests.cast import Visitor

QUERIES: dict[str, int] = {}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_reports_take_the_same_queries_for_any_number_of_rows(
    rows: int,
    add: Any,
    giving: Any,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
    visit: Callable[[User], Visitor],
) -> None:
    today = inside.today()
    for number in range(rows):
        partner = add(f"Moab{number}")
        for back in (0, 5, 11, 13, 16, 25, 30):
            giving(partner, (places.mine, 5000 + number), (places.general, 100), on=add_months(today, -back))
        operations.add_commitment(
            agency=inside, actor=alice, giving_unit=GivingUnit.objects.get(partner=partner), designation=places.mine,
            amount=Money(5000, "USD"), frequency="monthly", starts_on=date(2020, 1, 1),
        )  # fmt: skip
    browser, taken = visit(alice), {}
    for report in REPORTS:
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse(report.page, args=["harbor"]), {"show_soft": "on", "show_latest": "on"})
        assert page.status_code == 200, report.key
        taken[report.key] = len(queries)
        print(report.key, len(page.context["table"].rows), page.context["formula"], page.context["table"].rows[:1])
    assert taken == QUERIES
