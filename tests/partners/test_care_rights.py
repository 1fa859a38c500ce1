"""Who sees what of a relationship: the holder like the leader, of this partner and for this unit alone; another member
of the team the name and the day of the last contact; nobody a word about a unit that is closed to them.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from partners import operations
from partners.models import Partner
from ssu.models import TeamMember, Worker
from tests.cast import Visitor, person
from tests.partners.test_lists import names

Visit = Callable[[User], Visitor]
REACH, NOTE, OWN_NOTE, CLOSED_NOTE, OFFICE_NOTE = (
    "ruth@example.org",
    "Note of the team",
    "For me",
    "Tamrin word",
    "Desk",
)
LIST = reverse("partners", args=["harbor"])


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def ruth(
    add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, act: dict[str, Any], bob: User
) -> Partner:
    """Ruth gave $60 to the open unit and $7 to the careful one; four contacts were logged with her."""
    partner: Partner = add("Moab", email=REACH)
    giving(partner, (places.mine, 6000))
    giving(partner, (places.careful, 700))
    logged: dict[str, Any] = {
        "partner": partner,
        "channel": "call",
        "outcome": "talked",
        "happened_on": act["agency"].today(),
    }
    operations.log_contact(**act, **logged, unit=led.open, note=NOTE)
    operations.log_contact(agency=act["agency"], actor=bob, **logged, unit=led.open, note=OWN_NOTE, note_for="writer")
    operations.log_contact(agency=act["agency"], actor=bob, **logged, unit=led.closed, note=CLOSED_NOTE)
    operations.log_contact(**act, **logged, unit=None, note=OFFICE_NOTE)
    return partner


@pytest.fixture
def holding(ruth: Partner, led: SimpleNamespace, carol: User, act: dict[str, Any]) -> Partner:
    """Carol, a member of the open unit, holds Ruth."""
    worker = Worker.objects.get(membership__user=carol)
    operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=worker)
    return ruth


@pytest.fixture
def gina(inside: Agency, alice: User) -> User:
    user = person("Gina")
    add_member(agency=inside, actor=alice, user=user, roles=(Role.STAFF,))
    return user


WORDS = (REACH, NOTE, OWN_NOTE, CLOSED_NOTE, OFFICE_NOTE, "$60.00", "$7.00")


def shown(browser: Visitor, partner: Partner, words: tuple[str, ...] = WORDS) -> list[str]:
    page = browser.get(reverse("partner", args=["harbor", partner.pk])).content.decode()
    return [word for word in words if word in page]


def test_a_member_of_the_team_learns_the_day_of_the_last_contact(ruth: Partner, carol: User, visit: Visit) -> None:
    page = visit(carol).get(reverse("partner", args=["harbor", ruth.pk]))
    assert (shown(visit(carol), ruth), "was last in touch on" in page.content.decode()) == ([], True)


def test_the_holder_sees_what_the_leader_sees_of_this_unit(holding: Partner, carol: User, visit: Visit) -> None:
    assert shown(visit(carol), holding) == [REACH, NOTE, "$60.00"]
    assert names(visit(carol).get(LIST, {"q": REACH})) == ["Ruth Moab"]
    assert names(visit(carol).get(LIST, {"held": "on"})) == ["Ruth Moab"]


def test_the_leader_sees_the_unit_and_not_the_desk(ruth: Partner, bob: User, visit: Visit) -> None:
    assert shown(visit(bob), ruth) == [REACH, NOTE, OWN_NOTE, CLOSED_NOTE, "$60.00"]


def test_the_office_sees_all_but_closed_units_and_own_notes(ruth: Partner, gina: User, visit: Visit) -> None:
    assert shown(visit(gina), ruth) == [REACH, NOTE, OFFICE_NOTE, "$60.00", "$7.00"]
    page = visit(gina).get(reverse("partner", args=["harbor", ruth.pk])).content.decode()
    assert ("Project Cedar" in page, "Tamrin" in page, "somebody of the team" in page) == (True, False, True)


def test_of_a_closed_unit_the_office_learns_no_holder(
    ruth: Partner, led: SimpleNamespace, bob: User, gina: User, alice: User, act: dict[str, Any], visit: Visit
) -> None:
    operations.appoint_holder(**act, partner=ruth, unit=led.closed, worker=Worker.objects.get(membership__user=bob))
    rows = [visit(user).get(reverse("partner", args=["harbor", ruth.pk])).context["holders"] for user in (gina, alice)]
    assert [[(row.name, row.unit) for row in found] for found in rows] == [
        [("somebody of the team", "Project Cedar")], [("Bob", "Tamrin People")]
    ]  # fmt: skip
    choices = visit(gina).get(reverse("holder_add", args=["harbor", ruth.pk])).content.decode()
    assert ("Riverbend" in choices, "Cedar" in choices, "Tamrin" in choices) == (True, False, False)


def test_what_holding_opens_ends_with_holding_and_with_serving(
    holding: Partner, carol: User, act: dict[str, Any], visit: Visit
) -> None:
    operations.record_team_notice(**act, is_given=False, told_on=None, wording="")
    assert shown(visit(carol), holding, (REACH, "$60.00")) == [REACH, "$60.00"]
    service = TeamMember.objects.filter(worker__membership__user=carol)
    service.update(left_on=act["agency"].today())
    assert visit(carol).get(reverse("partner", args=["harbor", holding.pk])).status_code in (403, 404)
    service.update(left_on=None)
    operations.end_holder(**act, holder=holding.holders.get())
    assert visit(carol).get(reverse("partner", args=["harbor", holding.pk])).status_code == 404


def test_a_member_who_does_not_hold_does_nothing(
    ruth: Partner, carol: User, led: SimpleNamespace, visit: Visit
) -> None:
    browser, pk = visit(carol), ruth.pk
    for name in ("contact_log", "follow_up_add", "stage_set"):
        assert browser.get(reverse(name, args=["harbor", pk])).status_code == 404
    assert browser.get(reverse("holder_add", args=["harbor", pk])).status_code == 403
    for contact in ruth.contacts.all():
        assert (
            browser.post(reverse("contact_withdraw", args=["harbor", contact.pk]), {"reason": "x"}).status_code == 404
        )
        assert browser.post(reverse("contact_take", args=["harbor", contact.pk, "stage"])).status_code == 404
    assert ruth.stages.count() == 0


def test_a_holder_acts_for_the_own_unit_only(holding: Partner, carol: User, led: SimpleNamespace, visit: Visit) -> None:
    browser, path = visit(carol), reverse("stage_set", args=["harbor", holding.pk])
    assert browser.post(path, {"unit": led.careful.pk, "kind": "archive"}).status_code == 422
    assert browser.post(path, {"unit": "", "kind": "archive"}).status_code == 422
    assert browser.post(path, {"unit": led.open.pk, "kind": "partner_care"}).status_code == 302
    assert [(stage.unit, stage.kind) for stage in holding.stages.all()] == [(led.open, "partner_care")]
    withdraw = [
        browser.post(reverse("contact_withdraw", args=["harbor", each.pk]), {"reason": "x"}).status_code
        for each in holding.contacts.all()
    ]
    assert withdraw == [404] * 4


def test_a_stage_makes_the_partner_known_to_the_unit(
    add: Any, places: SimpleNamespace, led: SimpleNamespace, act: dict[str, Any], bob: User, carol: User, visit: Visit
) -> None:
    naomi: Partner = add("Naomi")
    assert names(visit(bob).get(LIST)) == []
    operations.set_stage(**act, partner=naomi, unit=led.open, kind="connection")
    assert [names(visit(user).get(LIST)) for user in (bob, carol)] == [["Ruth Naomi"]] * 2
    assert names(visit(bob).get(LIST, {"stage": "connection"})) == ["Ruth Naomi"]
    assert names(visit(bob).get(LIST, {"stage": "archive"})) == []


def test_a_stage_with_another_unit_is_not_told_to_the_field(
    ruth: Partner, led: SimpleNamespace, act: dict[str, Any], bob: User, alice: User, visit: Visit
) -> None:
    operations.set_stage(**act, partner=ruth, unit=led.careful, kind="archive")
    assert [names(visit(user).get(LIST, {"stage": "archive"})) for user in (bob, alice)] == [[], ["Ruth Moab"]]
    rows = visit(bob).get(LIST).context["rows"]
    assert [row.stages for row in rows] == [[]]
    assert visit(bob).get(LIST, {"stage": "archive", "unit": led.careful.pk}).status_code == 422


def test_an_anonymous_gift_stays_hidden_from_its_holder(
    holding: Partner, giving: Any, places: SimpleNamespace, carol: User, visit: Visit
) -> None:
    giving(holding, (places.mine, 123400), anonymous=True)
    assert shown(visit(carol), holding, ("$60.00", "$1,234.00", "$1,294.00")) == ["$60.00"]


def test_the_guard_would_see_a_leak(
    ruth: Partner, gina: User, carol: User, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the two conditions, the same pages show the notes."""
    from agencies.rights import ALL, RIGHTS

    monkeypatch.setitem(RIGHTS, "units.unmask", {Role.STAFF: ALL})
    assert CLOSED_NOTE in shown(visit(gina), ruth)
    monkeypatch.setitem(RIGHTS, "partners.contact", {Role.MEMBER: ALL})
    monkeypatch.setitem(RIGHTS, "partners.note", {Role.MEMBER: ALL})
    assert {NOTE, OFFICE_NOTE} <= set(shown(visit(carol), ruth))
