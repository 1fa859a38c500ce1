"""Members of a team know partners by name only once the partners were told so."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry, Role
from communications.queries.audience import named_partners
from partners.models import Partner, TeamNotice
from partners.operations import appoint_holder, record_team_notice, take_up
from partners.operations.notices import NoticeNotWhole, NotToldYet
from tests.cast import Visitor
from tests.partners.test_lists import names

Visit = Callable[[User], Visitor]
LIST, SETTINGS = reverse("partners", args=["harbor"]), reverse("partner_settings", args=["harbor"])
CLOSED = "Names of partners are not open to your team yet"


@pytest.fixture
def ruth(add: Any, giving: Any, places: SimpleNamespace) -> Partner:
    partner: Partner = add("Moab")
    giving(partner, (places.mine, 6000))
    return partner


@pytest.fixture
def untold(inside: Agency, alice: User, ruth: Partner) -> Agency:
    """The agency takes back what `places` said."""
    record_team_notice(agency=inside, actor=alice, is_given=False, told_on=None, wording="")
    return inside


def test_once_told_a_member_sees_names(ruth: Partner, carol: User, visit: Visit) -> None:
    page = visit(carol).get(LIST)
    assert (names(page), CLOSED in page.content.decode()) == (["Ruth Moab"], False)


def test_untold_a_member_sees_nobody_anywhere(
    untold: Agency, ruth: Partner, carol: User, bob: User, alice: User, visit: Visit
) -> None:
    browser = visit(carol)
    page = browser.get(LIST)
    assert (names(page), CLOSED in page.content.decode()) == ([], True)
    assert browser.get(reverse("partner", args=["harbor", ruth.pk])).status_code == 404
    assert browser.get(reverse("search", args=["harbor"]), {"q": "Moab"}).context["groups"] == []
    assert browser.get(reverse("api_partners", args=["harbor"])).json()["results"] == []
    assert [names(visit(user).get(LIST)) for user in (bob, alice)] == [["Ruth Moab"]] * 2


def test_without_any_notice_names_are_closed(
    inside: Agency, add: Any, led: SimpleNamespace, carol: User, visit: Visit
) -> None:
    add("Moab")
    page = visit(carol).get(LIST)
    assert (TeamNotice.objects.count(), names(page), CLOSED in page.content.decode()) == (0, [], True)


def test_a_leader_who_serves_elsewhere_sees_names_there_once_told(
    untold: Agency, add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, serve: Any, bob: User,
    alice: User, visit: Visit
) -> None:  # fmt: skip
    serve(bob, led.careful, Role.MEMBER)
    giving(add("Boaz"), (places.careful, 700))
    assert names(visit(bob).get(LIST)) == ["Ruth Moab"]
    record_team_notice(agency=untold, actor=alice, is_given=True, told_on=untold.today(), wording="Card")
    assert names(visit(bob).get(LIST)) == ["Ruth Boaz", "Ruth Moab"]


def test_untold_a_partner_known_elsewhere_is_not_told_to_be_one_of_the_team(
    untold: Agency, ruth: Partner, giving: Any, places: SimpleNamespace, led: SimpleNamespace, serve: Any, bob: User,
    visit: Visit
) -> None:  # fmt: skip
    """Bob leads the unit that Ruth gives to, and serves in another to which she gives too: that he must not learn."""
    serve(bob, led.careful, Role.MEMBER)
    giving(ruth, (places.careful, 700))
    browser, there = visit(bob), {"unit": led.careful.pk}
    assert names(browser.get(LIST, there)) == []
    assert browser.get(reverse("api_partners", args=["harbor"]), there).status_code == 400
    seat = cast(Any, browser.get(LIST)).wsgi_request.seat
    with scope.of_agency(untold.pk):
        assert [list(named_partners(seat, unit.pk, "appeal")) for unit in (led.careful, led.open)] == [[], [ruth]]


def test_untold_who_prays_for_another_team_is_not_told(
    untold: Agency, ruth: Partner, alice: User, bob: User, led: SimpleNamespace, serve: Any, visit: Visit
) -> None:
    """Neither the column nor the filter says so, until the partners were told or Bob holds her there."""
    worker, today = serve(bob, led.careful, Role.MEMBER), untold.today()
    act: dict[str, Any] = {"agency": untold, "actor": alice, "partner": ruth, "unit": led.careful}
    take_up(**act, kind="pray", starts_on=today)
    browser = visit(bob)
    assert [row.by for row in browser.get(LIST).context["rows"]] == [["giving"]]
    assert names(browser.get(LIST, {"how": "prays"})) == []
    assert browser.get(reverse("api_partners", args=["harbor"]), {"how": "prays"}).json()["results"] == []
    appoint_holder(**act, worker=worker)
    assert names(browser.get(LIST, {"how": "prays"})) == ["Ruth Moab"]


def test_an_administrator_says_so_on_the_settings_page(
    untold: Agency, alice: User, carol: User, bob: User, visit: Visit
) -> None:
    browser, said = visit(alice), {"is_given": "on", "told_on": str(untold.today()), "wording": "On the card"}
    assert "Members of teams see no partner now" in browser.get(SETTINGS).content.decode()
    assert browser.post(SETTINGS, {"is_given": "on"}).status_code == 422
    assert browser.post(SETTINGS, said).status_code == 302
    page = browser.get(SETTINGS).content.decode()
    assert ("On the card" in page, "Members of teams see no partner now" in page) == (True, False)
    assert names(visit(carol).get(LIST)) == ["Ruth Moab"]
    entry = AuditEntry.objects.filter(verb="say whether partners were told").latest("pk")
    assert (entry.actor, entry.changes) == (alice, {"is_given": True, "told_on": str(untold.today())})
    assert [visit(user).get(SETTINGS).status_code for user in (bob, carol)] == [403, 403]


def test_a_notice_is_whole_and_not_ahead_of_time(inside: Agency, alice: User) -> None:
    given: dict[str, Any] = {"agency": inside, "actor": alice, "is_given": True}
    for missing in ({"told_on": None, "wording": "Card"}, {"told_on": inside.today(), "wording": " "}):
        with pytest.raises(NoticeNotWhole):
            record_team_notice(**given, **missing)
    with pytest.raises(NotToldYet):
        record_team_notice(**given, told_on=inside.today() + timedelta(days=1), wording="Card")
    assert TeamNotice.objects.count() == 0


def test_what_was_said_stays_said(untold: Agency) -> None:
    for change in (lambda: TeamNotice.objects.update(is_given=True), lambda: TeamNotice.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert list(TeamNotice.objects.order_by("pk").values_list("is_given", flat=True)) == [True, False]
