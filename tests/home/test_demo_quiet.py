"""Staleness can be seen in the demo: one unit has been quiet beyond the agency's days, and the clock has told of it."""

from typing import Any

from accounts.models import User
from agencies.models import Agency, Role
from delivery.models import Notice
from delivery.naming import in_words
from home.demo.quiet import DAYS, fall_quiet
from ssu.models import ActionItem, Unit
from ssu.models.strategies import Strategy
from ssu.pages.item import history
from ssu.queries.quiet import QUIET, stillness
from ssu.states import fold
from tests.ssu.conftest import seat


def test_it_is_quiet_and_administrators_are_told(inside: Agency, strategy: Strategy, alice: User, bob: User) -> None:
    unit = fall_quiet(inside, {Role.ADMINISTRATOR: alice, Role.STAFF: bob}, strategy)
    still = stillness(inside, list(Unit.objects.all()))[unit.pk]
    assert (still.level, still.days) == (QUIET, inside.quiet_after_days + DAYS)
    assert in_words(list(Notice.objects.filter(user=alice, kind="unit_quiet"))) == [
        f"1 of your SSUs has been quiet for {inside.quiet_after_days} days or more."
    ]


def test_its_one_item_stands_as_its_acts_say(inside: Agency, strategy: Strategy, alice: User, bob: User) -> None:
    unit: Any = fall_quiet(inside, {Role.ADMINISTRATOR: alice, Role.STAFF: bob}, strategy)
    item = ActionItem.objects.seen_by(seat(inside, alice)).get(unit=unit, key="1.1")
    assert item.state == fold(item.events.order_by("pk").values_list("kind", flat=True))
    (day,) = history(seat(inside, alice), item)
    assert [entry.sentence for entry in day.entries] == [
        "Alice confirmed it.",
        "Bob claimed it as done.",
        "Bob added evidence.",
    ]
