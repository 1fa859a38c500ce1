"""Who may take evidence away, what a confirmed item asks for first, and how it comes back."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from delivery.models import Notice
from ssu import operations
from ssu.models import ActionItem, Evidence, State, Worker
from ssu.operations.evidence import RemovalReason
from ssu.operations.restoring import NotRemoved
from ssu.queries.coaching_evidence import COACHING_KIND
from ssu.queries.items import may_remove, removed_of, states_that_differ
from tests.cast import person
from tests.ssu.conftest import claimed, coach_team, item_of, seat


@pytest.fixture
def confirmed(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> ActionItem:
    """Bob claimed it on a note, Alice confirmed."""
    item = claimed(inside, bob, item_of(led.open))
    return operations.confirm_item(agency=inside, actor=alice, item=item)


def note_of(item: ActionItem) -> Evidence:
    found: Evidence = Evidence.objects.get(item=item)
    return found


def standing(item: ActionItem) -> tuple[str, Any, Any]:
    found = ActionItem.objects.get(pk=item.pk)
    return found.state, found.claimed_by, found.confirmed_by


def removable(agency: Agency, user: User, item: ActionItem) -> bool:
    where = seat(agency, user)
    return may_remove(where, ActionItem.objects.seen_by(where).get(pk=item.pk), note_of(item))


def test_who_may_not_undo_does_not_open_an_item_by_removing(
    inside: Agency, confirmed: ActionItem, alice: User, bob: User, carol: User, visit: Callable[[User], Any]
) -> None:
    assert [removable(inside, who, confirmed) for who in (alice, bob, carol)] == [True, True, False]
    here = [inside.slug, confirmed.unit_id, confirmed.key, note_of(confirmed).pk]
    sent = visit(carol).post(reverse("evidence_remove", args=here), {"reason": "Wrong."})
    assert (sent.status_code, standing(confirmed)[0]) == (403, State.COMPLETED)


def test_a_member_removes_the_own_note_and_nobody_elses(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User
) -> None:
    own, other = item_of(led.open, "1.1"), item_of(led.open, "2.1")
    operations.add_note(agency=inside, actor=carol, item=own, text="Mine.")
    operations.add_note(agency=inside, actor=bob, item=other, text="His.")
    assert [removable(inside, carol, item) for item in (own, other)] == [True, False]


def test_a_confirmed_item_asks_why_and_tells_both(
    inside: Agency, confirmed: ActionItem, serve: Callable[..., Worker], dan: User, visit: Callable[[User], Any]
) -> None:
    serve(dan, confirmed.unit, Role.LEADER)
    here = [inside.slug, confirmed.unit_id, confirmed.key, note_of(confirmed).pk]
    with pytest.raises(RemovalReason):
        operations.remove_evidence(agency=inside, actor=dan, evidence=note_of(confirmed))
    silent = visit(dan).post(reverse("evidence_remove", args=here))
    assert (silent.status_code, standing(confirmed)[0]) == (422, State.COMPLETED)
    assert "Say why the evidence goes" in silent.content.decode()
    told = visit(dan).post(reverse("evidence_remove", args=here), {"reason": "The wrong village."}, follow=True)
    assert reverse("evidence_restore", args=here) in told.content.decode()
    assert "“We walked through the villages.”: The wrong village." in told.content.decode()
    assert standing(confirmed) == (State.NOT_STARTED, None, None)
    reopened = Notice.objects.filter(kind="item_reopened").values_list("user__name", flat=True)
    assert sorted(reopened) == ["Alice", "Bob"]


def test_taken_back_at_once_claim_and_confirmation_stand_again(
    inside: Agency, confirmed: ActionItem, alice: User, bob: User
) -> None:
    note = note_of(confirmed)
    operations.remove_evidence(agency=inside, actor=bob, evidence=note, reason="Wrong.")
    operations.restore_evidence(agency=inside, actor=bob, evidence=note)
    assert standing(confirmed) == (State.COMPLETED, bob, alice)
    assert states_that_differ() == []
    with pytest.raises(NotRemoved):
        operations.restore_evidence(agency=inside, actor=bob, evidence=note)


@pytest.mark.parametrize("who", ["somebody else", "later"])
def test_otherwise_only_the_piece_comes_back(
    inside: Agency, confirmed: ActionItem, alice: User, bob: User, who: str
) -> None:
    note = note_of(confirmed)
    operations.remove_evidence(agency=inside, actor=bob, evidence=note, reason="Wrong.")
    if who == "later":
        operations.add_note(agency=inside, actor=alice, item=confirmed, text="Another.")
    restorer = alice if who == "somebody else" else bob
    operations.restore_evidence(agency=inside, actor=restorer, evidence=note)
    assert standing(confirmed) == (State.IN_PROGRESS, None, None)
    assert states_that_differ() == []


def test_a_claim_that_waited_waits_again(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = claimed(inside, bob, item_of(led.open))
    note = note_of(item)
    operations.remove_evidence(agency=inside, actor=bob, evidence=note)
    operations.restore_evidence(agency=inside, actor=bob, evidence=note)
    assert standing(item) == (State.READY, bob, None)


def test_what_was_removed_can_be_read_and_put_back_on_the_page(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, visit: Callable[[User], Any]
) -> None:
    item = item_of(led.open)
    note = operations.add_note(agency=inside, actor=bob, item=item, text="First line.\nSecond line.")
    operations.remove_evidence(agency=inside, actor=bob, evidence=note)
    here = [inside.slug, led.open.pk, item.key]
    page = visit(carol).get(reverse("item", args=here)).content.decode()
    assert "Second line." in page
    assert reverse("evidence_restore", args=[*here, note.pk]) in page
    assert visit(carol).post(reverse("evidence_restore", args=[*here, note.pk])).status_code == 302
    assert Evidence.objects.get(pk=note.pk).removed_at is None


def test_what_was_removed_is_named_to_whom_its_app_names_it(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Callable[[User], Any]
) -> None:
    """Finance sees no coaching: neither while it stands as evidence nor once it is removed."""
    coach_team(inside, alice, led.open)
    item, fin = item_of(led.open, "4.2"), person("Fin")
    people.add_member(agency=inside, actor=alice, user=fin, roles=(Role.FINANCE,))
    made = operations.add_object(agency=inside, actor=bob, item=item, kind=COACHING_KIND, object_id=led.open.pk)
    operations.remove_evidence(agency=inside, actor=bob, evidence=made)
    for user, told in ((fin, False), (alice, True)):
        seen = ActionItem.objects.seen_by(seat(inside, user)).get(pk=item.pk)
        assert [(each.title == made.title, each.is_withheld) for each in removed_of(seat(inside, user), seen)] == [
            (told, not told)
        ]
    url = reverse("item", args=[inside.slug, led.open.pk, "4.2"])
    removed = visit(fin).get(url).context["removed"]
    assert [row.title for row in removed] == [str(made.get_kind_display())]
