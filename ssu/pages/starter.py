"""The starter pack: its parts, the words of one, and their versions."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu import starter
from ssu.models import StarterText


@dataclass(frozen=True)
class PartRow:
    """A part in the list."""

    title: str
    purpose: str
    url: str
    whose: str
    is_draft: bool


@dataclass(frozen=True)
class VersionRow:
    """A version of a part: whose words it is, and since when."""

    number: int
    what: str
    who: str
    day: str
    counts: bool


@dataclass(frozen=True)
class Piece:
    """A paragraph, or the items of a numbered list."""

    paragraph: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A part of prose as it is read: a heading, and what stands below it in order."""

    title: str
    pieces: list[Piece]


def part_rows(seat: Seat, newest: dict[str, StarterText], drafts: set[str]) -> list[PartRow]:
    """All parts, with whose words count. No query."""
    return [
        PartRow(
            title=str(part.title),
            purpose=str(part.purpose),
            url=reverse("starter_part", args=[seat.agency.slug, part.key]),
            whose=whose(seat, newest.get(part.key)),
            is_draft=part.key in drafts,
        )
        for part in starter.PARTS
    ]


def whose(seat: Seat, newest: Any) -> str:
    """Whose words count."""
    if newest is None or newest.is_original:
        return _("as it comes")
    return _("your own words, %(day)s") % {"day": day_in_words(seat.agency, newest.written_at)}


def version_rows(seat: Seat, versions: list[StarterText], names: dict[int, str]) -> list[VersionRow]:
    """All versions of a part, the newest first. No query."""
    return [
        VersionRow(
            number=each.version,
            what=_("as it comes") if each.is_original else _("own words"),
            who=names.get(each.written_by_id or 0, ""),
            day=day_in_words(seat.agency, each.written_at),
            counts=place == 0,
        )
        for place, each in enumerate(versions)
    ]


def blocks(words: str) -> list[Block]:
    """Prose as it is read. A paragraph of lines `1. …` is a list."""
    return [
        Block(section.title, [piece(text) for text in section.body.split("\n\n") if text.strip()])
        for section in starter.sections_of(words)
    ]


def piece(text: str) -> Piece:
    """A paragraph, or a list where every line begins with a number."""
    lines = [line.partition(". ") for line in text.strip().splitlines()]
    if all(number.isdigit() and dot for number, dot, _words in lines):
        return Piece(items=tuple(words for _number, _dot, words in lines))
    return Piece(paragraph=text.strip())
