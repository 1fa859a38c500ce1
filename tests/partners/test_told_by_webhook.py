"""What of giving webhooks are told, and what is history."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from delivery.models import WebhookEvent
from delivery.operations.webhooks import add_webhook
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners import operations
from partners.event_kinds import KINDS
from partners.models import Commitment, Gift, Partner
from partners.operations import Part
from partners.operations.commitment_events import find_events
from partners.operations.merging import merge_partners
from partners.operations.unmerging import undo_merge
from tests.imports.conftest import harbor
from tests.partners.imports.test_undo import HEAD

__all__ = ["harbor"]


def listen(agency: Agency, days: int) -> None:
    """A webhook for everything, in an agency that works with the system since so many days."""
    agency.live_on = agency.today() - timedelta(days=days)
    agency.save(update_fields=["live_on"])
    heard = [kind.name for kind in KINDS]
    add_webhook(agency=agency, actor=None, name="Books", url="https://books.example.org/", kinds=heard)


def told() -> list[tuple[str, list[int]]]:
    """(kind, ids) since the last look."""
    rows = list(WebhookEvent.objects.order_by("pk"))
    WebhookEvent.objects.all().delete()
    return [(row.kind, json.loads(row.body)["data"]["ids"]) for row in rows]


@pytest.fixture
def live(inside: Agency, add: Callable[..., Partner], places: SimpleNamespace) -> Agency:
    listen(inside, 10)
    return inside


def test_the_life_of_a_gift(
    live: Agency,
    alice: User,
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    giver = add("Moab")
    assert told() == [("partner.changed", [giver.pk])]
    gift = giving(giver, (places.mine, 5000))
    assert told() == [("gift.posted", [gift.pk])]
    given: dict[str, Any] = {"agency": live, "actor": alice, "gift": gift}
    operations.refund_gift(**given, amount=Money(1000, "USD"), on=gift.date, reason="card", key="r")
    assert told() == [("gift.reversed", [gift.pk])]
    other = giving(giver, (places.mine, 700))
    assert told() == [("gift.posted", [other.pk])]
    again = operations.correct_gift(
        **{**given, "gift": other}, reason="typed wrong", key="c", parts=[Part(places.mine, Money(900, "USD"))]
    )
    assert told() == [("gift.reversed", [other.pk]), ("gift.posted", [again.replacement_id])]


def test_what_lies_before_the_go_live_date_is_history(
    live: Agency, alice: User, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    giver = add("Moab")
    told()
    old = giving(giver, (places.mine, 5000), on=live.today() - timedelta(days=11))
    operations.correct_gift(agency=live, actor=alice, gift=old, reason="never came", key="c")
    assert told() == []
    first = giving(giver, (places.mine, 5000), on=live.today() - timedelta(days=10))
    assert told() == [("gift.posted", [first.pk])]


def test_partners_who_change(live: Agency, alice: User, add: Callable[..., Partner]) -> None:
    one, two = add("Moab"), add("Moabit")
    told()
    act: dict[str, Any] = {"agency": live, "actor": alice}
    operations.update_partner(**act, partner=one, first_name="Naomi")
    assert told() == [("partner.changed", [one.pk])]
    operations.add_email(**act, partner=one, email="naomi@example.org", whose="own")
    assert told() == [("partner.changed", [one.pk])]
    (merge,) = merge_partners(**act, survivor=one, losers=[two])
    assert told() == [("partner.changed", [one.pk, two.pk])]
    undo_merge(**act, merge=merge)
    assert told() == [("partner.changed", [one.pk, two.pk])]


def test_a_late_commitment(
    live: Agency, giving: Callable[..., Gift], places: SimpleNamespace, promise: Callable[..., Commitment], add: Any
) -> None:
    live.live_on = live.today() - timedelta(days=300)
    giver = add("Moab")
    late = promise(giver, 5000, live.today() - timedelta(days=100))
    for days in (100, 70):
        giving(giver, (places.mine, 5000), on=live.today() - timedelta(days=days))
    told()
    assert [event.kind for event in find_events(agency=live)] == ["late"]
    assert told() == [("commitment.late", [late.pk])]


def apply(agency: Agency, actor: User, text: str) -> ImportRun:
    received = receive_file(agency=agency, actor=actor, name="gifts.csv", content=text.encode(), check=False)
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=received))


def test_an_import_is_told_by_hundreds_and_its_history_is_not(harbor: Agency, alice: User) -> None:
    listen(harbor, 10)
    today = harbor.today()
    rows = [
        f"9{number},{today - timedelta(days=5 if number % 2 else 400)},77{number},Name {number},0900101,10.00,USD\n"
        for number in range(300)
    ]
    run = apply(harbor, alice, HEAD + "".join(rows))
    posted = [ids for kind, ids in told() if kind == "gift.posted"]
    assert [len(ids) for ids in posted] == [100, 50]
    news = Gift.objects.filter(date__gte=harbor.live_on).order_by("pk").values_list("pk", flat=True)
    assert [pk for ids in posted for pk in ids] == list(news)
    undo_import(agency=harbor, actor=alice, run=run, reason="wrong file")
    assert [pk for kind, ids in told() if kind == "gift.reversed" for pk in ids] == list(news)


def test_partners_whom_the_undo_of_an_import_removes_are_told(harbor: Agency, alice: User) -> None:
    listen(harbor, 10)
    run = apply(harbor, alice, "donor_id,display_name,source\n771,Ann Moab,HLM\n772,Ben Moab,HLM\n")
    brought = told()
    assert [(kind, len(ids)) for kind, ids in brought] == [("partner.changed", 2)]
    undo_import(agency=harbor, actor=alice, run=run, reason="wrong file")
    assert told() == brought


def test_three_years_of_history_are_told_to_nobody(harbor: Agency, alice: User) -> None:
    listen(harbor, 0)
    rows = [
        f"9{number},{harbor.today() - timedelta(days=1 + number * 3)},77{number % 40},Name,0900101,10.00,USD\n"
        for number in range(360)
    ]
    run = apply(harbor, alice, HEAD + "".join(rows))
    assert [kind for kind, _ids in told() if kind.startswith("gift")] == []
    undo_import(agency=harbor, actor=alice, run=run, reason="wrong file")
    assert told() == []
