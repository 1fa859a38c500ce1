"""What a person is asked stands once on the landing page."""

from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications import operations
from delivery.models import Task


def rows(visit: Any, user: User, agency: Agency) -> list[str]:
    """The titles of the card, [] without one."""
    cards = visit(user).get(reverse("home", args=[agency.slug])).context["cards"]
    return [row.title for card in cards if card.id == "asked" for row in card.rows]


def test_what_is_to_be_read_is_not_told_a_second_time_as_a_task(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    carol: User,
    visit: Any,
) -> None:
    assert rows(visit, carol, inside) == []
    row = operations.begin_guidelines(agency=inside, actor=bob, unit=led.open, words={"tone": "Warm."})
    operations.submit_guidelines(agency=inside, actor=bob, guidelines=row)
    operations.approve_guidelines(agency=inside, actor=alice, guidelines=row)
    assert Task.objects.filter(user=carol, about__startswith="read ").count() == 1
    Task.objects.create(user=carol, kind="item_assigned", text="Write the plan", about="plan 1")
    assert rows(visit, carol, inside) == ["Read and acknowledge the guidelines of Riverbend", "Write the plan"]
    operations.acknowledge(agency=inside, actor=carol, words=row)
    assert rows(visit, carol, inside) == ["Write the plan"]
