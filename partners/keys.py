"""How partners are told apart and sorted: one rule for what is typed and for what files bring. Pure, since the
process that
judges files has no database.
"""

import hashlib
import re
import unicodedata

KEY_LENGTH, SOURCE_LENGTH = 80, 40
BY_HAND = "hand"
"""The source of what was entered here, and of the numbers that our files give."""
ANONYMOUS = "ANONYMOUS"
"""Stands in our files for the number of a giver whom the reader may not know."""
JOINT = "--"
"""Between a source and its number, where a file has one source for all its numbers. Both sides of it, and it, can stand
in a memo: "Refund of gift STRIPE--ch_1".
"""


def donor_number(text: str) -> str:
    """The donor number by which two writings are the same donor: all-digit numbers lose their leading zeros."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    return unicodedata.normalize("NFC", text)


def short_key(text: str, most: int = KEY_LENGTH) -> str:
    """A key that fits its column: a longer one is cut and told apart by its hash. The row as it came keeps it whole."""
    if len(text) <= most:
        return text
    return text[: most - 17] + "~" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def says_content(number: str) -> bool:
    """Whether a gift's number may be made of what its row says, as `imports.gifts.number_by_content` makes it: one
    reads in it the giver's number, the check, and what the file called the designation.
    """
    return re.match(r"\d{4}-\d\d-\d\d/", number) is not None


def sort_name(first: str, spouse_first: str, last: str, organization: str, name: str) -> str:
    """What a partner is sorted by: the last name first, else the organization, else the name as it is listed."""
    given = " and ".join(part for part in (first, spouse_first) if part)
    return ", ".join(part for part in (last, given) if part) if last else organization or name


def number_of_ours(agency_id: int, gift_id: int | str) -> str:
    """What a gift is called in a file whose reader may not know its own number; it is known again by that at home."""
    return f"{agency_id}-G{gift_id}"
