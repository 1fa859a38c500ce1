"""Who hears of a claim, a confirmation, and an item that opened again."""

from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice
from delivery.naming import in_words
from ssu import operations
from ssu.models import Evidence
from tests.ssu.conftest import claimed, item_of


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__name", "kind"))


def test_claim_is_told_to_those_who_may_confirm_and_not_to_the_claimant(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User
) -> None:
    claimed(inside, bob, item_of(led.open))
    assert told() == [("Alice", "item_ready")]
    claimed(inside, carol, item_of(led.open, "2.1"))
    assert sorted(told()[1:]) == [("Alice", "item_ready"), ("Bob", "item_ready")]


def test_claimant_hears_of_confirmation_and_of_opening_again(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item)
    operations.remove_evidence(agency=inside, actor=alice, evidence=Evidence.objects.get(item=item), reason="Wrong.")
    assert told()[1:] == [("Bob", "item_confirmed"), ("Bob", "item_reopened")]


def test_nobody_hears_of_taking_back_the_own_claim(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    operations.undo_item(agency=inside, actor=bob, item=claimed(inside, bob, item_of(led.open)))
    assert told() == [("Alice", "item_ready")]


def test_closed_unit_is_called_by_its_alias(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    claimed(inside, bob, item_of(led.closed))
    [text] = in_words(Notice.objects.all())
    assert text == "Project Cedar: item 1.1 is claimed and waits for confirmation."
