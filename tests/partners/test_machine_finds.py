"""The machine finds what is wrong: one thing at a time is broken, and it says so before its steps are over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import User
from agencies.models import Agency
from funds.operations.posting import Movement
from partners.imports.undoing.undo import WITHDRAW_LINES
from partners.models import GivingUnit, Merge
from partners.operations.gift_posting import movements
from partners.operations.merge_moves import move_everything, take_back
from partners.operations.suspense import with_refunds
from tests.factories.rows import provisioner
from tests.partners.machine.whole import run_in
from tests.partners.machine.world import make_world

RUNS = 60
SOUND = 2
"""Runs that hold before anything is broken, so that what is found is the fault."""
Break = Callable[[pytest.MonkeyPatch], None]


def one_too_many(patch: pytest.MonkeyPatch) -> None:
    """The bank and the first designation get one minor unit more than was given."""

    def wrong(*arguments: Any) -> list[Movement]:
        made = movements(*arguments)
        for each in made:
            legs = list(each.legs)
            for place, minor in ((0, 1), (1, -1)):
                amount = legs[place].amount
                legs[place] = replace(legs[place], amount=replace(amount, minor=amount.minor + minor))
            object.__setattr__(each, "legs", legs)
        return made

    patch.setattr("partners.operations.gift_posting.movements", wrong)


def line_forgotten(patch: pytest.MonkeyPatch) -> None:
    """The undo of an import leaves the first line of each gift that has several."""
    first = " AND l.id > (SELECT min(o.id) FROM partners_giftline o WHERE o.gift_id = l.gift_id)"
    patch.setattr("partners.imports.undoing.undo.WITHDRAW_LINES", WITHDRAW_LINES + first)


def unit_kept(patch: pytest.MonkeyPatch) -> None:
    """The undo of a merge leaves the giving unit, and so the gifts, with whom it was merged into."""
    patch.setattr(
        "partners.operations.unmerging.take_back", lambda step: None if step.what == "givingunit" else take_back(step)
    )


def third_taken_along(patch: pytest.MonkeyPatch) -> None:
    """A merge moves the gifts of somebody who has nothing to do with it."""

    def wrong(merge: Merge) -> None:
        move_everything(merge)
        others = GivingUnit.objects.exclude(partner__in=[merge.survivor_id, merge.loser_id]).exclude(partner=None)
        others.filter(pk=others.order_by("pk").values("pk")[:1]).update(partner=merge.survivor)

    patch.setattr("partners.operations.merging.move_everything", wrong)


def refunds_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A line that leaves suspense leaves the refunds of it behind."""
    patch.setattr("partners.operations.suspense.with_refunds", lambda *arguments: with_refunds(*arguments)[:1])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "met_by"),
    [
        (one_too_many, {"give"}),
        (line_forgotten, {"bring", "undo"}),
        (unit_kept, {"give", "merge", "unmerge"}),
        (refunds_forgotten, {"give", "refund", "assign"}),
    ],
)
def test_what_is_broken_is_found(
    broken: Break, met_by: set[str], inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(inside, alice)
    run_in(world, SOUND, seeks=True, only=met_by)
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        run_in(world, RUNS, seeks=True, only=met_by)


@pytest.mark.django_db
def test_a_merge_that_moves_the_gifts_of_others_is_refused_by_the_database(
    inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(inside, alice)
    third_taken_along(monkeypatch)
    with pytest.raises(IntegrityError, match="stays with its partner"):
        run_in(world, RUNS, seeks=True)


@contextmanager
def credits_not_summed() -> Iterator[None]:
    """The monthly summary takes no credit to what is there already. Only who has all powers can break it so."""
    with provisioner() as cursor:
        cursor.execute("SELECT pg_get_functiondef('summarize_entries()'::regprocedure)")
        right = cursor.fetchall()[0][0]
        wrong = right.replace("credit = m.credit + excluded.credit", "credit = m.credit")
        assert wrong != right
        cursor.execute(wrong)
        try:
            yield
        finally:
            cursor.execute(right)


@pytest.mark.django_db
def test_a_summary_that_is_not_kept_is_found(inside: Agency, alice: User) -> None:
    world = make_world(inside, alice)
    with credits_not_summed(), pytest.raises(AssertionError):
        run_in(world, RUNS, seeks=True)
