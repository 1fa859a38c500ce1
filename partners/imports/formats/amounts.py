"""Amounts as other systems write them, brought into the one writing that the rules of gifts read."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_COMMA = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_COMMA_SURELY = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
MAX_DIGITS = 40
CENT = Decimal("0.01")

MONTHS = {
    "weekly": Decimal("0.23077"),
    "every2weeks": Decimal("0.46154"),
    "fortnightly": Decimal("0.46154"),
    "monthly": Decimal(1),
    "every2months": Decimal(2),
    "quarterly": Decimal(3),
    "every4months": Decimal(4),
    "semiannual": Decimal(6),
    "every6months": Decimal(6),
    "annual": Decimal(12),
    "yearly": Decimal(12),
    "every2years": Decimal(24),
    "biennial": Decimal(24),
}
"""How many months lie between two payments."""


def with_point(text: str, mark: str) -> str:
    """The amount with a decimal point, when it was written with this decimal mark; what is none stays none."""
    if mark == ".":
        return text
    found = _COMMA.fullmatch(text)
    if found is None:
        return f"{text} ({mark})" if text else ""
    sign, whole, part = found.groups()
    return f"{sign}{whole.replace('.', '')}" + (f".{part}" if part else "")


def decimal_mark(texts: list[str]) -> str:
    """The decimal mark of amounts that are all written in one way: a comma when one can be nothing else."""
    return "," if any(_COMMA_SURELY.fullmatch(text) for text in texts) else "."


def number(text: str) -> Decimal | None:
    """The number in a cell that no rule of gifts reads, or None."""
    bare = text.replace(",", "").replace("$", "")
    bare = f"0{bare}" if bare.startswith(".") else bare
    return Decimal(bare) if len(bare) < MAX_DIGITS and _PLAIN.fullmatch(bare) else None


def monthly(amount: str, frequency: str) -> Decimal:
    """What a promise comes to in a month, in whole cents; nothing when it says none."""
    given = number(amount)
    months = months_of(frequency)
    if given is None or months is None:
        return Decimal(0)
    return (given / months).quantize(CENT, ROUND_HALF_UP)


def months_of(frequency: str) -> Decimal | None:
    """The months between two payments, from a word or from their number above zero; None for no promise."""
    word = "".join(frequency.casefold().replace("-", "").split())
    if word in MONTHS:
        return MONTHS[word]
    months = number("".join(frequency.split()))
    return months if months and months > 0 else None


def is_balanced(gross: str, fee: str, net: str, *, fee_is_negative: bool = False) -> bool:
    """Whether net is gross less fee, where all three are told; what cannot be read is said elsewhere."""
    if not net:
        return True
    try:
        parts = [Decimal(text.replace(",", "")) if text else Decimal(0) for text in (gross, fee, net)]
    except InvalidOperation:
        return True
    if not all(part.is_finite() for part in parts):
        return True
    return parts[0] + (parts[1] if fee_is_negative else -parts[1]) == parts[2]
