"""Gifts that were given in one year and deposited in another are listed with both days."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from partners import operations
from partners.models import Gift, GivingUnit
from reports.proofs import prove_statements
from reports.queries.timing import DEPOSITED, GIVEN, apart
from tests.agencies.conftest import confirm
from tests.cast import Visitor
from tests.reports.conftest import YEAR

Give = Callable[..., Gift]
Visit = Callable[[User], Visitor]
END, BEGIN = date(YEAR, 12, 31), date(YEAR + 1, 1, 4)


@pytest.fixture
def late(ruth: GivingUnit, give: Give) -> Gift:
    """Postmarked on the last day of the year, deposited in the next; beside it gifts of one year."""
    give(ruth, 100, on=END)
    give(ruth, 200, on=BEGIN)
    return give(ruth, 300, on=END, posted_on=BEGIN)


def test_a_gift_of_two_years_stands_on_both_sides(late: Gift, inside: Agency, alice: User) -> None:
    def found() -> list[list[Gift]]:
        return [list(apart(year, side)) for year in (YEAR, YEAR + 1) for side in (GIVEN, DEPOSITED)]

    assert found() == [[late], [], [], [late]]
    assert prove_statements(inside).compared["timing"] == 1
    operations.correct_gift(agency=inside, actor=alice, gift=late, reason="keyed twice", key="c")
    assert found() == [[], [], [], []]
    assert prove_statements(inside).compared["timing"] == 0


def test_the_page_names_both_days_and_leads_from_the_statements(
    late: Gift, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, url = visit(alice), reverse("statement_timing", args=["harbor", YEAR])
    tiles = browser.get(reverse("statements", args=["harbor"]), {"year": YEAR}).context["tiles"]
    assert tiles[-1] | {"label": ""} == {"label": "", "value": "1", "url": url}
    page = browser.get(url)
    (row,) = page.context["rows"]
    days = [day_in_words(inside, day) for day in (END, BEGIN)]
    assert [row.giver, row.amount, row.given_on, row.posted_on] == ["Ruth Moab", "$3.00", *days]
    assert [(each["number"], each["chosen"]) for each in page.context["sides"]] == [("1", True), ("0", False)]
    assert "Every gift of this year" in browser.get(url, {"side": "deposited"}).content.decode()
    assert browser.get(reverse("statement_timing", args=["harbor", 1900])).status_code == 404


def test_both_sides_leave_as_a_file(late: Gift, alice: User, visit: Visit) -> None:
    browser = confirm(visit(alice))
    for year, side in ((YEAR, "given"), (YEAR + 1, "deposited")):
        answer: Any = browser.get(reverse("statement_timing", args=["harbor", year]), {"export": "csv"})
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        lines = said.decode("utf-8-sig").splitlines()
        assert lines[1:] == [f"{side},{late.pk},{END},{BEGIN},Ruth Moab,3.00,USD"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries(
    number: int, ruth: GivingUnit, give: Give, alice: User, visit: Visit, django_assert_num_queries: Any
) -> None:
    for _each in range(number):
        give(ruth, 300, on=END, posted_on=BEGIN)
    browser, url = visit(alice), reverse("statement_timing", args=["harbor", YEAR])
    browser.get(url)
    with django_assert_num_queries(16):
        browser.get(url)
