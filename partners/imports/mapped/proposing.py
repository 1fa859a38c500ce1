"""Guessing which column holds which fact, from its name and from what stands in it. A person confirms."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from imports.mapping.targets import Fact, Target
from imports.reading.delimited import column_key
from imports.reading.glance import ColumnSeen
from partners.imports.mapped.facts import COMMITMENTS, GIFTS, PARTNERS, STATEMENT, TARGETS
from partners.imports.mapped.words import words_of

ENOUGH = 86
"""How much alike two names are, of 100, before one is proposed for the other."""
_HALF = 2


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name as it is compared: without case, blanks, signs and accents."""
    parts = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("#", " number "))
    return "".join(sign for sign in parts if sign.isalnum())


def proposed(target: Target, columns: Sequence[ColumnSeen]) -> dict[str, str]:
    """Fact -> name of the column that it probably is; each column once, the surest first."""
    scored = sorted(
        (
            (-score, place, order, fact.name, column.name)
            for place, column in enumerate(columns)
            for order, fact in enumerate(target.facts)
            if (score := likeness(fact, column)) >= ENOUGH
        ),
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, _, fact_name, name in scored:
        if fact_name not in found and name not in taken:
            found[fact_name] = name
            taken.add(name)
    return {fact.name: found[fact.name] for fact in target.facts if fact.name in found}


def likeness(fact: Fact, column: ColumnSeen) -> float:
    """How much a column looks like a fact, of 100; nothing where its cells are no days or no amounts."""
    if not fits(fact, column):
        return 0
    name = bare(column.name)
    bracketed = bare(column.name.split("(")[0])
    best = 0.0
    for order, word in enumerate(words_of(fact.name)):
        said = bare(word)
        if not said:
            continue
        alike = 100.0 if said in {name, bracketed} else (fuzz.ratio(said, name) if len(name) > 4 else 0)
        best = max(best, alike - min(order, 60) / 10 if alike == 100 else alike - 6)
    return best


def fits(fact: Fact, column: ColumnSeen) -> bool:
    """Whether what stands in a column may be such a fact; an empty column fits anything."""
    if not column.filled or fact.kind not in {"day", "amount"}:
        return True
    like = column.days if fact.kind == "day" else column.numbers
    counted = column.numbers if fact.kind == "day" else 0  # days of a workbook are numbers
    return max(like, counted) * _HALF >= column.filled


def has_days(columns: Sequence[ColumnSeen]) -> bool:
    """Whether any column holds days and little else."""
    return any(column.filled and column.days * _HALF > column.filled for column in columns)


def kind_of(columns: Sequence[ColumnSeen]) -> str:
    """What a file probably is, from its columns."""
    keys = {target.name: proposed(target, columns) for target in TARGETS}
    names = {column_key(column.name) for column in columns}
    if {"frequency", "start_date"} <= keys[COMMITMENTS].keys():
        return COMMITMENTS
    if {"gift_date", "amount"} <= keys[GIFTS].keys():
        statement = keys[STATEMENT].keys()
        tells_bank = any("iban" in name for name in names) or "balance" in statement or {"credit", "debit"} <= statement
        gives = {"donor_id", "designation", "gift_id", "donor_name", "last_name"} & keys[GIFTS].keys()
        return STATEMENT if tells_bank or (not gives and names) else GIFTS
    if "amount" in keys[GIFTS] and {"donor_id", "donor_name", "last_name"} & keys[GIFTS].keys() and has_days(columns):
        return GIFTS  # by a day that nobody knows the name of: the page asks which column it is
    if "date" in keys[STATEMENT] and {"amount", "credit", "debit"} & keys[STATEMENT].keys():
        return STATEMENT
    return PARTNERS
