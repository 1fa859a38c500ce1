"""The inventory of current tactics: kept, adapted, stopped; and what it proves."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from ssu import evidence, operations, starter
from ssu.models import State, Tactic, Worker
from ssu.operations.tactics import (
    INVENTORY_KIND,
    NotOnTheTeam,
    ReasonMissing,
    TacticGone,
    TacticThere,
)
from tests.ssu.conftest import item_of
from tests.ssu.test_lists import counted


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


@pytest.fixture
def act(inside: Agency, led: SimpleNamespace, bob: User) -> dict[str, Any]:
    return {"agency": inside, "actor": bob}


def trouble(unit_id: int) -> str:
    return evidence.things([(INVENTORY_KIND, unit_id)])[(INVENTORY_KIND, unit_id)].trouble


def test_a_decision_is_dated_and_a_change_is_explained(act: dict[str, Any], led: SimpleNamespace, bob: User) -> None:
    row = operations.add_tactic(**act, unit=led.open, what="Newsletters")
    assert (row.decision, row.decided_at) == ("", None)
    with pytest.raises(ReasonMissing):
        operations.edit_tactic(**act, tactic=row, decision="stop", why=" ")
    row = operations.edit_tactic(**act, tactic=row, decision="stop", why="One letter of the unit.")
    assert (row.decided_by, row.decided_at is not None) == (bob, True)
    with pytest.raises(TacticThere):
        operations.add_tactic(**act, unit=led.open, what="Newsletters")
    stranger = operations.add_worker(**act, name="Nobody here")
    with pytest.raises(NotOnTheTeam):
        operations.edit_tactic(**act, tactic=row, who=stranger, why="x")
    mine = Worker.objects.get(membership__user=bob)
    assert operations.edit_tactic(**act, tactic=row, who=mine, why="x").who == mine


def test_a_row_is_taken_off_and_put_back(act: dict[str, Any], led: SimpleNamespace) -> None:
    row = operations.add_tactic(**act, unit=led.open, what="Visits", decision="keep")
    operations.remove_tactic(**act, tactic=row)
    with pytest.raises(TacticGone):
        operations.remove_tactic(**act, tactic=row)
    other = operations.add_tactic(**act, unit=led.open, what="Visits")
    with pytest.raises(TacticThere):
        operations.restore_tactic(**act, tactic=row)
    operations.remove_tactic(**act, tactic=other)
    operations.restore_tactic(**act, tactic=row)
    assert list(Tactic.objects.filter(removed_at=None)) == [row]


def test_the_starter_pack_is_added_once_undecided(act: dict[str, Any], led: SimpleNamespace) -> None:
    many = len(starter.entries(act["agency"], "tactics"))
    assert operations.begin_inventory(**act, unit=led.open) == many > 5
    assert operations.begin_inventory(**act, unit=led.open) == 0
    assert Tactic.objects.filter(unit=led.open, decision="").count() == many


def test_it_proves_something_while_every_tactic_is_decided(
    act: dict[str, Any], led: SimpleNamespace, alice: User
) -> None:
    assert trouble(led.open.pk) == "Nothing is on the inventory of current tactics."
    assert next(offer for offer in evidence.offered(led.open, "3.2") if offer[0] == INVENTORY_KIND)[2] == []
    row = operations.add_tactic(**act, unit=led.open, what="Visits", decision="keep")
    operations.add_tactic(**act, unit=led.closed, what="Letters")
    assert (trouble(led.open.pk), trouble(led.closed.pk)) == (
        "",
        "Not decided yet in the inventory of current tactics: 1 of 1.",
    )
    item = item_of(led.open, "6.2")
    operations.add_object(**act, item=item, kind=INVENTORY_KIND, object_id=led.open.pk)
    operations.claim_item(**act, item=item)
    operations.edit_tactic(**act, tactic=row, what="Visits at home", decision="keep")
    assert item_of(led.open, "6.2").state == State.READY
    operations.add_tactic(**act, unit=led.open, what="Appeals")
    assert item_of(led.open, "6.2").state == State.IN_PROGRESS
    assert "not complete any more" in item_of(led.open, "6.2").reason


def test_the_page_changes_rows_and_keeps_those_of_closed_units_back(
    act: dict[str, Any], led: SimpleNamespace, alice: User, bob: User, carol: User, dan: User, mallory: User, visit: Any
) -> None:
    member, board, leader, page = visit(carol), visit(dan), visit(bob), at("tactics", led.open.pk)
    assert member.post(at("tactic_add", led.open.pk), {"what": "Coffee <b>"}).status_code == 302
    assert "Coffee &lt;b&gt;" in board.get(page).content.decode()
    assert board.post(at("tactic_add", led.open.pk), {"what": "Tea"}).status_code == 403
    row = Tactic.objects.get()
    wrong = member.post(at("tactic_edit", led.open.pk, row.pk), {"what": "Coffee", "decision": "stop"})
    assert wrong.status_code == 422
    assert "Say why" in wrong.content.decode()
    assert member.post(at("tactic_remove", led.open.pk, row.pk)).status_code == 302
    assert "Coffee" not in board.get(page).content.decode().split("data-toasts")[0]
    assert member.post(at("tactic_restore", led.open.pk, row.pk)).status_code == 302
    operations.add_tactic(**act, unit=led.closed, what="Secret suppers")
    hidden = at("tactics", led.closed.pk)
    assert "Secret suppers" in leader.get(hidden).content.decode()
    assert "Secret suppers" not in board.get(hidden).content.decode()
    assert visit(mallory).get(page).status_code == 404
    assert leader.get(at("tactic_edit", led.closed.pk, row.pk)).status_code == 404


def test_the_page_takes_few_queries_whatever_is_on_it(
    act: dict[str, Any], led: SimpleNamespace, bob: User, visit: Any
) -> None:
    browser, counts = visit(bob), []
    for number in range(50):
        operations.add_tactic(**act, unit=led.open, what=f"Tactic {number}")
        if number in (0, 2, 49):
            counts.append(counted(browser, at("tactics", led.open.pk)))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 20
