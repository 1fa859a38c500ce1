"""The six steps and their eleven action items, in the words of their source text (`data/six_steps.txt`)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "six_steps.txt"
STEP = re.compile(r"^Step (\d):\s+(.+)$")
ITEM = re.compile(r"^\s*• Action item - (.+)$")
SHORT = ("Unit", "Goal", "Dialogue", "Coach", "Message", "System")


@dataclass(frozen=True)
class Item:
    """An action item: `key` is "5.2" for the second of step 5."""

    key: str
    wording: str


@dataclass(frozen=True)
class Step:
    """A step: its number, a word for narrow columns, its sentence and its items."""

    number: int
    short: str
    sentence: str
    items: tuple[Item, ...]


@cache
def all_steps() -> tuple[Step, ...]:
    """The steps in order, read from the source text."""
    found: list[tuple[int, str, list[str]]] = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        step, item = STEP.match(line), ITEM.match(line)
        if step:
            found.append((int(step[1]), step[2].strip(), []))
        elif item and found:
            found[-1][2].append(item[1].strip())
    return tuple(made(number, sentence, wordings) for number, sentence, wordings in found)


def made(number: int, sentence: str, wordings: list[str]) -> Step:
    items = tuple(Item(f"{number}.{place}", wording) for place, wording in enumerate(wordings, start=1))
    return Step(number, SHORT[number - 1], " ".join(sentence.split()).removesuffix(":"), items)


@cache
def wording(key: str) -> str:
    """The words of an item by its key, "" for a key that is none of the eleven."""
    return next((item.wording for step in all_steps() for item in step.items if item.key == key), "")


def step(number: int) -> Step:
    """A step by its number, 1 to 6."""
    return all_steps()[number - 1]


def shown_number(key: str, step: int) -> str:
    """How an item is numbered for people: "5.2" by its key; the first that the agency added, to step 2, is "2 +1"."""
    return f"{step} +{key.removeprefix('own-')}" if key.startswith("own-") else key
