"""The starter pack: good words to begin from, so that no field starts empty.

The agency's own wording of a part goes before the one that comes with the product (`data/starter/`). Parts of lines are
read by `entries`, one `Title: sentence` a line; parts of prose by `sections`, each below a line `## Title`. Whoever
begins something of their own copies from here; a later change of the pack changes nothing that was begun.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from ssu.models import StarterText

FOLDER = Path(__file__).parent / "data" / "starter"
HEADING: Final = re.compile(r"^## +(.+)$")
PLACE: Final = re.compile(r"\{\{ *(\w+) *\}\}")


@dataclass(frozen=True)
class Part:
    """A part of the pack: `key` in addresses and in `text`, the name of its file, and what it is for."""

    key: str
    file: str
    title: Any
    purpose: Any

    @property
    def is_lines(self) -> bool:
        """Whether it is made of lines `Title: sentence`; else it is prose with headings."""
        return self.file.endswith(".txt")


@dataclass(frozen=True)
class Entry:
    """A line of the pack: a short title and what it means."""

    title: str
    sentence: str


@dataclass(frozen=True)
class Section:
    """A piece of prose below its heading; the first of a text may have none (`title` is "")."""

    title: str
    body: str


PARTS: Final = (
    Part("explanation", "explanation.md", _("The model on two pages"), _("Print it, and read it with a team.")),
    Part(
        "discussion_points",
        "discussion_points.txt",
        _("Ten points to discuss with team leaders"),
        _("Step 3: each conversation with a leader begins from them."),
    ),
    Part(
        "coaching_areas",
        "coaching_areas.txt",
        _("Eight areas of coaching"),
        _("Step 4: what every member of a team is coached in."),
    ),
    Part(
        "core_messages",
        "core_messages.md",
        _("A sample set of core messages"),
        _("Step 5: the first draft of a unit's messages begins from it."),
    ),
    Part(
        "guidelines",
        "guidelines.md",
        _("Sample guidelines and expectations"),
        _("Step 5: the first draft of a unit's guidelines begins from it."),
    ),
    Part(
        "key_donor_script",
        "key_donor_script.md",
        _("A script for key partners"),
        _("Step 6: what to say, and ask, when the shift is told to partners who carry much."),
    ),
    Part(
        "transition_notice",
        "transition_notice.md",
        _("A letter that tells of the shift"),
        _("Step 6: the letters of a wave begin from it. Words in double braces are filled in for each reader."),
    ),
    Part(
        "handover_letter",
        "handover_letter.md",
        _("A letter when a worker leaves"),
        _("The letters of a hand-over begin from it. A line that would name what is not known is left out."),
    ),
    Part(
        "tactics",
        "tactics.txt",
        _("Inventory of current tactics"),
        _("What many teams do today; each unit says what it keeps, adapts and stops."),
    ),
)


def part(key: str) -> Part | None:
    """A part by its key, None for a key that is none."""
    return next((each for each in PARTS if each.key == key), None)


@cache
def original(key: str) -> str:
    """The words that come with the product; "" for a key that is none."""
    found = part(key)
    return (FOLDER / found.file).read_text(encoding="utf-8").strip() if found else ""


def text(agency: Agency, key: str) -> str:
    """The words of a part: the agency's own if it has any, else those of the product. One query."""
    own = StarterText.objects.filter(agency=agency, key=key).order_by("-version").first()
    return original(key) if own is None or own.is_original else str(own.text)


def entries(agency: Agency, key: str) -> list[Entry]:
    """The lines of a part in order."""
    return lines_of(text(agency, key))


def sections(agency: Agency, key: str) -> list[Section]:
    """The pieces of a part in order."""
    return sections_of(text(agency, key))


def lines_of(words: str) -> list[Entry]:
    """`Title: sentence` a line. A line without a colon is a title by itself; empty lines are passed over."""
    found = (line.partition(":") for line in words.splitlines() if line.strip())
    return [Entry(title.strip(), sentence.strip()) for title, _colon, sentence in found]


def sections_of(words: str) -> list[Section]:
    """What stands before the first `## Title`, if anything does, then each piece below its heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in words.splitlines():
        heading = HEADING.match(line)
        if heading:
            found.append((heading[1].strip(), []))
        else:
            found[-1][1].append(line.rstrip())
    pieces = [Section(title, "\n".join(lines).strip()) for title, lines in found]
    return [piece for piece in pieces if piece.title or piece.body]


def filled(words: str, values: dict[str, str]) -> str:
    """Put values in the place of `{{name}}`. A line that names something unknown or empty is left out."""
    lines = [line for line in words.splitlines() if all(values.get(name) for name in PLACE.findall(line))]
    return "\n".join(PLACE.sub(lambda place: values[place[1]], line) for line in lines).strip()
