"""Claim, confirm, undo, set aside: the rules of an action item, each with its negative control."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from ssu import operations
from ssu.models import ActionItem, Evidence, ItemEvent, State
from ssu.operations import items
from ssu.operations.archived import UnitArchived
from ssu.operations.undoing import NothingToUndo, UndoReason
from tests.ssu.conftest import claimed, item_of, noted


def kinds(item: ActionItem) -> list[str]:
    return list(ItemEvent.objects.filter(item=item).order_by("pk").values_list("kind", flat=True))


def test_claim_without_evidence_is_refused(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    with pytest.raises(items.NoEvidence):
        operations.claim_item(agency=inside, actor=bob, item=item_of(led.open))
    assert item_of(led.open).state == State.NOT_STARTED


def test_claim_with_evidence_then_confirm_by_another(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = noted(inside, bob, item_of(led.open))
    assert item.state == State.IN_PROGRESS
    ready = operations.claim_item(agency=inside, actor=bob, item=item)
    assert (ready.state, ready.claimed_by) == (State.READY, bob)
    done = operations.confirm_item(agency=inside, actor=alice, item=ready)
    assert (done.state, done.claimed_by, done.confirmed_by) == (State.COMPLETED, bob, alice)
    assert kinds(item) == ["evidence_added", "claimed", "confirmed"]


def test_claimant_never_confirms_own_claim(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = claimed(inside, bob, item_of(led.open))
    with pytest.raises(items.OwnClaim):
        operations.confirm_item(agency=inside, actor=bob, item=item)
    assert item_of(led.open).state == State.READY


def test_database_refuses_own_confirmation_whatever_the_code_says(
    inside: Agency, led: SimpleNamespace, bob: User
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    with pytest.raises(DatabaseError, match="nobody_confirms_own_claim"), transaction.atomic():
        ActionItem.objects.filter(pk=item.pk).update(state=State.COMPLETED, confirmed_by=bob)


def test_spouse_does_not_confirm(inside: Agency, led: SimpleNamespace, bob: User, carol: User, alice: User) -> None:
    from ssu.models import Worker

    one, other = Worker.objects.get(membership__user=bob), Worker.objects.get(membership__user=carol)
    operations.marry(agency=inside, actor=alice, one=one, other=other)
    item = claimed(inside, bob, item_of(led.open))
    with pytest.raises(items.SpouseClaim):
        operations.confirm_item(agency=inside, actor=carol, item=item)
    Worker.objects.filter(pk__in=[one.pk, other.pk]).update(spouse=None)
    assert operations.confirm_item(agency=inside, actor=carol, item=item).state == State.COMPLETED


def test_unclaimed_item_is_not_confirmed(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    with pytest.raises(items.NotReady):
        operations.confirm_item(agency=inside, actor=alice, item=noted(inside, bob, item_of(led.open)))


def test_undo_takes_back_one_act_at_a_time(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item)
    assert operations.undo_item(agency=inside, actor=alice, item=item, reason="Too early.").state == State.READY
    assert operations.undo_item(agency=inside, actor=bob, item=item).state == State.IN_PROGRESS
    with pytest.raises(NothingToUndo):
        operations.undo_item(agency=inside, actor=bob, item=item)
    assert kinds(item) == ["evidence_added", "claimed", "confirmed", "undone", "undone"]


def test_somebody_else_s_act_is_taken_back_with_a_reason_that_stands_on_the_item(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    with pytest.raises(UndoReason):
        operations.undo_item(agency=inside, actor=alice, item=item, reason=" ")
    back = operations.undo_item(agency=inside, actor=alice, item=item, reason="Who prays there?")
    assert (back.state, back.reason) == (State.IN_PROGRESS, "Who prays there?")
    again = claimed(inside, bob, item)
    assert item_of(led.open).reason == ""
    confirmed = operations.confirm_item(agency=inside, actor=alice, item=again)
    operations.undo_item(agency=inside, actor=alice, item=confirmed)  # the own slip
    with pytest.raises(UndoReason):  # what would go now is Bob's claim
        operations.undo_item(agency=inside, actor=alice, item=item)


def test_not_applicable_needs_a_reason(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    item = item_of(led.open)
    with pytest.raises(items.ReasonMissing):
        operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="  ")
    aside = operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="The team is one family.")
    assert (aside.state, aside.reason) == (State.NOT_APPLICABLE, "The team is one family.")


def test_completed_item_is_undone_before_it_is_set_aside(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item)
    with pytest.raises(items.AlreadyCompleted):
        operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="No.")


def test_events_are_never_changed(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = claimed(inside, bob, item_of(led.open))
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemEvent.objects.filter(item=item).update(reason="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemEvent.objects.filter(item=item).delete()


def test_audit_calls_a_closed_unit_by_its_alias(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    claimed(inside, bob, item_of(led.closed))
    label = AuditEntry.objects.filter(verb="claim item").values_list("label", flat=True).get()
    assert label == "Project Cedar: 1.1"


def test_the_words_of_a_claim_become_its_note(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = operations.claim_item(agency=inside, actor=bob, item=item_of(led.open), note="We met.\nAll agreed.")
    assert item.state == State.READY
    assert list(Evidence.objects.filter(item=item).values_list("kind", "text")) == [("note", "We met.\nAll agreed.")]


def test_a_claim_that_is_refused_leaves_no_note(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    operations.add_own_item(
        agency=inside, actor=alice, step=2, wording="Sign the covenant", for_all=True, evidence_kind="file"
    )
    item = ActionItem.objects.get(unit=led.open, own_item__isnull=False)
    with pytest.raises(items.EvidenceOfKind):
        operations.claim_item(agency=inside, actor=bob, item=item, note="We met.")
    assert not Evidence.objects.filter(item=item).exists()


def test_nothing_changes_in_a_unit_that_is_put_away(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Callable[[User], Any]
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=True)
    given: dict[str, Any] = {"agency": inside, "actor": alice, "item": item}
    other: dict[str, Any] = {**given, "item": item_of(led.open, "2.1")}
    for act in (
        lambda: operations.confirm_item(**given),
        lambda: operations.undo_item(**given, reason="No."),
        lambda: operations.add_note(**other, text="Two of them"),
        lambda: operations.set_not_applicable(**other, reason="None."),
        lambda: operations.plan_item(**other, due_on=None, assignee=None),
        lambda: operations.remove_evidence(agency=inside, actor=alice, evidence=Evidence.objects.get(item=item)),
    ):
        with pytest.raises(UnitArchived):
            act()
    page = visit(alice).get(reverse("item", args=[inside.slug, led.open.pk, "2.1"])).content.decode()
    assert ("is archived" in page, "Claim as done" in page) == (True, False)
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=False)
    assert operations.confirm_item(**given).state == State.COMPLETED
