"""Patterns of PostgreSQL for words that people wrote."""

import re
from collections.abc import Iterable


def whole_words(words: Iterable[str]) -> list[str]:
    r"""A pattern for each of these words, in small letters, that does not fit within a longer one: "ann lee" is not in
    "joann leeson". Every sign but letters, digits and blanks stands for itself.

    Source: PostgreSQL, "Regular Expression Constraint Escapes": `\\m` and `\\M` are the beginning and end of a word.
    """
    return [bounded(word.lower()) for word in words]


def bounded(word: str) -> str:
    """One word between its ends; an end that is no letter or digit needs none."""
    before = r"\m" if word[:1].isalnum() else ""
    after = r"\M" if word[-1:].isalnum() else ""
    return before + re.sub(r"([^\w\s])", r"\\\1", word) + after
