"""On which day a moment falls in the pages of an alliance."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django.template import Context, Template

from alliances.models import Alliance


def test_moments_are_dated_by_the_calendar_of_the_alliance() -> None:
    moment = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    words = {}
    for zone in ("UTC", "America/Chicago"):
        request = SimpleNamespace(alliance_seat=SimpleNamespace(alliance=Alliance(time_zone=zone)))
        page = Template("{% load alliance %}{% day moment %}|{% day nothing %}")
        words[zone] = page.render(Context({"request": request, "moment": moment, "nothing": None}))
    assert words == {"UTC": "22 Nov 2026|", "America/Chicago": "21 Nov 2026|"}
