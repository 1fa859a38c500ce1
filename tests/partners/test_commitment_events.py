"""What happens with commitments is found once, told to whom it concerns, and never for what came before go-live."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from core.money import Money
from delivery.models import Notice, NoticeChoice, Task
from delivery.naming import NAME
from partners import operations
from partners.models import Commitment, CommitmentEvent, Gift, Partner
from partners.operations.commitment_events import find_events
from ssu.models import TeamMember
from tests.cast import person


@pytest.fixture
def live(inside: Agency) -> Agency:
    """The agency works here since two hundred days."""
    inside.live_on = inside.today() - timedelta(days=200)
    inside.save(update_fields=["live_on"])
    return inside


def kinds(found: list[CommitmentEvent]) -> list[str]:
    return sorted(each.kind for each in found)


def giver(commitment: Commitment) -> Partner:
    partner: Partner = commitment.giving_unit.partner
    return partner


def ago(agency: Agency, days: int) -> date:
    return agency.today() - timedelta(days=days)


def test_each_gift_is_one_event_at_most(
    live: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    """As promised: nothing but the beginning. Then smaller, larger, and one on top of what is paid ahead."""
    for days, minor, kind in (
        (40, 5000, "started"),
        (33, 5000, None),
        (26, 2000, "smaller"),
        (24, 2000, None),
        (19, 9000, "larger"),
        (18, 20000, None),
        (5, 40000, "extra"),
    ):
        gift = giving(giver(weekly), (places.mine, minor), on=ago(live, days))
        found = [(each.kind, each.gift_id) for each in find_events(agency=live) if each.gift_id]
        assert found == ([(kind, gift.pk)] if kind else []), days


def test_late_is_told_when_it_enters_a_step(live: Agency, add: Any, promise: Callable[..., Commitment]) -> None:
    for days, found in (
        (30, []),
        (31, [("late", 31)]),
        (60, [("late", 31)]),
        (61, [("late", 61)]),
        (91, [("stopped", None)]),
    ):
        made = promise(add(f"Moab {days}"), 5000, ago(live, days), frequency="yearly")
        mine = [each for each in find_events(agency=live) if each.commitment_id == made.pk]
        assert [(each.kind, each.days_late) for each in mine] == found, days
        assert find_events(agency=live) == []


def test_what_became_late_long_ago_is_no_news(live: Agency, add: Any, promise: Callable[..., Commitment]) -> None:
    promise(add("Moab"), 5000, ago(live, 91 + 46), frequency="yearly")
    assert find_events(agency=live) == []
    promise(add("Moab"), 5000, ago(live, 91 + 45), frequency="yearly")
    assert kinds(find_events(agency=live)) == ["stopped"]


def test_who_gives_again_after_three_months_has_resumed(
    live: Agency, add: Any, promise: Callable[..., Commitment], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    made = promise(add("Moab"), 5000, ago(live, 180))
    giving(giver(made), (places.mine, 5000), on=ago(live, 180))
    giving(giver(made), (places.mine, 5000))
    assert kinds(find_events(agency=live)) == ["resumed"]


def test_a_payment_of_a_long_interval_is_told_ahead(live: Agency, add: Any, promise: Callable[..., Commitment]) -> None:
    for days, frequency, found in ((14, "yearly", ["long_due"]), (15, "yearly", []), (14, "quarterly", [])):
        promise(add("Moab"), 5000, live.today() + timedelta(days=days), frequency=frequency)
        assert kinds(find_events(agency=live)) == found


def test_what_was_ended_has_stopped_and_what_was_changed_has_not(
    live: Agency, alice: User, add: Any, promise: Callable[..., Commitment]
) -> None:
    act: dict[str, Any] = {"agency": live, "actor": alice}
    ended, changed = (promise(add("Moab"), 5000, ago(live, 20)) for _ in range(2))
    operations.end_commitment(**act, commitment=ended, on=ago(live, 2))
    more: dict[str, Any] = {"amount": Money(7000, "USD"), "frequency": "weekly", "starts_on": ago(live, 1)}
    operations.change_commitment(**act, commitment=changed, **more)
    assert [(each.kind, each.commitment_id) for each in find_events(agency=live)] == [("stopped", ended.pk)]


@pytest.mark.parametrize(("live_on", "count"), [(None, 0), (5, 0), (10, 1), (-3, 0)])
def test_nothing_before_the_go_live_date(
    inside: Agency,
    weekly: Commitment,
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    live_on: int | None,
    count: int,
) -> None:
    """A gift of ten days ago, twice what was promised; the date is so many days ago, or to come."""
    giving(giver(weekly), (places.mine, 5000), on=ago(inside, 17))
    giving(giver(weekly), (places.mine, 10000), on=ago(inside, 10))
    giving(giver(weekly), (places.mine, 5000), on=ago(inside, 3))
    inside.live_on = None if live_on is None else ago(inside, live_on)
    assert len(find_events(agency=inside)) == count
    assert (Notice.objects.count(), Task.objects.count()) == (count, 0)


@pytest.fixture
def team(
    live: Agency, alice: User, bob: User, led: SimpleNamespace, serve: Callable[..., Any], weekly: Commitment
) -> SimpleNamespace:
    """Mia holds the giver in the unit that Bob leads; Sam does partner care, Fay finance."""
    mia, sam, fay = (person(name) for name in ("Mia", "Sam", "Fay"))
    worker = serve(mia, led.open, Role.MEMBER)
    for user, role in ((sam, Role.STAFF), (fay, Role.FINANCE)):
        people.add_member(agency=live, actor=alice, user=user, roles=(role,))
    operations.appoint_holder(
        agency=live, actor=alice, partner=giver(weekly), unit=led.open, worker=worker, is_primary=True
    )
    Notice.objects.all().delete()
    Task.objects.all().delete()
    return SimpleNamespace(mia=mia, sam=sam, fay=fay, bob=bob)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("user__name", flat=True))


def asked() -> list[str]:
    return sorted(Task.objects.filter(done_at=None).values_list("user__name", flat=True))


def names(*users: User) -> list[str]:
    return sorted(user.name for user in users)


def test_the_holder_and_the_leader_hear_and_have_a_task_until_it_is_kept(
    live: Agency, weekly: Commitment, team: SimpleNamespace, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    assert kinds(find_events(agency=live)) == ["late"]
    assert (told("commitment_late"), asked()) == (names(team.mia, team.bob), names(team.mia, team.bob))
    notice = Notice.objects.filter(user=team.mia).get()
    assert NAME in notice.text
    assert not any(sign in notice.text for sign in ("$", "50", "Moab", "Riverbend"))
    giving(giver(weekly), (places.mine, 5000))
    find_events(agency=live)
    assert asked() == []


def test_the_agency_says_who_hears_and_each_person_how(
    live: Agency, alice: User, weekly: Commitment, team: SimpleNamespace
) -> None:
    said = {("late", "finance"): True, ("late", "leader"): False, ("late", "holder"): True}
    assert operations.choose_audiences(agency=live, actor=alice, told=said) == 2
    NoticeChoice.objects.create(
        agency=live, user=team.fay, kind="commitment_late", in_app=True, email=False, task=False
    )
    find_events(agency=live)
    assert (told("commitment_late"), asked()) == (names(team.mia, team.fay), names(team.mia))


def test_who_gives_anonymously_is_told_to_the_office_alone(
    live: Agency, weekly: Commitment, team: SimpleNamespace, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    giving(giver(weekly), (places.mine, 5000), anonymous=True)
    assert kinds(find_events(agency=live)) == ["started"]
    assert told("commitment_started") == names(team.sam)


def test_who_left_the_team_hears_nothing_and_partner_care_does(
    live: Agency, weekly: Commitment, team: SimpleNamespace
) -> None:
    TeamMember.objects.filter(worker__membership__user=team.mia).update(left_on=live.today())
    Membership.objects.filter(user=team.bob).update(left_at="2026-01-01T00:00Z")
    find_events(agency=live)
    assert told("commitment_late") == names(team.sam)


def test_what_the_agency_tells_nobody_goes_to_nobody(
    live: Agency, alice: User, weekly: Commitment, team: SimpleNamespace
) -> None:
    said = {("late", "leader"): False, ("late", "holder"): False}
    operations.choose_audiences(agency=live, actor=alice, told=said)
    find_events(agency=live)
    assert told("commitment_late") == []
