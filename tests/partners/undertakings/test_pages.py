"""The card on the record, the pages behind it, the proposal of a contact, the timeline."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from core.toasts import undo_url
from partners import operations
from partners.models import Partner, Undertaking
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
Take = Callable[..., Undertaking]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def card(browser: Visitor, partner: Partner) -> list[tuple[str, str]]:
    rows = browser.get(at("partner", partner.pk)).context["undertakings"]
    return [(row.words, row.about) for row in rows]


def undo_of(answer: Any) -> str:
    return undo_url(list(get_messages(answer.wsgi_request))[-1])


def test_it_is_noted_changed_ended_and_each_is_undone(
    ruth: Partner, led: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, add = visit(alice), at("undertaking_add", ruth.pk)
    said = {"kind": "pray", "unit": led.open.pk, "rhythm": "weekly", "about": "Rain", "basis": "form"}
    said |= {"starts_on": str(inside.today())}
    assert browser.post(add, {**said, "basis": "import"}).status_code == 422
    assert browser.post(add, said).status_code == 302
    assert card(browser, ruth) == [("Prays for Riverbend, every week", "Rain")]
    again = browser.post(add, said)
    assert (again.status_code, "noted already" in again.content.decode()) == (422, True)
    made = Undertaking.objects.get()
    change = at("undertaking_change", made.pk)
    assert browser.post(change, {"rhythm": "daily", "about": "Schools"}).status_code == 302
    assert card(browser, ruth) == [("Prays for Riverbend, every day", "Schools")]
    ended = browser.post(at("undertaking_end", made.pk), {"on": str(inside.today()), "reason": "Moved"})
    assert (ended.status_code, card(browser, ruth)) == (302, [])
    assert browser.post(undo_of(ended)).status_code == 302
    assert card(browser, ruth) == [("Prays for Riverbend, every day", "Schools")]
    whole = browser.post(add, {**said, "unit": "", "kind": "promote", "rhythm": ""})
    assert card(browser, ruth)[1] == ("Promotes the agency as a whole", "Rain")
    assert browser.post(undo_of(whole)).status_code == 302
    assert [words for words, _about in card(browser, ruth)] == ["Prays for Riverbend, every day"]


def test_a_logged_contact_offers_it_by_one_tap(
    ruth: Partner, act: dict[str, Any], led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    said = {"partner": ruth, "unit": led.open, "channel": "call", "happened_on": act["agency"].today()}
    logged = operations.log_contact(**act, **said, outcome="prays")
    browser, page = visit(alice), f"{at('partner', ruth.pk)}?contact={logged.pk}"
    offered = browser.get(page).context["proposal"]
    assert offered.prayer == "Riverbend"
    taken = browser.post(offered.prayer_url)
    assert (taken.status_code, card(browser, ruth)) == (302, [("Prays for Riverbend", "")])
    assert browser.get(page).context["proposal"].prayer == ""
    assert browser.post(undo_of(taken)).status_code == 302
    assert card(browser, ruth) == []


def test_the_timeline_tells_begin_and_end_and_nothing_that_was_taken_back(
    ruth: Partner, act: dict[str, Any], take: Take, alice: User, visit: Visit
) -> None:
    today = act["agency"].today()
    ended = take(starts_on=today - timedelta(days=9), about="Rain")
    operations.end_undertaking(**act, undertaking=ended, on=today - timedelta(days=2), reason="Moved")
    operations.withdraw_undertaking(**act, undertaking=take("promote"))
    days = visit(alice).get(at("partner_timeline", ruth.pk)).context["days"]
    told = [(entry.sentence, entry.more) for day in days for entry in day.entries]
    assert told == [("No more: Prays for Riverbend", "Moved"), ("Prays for Riverbend", "Rain")]


def test_a_leader_cares_for_what_is_for_their_unit_alone(
    ruth: Partner, take: Take, led: SimpleNamespace, inside: Agency, bob: User, visit: Visit
) -> None:
    browser = visit(bob)
    assert browser.get(at("partner", ruth.pk)).status_code == 404
    mine = take()
    whole, other = take(unit=None), take(unit=led.careful)
    rows = browser.get(at("partner", ruth.pk)).context["undertakings"]
    assert [(row.words, bool(row.end_url)) for row in rows] == [
        ("Prays for Riverbend", True), ("Prays for the agency as a whole", False)
    ]  # fmt: skip
    for row in (whole, other):
        assert browser.post(at("undertaking_withdraw", row.pk)).status_code == 404
    said = {"kind": "promote", "starts_on": str(inside.today()), "basis": "contact"}
    add = at("undertaking_add", ruth.pk)
    tries = [browser.post(add, {**said, "unit": unit}).status_code for unit in ("", led.careful.pk, led.open.pk)]
    assert tries == [422, 422, 302]
    for each in Undertaking.objects.filter(unit=led.open):
        ended = browser.post(at("undertaking_end", each.pk), {"on": str(inside.today())})
    assert (ended.url, browser.get(at("partner", ruth.pk)).status_code) == (at("partners"), 404)
    assert browser.post(undo_of(ended)).status_code == 302
    assert browser.get(at("partner", ruth.pk)).status_code == 200
    assert mine.pk


def test_a_closed_unit_is_told_by_its_alias_and_without_words(
    ruth: Partner, act: dict[str, Any], take: Take, led: SimpleNamespace, dan: User, visit: Visit
) -> None:
    from agencies.operations import add_member

    add_member(**act, user=dan, roles=(Role.STAFF,))
    made = take(unit=led.closed, about="The baker of the old town")
    browser = visit(dan)
    row = browser.get(at("partner", ruth.pk)).context["undertakings"][0]
    assert (row.words, row.about, row.end_url) == (f"Prays for {led.closed.alias}", "", "")
    pages = [at("partner", ruth.pk), at("partner_timeline", ruth.pk), at("api_undertakings", ruth.pk)]
    told = "".join(browser.get(page).content.decode() for page in pages)
    assert [word for word in ("baker", led.closed.name) if word in told] == []
    assert browser.post(at("undertaking_withdraw", made.pk)).status_code == 404


@pytest.mark.parametrize("name", ["undertaking_change", "undertaking_end", "undertaking_withdraw"])
def test_who_knows_the_name_alone_learns_nothing(
    name: str, ruth: Partner, take: Take, carol: User, visit: Visit
) -> None:
    made, browser = take(), visit(carol)
    page = browser.get(at("partner", ruth.pk))
    assert (page.status_code, "Prays for" in page.content.decode()) == (200, False)
    assert browser.get(at(name, made.pk)).status_code == 404
