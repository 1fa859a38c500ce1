"""Writing direction of languages, and of names that run against the direction of the document they stand in."""

import unicodedata

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, POP_ISOLATE = "\u2066", "\u2067", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"


def direction_of(lang: str) -> str:
    """Return the writing direction, `rtl` or `ltr`, of a BCP 47 language tag."""
    return "rtl" if lang.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def isolated(text: str, direction: str) -> str:
    """Return the text so that it keeps its own order in a document of this direction.

    Without it "4099 Chapel Road" becomes "Chapel Road 4099" on an Arabic page, and a number with a hyphen turns around.
    Source: Unicode Standard Annex 9; the invisible isolates are added only where the text runs against the document.
    """
    own = first_strong(text)
    if own == direction or not text:
        return text
    opening = RIGHT_TO_LEFT_ISOLATE if own == "rtl" else LEFT_TO_RIGHT_ISOLATE
    return f"{opening}{text}{POP_ISOLATE}"


def amount_isolated(text: str, direction: str) -> str:
    """Return a formatted amount with sign, digits and currency in the order in which they are written."""
    if direction == "ltr":
        return text
    return f"{LEFT_TO_RIGHT_ISOLATE}{text.replace(RIGHT_TO_LEFT_MARK, '')}{POP_ISOLATE}"


def first_strong(text: str) -> str:
    """Return the direction of the first letter; digits and signs alone run left to right."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
