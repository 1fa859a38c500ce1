"""Rules of a person as a layout: what the cells of a file say in our words, so that the judging of every known format
reads them.

A gift without a number gets one made of its day, giver, designation (as the file writes it), amount and reference; the
second that says the same is told apart by its place. So the same file, or another export that overlaps, brings nothing
twice, also after a value was mapped otherwise. A giver without a number is known by e-mail address, else by name and
postal code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from imports.mapping.rules import OURS, OUT, Rules, value_key
from imports.mapping.targets import Target
from imports.reading.writing import is_total
from imports.reading.written_days import iso_day
from imports.reading.written_numbers import number_in
from partners.imports.context import Context
from partners.imports.formats.contacts import content_key, kind_of, listed_name
from partners.imports.layouts import Cells, Facts, Layout, keys_of
from partners.imports.mapped.facts import COMMITMENT_FILE, COMMITMENTS, GIFT_FILE, GIFTS, PARTNER_FILE, PARTNERS
from partners.imports.mapped.values import (
    FREQUENCY_WORDS,
    GIFT_KINDS,
    LANGUAGES,
    METHODS,
    NO,
    PAID,
    PARTNER_KINDS,
    PROMISES,
    STATES,
    UNPAID,
    YES,
)

FORMATS = {
    "gifts": "mapped_gifts",
    "partners": "mapped_partners",
    "commitments": "mapped_commitments",
    "statement": "bank_csv",
}
"""What a file is -> the format that it is then."""
MADE_OF_GIFT = ("donor_id", "designation_code", "no_gift", "unknown_category")
TOTAL = "total"
IN_WORDS = {"dmy": "read day first", "mdy": "read month first", "ymd": "read year first"}
"""How a day was read that is none; no order of numbers takes these words for a day."""
_MONEY = {"amount": "currency", "tendered_amount": "tendered_currency", "gift_total": "currency", "fmv": "currency"}


@dataclass(frozen=True)
class Reader:
    """Reads the cells of a record by the rules."""

    rules: Rules
    target: Target
    counted: bool = False

    def said(self, row: Cells, fact: str) -> str:
        """The cell of a fact, else what holds for every row."""
        return row.text(fact) or self.rules.fixed.get(fact, "")

    def text(self, row: Cells, fact: str, context: Context) -> str:
        """What a cell says in the writing that the rules of rows read; what cannot be read stays as it is, marked."""
        said = self.said(row, fact)
        if not said:
            return ""
        if fact in self.target.days:
            day = iso_day(said, self.rules.order, latest_year=context.today.year + 1, counted=self.counted)
            return day or f"{said} ({IN_WORDS.get(self.rules.order, '')})"
        if fact in self.target.amounts:
            return self.amount(row, fact, said, context)
        if fact == "anonymous":
            return "" if value_key(said) in NO else "yes"
        if fact in self.target.answers:
            return "no" if value_key(said) in NO else "yes" if value_key(said) in YES else said
        if fact == "language":
            return LANGUAGES.get(value_key(said), said)
        return self.value(fact, said, context) if fact in self.target.valued and fact != "designation" else said

    def amount(self, row: Cells, fact: str, said: str, context: Context) -> str:
        """An amount with a point; what is written with another mark, or in other money, is none."""
        found = number_in(said, self.rules.mark)
        if not found.number and row.record.kept is not None:  # a person corrected it, perhaps with a point
            found = number_in(said, ".")
        currency = self.currency(row, _MONEY.get(fact, "currency"), fact, context)
        return found.number if found.number and found.fits(currency) else f"{said} ({self.rules.mark})"

    def currency(self, row: Cells, fact: str, amount: str, context: Context) -> str:
        """The currency of an amount: of its column or of every row, else of the sign beside it, else the base."""
        stated = self.said(row, fact).upper()
        return stated or number_in(row.text(amount), self.rules.mark).currency or context.base_currency

    def value(self, fact: str, said: str, context: Context) -> str:
        """Our word for a word of the file; one that nobody knows stays."""
        meant = self.rules.meant(fact, said)
        if meant is not None and meant.what == OURS:
            return meant.text
        return _known(fact, self.target.name).get(value_key(said), said)

    def designation(self, row: Cells, context: Context) -> str:
        """The code of the designation; "" where it is not known or waits in suspense."""
        return code_of(self.rules, self.said(row, "designation"), context)

    def left_out(self, row: Cells) -> str:
        """Why a row brings nothing: it is a line of totals, or a value of it is left out."""
        days = (iso_day(row.text(fact), self.rules.order, latest_year=9999) for fact in self.target.days)
        if is_total(row.record.cells) and not any(days):
            return TOTAL
        meant = (self.rules.meant(fact, self.said(row, fact)) for fact in self.target.valued)
        return next((each.text or OUT for each in meant if each is not None and each.what == OUT), "")

    def unpaid(self, row: Cells) -> Facts | None:
        """What is said of a row whose status does not say that the money came, or which is a promise by its kind: it is
        no gift, and a status that nobody knows is asked about.
        """
        kind = self.said(row, "type")
        if value_key(kind) in PROMISES and self.rules.meant("type", kind) is None:
            return {"no_gift": kind[:60], "unknown_category": kind[:60]}
        said = self.said(row, "status")
        if not said:
            return None
        meant = self.rules.meant("status", said)
        state = meant.text if meant is not None and meant.what == OURS else STATES.get(value_key(said), "")
        if state == PAID:
            return None
        return {"no_gift": said[:60], "unknown_category": "" if state == UNPAID else said[:60]}

    def giver(self, row: Cells) -> str:
        """The number of who gave, or one made of how they are known."""
        if number := self.said(row, "donor_id"):
            return number
        if email := row.text("email"):
            return content_key((email,), "")
        first, last = row.text("first_name"), row.text("last_name")
        whole = row.text("donor_name") or row.text("display_name") or row.text("organization")
        names = (whole,) if whole else (first, row.text("spouse_first_name"), last)
        return content_key(names, row.text("postal_code")) if any(names) else ""


def code_of(rules: Rules, said: str, context: Context) -> str:
    """The code of the designation that a word of the file means: as it was mapped, else a code of ours, else the one
    designation of that name; "" for none.
    """
    meant = rules.meant("designation", said)
    if meant is not None:
        return meant.text if meant.what == OURS else ""
    if said in context.designations:
        return said
    return context.designation_names.get(value_key(said), "")


def _known(fact: str, kind: str) -> dict[str, str]:
    if fact == "type":
        return GIFT_KINDS if kind == GIFTS else PARTNER_KINDS
    return {"method": METHODS, "frequency": FREQUENCY_WORDS, "status": STATES}.get(fact, {})


def is_known(rules: Rules, fact: str, said: str, context: Context) -> bool:
    """Whether it is known what a value of the file is."""
    if fact == "designation":
        return code_of(rules, said, context) != ""
    return value_key(said) in _known(fact, rules.kind)


def names_of_giver(row: Cells) -> str:
    """How a giver is listed."""
    first, last = row.text("first_name"), row.text("last_name")
    whole = row.text("display_name") or row.text("donor_name") or row.text("organization")
    return whole or listed_name(first, row.text("spouse_first_name"), last) or row.text("email")


def layout_for(rules: Rules, *, counted: bool = False) -> Layout:
    """The layout of a file of gifts, partners or commitments. counted: numbers may be days of a workbook."""
    if rules.kind == GIFTS:
        return _gifts(Reader(rules, GIFT_FILE, counted))
    if rules.kind == COMMITMENTS:
        return _commitments(Reader(rules, COMMITMENT_FILE, counted))
    return _partners(Reader(rules, PARTNER_FILE, counted), "donor_id" in rules.columns)


def _columns(rules: Rules, target: Target) -> dict[str, str]:
    """The facts that have a column. One without stands behind the cells all the same."""
    return {fact.name: rules.columns[fact.name] for fact in target.facts if fact.name in rules.columns}


def _gifts(reader: Reader) -> Layout:
    rules, target = reader.rules, reader.target
    facts = tuple(fact.name for fact in target.facts)
    made = tuple(dict.fromkeys((*facts, *MADE_OF_GIFT)))

    def makes(row: Cells, context: Context) -> Sequence[Facts]:
        if why := reader.left_out(row):
            return [{"no_gift": why}]
        if unpaid := reader.unpaid(row):
            return [unpaid]
        found = {fact: reader.text(row, fact, context) for fact in facts}
        currency = reader.currency(row, "currency", "amount", context)
        found |= {"donor_id": reader.giver(row), "currency": currency if found["amount"] else ""}
        found |= {"donor_name": names_of_giver(row), "designation_code": reader.designation(row, context)}
        if number_in(reader.said(row, "amount"), rules.mark).number.startswith("-") and not found["type"]:
            found["type"] = "refund"
        return [found]

    return Layout(
        FORMATS[GIFTS],
        GIFTS,
        _columns(rules, target),
        needed=tuple(fact for fact in ("gift_date", "amount") if fact in rules.columns),
        told_by=frozenset(),
        known=keys_of(*rules.header),
        signed_types=True,
        month_first=True,
        numbered="gift_id" in rules.columns,
        made=made,
        makes=makes,
        brings=_givers(reader) if tells_names(rules) else None,
    )


def tells_names(rules: Rules) -> bool:
    """Whether a file of gifts says enough of its givers to make partners of them."""
    return bool({"donor_name", "last_name", "organization", "email"} & rules.columns.keys())


def _givers(reader: Reader) -> Layout:
    """The partners whom a file of gifts brings with it."""
    said = ("source", *(fact.name for fact in PARTNER_FILE.facts if fact.name in reader.rules.columns))
    made = tuple(dict.fromkeys((*said, "donor_id", "display_name", "type")))

    def makes(row: Cells, context: Context) -> Sequence[Facts]:
        if reader.left_out(row):
            return []
        found = {fact: reader.said(row, fact) for fact in made}
        found |= {"donor_id": reader.giver(row), "display_name": names_of_giver(row)}
        return [found | {"type": kind_of(row.text("organization"), "")}]

    columns = _columns(reader.rules, reader.target)
    return Layout(FORMATS[GIFTS], "partners", columns, needed=(), told_by=frozenset(), made=made, makes=makes)


def _partners(reader: Reader, numbered: bool) -> Layout:
    rules, target = reader.rules, reader.target
    made = tuple(dict.fromkeys((*(fact.name for fact in target.facts), "donor_id", "display_name", "type")))

    def makes(row: Cells, context: Context) -> Sequence[Facts]:
        if reader.left_out(row):
            return []
        found = {fact: reader.text(row, fact, context) for fact in made}
        found |= {"donor_id": reader.giver(row), "display_name": names_of_giver(row)}
        stated = found["type"] or kind_of(row.text("organization"), row.text("spouse_first_name"))
        return [found | {"type": stated}]

    return Layout(
        FORMATS[PARTNERS],
        PARTNERS,
        _columns(rules, target),
        needed=(),
        told_by=frozenset(),
        known=keys_of(*rules.header),
        numbered=numbered,
        made=made,
        makes=makes,
    )


def _commitments(reader: Reader) -> Layout:
    rules, target = reader.rules, reader.target
    made = tuple(dict.fromkeys((*(fact.name for fact in target.facts), "donor_id")))

    def makes(row: Cells, context: Context) -> Sequence[Facts]:
        if reader.left_out(row):
            return []
        found = {fact: reader.text(row, fact, context) for fact in made}
        said = reader.said(row, "designation")
        found |= {"donor_id": reader.giver(row), "currency": reader.currency(row, "currency", "amount", context)}
        return [found | {"designation": reader.designation(row, context) or said}]

    return Layout(
        FORMATS[COMMITMENTS],
        COMMITMENTS,
        _columns(rules, target),
        needed=tuple(fact.name for fact in target.facts if fact.required and fact.name in rules.columns),
        told_by=frozenset(),
        known=keys_of(*rules.header),
        month_first=True,
        made=made,
        makes=makes,
    )
