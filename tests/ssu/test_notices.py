"""Who hears of a claim, a confirmation, and an item that opened again."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice
from delivery.naming import in_words, worded
from ssu import operations
from ssu.models import ActionItem, Evidence, Unit
from tests.ssu.conftest import claimed, item_of, seat


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


NAMED = "“1.1 Our organization’s SSU”"


def texts(agency: Agency, kind: str, user: User) -> list[str]:
    """What somebody reads in the app."""
    found = Notice.objects.filter(user=user, kind=kind).order_by("pk")
    return [each.text for each in worded(seat(agency, user), found)]


def test_closed_unit_is_called_by_its_alias_and_nobody_of_its_team_is_named(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    claimed(inside, bob, item_of(led.closed))
    rest = f"claimed {NAMED} as done. Look at the evidence, then confirm it."
    assert in_words(Notice.objects.all()) == [f"Project Cedar: somebody of the team {rest}"]
    assert texts(inside, "item_ready", alice) == [f"Tamrin People: Bob {rest}"]


def test_what_was_told_of_an_open_unit_names_nobody_once_it_is_closed(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, dan: User
) -> None:
    own = operations.add_own_item(agency=inside, actor=alice, step=2, wording="Choose two of the village elders.")
    item = ActionItem.objects.get(unit=led.open, own_item=own)
    claimed(inside, carol, item)
    notices = Notice.objects.filter(user=alice)
    rest = "as done. Look at the evidence, then confirm it."
    before = f"Carol claimed “2 +1 Choose two of the village elders” {rest}"
    assert in_words(notices) == [f"Riverbend: {before}"]
    operations.edit_unit(
        agency=inside, actor=alice, unit=led.open, discretion="closed", alias="Project Swift", region="Highlands"
    )
    after = f"somebody of the team claimed “2 +1 An item of your agency in step 2” {rest}"
    assert in_words(notices) == [f"Project Swift: {after}"]
    assert [each.text for each in worded(seat(inside, dan), notices)] == [f"Project Swift: {after}"]
    assert [each.text for each in worded(seat(inside, alice), notices)] == [f"Riverbend: {before}"]


def test_a_mail_keeps_own_words_back_that_tell_of_another_closed_unit(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    own = operations.add_own_item(agency=inside, actor=alice, step=2, wording="Walk with the Kivu team")
    claimed(inside, bob, ActionItem.objects.get(unit=led.open, own_item=own))

    def mailed() -> str:
        return in_words(Notice.objects.filter(user=alice))[0]

    assert "“2 +1 Walk with the Kivu team”" in mailed()
    Unit.objects.filter(pk=led.closed.pk).update(name="Kivu")
    assert ("Kivu" in mailed(), "“2 +1 An item of your agency in step 2”" in mailed()) == (False, True)


def test_each_thing_that_happens_to_a_claim_has_its_sentence(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User
) -> None:
    item = operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, carol, item_of(led.open)))
    assert texts(inside, "item_confirmed", carol) == [
        f"Riverbend: Alice confirmed {NAMED}, which you claimed. There is nothing more to do."
    ]
    operations.undo_item(agency=inside, actor=bob, item=item, reason="Not yet.")
    operations.undo_item(agency=inside, actor=bob, item=item, reason="Not yet.")
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, carol, item))
    piece = Evidence.objects.filter(item=item).latest("pk")
    operations.remove_evidence(agency=inside, actor=bob, evidence=piece, reason="Wrong.")
    did = "Riverbend: Bob"
    assert texts(inside, "item_reopened", carol) == [
        f"{did} took back the confirmation of {NAMED}. Your claim waits for another; read there what is missing.",
        f"{did} took back your claim of {NAMED}. Read there what is missing, then claim it again.",
        f"{did} removed evidence of {NAMED}, so your claim is open. Add evidence, then claim it again.",
    ]
    assert texts(inside, "item_reopened", alice) == [
        f"{did} took back your confirmation of {NAMED}. Read there why.",
        f"{did} removed evidence of {NAMED}, so your confirmation fell. You are asked when it is claimed again.",
    ]


def test_what_events_have_overtaken_is_no_news(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> None:
    item = claimed(inside, bob, item_of(led.open))
    claimed(inside, bob, item_of(led.open, "2.1"))
    operations.confirm_item(agency=inside, actor=alice, item=item)
    new = Notice.objects.filter(read_at=None).order_by("pk").values_list("user__name", "kind", "url")
    page = f"/a/harbor/units/{led.open.pk}/roll-out"
    assert list(new) == [("Alice", "item_ready", f"{page}/2.1/"), ("Bob", "item_confirmed", f"{page}/1.1/")]


@pytest.mark.parametrize("count", [1, 3])
def test_notices_take_the_same_queries_however_many(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, count: int, django_assert_num_queries: Any
) -> None:
    for key in ("1.1", "2.1", "3.1")[:count]:
        claimed(inside, bob, item_of(led.open, key))
    notices, reader = list(Notice.objects.filter(user=alice)), seat(inside, alice)
    with django_assert_num_queries(4):  # the unit, the people twice, the items
        assert len(worded(reader, notices)) == count
    with django_assert_num_queries(5):  # and who ever served in what is closed
        assert len(in_words(notices)) == count


def test_what_somebody_settled_and_another_took_back_is_told_to_them(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User
) -> None:
    item = operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, carol, item_of(led.open)))
    operations.undo_item(agency=inside, actor=bob, item=item, reason="Not yet.")
    other = item_of(led.open, "6.2")
    operations.set_not_applicable(agency=inside, actor=bob, item=other, reason="Nobody writes letters.")
    operations.undo_item(agency=inside, actor=alice, item=other, reason="They do.")
    assert texts(inside, "item_reopened", alice) == [
        f"Riverbend: Bob took back your confirmation of {NAMED}. Read there why."
    ]
    (told,) = texts(inside, "item_reopened", bob)
    assert told.startswith("Riverbend: Alice took back that “6.2 ")
    assert told.endswith("does not apply, which you had said. Read there why.")
