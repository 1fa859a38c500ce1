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
class Block:
    """A piece of prose as it is read: a heading, paragraphs, items of a numbered list."""

    title: str
    paragraphs: list[str]
    items: list[str]


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
    """Prose as it is read. Lines `1. …` are items of a list."""
    found = []
    for section in starter.sections_of(words):
        pieces = [piece for piece in section.body.split("\n\n") if piece.strip()]
        listed = [piece for piece in pieces if is_list(piece)]
        items = [line.partition(". ")[2] for piece in listed for line in piece.splitlines()]
        found.append(Block(section.title, [piece for piece in pieces if not is_list(piece)], items))
    return found


def is_list(piece: str) -> bool:
    """Whether every line begins with a number."""
    return all(line.partition(". ")[0].isdigit() for line in piece.splitlines())
