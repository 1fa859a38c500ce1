"""The eight things that the model promises, in the words of its source text (`data/six_steps.txt`)."""

import re
from functools import cache

from ssu.steps import SOURCE

BENEFIT = re.compile(r"^\s*([1-8])\.\s+(.+)$")


@cache
def benefits() -> tuple[str, ...]:
    """The eight promises in their order, each a sentence."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    return tuple(found[2].strip() for line in lines if (found := BENEFIT.match(line)))
