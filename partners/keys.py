"""How partners are told apart and sorted: one rule for what is typed and for what files bring. Pure, since the
process that
judges files has no database.
"""

import unicodedata


def donor_number(text: str) -> str:
    """The donor number by which two writings are the same donor: all-digit numbers lose their leading zeros."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    return unicodedata.normalize("NFC", text)


def sort_name(first: str, spouse_first: str, last: str, organization: str, name: str) -> str:
    """What a partner is sorted by: the last name first, else the organization, else the name as it is listed."""
    given = " and ".join(part for part in (first, spouse_first) if part)
    return ", ".join(part for part in (last, given) if part) if last else organization or name
