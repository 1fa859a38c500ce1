"""What a bank's CSV file shows of how it is written: its decimal sign, the order of its days, its currency, and which
column says whether money came in or went out. What it does not show is asked for, not guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from core.dates import AmbiguousDate, DateOrder, order_of
from core.money import UnknownCurrency, exponent
from core.quoting import quoted
from imports.reading.delimited import Table, TextFile
from imports.reading.findings import FileRefused
from imports.reading.written_numbers import SIGNS
from partners.imports.context import Context
from partners.imports.statements.columns import facts_in
from partners.imports.statements.sides import Sides, sides_of
from partners.imports.written_days import plain_day, short_year_order

_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}\b")
_ACCOUNT = re.compile(
    r"(?:konto(?:nummer)?|account(?:\s+(?:number|no\.?))?|compte|rekening)\W*[;,:\t|\"]+\W*([\w -]{4,34})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\w .*/-]{2,34}")
_POINT_SURELY = re.compile(r"-?\(?\$?(?:[\d,]*\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+)\)?")
_COMMA_SURELY = re.compile(r"-?\(?[\d.]*,\d{1,2}\)?")
_CURRENCY = re.compile(r"\b([A-Z]{3})\b")
_BESIDE = re.compile(
    r"(?:(?-i:\d[ \u00a0]*([A-Z]{3}))"
    r"|(?:currency|währung|waehrung|devise|divisa|valuta|munt|ccy)[^A-Za-z0-9]{1,6}([A-Z]{3}))"
    r"(?=[ \u00a0]*(?:[\")\r\n;,\t|]|$))"
    r"|(?-i:\b([A-Z]{3})[ \u00a0]*[-+]?\d[\d.,' ]*(?:[\"\r\n;,\t|]|$))",
    re.IGNORECASE,
)
"""A code as banks write it beside an amount, in capitals; behind a word for it in any letters; always
the last of its cell."""
_BLANKS = re.compile("[ \u00a0\u2009\u202f]")
_APOSTROPHES = re.compile(r"-?\(?\d{1,3}(?:['’]\d{3})+(?:[.,]\d{1,2})?\)?")
_SIGN = re.compile(r"(?P<sign>[^\d\s.,()'’+\-]{1,3}\.?)")
_PATTERNS = {"dmy": "DD.MM.YY", "mdy": "MM/DD/YY", "ymd": "YY-MM-DD"}
_ENDS_IN_GROUP = {".": re.compile(r"-?\(?\$?\d{1,3}\.\d{3}\)?"), ",": re.compile(r"-?\(?\d{1,3},\d{3}\)?")}


@dataclass(frozen=True)
class Profile:
    """How one file is to be read: where its header stands, what its columns hold, and how it writes. is_stated: a
    person said so. short_years: the order of days whose years have two figures, "" where they have four.
    """

    header_line: int
    facts: dict[str, int]
    mark: str
    order: DateOrder | None
    date_pattern: str
    currency: str
    account: str
    sides: Sides = field(default_factory=Sides)
    is_stated: bool = False
    short_years: str = ""


def profile_of(text: TextFile, table: Table, context: Context) -> Profile:
    """Find out how the file writes. Raises FileRefused ambiguous_date, currency."""
    facts = facts_in(list(table.columns))
    facts.setdefault("date", facts.get("value_date", 0))
    written = [record.cells[facts["date"]] for record in table.records() if not record.troubles]
    short = short_year_order(written, table.columns[facts["date"]], context.today)
    days = [plain_day(day, short, context.today) for day in written]
    amounts = [cell for cell in _amount_cells(table, facts) if cell]
    try:
        order = order_of(days, today=context.today)
    except AmbiguousDate as refusal:
        raise FileRefused("ambiguous_date", f"Column {table.columns[facts['date']]}: {refusal}") from refusal
    above = "".join(islice(text.lines(), table.line - 1))
    currency = currency_of(table, facts, above, amounts, context)
    bare = [without_signs(cell, currency) for cell in amounts]
    mark = "," if _votes(bare, _COMMA_SURELY) > _votes(bare, _POINT_SURELY) else "."
    pattern = _PATTERNS[short] if short else pattern_of(days, order)
    return Profile(
        table.line, facts, mark, order, pattern, currency, account_of(above), sides_of(table, facts), short_years=short
    )


def _votes(cells: list[str], pattern: re.Pattern[str]) -> int:
    return sum(pattern.fullmatch(cell) is not None for cell in cells)


def _amount_cells(table: Table, facts: dict[str, int]) -> Iterator[str]:
    places = [facts[fact] for fact in ("amount", "debit", "credit", "balance") if fact in facts]
    for record in table.records():
        if not record.troubles:
            yield from (record.cells[place] for place in places)


def without_signs(text: str, currency: str) -> str:
    """The amount without blanks, without the sign or code of its currency, and without apostrophes between groups."""
    bare = _BLANKS.sub("", text).removeprefix("+")
    if bare[-1:] in {"-", "+"} and bare[:1] not in {"-", "("}:  # the sign stands behind, as on paper
        bare = bare[:-1] if bare.endswith("+") else f"-{bare[:-1]}"
    for found in (_SIGN.match(bare.lstrip("-(")), _SIGN.search(bare.rstrip(")"), _last_digit(bare))):
        if found and _fits(found["sign"], currency) and not (found["sign"] == "$" and currency == "USD"):
            bare = bare.replace(found["sign"], "", 1)
            break
    return re.sub("['’]", "", bare) if _APOSTROPHES.fullmatch(bare) else bare


def _last_digit(text: str) -> int:
    return max((place + 1 for place, sign in enumerate(text) if sign.isdigit()), default=0)


def _fits(sign: str, currency: str) -> bool:
    word = sign.casefold().rstrip(".")
    return word == currency.casefold() or currency in SIGNS.get(word, ())


def is_two_ways(text: str, mark: str, currency: str) -> bool:
    """Whether an amount such as 1.200 may be a thousand or one, in a currency that has no three decimals."""
    return exponent(currency) != 3 and _ENDS_IN_GROUP[mark].fullmatch(text) is not None


def currency_of(table: Table, facts: dict[str, int], above: str, amounts: Iterable[str], context: Context) -> str:
    """The currency of the account: of the rows, of a column's name, of an amount above the header, of the sign beside
    the amounts, else the base currency. Raises FileRefused currency for a sign that may be one of several.
    """
    candidates = []
    if "currency" in facts:
        candidates = [record.cells[facts["currency"]].upper() for record in table.records() if not record.troubles]
    names = [table.columns[place] for fact, place in facts.items() if fact in _OF_MONEY]
    candidates += [currency_named(table, facts)]
    candidates += ["".join(found).upper() for found in _BESIDE.findall(above)]
    stated = next((code for code in candidates if is_currency(code)), "")
    return stated or _signed_by((*(name.partition("(")[2].rstrip(") ") for name in names), *amounts), context)


def currency_named(table: Table, facts: dict[str, int]) -> str:
    """The one currency that the names of the columns of money tell: "Amount (EUR)", "Betrag (€)", "Débit euros"; else
    "".
    """
    names = [table.columns[place] for fact, place in facts.items() if fact in _OF_MONEY]
    told = [code for name in names for code in _CURRENCY.findall(name.partition("(")[2])]
    told += ["EUR" for name in names if "euro" in name.casefold() or "€" in name]
    return next((code for code in told if is_currency(code)), "")


_OF_MONEY = ("amount", "debit", "credit", "balance")


def _signed_by(texts: Iterable[str], context: Context) -> str:
    """The currency of the first sign of money in these texts. Raises FileRefused currency."""
    base = context.base_currency
    for text in texts:
        for found in _SIGN.finditer(text):
            word = found["sign"].casefold().rstrip(".")
            meant = SIGNS.get(word) or (frozenset({word.upper()}) if is_currency(word.upper()) else frozenset())
            if len(meant) == 1:
                return next(iter(meant))
            if meant and base not in meant:
                sentence = f"The amounts are marked {quoted(found['sign'])}, which may be {', '.join(sorted(meant))}."
                raise FileRefused("currency", f"{sentence} Map the columns of this file and say which it is.")
    return base


def is_currency(code: str) -> bool:
    """Whether ISO 4217 has this code."""
    try:
        exponent(code)
    except UnknownCurrency:
        return False
    return True


def account_of(above: str) -> str:
    """The number of the account in the lines above the header, or ""."""
    if found := _IBAN.search(above.replace(" ", "")):
        return found[0]
    stated = _ACCOUNT.search(above)
    return stated[1].strip() if stated else ""


def account_in(cell: str) -> str:
    """The number of the account that a row names, or "" where it is no number."""
    bare = "".join(cell.split())
    if _IBAN.fullmatch(bare):
        return bare
    return cell if _NUMBER.fullmatch(cell) and sum(sign.isdigit() for sign in cell) > 1 else ""


def pattern_of(days: list[str], order: DateOrder | None) -> str:
    """How the file writes its days, for people."""
    if any("/" in day for day in days):
        return "DD/MM/YYYY" if order is DateOrder.DAY_FIRST else "MM/DD/YYYY"
    return "DD.MM.YYYY" if any("." in day for day in days) else "YYYY-MM-DD"


def profile_facts(table: Table, profile: Profile) -> dict[str, Any]:
    """The profile as it is told."""
    facts = profile.facts
    two = f"debit column {name_of(table, facts, 'debit')}, credit column {name_of(table, facts, 'credit')}"
    one = "one signed column"
    if profile.sides.place is not None:
        one = (
            f"one column, its side in column {table.columns[profile.sides.place] or '#' + str(profile.sides.place + 1)}"
        )
    return {
        "delimiter": table.delimiter,
        "decimal": profile.mark,
        "thousands": "." if profile.mark == "," else ",",
        "date": profile.date_pattern,
        "amount": one if "amount" in facts else two,
        "header_line": profile.header_line,
    }


def name_of(table: Table, facts: dict[str, int], fact: str) -> str:
    """The name of the column of a fact, "" where there is none."""
    return table.columns[facts[fact]] if fact in facts else ""
