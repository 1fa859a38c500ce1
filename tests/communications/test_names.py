"""Who gives to a unit anonymously is nobody there through its letters either; team members read counts only."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.models import Letter
from core.money import Money
from jobs.testing import run_due
from partners.models import Commitment, GivingUnit, Partner
from partners.operations import Part, record_gift

Give = Callable[..., Partner]
Write = Callable[..., Letter]
LISTS = ("letter_audience", "letter_messages")


def at(page: str, *args: Any) -> str:
    return reverse(page, args=["harbor", *args])


@pytest.fixture
def field(
    posted: Agency, led: SimpleNamespace, policy: object, give: Give, fund_of: Any, alice: User, write: Write
) -> SimpleNamespace:
    """Bob leads the open unit and the closed one. Ruth gives openly; Naomi and Orpah, whose last gift was long ago,
    anonymously; Naomi openly to Bob's other unit.
    """
    ruth = give(led.open, "Ruth", "ruth@example.org")
    hidden = [
        give(led.open, "Naomi", "naomi@example.org", anonymous=True),
        give(led.open, "Orpah", "orpah@example.org", days_ago=1000, anonymous=True),
    ]
    record_gift(
        agency=posted,
        actor=alice,
        giving_unit=GivingUnit.objects.get(partner=hidden[0]),
        on=posted.today(),
        parts=[Part(fund_of(led.closed), Money(700, "USD"))],
        key="open gift elsewhere",
    )
    return SimpleNamespace(unit=led.open, ruth=ruth, hidden=hidden, letter=write(led.open))


def send(agency: Agency, alice: User, letter: Letter) -> None:
    operations.approve_letter(agency=agency, actor=alice, letter=letter)
    operations.send_letter(agency=agency, actor=alice, letter=letter)
    run_due()


def telling(field: SimpleNamespace) -> list[str]:
    """What no page of the field may hold."""
    names = ["Naomi", "Orpah", "naomi@", "orpah@"]
    return [*names, *(at("partner", each.pk) for each in field.hidden)]


def shown(browser: Any, path: str, field: SimpleNamespace, **query: str) -> tuple[str, list[str]]:
    """The page, and what it tells of the hidden ones."""
    page = browser.get(path, query).content.decode()
    return page, [word for word in telling(field) if word in page]


def test_the_leader_reads_an_unnamed_partner_without_reason_before_it_goes_out(
    field: SimpleNamespace, bob: User, alice: User, visit: Any
) -> None:
    browser, pk = visit(bob), field.letter.pk
    answer = browser.get(at("letter_audience", pk))
    rows = [(row.name, row.words, row.note, row.url == "", row.can_include) for row in answer.context["rows"]]
    assert rows == [
        ("Ruth Moab", "ruth@example.org", "Legitimate interest", False, False),
        ("A partner", "Gets the letter", "", True, False),
        ("A partner", "Gets nothing", "", True, False),
    ]
    assert shown(browser, at("letter_audience", pk), field)[1] == []
    for query in ({}, *({"partner": str(each.pk)} for each in field.hidden)):
        page, told = shown(browser, at("letter", pk), field, **query)
        assert (told, "Dear Ruth" in page) == ([], True)
        assert re.search(r">2</span>\s+of 3 partners", page)
    for each in field.hidden:
        assert browser.post(at("letter_include", pk, each.pk)).status_code == 404
        assert browser.post(at("letter_proof", pk), {"partner": each.pk}).status_code == 404
    assert browser.post(at("letter_proof", pk), {"partner": field.ruth.pk}).status_code == 302
    named = [row.name for row in visit(alice).get(at("letter_audience", pk)).context["rows"]]
    assert named == ["Ruth Moab", "Naomi Moab", "Orpah Moab"]


def test_without_anybody_to_name_the_leader_reads_the_words(
    led: SimpleNamespace, policy: object, give: Give, write: Write, bob: User, visit: Any
) -> None:
    give(led.open, "Naomi", "naomi@example.org", anonymous=True)
    page = visit(bob).get(at("letter", write(led.open).pk)).content.decode()
    assert ("Naomi" in page, "Send me a proof" in page) == (False, False)
    assert re.search(r">1</span>\s+of 1 partners", page)
    assert "the well in <strong>our village</strong> gives water." in page


def test_the_leader_reads_an_unnamed_partner_after_it_went_out(
    posted: Agency, field: SimpleNamespace, bob: User, alice: User, visit: Any
) -> None:
    send(posted, alice, field.letter)
    browser, pk = visit(bob), field.letter.pk
    rows = browser.get(at("letter_messages", pk)).context["rows"]
    assert [(row.name, row.words, bool(row.open_url)) for row in rows] == [
        ("Ruth Moab", "Waiting", True),
        ("A partner", "Gets the letter", False),
    ]
    for query in ({}, {"reason": "any"}, {"state": "queued"}):
        assert shown(browser, at("letter_messages", pk), field, **query)[1] == []
    with scope.of_agency(posted.pk):
        ids = dict(field.letter.messages.filter(excluded="").values_list("partner", "pk"))
    assert browser.get(at("letter_message", pk, ids[field.ruth.pk])).status_code == 200
    assert browser.get(at("letter_message", pk, ids[field.hidden[0].pk])).status_code == 404
    assert visit(alice).get(at("letter_message", pk, ids[field.hidden[0].pk])).status_code == 200
    path = f"/api/a/harbor/letters/{pk}/messages/"
    assert [each["partner"] for each in browser.get(path).json()["results"]] == [field.ruth.pk]
    assert browser.get(path, {"excluded": "any"}).json()["results"] == []
    assert len(visit(alice).get(path).json()["results"]) == 2


def test_a_promise_does_not_name_who_gives_there_without_a_name(
    posted: Agency, field: SimpleNamespace, bob: User, fund_of: Any, visit: Any
) -> None:
    Commitment.objects.create(
        giving_unit=GivingUnit.objects.get(partner=field.hidden[0]),
        designation=fund_of(field.unit),
        amount=500,
        currency="USD",
        frequency="monthly",
        starts_on=posted.today(),
    )
    rows = visit(bob).get(at("letter_audience", field.letter.pk)).context["rows"]
    assert [row.name for row in rows] == ["Ruth Moab", "A partner", "A partner"]


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_team_member_reads_counts_only(
    posted: Agency, field: SimpleNamespace, carol: User, alice: User, visit: Any, is_sent: bool
) -> None:
    if is_sent:
        send(posted, alice, field.letter)
    browser, pk = visit(carol), field.letter.pk
    page, told = shown(browser, at("letter", pk), field)
    assert (told, "Ruth" in page, "ruth@" in page) == ([], False, False)
    assert "Last gift too long ago" in page
    assert "the well in <strong>our village</strong> gives water." in page
    assert [at(name, pk) in page for name in LISTS] == [False, False]
    assert [browser.get(at(name, pk)).status_code for name in LISTS] == [403, 403]
    if is_sent:
        with scope.of_agency(posted.pk):
            message = field.letter.messages.get(partner=field.ruth).pk
        assert browser.get(at("letter_message", pk, message)).status_code == 403
    counts = browser.get(f"/api/a/harbor/letters/{pk}/").json()
    assert counts["excluded"] == ({"lapsed": 1} if is_sent else {})
    assert browser.get(f"/api/a/harbor/letters/{pk}/messages/").status_code == 403
