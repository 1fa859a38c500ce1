"""No single person takes a unit through, and setting aside is no way round: not past the team's coaching, not past the
second person.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from core.errors import Refused
from delivery.models import Notice, Task
from delivery.naming import in_words
from ssu import operations
from ssu.models import ActionItem, Evidence, ItemEvent, RollOut, State, TeamMember, Unit
from ssu.operations.coaching_gate import TeamNotCoached
from ssu.operations.items import CoachingApplies, OwnClaimStands, SpouseClaimStands
from ssu.operations.rollout import NotAllConfirmed, OwnSetAside, SpouseSetAside
from ssu.pages.declaring import declaration
from ssu.queries.counts import progress_of
from ssu.queries.declaring import set_aside_by, settled_when_declared
from tests.cast import spouse_of
from tests.ssu.conftest import claimed, coach_team, item_of, seat
from tests.ssu.test_rollout import complete

Visit = Callable[[User], Any]
REASON = "Not here."


def aside(agency: Agency, actor: User, unit: Unit, *keys: str) -> None:
    """Set these items aside, all that are open when none is named."""
    items = ActionItem.objects.filter(unit=unit).in_order()
    for item in items.filter(key__in=keys) if keys else items:
        operations.set_not_applicable(agency=agency, actor=actor, item=item, reason=REASON)


@pytest.fixture
def through(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> Unit:
    """The open unit, all confirmed but 6.2, which Alice set aside."""
    unit: Unit = led.open
    complete(inside, unit, bob, alice)
    operations.undo_item(agency=inside, actor=alice, item=item_of(unit, "6.2"), reason="Not yet.")
    operations.undo_item(agency=inside, actor=alice, item=item_of(unit, "6.2"), reason="Not yet.")
    aside(inside, alice, unit, "6.2")
    return unit


# setting aside


def test_the_coaching_of_a_team_is_not_set_aside(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit
) -> None:
    with pytest.raises(CoachingApplies):
        aside(inside, bob, led.open, "4.2")
    page = visit(bob).get(reverse("item", args=[inside.slug, led.open.pk, "4.2"])).content.decode()
    assert ("Excuse a person" in page, "It does not apply here" in page) == (True, False)
    other = visit(bob).get(reverse("item", args=[inside.slug, led.open.pk, "4.1"])).content.decode()
    assert "It does not apply here" in other
    assert item_of(led.open, "4.2").state == State.NOT_STARTED
    assert not ItemEvent.objects.filter(item__unit=led.open).exists()


def test_without_a_team_the_coaching_may_be_set_aside(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    aside(inside, alice, led.careful, "4.2")
    assert item_of(led.careful, "4.2").state == State.NOT_APPLICABLE


def test_who_claimed_an_item_takes_the_claim_back_before_setting_it_aside(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    claimed(inside, bob, item_of(led.open))
    with pytest.raises(OwnClaimStands):
        aside(inside, bob, led.open, "1.1")
    assert item_of(led.open).state == State.READY
    operations.undo_item(agency=inside, actor=bob, item=item_of(led.open))
    aside(inside, bob, led.open, "1.1")
    claimed(inside, bob, item_of(led.open, "2.1"))
    aside(inside, alice, led.open, "2.1")  # another person may
    assert set_aside_by(led.open.pk) == {"1.1": bob.pk, "2.1": alice.pk}


def test_the_spouse_does_not_set_the_claim_aside(
    inside: Agency, led: SimpleNamespace, serve: Any, bob: User, alice: User
) -> None:
    claimed(inside, bob, item_of(led.open))
    pia = spouse_of(bob, "Pia")
    serve(pia, led.open, Role.LEADER)
    with pytest.raises(SpouseClaimStands):
        aside(inside, pia, led.open, "1.1")


# declaring


def test_one_leader_alone_does_not_take_a_unit_through(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    """By the pages, as it was once possible: every item set aside, then declared."""
    browser = visit(bob)
    for item in ActionItem.objects.filter(unit=led.open).in_order():
        here = [inside.slug, led.open.pk, item.key]
        browser.post(reverse("item_set_aside", args=here), {"reason": "no"})
    browser.post(reverse("rollout_declare", args=[inside.slug, led.open.pk]), {})
    assert not RollOut.objects.exists()
    with pytest.raises(NotAllConfirmed, match=r"Still open: 4\.2"):
        operations.declare_complete(agency=inside, actor=bob, unit=led.open)


def test_who_set_one_of_the_eleven_aside_does_not_declare(
    inside: Agency, through: Unit, serve: Any, alice: User, bob: User
) -> None:
    with pytest.raises(OwnSetAside):
        operations.declare_complete(agency=inside, actor=alice, unit=through)
    amos = spouse_of(alice, "Amos")
    serve(amos, through, Role.LEADER)
    coach_team(inside, alice, through)
    with pytest.raises(SpouseSetAside):
        operations.declare_complete(agency=inside, actor=amos, unit=through)
    assert operations.declare_complete(agency=inside, actor=bob, unit=through).declared_by == bob


def test_undone_and_set_aside_again_counts_who_did_it_last(
    inside: Agency, through: Unit, alice: User, bob: User
) -> None:
    operations.undo_item(agency=inside, actor=bob, item=item_of(through, "6.2"), reason="Not yet.")
    aside(inside, bob, through, "6.2")
    with pytest.raises(OwnSetAside):
        operations.declare_complete(agency=inside, actor=bob, unit=through)
    assert operations.declare_complete(agency=inside, actor=alice, unit=through).pk


def test_an_own_item_set_aside_keeps_nobody_from_declaring(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    complete(inside, led.open, bob, alice)
    own = operations.add_own_item(agency=inside, actor=alice, step=2, wording="Pray with the elders")
    aside(inside, bob, led.open, own.key)
    assert operations.declare_complete(agency=inside, actor=bob, unit=led.open).pk


def test_declaring_asks_after_the_team_however_step_4_was_settled(
    inside: Agency, led: SimpleNamespace, serve: Any, alice: User, bob: User, carol: User
) -> None:
    aside(inside, alice, led.careful)
    serve(carol, led.careful, Role.MEMBER)
    serve(bob, led.careful, Role.LEADER)
    with pytest.raises(TeamNotCoached, match="people are not coached"):
        operations.declare_complete(agency=inside, actor=bob, unit=led.careful)
    coach_team(inside, alice, led.careful)
    assert operations.declare_complete(agency=inside, actor=bob, unit=led.careful).pk


def test_a_unit_without_team_is_declared_by_another_than_who_set_aside(
    inside: Agency, led: SimpleNamespace, serve: Any, alice: User, bob: User
) -> None:
    serve(bob, led.careful, Role.COACH)
    aside(inside, bob, led.careful)
    assert not TeamMember.objects.filter(unit=led.careful, role__in=[Role.LEADER, Role.MEMBER]).exists()
    assert operations.declare_complete(agency=inside, actor=alice, unit=led.careful).pk


# what is said


def test_the_page_says_who_may_declare_and_why_not(
    inside: Agency, through: Unit, alice: User, bob: User, carol: User, dan: User, visit: Visit
) -> None:
    url = reverse("rollout", args=[inside.slug, through.pk])

    def page(user: User) -> tuple[bool, str]:
        body = visit(user).get(url).content.decode()
        assert "10 confirmed, 1 not applicable" in body
        assert "no one person takes a unit all the way alone" in body
        return "Declare roll-out complete" in body, body

    assert page(bob)[0] is True
    may, said = page(alice)
    assert (may, OwnSetAside.message in said) == (False, True)
    for user in (carol, dan):
        may, said = page(user)
        assert (may, "You may not do it yourself." in said) == (False, True)


def test_every_refusal_of_the_page_is_the_operations(inside: Agency, through: Unit, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(reverse("rollout_declare", args=[inside.slug, through.pk]), {})
    assert answer.status_code == 409
    assert OwnSetAside.message in answer.content.decode()
    with pytest.raises(Refused) as caught:
        operations.declare_complete(agency=inside, actor=alice, unit=through)
    assert caught.value.code == "own_set_aside"


def test_the_declaration_names_how_many_were_set_aside(
    inside: Agency, through: Unit, alice: User, bob: User, visit: Visit
) -> None:
    declared = operations.declare_complete(agency=inside, actor=bob, unit=through)
    entry = AuditEntry.objects.get(verb="declare roll-out complete")
    assert entry.changes == {"confirmed": 10, "not applicable": 1}
    assert declaration(seat(inside, alice), through).endswith(": 10 confirmed, 1 not applicable")
    operations.undo_item(agency=inside, actor=alice, item=item_of(through))
    stood = settled_when_declared(RollOut.objects.get(pk=declared.pk))
    assert (stood.confirmed, stood.not_applicable) == (10, 1)
    for name in ("unit", "rollout"):
        assert (
            "10 confirmed, 1 not applicable"
            in visit(alice).get(reverse(name, args=[inside.slug, through.pk])).content.decode()
        )


def test_a_confirmation_that_stands_again_counts_in_the_declaration(
    inside: Agency, through: Unit, alice: User, bob: User
) -> None:
    item = ActionItem.objects.filter(unit=through, state=State.COMPLETED).in_order().first()
    piece = Evidence.objects.get(item=item, removed_at=None)
    operations.remove_evidence(agency=inside, actor=alice, evidence=piece, reason="By mistake.")
    operations.restore_evidence(agency=inside, actor=alice, evidence=piece)
    stood = settled_when_declared(operations.declare_complete(agency=inside, actor=bob, unit=through))
    assert (stood.confirmed, stood.not_applicable) == (10, 1)


def test_counts_keep_confirmed_and_set_aside_apart(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    def words() -> str:
        return progress_of([led.open.pk], inside.today())[led.open.pk].words

    assert words() == "0 of 11 action items confirmed"
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.open)))
    assert words() == "1 of 11 action items confirmed"
    aside(inside, alice, led.open, "2.1", "6.2")
    assert words() == "1 of 11 action items confirmed, 2 not applicable"
    coach_team(inside, alice, led.open)
    for item in ActionItem.objects.filter(unit=led.open, state="not_started").in_order():
        operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item))
    assert words() == "9 confirmed, 2 not applicable"


def told(kind: str) -> list[tuple[User, str]]:
    notices = list(Notice.objects.filter(kind=kind).select_related("user").order_by("user__name", "pk"))
    return [(notice.user, words) for notice, words in zip(notices, in_words(notices), strict=True)]


def asked(of: User) -> list[str]:
    return list(Task.objects.filter(user=of, done_at=None).values_list("kind", flat=True))


def test_once_nothing_is_open_whoever_may_declare_is_asked_to_until_it_is_declared(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, carol: User
) -> None:
    complete(inside, led.open, bob, alice)
    said = "Riverbend: every action item is settled. Look at the whole once more, then declare the roll-out complete."
    assert [(who, words) for who, words in told("roll_out_settled") if who in (alice, bob, carol)] == [
        (alice, said),
        (bob, said),
    ]
    assert ("roll_out_settled" in asked(alice), "roll_out_settled" in asked(bob)) == (True, True)
    operations.undo_item(agency=inside, actor=alice, item=item_of(led.open, "6.2"))
    assert "roll_out_settled" not in asked(alice) + asked(bob)
    operations.confirm_item(agency=inside, actor=alice, item=item_of(led.open, "6.2"))
    assert "roll_out_settled" in asked(bob)
    operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    assert "roll_out_settled" not in asked(alice) + asked(bob)
    ((who, words),) = told("roll_out_declared")
    assert (who, words.endswith(" declared the roll-out complete.")) == (alice, True)


def test_who_set_one_of_the_eleven_aside_is_not_asked_to_declare(
    inside: Agency, through: Unit, alice: User, bob: User
) -> None:
    assert ("roll_out_settled" in asked(alice), "roll_out_settled" in asked(bob)) == (False, True)
