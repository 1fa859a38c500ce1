"""Page parts of higher apps."""

import pytest
from django.http import HttpRequest
from django.template import Context, Template

from core import slots


@pytest.fixture
def empty_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_slots", {})


def shout(request: HttpRequest, *, word: str) -> str:
    return f"<b>{word}!</b>"


def whisper(request: HttpRequest, *, word: str) -> str:
    return f"<i>{word}</i>"


def test_nothing_registered_draws_nothing(empty_slots: None) -> None:
    assert slots.render("corner", HttpRequest(), word="hi") == ""


def test_parts_stand_in_their_order_and_once(empty_slots: None) -> None:
    slots.register("corner", shout, order=20)
    slots.register("corner", whisper, order=10)
    slots.register("corner", shout, order=5)
    assert slots.render("corner", HttpRequest(), word="hi") == "<i>hi</i><b>hi!</b>"


def test_tag_hands_the_keywords_on(empty_slots: None) -> None:
    slots.register("corner", shout)
    page = Template('{% load slots %}{% page_slot "corner" word=name %}')
    assert page.render(Context({"request": HttpRequest(), "name": "Anna"})) == "<b>Anna!</b>"
