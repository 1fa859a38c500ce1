"""Patterns of PostgreSQL for words that people wrote."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import CharField, Func, Value

NAMELESS: Final = "…"
"""What stands in a text in the place of a name that went."""


def whole_words(words: Iterable[str]) -> list[str]:
    r"""A pattern for each of these words, in small letters, that does not fit within a longer one: "ann lee" is not in
    "joann leeson". A blank fits any number of them; every other sign but letters and digits stands for
    itself.

    Source: PostgreSQL, "Regular Expression Constraint Escapes": `\\m` and `\\M` are the beginning and end of a word.
    """
    return [bounded(word.lower()) for word in words]


def bounded(word: str) -> str:
    """One word between its ends; an end that is no letter or digit needs none."""
    before = r"\m" if word[:1].isalnum() else ""
    after = r"\M" if word[-1:].isalnum() else ""
    escaped = re.sub(r"([^\w\s])", r"\\\1", word)
    return before + re.sub(r"\s+", r"\\s+", escaped) + after


def any_of(words: Iterable[str]) -> str:
    """One pattern for any of these words, the longest first; one that fits nothing where there are none."""
    return "|".join(whole_words(sorted(words, key=len, reverse=True))) or "(?!)"


def said_without(text: str, words: Iterable[str]) -> str:
    """A text with NAMELESS for each of these words, as `nameless` has it of a column."""
    for word in sorted(words, key=len, reverse=True):
        bare = r"\s+".join(map(re.escape, word.split()))
        text = re.sub(rf"(?<!\w){bare}(?!\w)", NAMELESS, text, flags=re.IGNORECASE)
    return text


def nameless(column: Any, words: Iterable[str]) -> Func:
    """The text of a column with NAMELESS for each of these words, whole and in whatever letters."""
    told = (Value(any_of(words)), Value(NAMELESS), Value("gi"))
    return Func(column, *told, function="regexp_replace", output_field=CharField())
