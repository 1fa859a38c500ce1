"""Dialogue and coaching on the activity page, and what a copied unit begins with."""

from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from ssu import coaching_copied, copying, operations, starter
from ssu.models import CoachingArea, CoachingSession, ModelText, Worker
from tests.ssu.conftest import coach_team, seat


def test_the_activity_tells_that_and_never_what(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, visit: Any
) -> None:
    point = starter.entries(inside, "discussion_points")[0].title
    said: dict[str, Any] = {"date": inside.today(), "points": [point], "agreed": "no", "outcome": "Canaryoutcome"}
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    leader = Worker.objects.get(membership__user=bob)
    talk = operations.write_conversation(**act, unit=led.open, worker=leader, **said)
    operations.withdraw_conversation(**act, conversation=talk, reason="Canaryreason")
    operations.write_model_text(**act, unit=led.open, text="Canarytext")
    session = coach_team(inside, alice, led.open)
    operations.withdraw_session(**act, session=session, reason="Canaryreason")
    page = visit(carol).get(reverse("unit_activity", args=[inside.slug, led.open.pk])).content.decode()
    for told in ("wrote down a conversation", "withdrew a conversation", "logged coaching", "withdrew coaching"):
        assert told in page
    assert "wrote version 1 of what the model looks like here" in page
    assert [word for word in ("Canaryoutcome", "Canaryreason", "Canarytext") if word in page] == []


def test_a_copy_begins_with_own_areas_and_words(inside: Agency, led: SimpleNamespace, alice: User, dan: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    operations.write_model_text(**act, unit=led.closed, text="In Tamrin Valley one letter a quarter")
    own = operations.add_area(**act, unit=led.closed, title="Sign language", is_required=False)
    gone = operations.add_area(**act, unit=led.closed, title="Boats")
    operations.archive_area(**act, area=gone)
    coach_team(inside, alice, led.closed)
    assert coaching_copied.counts(seat(inside, alice), led.closed) == 2
    assert coaching_copied.counts(seat(inside, dan), led.closed) == 0
    coaching_copied.copy(copying.Copying(inside, alice, led.closed, led.careful))
    made = CoachingArea.objects.get(unit=led.careful)
    assert (made.title, made.is_required, made.pk != own.pk) == ("Sign language", False, True)
    assert ModelText.objects.get(unit=led.careful).text == "In … one letter a quarter"
    assert not CoachingSession.objects.filter(unit=led.careful).exists()
