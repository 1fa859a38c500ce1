"""Whether two records may be one partner: what they are compared by, and how certain it is. Pure: no database.

The rules are those of the import (`partners.imports.same_person`), for records that stand already: nobody is merged
by a rule, and father and son, spouses, and who shares a house are two as long as their first names differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from partners.keys import donor_number
from partners.same_name import script, words

FEWEST_DIGITS, KEPT_DIGITS = 7, 9
"""Fewer digits are no telephone number; of a longer one the last count, since prefixes are written or not."""
FEWEST_SIGNS_OF_NUMBER: Final = 4
"""A shorter number stands in two systems by chance."""
KEY_LENGTH: Final = 80
NAMES: Final = "names"
"""The reason that tells how alike the names are."""
SPOUSE: Final = "spouse"
"""The same where one record is alike only to the spouse who stands on the other: possible, and no more."""
LIKELY, CERTAIN = 60, 85
"""From so many of 100 on a pair is likely, almost certain."""
LEAST: Final = 50
ALIKE: Final = 85
"""First names are alike from here on."""
FILLERS: Final = frozenset(
    (
        *("the", "of", "and", "a", "church", "foundation", "fund", "inc", "llc", "ltd", "co", "corp", "company"),
        *("ministries", "ministry", "trust", "assembly", "fellowship"),
    )
)
"""Words in which the names of organizations do not differ."""
PEOPLE: Final = frozenset({"person", "household"})


@dataclass(frozen=True)
class Traits:
    """What is compared of a partner. `names` and `firsts` are those of all who stand on the record, `own` and
    `own_firsts` without the spouse's. `households`: of which it is told that the partner lives there.
    """

    pk: int
    kind: str
    names: tuple[str, ...]
    firsts: tuple[str, ...]
    generation: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()
    own_firsts: tuple[str, ...] = ()
    households: frozenset[int] = frozenset()

    @property
    def is_person(self) -> bool:
        return self.kind in PEOPLE


@dataclass(frozen=True)
class Match:
    """How certain it is that two are one, of 100, and why: pairs of a word and what it counts."""

    score: int
    reasons: tuple[tuple[str, int], ...]


def phone_key(digits: str) -> str:
    """A telephone number as it is compared, "" for what is none."""
    return digits[-KEPT_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def address_key(lines: str, city: str, postal_code: str) -> str:
    """A postal address as it is compared: the place, and the words of the street in order; "" without a street."""
    street = sorted(words(lines.splitlines()[0] if lines.strip() else ""))
    place = "".join(words(postal_code))[:5] or "".join(words(city))
    return f"{place} {' '.join(street)}" if street and place else ""


def number_key(norm: str) -> str:
    """The number of another system as it is compared, "" for one that is too short to tell anything."""
    number = donor_number(norm)
    return number if len(number) >= FEWEST_SIGNS_OF_NUMBER else ""


def names_of(*variants: str) -> tuple[str, ...]:
    """Names as they are compared, each once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(words(each)) for each in variants))))


def name_keys(traits: Traits) -> Iterator[str]:
    """For each name the beginnings of its first and last telling word, whichever stands first: the block in which it
    is looked at. A name of one word, as in scripts without blanks, is its own block.
    """
    for name in traits.names:
        every = name.split()
        telling = [word for word in every if word not in FILLERS and len(word) > 1] or every
        ends = sorted((telling[0][:3], telling[-1][:3])) if len(telling) > 1 else [telling[0][:12]]
        yield "|".join(ends)


def keys_of(traits: Traits) -> set[str]:
    """The blocks in which a partner is looked at."""
    found = {f"n{key}" for key in name_keys(traits)}
    for letter, values in (("e", traits.emails), ("p", traits.phones), ("a", traits.addresses), ("x", traits.numbers)):
        found |= {letter + value for value in values}
    return {key[:KEY_LENGTH] for key in found}


def compare(one: Traits, two: Traits) -> Match | None:
    """How certain it is that two are one; None for who is not proposed."""
    if one.generation != two.generation or not kinds_fit(one, two):
        return None
    comparable = one.is_person and two.is_person
    if comparable and one.firsts and two.firsts and not share_a_first_name(one, two):
        return None
    if are_spouses(one, two):
        return None
    own, names = likeness(one.own, two.own), likeness(one.names, two.names)
    shared = shared_traits(one, two)
    if names is not None and names < NEEDED[min(len(shared), 2)]:
        return None
    if names is None and not {"email", "phone"} & set(shared):
        return None
    score = scored(one, two, names, shared)
    by_spouse = names is not None and (own is None or own < names)
    if by_spouse:
        score = min(score, LIKELY - 1)
    if score < LEAST:
        return None
    said = [(SPOUSE if by_spouse else NAMES, names)] if names is not None else []
    return Match(score, (*said, *((word, count) for word, count in shared.items())))


def kinds_fit(one: Traits, two: Traits) -> bool:
    """Whether two kinds may be one partner: people with people, organizations with organizations."""
    return one.is_person == two.is_person or "organization" in (one.kind, two.kind)


def share_a_first_name(one: Traits, two: Traits) -> bool:
    """Whether somebody of both records may have the same first name: alike, or an initial or short form of it."""
    return any(first_names_fit(mine, theirs) for mine in one.firsts for theirs in two.firsts)


def first_names_fit(mine: str, theirs: str) -> bool:
    short, long = sorted((mine, theirs), key=len)
    if script(mine) != script(theirs):
        return True
    return (long.startswith(short) and len(short) != 2) or fuzz.ratio(mine, theirs) >= ALIKE


def are_spouses(one: Traits, two: Traits) -> bool:
    """Whether these are two people of one household: each stands under a first name of their own, and these differ,
    though one names the other as the spouse.
    """
    if not one.kind == two.kind == "person" or not (one.own_firsts and two.own_firsts):
        return False
    return not any(first_names_fit(mine, theirs) for mine in one.own_firsts for theirs in two.own_firsts)


def likeness(one: tuple[str, ...], two: tuple[str, ...]) -> int | None:
    """How alike names are, of 100, in whatever order their words stand; None where no two are of one script."""
    pairs = [(a, b) for a in one for b in two if script(a) == script(b)]
    return max((round(fuzz.token_sort_ratio(a, b)) for a, b in pairs), default=None)


def shared_traits(one: Traits, two: Traits) -> dict[str, int]:
    """What both have, and how many of it. A number counts where it comes from two systems, or from none they share.
    Who lives in one household shares its telephone and address with all others there: that tells nothing.
    """
    common = () if one.households & two.households else ("phone", "address")
    found = {
        "email": len(one.emails & two.emails),
        "phone": len(one.phones & two.phones),
        "address": len(one.addresses & two.addresses),
        "number": len(one.numbers & two.numbers),
    }
    return {word: count for word, count in found.items() if count and word in ("email", "number", *common)}


WEIGHTS: Final = {"email": 40, "phone": 22, "address": 22, "number": 22}
NEEDED: Final = (95, 78, 70)
"""How alike names must be, with no shared trait, with one, with more."""


def scored(one: Traits, two: Traits, names: int | None, shared: dict[str, int]) -> int:
    """Half of the likeness of the names, and what each shared trait weighs; less where both have a trait and share
    none of it.
    """
    score = (names if names is not None else 60) / 2 + sum(WEIGHTS[word] for word in shared)
    if one.emails and two.emails and "email" not in shared:
        score -= 5
    if one.addresses and two.addresses and "address" not in shared:
        score -= 5
    return max(0, min(99, round(score)))
