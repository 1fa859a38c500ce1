"""The lists: a constant number of queries, filters, search, order, totals that lead to their lines."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from imports.operations import receive_file
from partners import operations
from partners.models import Gift, GivingUnit, Partner, ReviewItem
from tests.cast import Visitor

QUERIES = {"partners": 22, "gifts": 18, "gift_lines": 17, "reviews": 14, "designations": 16, "imports": 14}
"""Of which about ten belong to the session, the seat and the frame of the page."""


def names(page: Any, column: str = r'<th scope="row">\s*<a href="[^"]*"[^>]*>([^<]*)</a>') -> list[str]:
    """The text of the row links of a page."""
    return [unescape(found).replace("\u00a0", " ") for found in re.findall(column, page.content.decode())]


def make_row(number: int, add: Any, giving: Any, places: SimpleNamespace, agency: Agency, alice: User) -> None:
    """One row more in every list."""
    partner = add(f"Moab{number}", email=f"ruth{number}@example.org")
    gift = giving(partner, (places.mine, 5000 + number), (places.general, 100))
    operations.add_commitment(
        agency=agency,
        actor=alice,
        giving_unit=GivingUnit.objects.get(partner=partner),
        designation=places.mine,
        amount=Money(5000, "USD"),
        frequency="monthly",
        starts_on=date(2020, 1, 1),
    )
    ReviewItem.objects.create(line=gift.lines.first(), reason="earmark_worker")
    receive_file(agency=agency, actor=alice, name=f"{number}.csv", content=b"x", check=False)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    rows: int,
    add: Any,
    giving: Any,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
    visit: Callable[[User], Visitor],
) -> None:
    for number in range(rows):
        make_row(number, add, giving, places, inside, alice)
    browser, taken = visit(alice), {}
    for page in QUERIES:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(reverse(page, args=["harbor"])).status_code == 200
        taken[page] = len(queries)
    assert taken == QUERIES


@pytest.fixture
def ruth(add: Callable[..., Partner]) -> Partner:
    return add("Moab", email="Ruth@Example.org", phone="+1 (555) 010-4532", number=("HLM", "000104532"))


@pytest.mark.parametrize(
    "q", ["moab", "ruth mo", "MOAB ruth", "ruth@example.org", " 1-555-010-4532", "104532", "000104532", "4711"]
)
def test_a_partner_is_found(
    q: str, ruth: Partner, add: Any, giving: Any, places: SimpleNamespace, alice: User, visit: Callable[[User], Visitor]
) -> None:
    other = add("Boaz", first_name="Bo", email="boaz@example.org", phone="5550104533", number=("HLM", "104533"))
    giving(ruth, (places.mine, 5000), reference="4711")
    giving(other, (places.mine, 5000), reference="4712")
    assert names(visit(alice).get(reverse("partners", args=["harbor"]), {"q": q})) == ["Ruth Moab"]


@pytest.mark.parametrize("q", ["%", "_", "mo%", "m_ab", "\\", "ruth@example", "0104532x", "4532"])
def test_signs_of_patterns_and_parts_find_nobody(
    q: str, ruth: Partner, alice: User, visit: Callable[[User], Visitor]
) -> None:
    assert names(visit(alice).get(reverse("partners", args=["harbor"]), {"q": q})) == []


def test_partners_by_kind_unit_and_review(
    add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, alice: User, visit: Callable[[User], Visitor]
) -> None:
    one, two = add("Moab"), add("", first_name="", organization="Grace Church", kind="church")
    gift = giving(one, (places.mine, 5000))
    giving(two, (places.general, 5000))
    ReviewItem.objects.create(line=gift.lines.first(), reason="earmark_worker")
    browser, path = visit(alice), reverse("partners", args=["harbor"])
    assert names(browser.get(path)) == ["Grace Church", "Ruth Moab"]
    assert names(browser.get(path, {"kind": "church"})) == ["Grace Church"]
    assert names(browser.get(path, {"unit": led.open.pk})) == ["Ruth Moab"]
    assert names(browser.get(path, {"review": "on"})) == ["Ruth Moab"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Ruth Abel", "Ruth Boaz", "Ruth Cain"]),
        ("-name", ["Ruth Cain", "Ruth Boaz", "Ruth Abel"]),
        ("-this_year", ["Ruth Boaz", "Ruth Abel", "Ruth Cain"]),
        ("last_gift", ["Ruth Abel", "Ruth Boaz", "Ruth Cain"]),
        ("nonsense", ["Ruth Abel", "Ruth Boaz", "Ruth Cain"]),
    ],
)
def test_partners_in_order(
    sort: str,
    expected: list[str],
    add: Any,
    giving: Any,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
    visit: Callable[[User], Visitor],
) -> None:
    today = inside.today()
    cain, abel, boaz = add("Cain"), add("Abel"), add("Boaz")
    giving(abel, (places.mine, 100), on=today.replace(month=1, day=1))
    giving(boaz, (places.mine, 900), on=today)
    giving(cain, (places.general, 5000), on=today, currency="EUR")
    operations.correct_gift(
        agency=inside, actor=alice, gift=Gift.objects.get(giving_unit__partner=cain), reason="keyed twice", key="w"
    )
    assert names(visit(alice).get(reverse("partners", args=["harbor"]), {"sort": sort})) == expected


def test_totals_are_per_currency_and_lead_to_their_lines(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 6000), (places.general, 4000))
    giving(ruth, (places.mine, 2500))
    giving(ruth, (places.mine, 1000), currency="EUR")
    wrong = giving(ruth, (places.mine, 777))
    operations.correct_gift(agency=inside, actor=alice, gift=wrong, reason="keyed twice", key="w")
    browser = visit(alice)
    page = browser.get(reverse("gifts", args=["harbor"]))
    assert [(each.amount, each.gifts) for each in page.context["totals"]] == [("€10.00", 1), ("$125.00", 2)]
    behind = browser.get(page.context["totals"][1].url)
    assert [row.amount for row in behind.context["rows"]] == ["$25.00", "$60.00", "$40.00"]
    assert behind.context["totals"] == ["$125.00"]
    of_unit = browser.get(reverse("gifts", args=["harbor"]), {"designation": places.mine.pk})
    assert [row.amount for row in of_unit.context["rows"]] == ["€10.00", "$25.00", "$60.00"]
    assert [each.amount for each in of_unit.context["totals"]] == ["€10.00", "$85.00"]


def test_gifts_by_days_state_source_and_number(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 100), on=date(2024, 2, 29), reference="4711")
    giving(ruth, (places.mine, 200), on=date(2024, 3, 1))
    wrong = giving(ruth, (places.mine, 300), on=date(2024, 3, 2))
    operations.correct_gift(agency=inside, actor=alice, gift=wrong, reason="keyed twice", key="w")
    browser, path = visit(alice), reverse("gifts", args=["harbor"])

    def amounts(**wanted: Any) -> list[str]:
        context = browser.get(path, wanted).context
        assert context["page"].paginator.count == len(context["rows"])
        return [row.amount for row in context["rows"]]

    assert amounts(unit=places.mine.unit_id) == ["$2.00", "$1.00"]
    assert amounts(last="2024-02-29") == ["$1.00"]
    assert amounts(first="2024-03-01") == ["$2.00"]
    assert amounts(state="withdrawn") == ["$3.00"]
    assert amounts(state="all", sort="date") == ["$1.00", "$2.00", "$3.00"]
    assert amounts(source="hand") == ["$2.00", "$1.00"]
    assert amounts(q="4711") == ["$1.00"]
    assert amounts(kind="stock") == []
    assert browser.get(path, {"first": "2024-03-02", "last": "2024-03-01"}).status_code == 422


def test_a_line_withdrawn_by_a_correction_waits_no_more(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    gift = giving(add("Moab"), (places.mine, 5000))
    ReviewItem.objects.create(line=gift.lines.first(), reason="earmark_worker")
    browser, path = visit(alice), reverse("reviews", args=["harbor"])
    assert len(browser.get(path).context["rows"]) == 1
    operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="wrong", key="w")
    assert browser.get(path).context["rows"] == []


def test_a_review_is_settled_once(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    gift = giving(add("Moab"), (places.mine, 5000), intent="only for the salary of Aaron")
    item = ReviewItem.objects.create(line=gift.lines.first(), reason="earmark_worker")
    browser, path = visit(alice), reverse("review", args=["harbor", item.pk])
    assert browser.post(path, {"outcome": ""}).status_code == 422
    assert browser.post(path, {"outcome": "Spoke with Ruth: she means the work."}).status_code == 302
    again = browser.post(path, {"outcome": "Twice."})
    assert again.status_code == 422
    assert "Somebody settled this already" in again.content.decode()
    item.refresh_from_db()
    assert (item.outcome, item.settled_by) == ("Spoke with Ruth: she means the work.", alice)
    settled = browser.get(reverse("reviews", args=["harbor"]), {"settled": "on"})
    assert [row.outcome for row in settled.context["rows"]] == ["Spoke with Ruth: she means the work."]
