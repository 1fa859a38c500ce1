"""Judging a table of gifts: rules of rows, then the rules that look at several rows, then what a person looks at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.money import parse_amount
from imports.reading.cells import without_invisible
from imports.reading.delimited import Record, Table
from partners.imports.cell_warnings import CellWarnings, warn_about_columns, warn_about_no_rows
from partners.imports.context import Context, DonorKey, Earlier, GiftId, donor_number
from partners.imports.gift_goods import check_goods_told
from partners.imports.gift_keys import KeyBook
from partners.imports.gift_months import refuse_closed_months
from partners.imports.gift_reversals import link_reversals, mentioned_gifts, named_by_keys
from partners.imports.gift_rows import GiftRow, Setting, is_said, read_gift_row, settle_dates
from partners.imports.gift_splits import check_split_totals
from partners.imports.judged import JudgedGiftLine, Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.memos import MemoWords
from partners.imports.opening import BoundTable
from partners.imports.row_notes import Notes, Reading
from partners.imports.sentences import ROW_SENTENCES
from partners.keys import short_key

_YES = frozenset({"yes", "y", "true", "1", "x"})


@dataclass(frozen=True)
class JudgedGifts:
    """A table of gifts with the verdict of each row. `lines()` reads the file once more, so that memory stays small.

    known: donor keys that the agency or the file knows. donor_source: the source of donor numbers, where it is not
    that of the gift.
    """

    file: BoundTable
    rows: list[GiftRow]
    notes: Notes
    known: frozenset[DonorKey]
    donor_source: str

    @property
    def bound(self) -> Bound:
        return self.file.bound

    def donor_key(self, row: GiftRow) -> DonorKey:
        """Return the key of the donor: in the source of the gift, or the agency's where the format has none."""
        return self.donor_source or row.source, row.donor

    def lines(self) -> Iterator[JudgedGiftLine]:
        """Yield every row of the file as judged."""
        before, part = 0, 0
        for record, row in zip(self.file.table.records(), self.rows, strict=True):
            part = part + 1 if row.row == before else 0
            before = row.row
            yield _line(record, row, self, part)


def judge_gifts(gifts: BoundTable, context: Context, known: frozenset[DonorKey]) -> JudgedGifts:
    """Judge every row of a table. Raises FileRefused ambiguous_date, quote."""
    table, bound, notes = gifts.table, gifts.bound, Notes()
    warn_about_columns(bound, notes)
    order = settle_dates(table, bound, context)
    rows = _read_rows(table, Setting(context, MemoWords(context), bound, gifts.source, gifts.currency, order), notes)
    if not rows:
        warn_about_no_rows(bound, notes)
    if not bound.layout.numbered:
        number_by_content(rows)
    earlier = context.earlier(mentioned_gifts(rows)) if callable(context.earlier) else context.earlier
    _settle(rows, earlier, context, bound, notes)
    donor_source = context.default_source if bound.layout.source and not bound.layout.own_donors else ""
    judged = JudgedGifts(gifts, rows, notes, known, donor_source)
    _review(judged, context)
    return judged


def mentioned_in(gifts: BoundTable, context: Context) -> set[GiftId]:
    """Return the gifts that a table brings or takes back, without judging it: keys, and what refunds name."""
    if gifts.bound.layout.numbered:
        return named_by_keys(gifts, context)
    mentioned: set[GiftId] = set()

    def remember(named: set[GiftId]) -> Earlier:
        mentioned.update(named)
        return {}

    judge_gifts(gifts, replace(context, earlier=remember), frozenset())
    return mentioned


def _read_rows(table: Table, setting: Setting, notes: Notes) -> list[GiftRow]:
    warnings, rows = CellWarnings(setting.bound), []
    for record in table.records():
        reading = Reading(record, setting.bound, notes)
        rows.append(read_gift_row(reading, setting))
        warnings.look_at(reading)
    return rows


def number_by_content(rows: list[GiftRow]) -> None:
    """Give gifts without a number one made of what they say, so that the same list twice changes nothing.

    Two rows that say the same are two gifts: the second gets another number.
    """
    seen: dict[str, int] = {}
    for row in rows:
        if row.verdict is Verdict.CREATE and row.amount:
            says = f"{row.date}/{row.donor}/{row.designation}/{row.amount.decimal_string()}/{row.reference}"
            seen[says] = seen.get(says, 0) + 1
            row.number, row.called = short_key(f"{says}/{seen[says]}"), f"row{row.row}"


def _settle(rows: list[GiftRow], earlier: Earlier, context: Context, bound: Bound, notes: Notes) -> None:
    book = KeyBook(earlier, context, bound, notes)
    for row in rows:
        if row.verdict is Verdict.CREATE:
            book.settle(row)
    check_split_totals(rows, earlier, bound, notes)
    check_goods_told(rows, bound, notes)
    refuse_closed_months(rows, context, bound, notes)
    link_reversals(rows, earlier, bound, notes)


def _review(judged: JudgedGifts, context: Context) -> None:
    """Set the review reasons of the rows that are imported."""
    for row in judged.rows:
        if row.verdict is Verdict.CREATE:
            row.review = _reasons(row, judged, context)
            if judged.donor_key(row) in context.erased:
                words = ROW_SENTENCES["erased_giver"]
                judged.notes.add("warnings", Noted(row.row, row.line, "", "erased_giver", words, row.key_text))
            for code in row.review:
                note = Noted(row.row, row.line, "", code, ROW_SENTENCES[code], row.key_text)
                judged.notes.add("review", note)


def _reasons(row: GiftRow, judged: JudgedGifts, context: Context) -> tuple[str, ...]:
    """Return the codes of what a person has to look at in a row that is imported."""
    checks = (
        ("unidentified_donor", judged.donor_key(row) not in judged.known),
        ("unknown_designation", row.goes_to not in context.designations),
        ("earmark_worker", row.earmarks_worker),
        ("unlinked_reversal", row.takes_back and row.reverses is None),
    )
    return tuple(code for code, holds in checks if holds)


def _line(record: Record, row: GiftRow, judged: JudgedGifts, part: int) -> JudgedGiftLine:
    def text(fact: str) -> str:
        return judged.bound.text(record.cells, fact)

    value = text("fmv") if row.verdict is not Verdict.ERROR and row.amount else ""
    return JudgedGiftLine(
        row=row.row,
        line=row.line,
        verdict=row.verdict,
        source=row.source,
        number=row.number,
        designation=row.designation,
        donor=row.donor,
        donor_as_given=text("donor_id"),
        donor_name=without_invisible(text("donor_name")),
        donor_known=judged.donor_key(row) in judged.known,
        date=row.date,
        amount=row.amount,
        tendered=row.tendered,
        kind=row.kind,
        method=text("method"),
        reference=text("reference"),
        memo=text("memo"),
        motivation=text("motivation"),
        anonymous=text("anonymous").casefold() in _YES,
        fair_market_value=parse_amount(value, row.amount.currency) if value and row.amount else None,
        soft_donor=short_key(donor_number(text("soft_donor_id"))),
        soft_kind=text("soft_type"),
        reverses=row.reverses,
        review=row.review,
        columns=judged.bound.columns,
        cells=record.as_it_came,
        part=part,
        code=row.goes_to,
        description=text("description"),
        in_return=text("in_return"),
        intangible=is_said(text("intangible")),
        receipted=row.receipted,
    )
