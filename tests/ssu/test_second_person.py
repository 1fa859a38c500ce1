"""A married couple counts as one person wherever two are needed, by the record and by the mailbox (ADR 12)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from ssu import operations
from ssu.models import State, Worker
from ssu.operations.items import SpouseClaim
from ssu.operations.second_person import SpouseActed
from ssu.queries.second_person import is_another_person
from tests.cast import spouse_of
from tests.ssu.conftest import claimed, item_of


def administrator(agency: Agency, actor: User, user: User) -> User:
    people.add_member(agency=agency, actor=actor, user=user, roles=(Role.ADMINISTRATOR,))
    return user


@pytest.fixture
def pia(inside: Agency, alice: User) -> User:
    """Alice's spouse by mailbox; nobody married their records, which neither of them has."""
    return administrator(inside, alice, spouse_of(alice, "Pia"))


@pytest.fixture
def rob(inside: Agency, alice: User, bob: User) -> User:
    """Alice's spouse by the records of who serves; each has an address."""
    administrator(inside, alice, bob)
    one, other = (operations.worker_of(Membership.objects.get(user=user)) for user in (alice, bob))
    operations.marry(agency=inside, actor=alice, one=one, other=other)
    return bob


@pytest.fixture(params=["pia", "rob"])
def spouse(request: pytest.FixtureRequest) -> User:
    found: User = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def other(inside: Agency, alice: User, carol: User) -> User:
    """An administrator who is married to neither."""
    return administrator(inside, alice, carol)


def test_a_claim(inside: Agency, units: SimpleNamespace, alice: User, spouse: User, other: User) -> None:
    for claimant, confirmer in ((alice, spouse), (spouse, alice)):
        item = claimed(inside, claimant, item_of(units.open))
        with pytest.raises(SpouseClaim):
            operations.confirm_item(agency=inside, actor=confirmer, item=item)
        operations.undo_item(agency=inside, actor=other, item=item, reason="Not yet.")
    item = claimed(inside, alice, item_of(units.open, "1.1"))
    assert operations.confirm_item(agency=inside, actor=other, item=item).state == State.COMPLETED


def test_a_goal(inside: Agency, units: SimpleNamespace, alice: User, spouse: User, other: User) -> None:
    goal = operations.add_goal_version(agency=inside, actor=alice, unit=units.open, statement="All hear.")
    with pytest.raises(SpouseActed):
        operations.approve_goal(agency=inside, actor=spouse, goal=goal)
    assert operations.approve_goal(agency=inside, actor=other, goal=goal).approved_by == other


def test_the_level_of_a_unit(inside: Agency, units: SimpleNamespace, alice: User, spouse: User, other: User) -> None:
    asked = operations.ask_lowering(agency=inside, actor=alice, unit=units.closed, level="open", reason="Home again")
    given: dict[str, Any] = {"agency": inside, "lowering": asked}
    with pytest.raises(SpouseActed):
        operations.answer_lowering(actor=spouse, agree=True, **given)
    assert operations.answer_lowering(actor=other, agree=True, **given).discretion == "open"


def test_a_spouse_declines_like_whoever_asked(
    inside: Agency, units: SimpleNamespace, alice: User, spouse: User
) -> None:
    asked = operations.ask_lowering(agency=inside, actor=alice, unit=units.closed, level="open", reason="Home again")
    unit = operations.answer_lowering(agency=inside, actor=spouse, lowering=asked, agree=False)
    assert unit.discretion == "closed"


def test_the_level_of_a_person(inside: Agency, alice: User, spouse: User, other: User) -> None:
    ann = operations.add_worker(agency=inside, actor=alice, name="Ann Marlowe", last_name="Marlowe")
    Worker.objects.filter(pk=ann.pk).update(discretion="closed", alias="Finch")
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=ann, level="open", reason="Home")
    given: dict[str, Any] = {"agency": inside, "lowering": asked}
    with pytest.raises(SpouseActed):
        operations.answer_person_lowering(actor=spouse, agree=True, **given)
    assert operations.answer_person_lowering(actor=other, agree=True, **given).discretion == "open"


def test_pages_offer_what_goes_through(
    inside: Agency, units: SimpleNamespace, alice: User, pia: User, other: User, visit: Callable[[User], Any]
) -> None:
    """The buttons of the second person: for somebody else, and not for the spouse."""
    operations.add_goal_version(agency=inside, actor=alice, unit=units.open, statement="All hear.")
    operations.ask_lowering(agency=inside, actor=alice, unit=units.closed, level="open", reason="Home again")
    claimed(inside, alice, item_of(units.open))
    pages = {
        reverse("item", args=[inside.slug, units.open.pk, "1.1"]): "/1.1/confirm/",
        reverse("goal", args=[inside.slug, units.open.pk]): "/approve/",
        reverse("unit_edit", args=[inside.slug, units.closed.pk]): 'value="agree"',
    }
    for page, button in pages.items():
        shown = [button in visit(user).get(page).content.decode() for user in (alice, pia, other)]
        assert shown == [False, False, True], page
    said = visit(pia).get(next(iter(pages))).content.decode()
    assert "Your spouse claimed it." in said


def test_three_readers_of_one_mailbox_are_one_family(inside: Agency, alice: User, pia: User, carol: User) -> None:
    """A second sharer may come by another agency."""
    third = spouse_of(alice, "Paul")
    couples = [(alice, pia), (pia, alice), (pia, third), (third, pia), (alice, alice)]
    assert [is_another_person(one.pk, two.pk) for one, two in couples] == [False] * 5
    assert is_another_person(alice.pk, carol.pk, None)
    assert not is_another_person(alice.pk, carol.pk, pia.pk)
