"""`./dev manage confirm_item`: the rules of the page hold for the command as well."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency
from ssu.models import ActionItem, ItemEvent, State
from ssu.operations import items
from tests.ssu.conftest import claimed, item_of, noted


def run(by: User | str, **changes: str) -> str:
    """Run the command for item 1.1 of the open unit and return what it prints."""
    out = StringIO()
    given = {"agency": "harbor", "unit": "U1", "item": "1.1", "by": by if isinstance(by, str) else by.sign_in}
    call_command("confirm_item", stdout=out, **{**given, **changes})
    return out.getvalue()


@pytest.fixture
def ready(inside: Agency, led: SimpleNamespace, bob: User) -> ActionItem:
    """Item 1.1 of the open unit, claimed by its leader."""
    return claimed(inside, bob, item_of(led.open))


def test_another_confirms_and_the_event_names_them(ready: ActionItem, alice: User) -> None:
    assert run(alice, note="Seen on the phone") == "1.1 of Riverbend is confirmed.\n"
    ready.refresh_from_db()
    assert (ready.state, ready.confirmed_by) == (State.COMPLETED, alice)
    last = ItemEvent.objects.filter(item=ready).latest("pk")
    assert (last.kind, last.reason) == ("confirmed", "Seen on the phone")


def test_the_claimant_never_confirms(ready: ActionItem, bob: User) -> None:
    with pytest.raises(CommandError, match="You claimed this item"):
        run(bob)
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_without_that_rule_the_claimant_would_come_as_far_as_the_database(
    ready: ActionItem, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the command has no rule of its own, so taking the operation's away is seen."""
    monkeypatch.setattr(items, "need_another", lambda item, actor: None, raising=True)
    with pytest.raises(Exception, match="nobody_confirms_own_claim"):
        run(bob)


def test_who_may_not_confirm_on_the_page_may_not_here(ready: ActionItem, dan: User, mallory: User) -> None:
    for user, said in (
        (dan, "may not confirm"),
        (mallory, "does not work in an agency"),
        ("nobody@example.org", "not work"),
    ):
        with pytest.raises(CommandError, match=said):
            run(user)
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_a_closed_unit_is_confirmed_by_those_who_may_read_it(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    claimed(inside, bob, item_of(led.closed))
    stan = User.objects.create_user(email="stan@harbor.example", name="Stan")
    people.add_member(agency=inside, actor=alice, user=stan, roles=("staff",))
    with pytest.raises(CommandError, match="may not confirm"):
        run(stan, unit="U3")
    assert run(alice, unit="U3") == "1.1 of Project Cedar is confirmed.\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "U9"}, "no unit with the code U9"),
        ({"item": "9.9"}, "no item 9.9"),
        ({"item": "2.1"}, "no open claim"),
    ],
)
def test_what_is_not_there_is_said(ready: ActionItem, alice: User, changes: dict[str, str], said: str) -> None:
    noted(ready.agency, alice, item_of(ready.unit, "2.1"))
    with pytest.raises(CommandError, match=said):
        run(alice, **changes)
