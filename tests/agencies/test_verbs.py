"""The trail is read as sentences."""

import re
from pathlib import Path

import pytest

from agencies.verbs import IRREGULAR, said

ROOT = Path(__file__).resolve().parents[2]
VERB = re.compile(r'\bverb ?= ?f?"([a-z]+)')
DOUBLES = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")
REGULAR = {"reopen", "cancel", "deliver", "edit", "offer", "open"}
"""They end like verbs that double their last letter, and are stressed before it."""


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("add team member", "added team member"),
        ("archive unit", "archived unit"),
        ("take up unit again", "took up unit again"),
        ("plan item", "planned item"),
        ("copy unit", "copied unit"),
        ("publish", "published"),
    ],
)
def test_a_verb_is_said_in_the_past(verb: str, sentence: str) -> None:
    assert said(verb) == sentence


def test_every_verb_of_the_trail_has_its_past() -> None:
    apps = [path for path in ROOT.glob("*/**/*.py") if re.match(r"[a-z]", path.relative_to(ROOT).parts[0])]
    sources = [path.read_text() for path in apps if path.relative_to(ROOT).parts[0] != "tests"]
    words = {word for source in sources for word in VERB.findall(source)}
    assert {"add", "plan", "write"} <= words
    doubled = {word for word in words if DOUBLES.search(word) or (word.endswith("y") and word[-2] not in "aeiou")}
    assert doubled - REGULAR <= set(IRREGULAR)
