"""Small parts that several pages are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.days import day_in_words
from agencies.models import Agency
from core.bidi import isolated
from ssu.models import State
from ssu.models.discretion import SOMEBODY

TONES = {
    State.NOT_STARTED: "none",
    State.IN_PROGRESS: "prog",
    State.READY: "warn",
    State.COMPLETED: "done",
    State.NOT_APPLICABLE: "none",
}
KEPT = _("kept back")
"""In the place of a fact that is not for whom the unit is closed."""
KEPT_BACK = _("Kept back: this unit is closed, and its texts are for those who serve in it.")


@dataclass(frozen=True)
class Task:
    """A line of `components/task_list.html`."""

    title: str
    url: str
    meta: str
    status: str
    tone: str
    note: str
    done: bool
    current: bool
    number: str
    key: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of `components/facts.html`."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in use, for `components/chips.html`."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Link:
    """A link, as in a breadcrumb."""

    label: str
    url: str


def in_a_sentence(sentence: str, name: str) -> str:
    """A sentence that begins with who did it, at `%(name)s`. Names stay as people write them."""
    return sentence % {"name": capfirst(name) if name == str(SOMEBODY) else isolated(name)}


def by_on(agency: Agency, name: str, moment: date | datetime | None, words: str = "") -> str:
    """Who, and on which day; `words` say it otherwise, at `%(name)s` and `%(day)s`."""
    day = day_in_words(agency, moment) if moment else ""
    return (words or _("%(name)s, %(day)s")) % {"name": isolated(name), "day": day}


def initials(name: str) -> str:
    """The first letters of the first and last word, for the round mark in a timeline."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
