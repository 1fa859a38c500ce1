"""The timeline of a partner: every kind of thing in order, turned by key, masked by right, in a constant number of
queries.
"""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.models import GivingUnit, Partner
from partners.queries.timeline import PAGE, Mark, mark_of
from ssu.models import Worker
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def ruth(add: Any, places: SimpleNamespace) -> Partner:
    partner: Partner = add("Moab")
    return partner


def path(partner: Partner) -> str:
    return reverse("partner_timeline", args=["harbor", partner.pk])


def told(page: Any) -> list[str]:
    return [entry.sentence for day in page.context["days"] for entry in day.entries]


def fill(
    partner: Partner, act: dict[str, Any], led: SimpleNamespace, places: SimpleNamespace, giving: Any, worker: Worker
) -> None:
    """One thing of each kind, on days of their own where the day can be chosen."""
    today = act["agency"].today()
    way = operations.add_address(**act, partner=partner, lines="1 Field Road", city="Bethlehem")
    operations.end_way(**act, way=way)
    holder = operations.appoint_holder(**act, partner=partner, unit=led.open, worker=worker)
    operations.end_holder(**act, holder=holder)
    operations.set_stage(**act, partner=partner, unit=led.open, kind="partner_care", reason="She asked to help")
    promise = operations.add_commitment(
        **act, giving_unit=GivingUnit.objects.get(partner=partner), designation=places.mine,
        amount=Money(5000, "USD"), frequency="monthly", starts_on=today - timedelta(days=90),
    )  # fmt: skip
    operations.end_commitment(**act, commitment=promise, on=today - timedelta(days=10), reason="Moved abroad")
    giving(partner, (places.mine, 6000), on=today - timedelta(days=30))
    operations.log_contact(
        **act, partner=partner, unit=led.open, channel="visit", outcome="talked",
        happened_on=today - timedelta(days=20), note="Glad",
    )  # fmt: skip
    prays = operations.take_up(
        **act, partner=partner, unit=led.open, kind="pray", starts_on=today - timedelta(days=60), rhythm="daily"
    )
    operations.end_undertaking(**act, undertaking=prays, on=today - timedelta(days=5))


def test_everything_stands_in_order(
    ruth: Partner, act: dict[str, Any], led: SimpleNamespace, places: SimpleNamespace, giving: Any, bob: User,
    alice: User, visit: Visit
) -> None:  # fmt: skip
    fill(ruth, act, led, places, giving, Worker.objects.get(membership__user=bob))
    assert told(visit(alice).get(path(ruth))) == [
        "Stage: Partner care",
        "Bob holds it no more",
        "Bob holds the relationship first",
        "Address no longer valid: 1 Field Road, Bethlehem",
        "New address: 1 Field Road, Bethlehem",
        "No more: Prays for Riverbend, every day",
        "Commitment ends: $50.00 monthly",
        "Visit: talked",
        "Gift: $60.00",
        "Prays for Riverbend, every day",
        "Commitment begins: $50.00 monthly",
    ]


def test_pages_leave_nothing_out_and_tell_nothing_twice(
    ruth: Partner, act: dict[str, Any], led: SimpleNamespace, places: SimpleNamespace, giving: Any, alice: User,
    visit: Visit
) -> None:  # fmt: skip
    """Many on one day, of two kinds, over more than two pages."""
    for number in range(PAGE):
        giving(ruth, (places.mine, 100 + number), on=date(2025, 5, 5))
        operations.log_contact(
            **act, partner=ruth, unit=None, channel="call", outcome="talked", happened_on=date(2025, 5, 5)
        )
    giving(ruth, (places.mine, 99900), on=date(2024, 1, 1))
    browser, seen, url = visit(alice), [], path(ruth)
    pages = 0
    while url:
        page = browser.get(url)
        seen += told(page)
        url, pages = page.context["next_url"] and path(ruth) + page.context["next_url"], pages + 1
    gifts = [f"Gift: ${1 + number / 100:.2f}" for number in reversed(range(PAGE))]
    assert (seen, pages) == (["Phone call: talked"] * PAGE + gifts + ["Gift: $999.00"], 3)


@pytest.mark.parametrize(
    "text", ["", "x", "2025-05-05", "2025-05-05.99.1", "2025-05-05.1.-1", "2025-13-05.1.1", "1.2.3.4"]
)
def test_what_is_no_mark_begins_at_the_top(text: str, ruth: Partner, alice: User, visit: Visit) -> None:
    assert mark_of(text) is None
    assert visit(alice).get(path(ruth), {"after": text}).status_code == 200


def test_a_mark_comes_back_as_it_was_written() -> None:
    assert mark_of(str(Mark(date(2025, 5, 5), 3, 17))) == Mark(date(2025, 5, 5), 3, 17)


def test_the_field_sees_its_units_part(
    ruth: Partner, act: dict[str, Any], led: SimpleNamespace, places: SimpleNamespace, giving: Any, bob: User,
    carol: User, visit: Visit
) -> None:  # fmt: skip
    """Bob leads the open unit: of the careful one, of the desk's note and of anonymous gifts he learns nothing."""
    giving(ruth, (places.mine, 6000), (places.careful, 4000))
    giving(ruth, (places.careful, 700))
    giving(ruth, (places.mine, 123400), anonymous=True)
    operations.set_stage(**act, partner=ruth, unit=led.careful, kind="archive")
    same = {"partner": ruth, "channel": "call", "outcome": "talked", "happened_on": act["agency"].today()}
    operations.log_contact(**act, **same, unit=None, note="Desk")
    operations.log_contact(**act, **same, unit=led.careful, note="Careful")
    page = visit(bob).get(path(ruth))
    assert told(page) == ["Phone call: talked", "Gift: $60.00"]
    assert [word for word in ("Desk", "Careful", "1,234") if word in page.content.decode()] == []
    assert visit(carol).get(path(ruth)).status_code == 404


QUERIES = 26
"""Statements of the page with every kind on it: one for the order, twelve for the rows of eleven kinds."""


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_are_the_same_for_any_number_of_rows(
    rows: int, ruth: Partner, act: dict[str, Any], led: SimpleNamespace, places: SimpleNamespace, giving: Any,
    serve: Any, dan: User, alice: User, visit: Visit
) -> None:  # fmt: skip
    worker = serve(dan, led.open, "member")
    for _number in range(rows - 1):
        giving(ruth, (places.mine, 100))
    fill(ruth, act, led, places, giving, worker)
    browser = visit(alice)
    browser.get(path(ruth))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path(ruth)).status_code == 200
    assert len(queries) == QUERIES
