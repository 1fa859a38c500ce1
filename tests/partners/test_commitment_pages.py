"""The pages of commitments: list, one, expected; what each shows to whom, and in how many queries."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Commitment, CommitmentEvent, EventAudience, Gift, Partner
from tests.cast import Visitor, person

Visit = Callable[[User], Visitor]
Promise = Callable[..., Commitment]
STEPS = {"on_time": 0, "late_30": 30, "late_60": 60, "late_90": 90, "late_more": 91}


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


@pytest.fixture
def steps(inside: Agency, add: Callable[..., Partner], promise: Promise) -> dict[str, Commitment]:
    """A commitment for each step of lateness."""
    return {
        step: promise(add(step.title()), 5000, inside.today() - timedelta(days=days), frequency="yearly")
        for step, days in STEPS.items()
    }


def shown(browser: Visitor, query: str = "") -> list[str]:
    page = browser.get(at("commitments") + query)
    assert page.status_code == 200
    return [row.giver.removeprefix("Ruth ") for row in page.context["rows"]]


def test_each_step_is_a_tab_with_its_number(steps: dict[str, Commitment], alice: User, visit: Visit) -> None:
    browser = visit(alice)
    page = browser.get(at("commitments"))
    assert [(tab.count, tab.current) for tab in page.context["late_tabs"]] == [
        (5, True),
        *((1, False),) * 5,
        (0, False),
    ]
    assert [row.giver for row in page.context["rows"]] == [f"Ruth {step.title()}" for step in reversed(STEPS)]
    for step in STEPS:
        assert shown(browser, f"?late={step}") == [step.title()]
    assert shown(browser, "?late=ended") == []
    assert browser.get(at("commitments") + "?late=never").status_code == 422


def test_every_filter_is_in_the_address(
    steps: dict[str, Commitment],
    inside: Agency,
    alice: User,
    led: SimpleNamespace,
    places: SimpleNamespace,
    add: Callable[..., Partner],
    promise: Promise,
    visit: Visit,
) -> None:
    other = promise(add("Boaz"), 700, designation=places.general, currency="EUR", frequency="weekly")
    browser = visit(alice)
    for query in (
        "?q=boaz",
        f"?designation={places.general.pk}",
        "?currency=EUR",
        "?frequency=weekly",
        f"?partner={other.giving_unit.partner_id}",
    ):
        assert shown(browser, query) == ["Boaz"], query
    assert sorted(shown(browser, f"?unit={led.open.pk}")) == sorted(step.title() for step in STEPS)


def test_the_file_is_the_screen(steps: dict[str, Commitment], alice: User, confirmed: Visit) -> None:
    answer = confirmed(alice).get(at("commitments") + "?late=late_90&export=csv")
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(header, row, strict=True))
    assert (told["Giver"], told["Amount"], told["Currency"], told["Days late"], told["State"]) == (
        "Ruth Late_90",
        "50.00",
        "USD",
        "90",
        "Late 61–90 days",
    )


def test_queries_do_not_grow_with_rows(
    add: Callable[..., Partner], promise: Promise, giving: Callable[..., Gift], places: SimpleNamespace,
    alice: User, visit: Visit,
) -> None:  # fmt: skip
    browser, asked = visit(alice), dict[str, list[int]]()
    for page in ("commitments", "commitments_expected"):
        browser.get(at(page))
    for number in range(1, 4):
        giver = add(f"Moab {number}")
        promise(giver, 5000)
        giving(giver, (places.mine, 5000))
        if number in (1, 3):
            for page in ("commitments", "commitments_expected"):
                with CaptureQueriesContext(connection) as found:
                    assert browser.get(at(page)).status_code == 200
                asked.setdefault(page, []).append(len(found))
    assert {page: len(set(counts)) for page, counts in asked.items()} == {"commitments": 1, "commitments_expected": 1}


def test_the_leader_sees_their_units_and_no_anonymous_name(
    inside: Agency,
    add: Callable[..., Partner],
    promise: Promise,
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    bob: User,
    alice: User,
    dan: User,
    visit: Visit,
) -> None:
    hidden = promise(add("Hidden"), 5000)
    giving(hidden.giving_unit.partner, (places.mine, 5000), anonymous=True)
    promise(add("Careful"), 5000, designation=places.careful)
    promise(add("Open"), 5000)
    browser = visit(bob)
    assert sorted(shown(browser)) == ["Anonymous giver", "Open"]
    assert (shown(browser, "?q=hidden"), shown(visit(alice), "?q=hidden")) == ([], ["Hidden"])
    assert browser.get(at("commitments"), {"partner": hidden.giving_unit.partner_id}).status_code == 422
    page = browser.get(at("commitment", hidden.pk))
    assert (page.status_code, "Ruth Hidden" in page.content.decode()) == (200, False)
    assert browser.get(at("partner", hidden.giving_unit.partner_id)).status_code == 404
    assert visit(dan).get(at("commitments")).status_code == 403


def test_one_commitment_tells_which_gift_pays_what(
    inside: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    gift = giving(weekly.giving_unit.partner, (places.mine, 15000))
    page = visit(alice).get(at("commitment", weekly.pk))
    (row,) = page.context["payments"]
    assert (row.given, row.paid, row.url) == ("$150.00", "$150.00", at("gift", gift.pk))
    assert row.pays.endswith("3 payments")
    assert page.context["state"] == "on time"


def test_changing_ending_and_resuming_by_the_forms_with_undo(
    inside: Agency, weekly: Commitment, alice: User, visit: Visit
) -> None:
    browser, today = visit(alice), inside.today()
    said = {"amount": "80.00", "frequency": "weekly", "starts_on": today, "reason": "More"}
    answer = browser.post(at("commitment_change", weekly.pk), said)
    made = Commitment.objects.get(follows=weekly)
    assert answer["Location"] == at("commitment", made.pk)
    page = browser.get(answer["Location"])
    assert [(row.amount, row.how, row.is_this) for row in page.context["terms"]] == [
        ("$80.00", "changed", True),
        ("$50.00", "", False),
    ]
    assert browser.post(at("commitment_change", weekly.pk), said).status_code == 422
    assert browser.post(at("commitment_undo", made.pk)).status_code == 302
    ended = {"on": today - timedelta(days=1), "reason": "Moved"}
    assert browser.post(at("commitment_end", weekly.pk), ended).status_code == 302
    assert browser.post(at("commitment_reopen", weekly.pk)).status_code == 302
    browser.post(at("commitment_end", weekly.pk), ended)
    assert browser.get(at("commitment", weekly.pk)).context["may_resume"]
    assert browser.post(at("commitment_resume", weekly.pk), said).status_code == 302
    assert Commitment.objects.get(follows=weekly).resumes


def test_expected_is_received_likely_and_possible(
    inside: Agency,
    add: Callable[..., Partner],
    promise: Promise,
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    alice: User,
    visit: Visit,
) -> None:
    """Three who promised 50.00 for the last day of the month: one paid it today, one is to, one is late for long."""
    today = inside.today()
    first = today.replace(day=1)
    paid, due, late = (add(name) for name in ("Paid", "Due", "Late"))
    for giver, starts in ((paid, first), (due, first), (late, first - timedelta(days=200))):
        promise(giver, 5000, starts, frequency="yearly" if giver != late else "weekly")
    giving(paid, (places.mine, 5000))
    page = visit(alice).get(at("commitments_expected"))
    (total,) = page.context["totals"]
    assert (total.received, total.likely) == ("$50.00", "$50.00")
    weeks = Commitment.objects.get(giving_unit__partner=late)
    month_end = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    count = sum(1 for _ in weeks.due_dates(first, month_end))
    assert total.possible == f"${50 * count}.00"
    by_unit = visit(alice).get(at("commitments_expected") + "?by=unit")
    assert [row.total for row in by_unit.context["rows"]] == [total.total]


def test_the_agency_chooses_who_hears(
    inside: Agency, alice: User, bob: User, led: SimpleNamespace, visit: Visit
) -> None:
    browser, page = visit(alice), at("commitment_settings")
    boxes = {name: "on" for name, field in browser.get(page).context["form"].fields.items() if field.initial}
    assert browser.post(page, {**boxes, "late.finance": "on"}).status_code == 302
    assert list(EventAudience.objects.values_list("kind", "group", "is_told")) == [("late", "finance", True)]
    assert visit(bob).get(page).status_code == 403


def test_events_stand_on_the_page(inside: Agency, weekly: Commitment, alice: User, visit: Visit) -> None:
    CommitmentEvent.objects.create(
        agency=inside, commitment=weekly, kind="late", key="x", days_late=31, happened_on=inside.today()
    )
    page = visit(alice).get(at("commitment", weekly.pk))
    assert [row.words for row in page.context["events"]] == ["Late over 30 days"]


def test_who_holds_stands_beside_it_and_finds_it(
    inside: Agency,
    weekly: Commitment,
    led: SimpleNamespace,
    serve: Callable[..., Any],
    alice: User,
    visit: Visit,
) -> None:
    mia = person("Mia")
    worker = serve(mia, led.open, "member")
    partner = weekly.giving_unit.partner
    operations.appoint_holder(agency=inside, actor=alice, partner=partner, unit=led.open, worker=worker)
    browser = visit(alice)
    assert [row.holder for row in browser.get(at("commitments")).context["rows"]] == ["Mia"]
    assert shown(browser, f"?holder={worker.pk}") == ["Moab"]
    assert shown(visit(mia)) == ["Moab"]
