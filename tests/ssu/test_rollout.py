"""Declaring a roll-out complete, steps that wait, and what the landing pages ask."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import proofs
from agencies.models import Agency, Role
from ssu import operations, queries
from ssu.models import ActionItem, RollOut, Unit
from ssu.operations import rollout
from tests.ssu.conftest import claimed, coach_team, item_of, overdue, seat


def complete(agency: Agency, unit: Unit, claimant: User, confirmer: User) -> None:
    """The team coached, every item of a unit claimed and confirmed."""
    coach_team(agency, confirmer, unit)
    for item in ActionItem.objects.filter(unit=unit).in_order():
        operations.confirm_item(agency=agency, actor=confirmer, item=claimed(agency, claimant, item))


def test_declaring_needs_every_item(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    with pytest.raises(rollout.NotAllConfirmed, match=r"1\.1, 2\.1"):
        operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    complete(inside, led.open, bob, alice)
    declared = operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    assert (declared.declared_by, declared.declared_on) == (bob, inside.today())
    with pytest.raises(rollout.AlreadyDeclared):
        operations.declare_complete(agency=inside, actor=bob, unit=led.open)


def test_item_not_applicable_counts_as_settled(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    complete(inside, led.open, bob, alice)
    item = item_of(led.open, "6.2")
    operations.undo_item(agency=inside, actor=alice, item=item)
    operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="No partners yet.")
    assert operations.declare_complete(agency=inside, actor=bob, unit=led.open).pk


def test_button_appears_only_when_all_is_settled_and_says_who(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Callable[[User], Any]
) -> None:
    browser, url = visit(bob), reverse("rollout", args=[inside.slug, led.open.pk])
    assert "Declare roll-out complete" not in browser.get(url).content.decode()
    complete(inside, led.open, bob, alice)
    assert "Declare roll-out complete" in browser.get(url).content.decode()
    assert browser.post(reverse("rollout_declare", args=[inside.slug, led.open.pk]), {}).status_code == 302
    page = browser.get(url).content.decode()
    assert "Declared complete by Bob" in page
    assert "Declare roll-out complete" not in page


def test_later_undo_leaves_the_declaration(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    complete(inside, led.open, bob, alice)
    operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    operations.undo_item(agency=inside, actor=alice, item=item_of(led.open))
    assert RollOut.objects.filter(unit=led.open).count() == 1


def test_step_says_what_it_waits_for(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Callable[[User], Any]
) -> None:
    page = visit(bob).get(reverse("rollout", args=[inside.slug, led.open.pk]))
    waiting = {step.number: bool(step.waits_for) for step in page.context["steps"]}
    assert waiting == {1: False, 2: True, 3: True, 4: True, 5: True, 6: True}


def test_landing_pages_of_a_leader(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    mine = queries.my_units(seat(inside, bob))
    assert [(each.unit.shown_name, each.roles, each.progress.settled) for each in mine] == [
        ("Riverbend", (Role.LEADER,), 0),
        ("Tamrin People", (Role.LEADER,), 0),
    ]
    late = inside.today() - timedelta(days=3)
    overdue(item_of(led.open), late)
    upcoming = queries.next_items(seat(inside, bob))
    assert [(each.item.unit_name, each.item.key, each.days_late) for each in upcoming] == [
        ("Riverbend", "1.1", 3),
        ("Tamrin People", "1.1", 0),
    ]


def test_waiting_for_confirmation_leaves_out_own_claims_and_other_units(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, alice: User, dan: User
) -> None:
    claimed(inside, bob, item_of(led.open))
    claimed(inside, carol, item_of(led.open, "2.1"))
    claimed(inside, alice, item_of(led.careful))

    def waiting(user: User) -> list[tuple[str, str]]:
        found = queries.waiting_for_confirmation(seat(inside, user))
        return [(item.unit_name, item.key) for item in found]

    assert waiting(bob) == [("Riverbend", "2.1")]
    assert waiting(alice) == [("Riverbend", "1.1"), ("Riverbend", "2.1")]
    assert waiting(carol) == []
    assert waiting(dan) == []


def test_proof_names_an_item_whose_state_is_not_what_its_events_say(
    inside: Agency, led: SimpleNamespace, bob: User
) -> None:
    claimed(inside, bob, item_of(led.open))
    assert [finding.holds for finding in proofs.prove(inside, "rollout")] == [True]
    ActionItem.objects.filter(unit=led.open, key="2.1").update(state="in_progress")
    [finding] = proofs.prove(inside, "rollout")
    assert finding.differences == ["Riverbend, item 2.1: kept as in_progress, events say not_started."]
