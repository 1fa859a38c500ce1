"""The rules that one gift row has to pass by itself: needed values, date, amounts, currency, type and sign."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from core.dates import AmbiguousDate, DateOrder, WrongDate, order_of, parse_date
from core.money import Money, UnknownCurrency, WrongAmount, exponent, parse_amount
from core.quoting import quoted
from imports.reading.delimited import Table
from imports.reading.findings import FileRefused
from imports.reading.writing import is_total
from partners.goods import Goods
from partners.imports.context import Context, GiftId, GiftKey, donor_number
from partners.imports.judged import Verdict
from partners.imports.layouts import Bound
from partners.imports.memos import MemoWords, gifts_named_in
from partners.imports.own_files import own_source, split_number
from partners.imports.row_notes import Reading
from partners.imports.sentences import ROW_SENTENCES
from partners.imports.written_days import has_short_years, short_years_sentence
from partners.keys import SOURCE_LENGTH, short_key

_KIND_OF_ROW = ("category", "status", "stage", "type")
"""The facts that say in some format what a row is."""
TAKING_BACK = frozenset({"refund", "chargeback"})
DESCRIBED = ("description", "in_return", "intangible")
"""The facts that say of goods what a receipt has to say."""
SAID = frozenset({"yes", "y", "true", "1", "x", "sent", "given", "issued"})
NOT_SAID = frozenset({"", "no", "n", "false", "0", "-", "none", "never"})
KINDS = frozenset({"gift", "in_kind", "stock", "matching"}) | TAKING_BACK

_read_amount = lru_cache(maxsize=65_536)(parse_amount)
"""The same amounts come again and again; only what could be read is kept."""


@dataclass(slots=True)
class GiftRow:
    """What one row says, small enough to keep all rows of a file; texts that no rule compares stay in the file."""

    row: int
    line: int
    verdict: Verdict = Verdict.CREATE
    source: str = ""
    number: str = ""
    designation: str = ""
    code: str | None = None  # of the designation, where it is not what the row calls it; "" for none
    donor: str = ""
    kind: str = "gift"
    reference: str = ""
    date: dt.date | None = None
    amount: Money | None = None
    tendered: Money | None = None
    gift_total: Money | None = None
    first: bool = True  # whether the row stands for its key: not a repeat within the file, not held
    reverses: GiftKey | None = None
    named_gifts: tuple[str, ...] = ()  # numbers that a reversal may mean
    review: tuple[str, ...] = ()
    is_valued: bool = False  # has a fair market value
    receipted: bool = False
    goods: Goods | None = None  # what is said of goods, where the file has a column for it
    has_soft_credit: bool = False
    earmarks_worker: bool = False
    names_hidden_unit: bool = False
    called: str = ""  # what a gift without a number is called in findings
    skipped: str = ""  # why the row is no gift
    returned: bool = False  # the way back of a gift whose row tells both ways: counted with that gift

    @property
    def key(self) -> GiftKey:
        return self.source, self.designation, self.number

    @property
    def gift(self) -> GiftId:
        return self.source, self.number

    @property
    def goes_to(self) -> str:
        """The code under which the designation is looked up."""
        return self.designation if self.code is None else self.code

    @property
    def key_text(self) -> str:
        return f"{self.source}|{self.designation}|{self.called or self.number}"

    @property
    def given(self) -> Money:
        """What the donor gave, in the currency it was given in. Only for rows without errors."""
        if (given := self.tendered or self.amount) is None:
            raise ValueError("A row without an amount was given nothing.")
        return given

    @property
    def stands(self) -> bool:
        """Whether the row brings a gift line, now or as the first repeat of one imported earlier."""
        return self.first and self.verdict in {Verdict.CREATE, Verdict.REPEAT}

    @property
    def takes_back(self) -> bool:
        return self.amount is not None and self.amount.minor < 0


@dataclass(frozen=True)
class Setting:
    """What the rules of a row need beside the row: the agency, the columns, the source and the order of dates."""

    context: Context
    words: MemoWords
    bound: Bound
    source: str
    currency: str
    order: DateOrder


def settle_dates(table: Table, bound: Bound, context: Context, fact: str = "gift_date") -> DateOrder:
    """Say how the slash dates of a column are read. Raises FileRefused ambiguous_date."""
    if bound.layout.month_first:
        return DateOrder.MONTH_FIRST
    place = bound.places[fact]
    readable = [record.cells[place] for record in table.records() if not record.troubles]
    if has_short_years(readable):
        raise FileRefused("ambiguous_date", short_years_sentence(readable, bound.column(fact)))
    try:
        return order_of(readable, today=context.today) or DateOrder.MONTH_FIRST
    except AmbiguousDate as refusal:
        raise FileRefused("ambiguous_date", f"Column {bound.column(fact)}: {refusal}") from refusal


def read_gift_row(reading: Reading, setting: Setting) -> GiftRow:
    """Read one record by every rule of RULES, so that all its errors are said at once."""
    row = GiftRow(reading.record.row, reading.record.line)
    if not reading.is_torn:
        _look_at_what_was_made(row, reading)
    if row.skipped or _is_total(reading, setting):
        row.verdict = Verdict.ERROR if reading.failed and row.skipped else Verdict.SKIP
        return row
    if not reading.is_torn:
        for rule in RULES:
            rule(row, reading, setting)
    if reading.failed:
        row.verdict = Verdict.ERROR
    return row


def _look_at_what_was_made(row: GiftRow, reading: Reading) -> None:
    """What a format made of the record beside the facts of a gift."""
    row.skipped = reading.text("no_gift")
    row.returned = reading.text("returned") != ""
    if reading.text("unbalanced"):
        reading.error("net", "balance")
    if category := reading.text("unknown_category"):
        reading.warn_of(
            reading.first_of(_KIND_OF_ROW),
            "unknown_category",
            f"{quoted(category, 60)} {ROW_SENTENCES['unknown_category']}",
        )


def _is_total(reading: Reading, setting: Setting) -> bool:
    """Spreadsheets have lines of totals between the gifts; they begin with a word for a sum, and have no day."""
    sheet = not setting.bound.layout.numbered and setting.bound.layout.makes is None
    return sheet and is_total(reading.record.cells) and not any(map(str.isdigit, reading.text("gift_date")))


def _read_keys(row: GiftRow, reading: Reading, setting: Setting) -> None:
    context = setting.context
    source = own_source(context, short_key(reading.text("source"), SOURCE_LENGTH)) or setting.source
    row.source, row.number = split_number(context, source, short_key(reading.text("gift_id")))
    row.designation = short_key(reading.text("designation"))
    if "designation_code" in setting.bound.places:
        row.code = short_key(reading.text("designation_code"))
    if key := reading.text("designation_key"):
        row.designation, row.code = short_key(key), row.designation
    row.donor = short_key(donor_number(split_number(context, source, reading.text("donor_id"))[1]))
    row.reference = reading.text("reference")
    if setting.bound.layout.numbered and not row.number:
        reading.error("gift_id", "required")


def _read_date(row: GiftRow, reading: Reading, setting: Setting) -> None:
    text = reading.text("gift_date")
    if not text:
        reading.error("gift_date", "required")
        return
    try:
        row.date = _date(text, setting.context.today, setting.order)
    except WrongDate as refusal:
        reading.refuse("gift_date", refusal)


@lru_cache(maxsize=65_536)
def _date(text: str, today: dt.date, order: DateOrder) -> dt.date:
    return parse_date(text, today=today, order=order)


def _read_money(row: GiftRow, reading: Reading, setting: Setting) -> None:
    """The amount is in the row's currency; blank means the base currency."""
    currency = _currency(reading, "currency", setting.currency)
    if not reading.text("amount"):
        reading.error("amount", "required")
    elif currency:
        row.amount = amount_of(reading, "amount", currency)
        if "gift_total" in setting.bound.places and reading.text("gift_total"):
            row.gift_total = amount_of(reading, "gift_total", currency, zero=True)


def _read_tendered(row: GiftRow, reading: Reading, setting: Setting) -> None:
    """What the donor gave; without a currency it must be the amount itself."""
    stated = reading.text("tendered_currency")
    currency = _currency(reading, "tendered_currency", row.amount.currency if row.amount else setting.currency)
    if not (reading.text("tendered_amount") and currency):
        return
    tendered = amount_of(reading, "tendered_amount", currency)
    if tendered and not stated and row.amount and tendered != row.amount:
        reading.error("tendered_currency", "currency", ROW_SENTENCES["tendered_currency"])
    row.tendered = None if tendered == row.amount else tendered


def _read_kind(row: GiftRow, reading: Reading, setting: Setting) -> None:
    """In generic files refunds and chargebacks are negative and all else is positive; elsewhere the amount says it.

    What was tendered has the sign of the amount in every format, or the two would cancel each other out.
    """
    row.kind = reading.text("type").casefold().replace("-", "_").replace(" ", "_") or "gift"
    if row.kind not in KINDS:
        reading.error(
            "type", "type", f"The type {quoted(row.kind)} is not known. Known are {', '.join(sorted(KINDS))}."
        )
        return
    if row.takes_back and not setting.bound.layout.signed_types:
        row.kind = "refund"
    for fact, money in (("amount", row.amount), ("tendered_amount", row.tendered)):
        if money and (money.minor < 0) is not (row.kind in TAKING_BACK):
            reading.error(fact, "sign")


def _read_reversal(row: GiftRow, reading: Reading, setting: Setting) -> None:
    """A negative gift names the gift that it takes back, in a column of its own or in the memo."""
    if row.takes_back:
        if setting.bound.layout.reverses_in_memo:
            row.named_gifts = gifts_named_in(reading.text("memo"))
        elif named := reading.text("reverses"):
            row.named_gifts = (short_key(named),)
        source = setting.context.default_source
        row.named_gifts = tuple(split_number(setting.context, source, named)[1] for named in row.named_gifts)


def _read_memo(row: GiftRow, reading: Reading, setting: Setting) -> None:
    if memo := reading.text("memo"):
        row.earmarks_worker = setting.words.earmarks_worker(memo)
        row.names_hidden_unit = setting.words.names_hidden_unit(memo)


def _read_value_and_credit(row: GiftRow, reading: Reading, setting: Setting) -> None:
    row.has_soft_credit = reading.text("soft_donor_id") != ""
    receipted = is_receipted(reading.text("receipted"), setting.context.today)
    if receipted is None:
        reading.error("receipted", "receipted")
    row.receipted = bool(receipted)
    if reading.text("intangible").casefold() not in SAID | NOT_SAID:
        reading.error("intangible", "yes_or_no")
    if reading.text("fmv") and row.amount:
        value = amount_of(reading, "fmv", row.amount.currency, zero=True)
        row.is_valued = value is not None
        if value and value.minor < 0 < row.amount.minor:  # it would make the deductible part more than the gift
            reading.error("fmv", "sign", ROW_SENTENCES["negative_value"])
            return
        row.goods = goods_of(row, reading, value)
    else:
        row.goods = goods_of(row, reading, None)


def goods_of(row: GiftRow, reading: Reading, value: Money | None) -> Goods | None:
    """What a row says of goods, None where it says nothing, and of files that have no column to describe them in: what
    an old system never kept is not asked of it.
    """
    asked = {fact for fact in DESCRIBED if reading.has(fact)}
    if not asked or row.takes_back:
        return None
    told = Goods(
        row.kind if "description" in asked else "",
        reading.text("description"),
        reading.text("in_return"),
        value.minor if value else None,
        is_said(reading.text("intangible")),
    )
    return told if told != Goods("gift") and told != Goods("") else None


def is_said(text: str) -> bool:
    """Whether a cell says yes: neither nothing nor a no."""
    return text.casefold() not in NOT_SAID


def is_receipted(text: str, today: dt.date) -> bool | None:
    """Whether a cell says that a receipt was given: a day or a yes. None where it is neither, nor a no."""
    word = text.casefold().split(" ")[0]
    if word in NOT_SAID or word == "1899-12-30":
        return False
    if word in SAID:
        return True
    return True if any(_is_day(word, today, order) for order in DateOrder) else None


def _is_day(text: str, today: dt.date, order: DateOrder) -> bool:
    try:
        return bool(parse_date(text, today=today, order=order))
    except (WrongDate, AmbiguousDate):
        return False


def _currency(reading: Reading, fact: str, otherwise: str) -> str:
    """Return the ISO code of a cell in capitals, the other one when it is blank, "" when it is none."""
    code = reading.text(fact).upper() or otherwise
    try:
        exponent(code)
    except UnknownCurrency as refusal:
        reading.refuse(fact, refusal)
        return ""
    return code


def amount_of(reading: Reading, fact: str, currency: str, *, zero: bool = False) -> Money | None:
    """Return the amount in a cell, or None after saying what is wrong with it. Zero is refused unless allowed."""
    try:
        money = _read_amount(reading.text(fact), currency)
    except WrongAmount as refusal:
        reading.refuse(fact, refusal)
        return None
    if money.minor == 0 and not zero:
        reading.error(fact, "zero_amount")
        return None
    return money


RULES: tuple[Callable[[GiftRow, Reading, Setting], None], ...] = (
    _read_keys,
    _read_date,
    _read_money,
    _read_tendered,
    _read_kind,
    _read_reversal,
    _read_memo,
    _read_value_and_credit,
)
"""Each rule reads its cells, sets what it read and says what is wrong; none stops the others."""
