"""Judging a CAMT.053 statement. It is taken whole or not at all: with one bad entry its balance proves nothing."""

from dataclasses import replace
from typing import Any

from core.dates import WrongDate, parse_date
from core.money import Money, UnknownCurrency, exponent
from core.quoting import quoted
from imports.reading.camt import CamtEntry, CamtStatement, read_camt
from imports.reading.findings import FileRefused
from imports.reading.letters import letters_of
from partners.imports.context import Context
from partners.imports.judged import Noted, Verdict
from partners.imports.movements import Movement
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES
from partners.imports.statements import AGAIN, CAMT
from partners.imports.statements.camt_amounts import money_of, signed
from partners.imports.statements.camt_parts import parts_of
from partners.imports.statements.judged import LineRow, Statement, in_sum, numbered, said_of, settle

_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_COLUMNS = (
    *("BookgDt", "Amt", "Ccy", "CdtDbtInd", "Sts", "AcctSvcrRef", "BkTxCd", "AddtlNtryInf", "EndToEndId", "MndtId"),
    *("Nm", "IBAN", "RmtInf", "RtrInf"),
)


def judge_camt(data: bytes, context: Context) -> Statement:
    """Judge every entry. Raises FileRefused balance, amount, currency, date, not_well_formed, doctype."""
    file, notes = read_camt(data), Notes()
    statements = each_once(file.statements, notes)
    rows: list[LineRow] = []
    returns: list[dict[str, Any]] = []
    for statement in statements:
        currency = currency_of(statement, context)
        booked = [entry for entry in statement.entries if _is_booked(entry, notes)]
        moved = [(entry, amount_of(entry, currency)) for entry in booked]
        refuse_other_sum(statement, currency, [amount for _, amount in moved])
        rows += [entry_row(statement, entry, amount, context, notes) for entry, amount in moved]
        returns += [each for entry, amount in moved for each in returns_of(entry, amount)]
    numbered(rows)
    settle(rows, context, notes)
    warn_of_statement_there(rows, notes)
    judged = Statement(CAMT, rows, notes, {})
    facts = facts_of(file.version, statements, judged, returns, context)
    return Statement(CAMT, rows, notes, facts | {"encoding": letters_of(data).name})


def each_once(statements: tuple[CamtStatement, ...], notes: Notes) -> tuple[CamtStatement, ...]:
    """The statements without those that say the same as an earlier one; their lines would count twice."""
    kept: dict[tuple[str, str], list[CamtStatement]] = {}
    for statement in statements:
        namesakes = kept.setdefault((statement.account, statement.statement_id), [])
        if any(says_the_same(each, statement) for each in namesakes):
            sentence = f"The statement {named_as(statement)} is in this file twice. It counts once."
            notes.add("warnings", Noted(0, 0, "Stmt", "duplicate", sentence))
        else:
            namesakes.append(statement)
    once = {id(statement) for namesakes in kept.values() for statement in namesakes}
    return tuple(statement for statement in statements if id(statement) in once)


def says_the_same(one: CamtStatement, other: CamtStatement) -> bool:
    """Whether two statements of an account have the same balances and entries, wherever in the file they stand."""
    return (
        one.balances == other.balances
        and len(one.entries) == len(other.entries)
        and all(replace(a, place=b.place) == b for a, b in zip(one.entries, other.entries, strict=True))
    )


def facts_of(
    version: str,
    statements: tuple[CamtStatement, ...],
    judged: Statement,
    returns: list[dict[str, Any]],
    context: Context,
) -> dict[str, Any]:
    """What is told of this format only."""
    currency = currency_of(statements[0], context)
    came_in = [moved for row in judged.counted for moved in row.moved if moved.amount.minor > 0 and not moved.returned]
    candidates = in_sum([moved.amount for moved in came_in])
    return said_of(judged, context) | {
        "version": version,
        "currency": currency,
        "account": ", ".join(dict.fromkeys(statement.account for statement in statements)),
        "entries": len(judged.rows),
        "transactions": sum(len(row.moved) for row in judged.rows),
        "opening": balances_of(statements, context, _OPENING, at=0),
        "closing": balances_of(statements, context, _CLOSING, at=-1),
        "gift_candidates": candidates["count"],
        "gift_candidate_total": candidates["sum"],
        "returns": returns,
    }


def currency_of(statement: CamtStatement, context: Context) -> str:
    """The currency of the account, else of its balances. Raises FileRefused currency."""
    balances = [currency for _, currency, _ in statement.balances.values() if currency]
    currency = statement.currency or next(iter(balances), context.base_currency)
    try:
        exponent(currency)
    except UnknownCurrency as refusal:
        raise FileRefused("currency", f"Statement {named_as(statement)}, Ccy: {refusal} {AGAIN}") from refusal
    return currency


def balance(statement: CamtStatement, currency: str, *codes: str) -> Money:
    """The first balance of these kinds. Raises FileRefused balance when there is none."""
    for code in codes:
        if code in statement.balances:
            amount, of, direction = statement.balances[code]
            where = f"Statement {named_as(statement)}, Bal {code}"
            return signed(money_of(amount, of, currency, where), direction, where)
    sentence = f"Statement {named_as(statement)}, Bal: there is no balance {' or '.join(codes)}, so nothing proves its"
    raise FileRefused("balance", f"{sentence} entries. Ask the bank for the statement of whole days, CAMT.053.")


def named_as(statement: CamtStatement) -> str:
    """The number that the bank gave the statement, in quotation marks."""
    return quoted(statement.statement_id)


def balances_of(statements: tuple[CamtStatement, ...], context: Context, codes: tuple[str, ...], *, at: int) -> str:
    """This balance of the first (0) or last (-1) statement of each account."""
    told: dict[str, list[str]] = {}
    for each in statements:
        figure = balance(each, currency_of(each, context), *codes).decimal_string()
        told.setdefault(each.account, []).append(figure)
    return ", ".join(figures[at] for figures in told.values())


def refuse_other_sum(statement: CamtStatement, currency: str, amounts: list[Money]) -> None:
    """Refuse a statement whose opening balance and booked entries are not its closing balance."""
    opening, closing = balance(statement, currency, *_OPENING), balance(statement, currency, *_CLOSING)
    found = Money(opening.minor + sum(amount.minor for amount in amounts), currency)
    if found != closing:
        told = f"the opening balance and the booked entries, {len(amounts)} in all, come to {found.decimal_string()}"
        told += f", the closing balance to {closing.decimal_string()}"
        raise FileRefused("balance", f"Statement {named_as(statement)}, Bal: {told}. {AGAIN}")


def _is_booked(entry: CamtEntry, notes: Notes) -> bool:
    """Whether the entry counts; what is only pending is told."""
    if entry.status in {"BOOK", ""}:
        return True
    notes.add("warnings", Noted(entry.place, 0, "Sts", "pending", ROW_SENTENCES["pending"]))
    return False


def amount_of(entry: CamtEntry, currency: str) -> Money:
    """What an entry moves. Raises FileRefused amount, currency."""
    where = f"Entry {entry.place}"
    return signed(money_of(entry.amount, entry.currency, currency, where), entry.direction, where)


def entry_row(statement: CamtStatement, entry: CamtEntry, amount: Money, context: Context, notes: Notes) -> LineRow:
    """One entry with a line for each of its details."""
    try:
        day = parse_date(entry.day, today=context.today)
    except WrongDate as refusal:
        wrong = str(refusal) if entry.day else "there is no day."
        raise FileRefused("date", f"Entry {entry.place}, BookgDt: {wrong} {AGAIN}") from refusal
    if entry.is_reversal:
        notes.add("warnings", Noted(entry.place, 0, "RvslInd", "reversal", ROW_SENTENCES["reversed_entry"]))
    row = LineRow(entry.place, 0, _COLUMNS, cells_of(entry))
    for detail, moved in parts_of(entry, amount):
        row.moved.append(
            Movement(
                account=statement.account,
                reference="",
                date=day,
                amount=moved,
                category=entry.text or entry.code,
                party=detail.party,
                text=" ".join(filter(None, (detail.text, named(detail.end_to_end), detail.mandate))),
                returned=detail.is_return or entry.is_reversal,
            )
        )
    return row


def named(end_to_end: str) -> str:
    return "" if end_to_end == "NOTPROVIDED" else end_to_end


def cells_of(entry: CamtEntry) -> tuple[str, ...]:
    """An entry as it came, its details line by line."""

    def lines(*texts: str) -> str:
        return "\n".join(texts) if any(texts) else ""

    details = entry.details
    return (
        *(entry.day, entry.amount, entry.currency, entry.direction, entry.status, entry.reference, entry.code),
        entry.text,
        lines(*(each.end_to_end for each in details)),
        lines(*(each.mandate for each in details)),
        lines(*(each.party for each in details)),
        lines(*(each.party_account for each in details)),
        lines(*(each.text for each in details)),
        lines(*(each.return_reason for each in details)),
    )


def returns_of(entry: CamtEntry, amount: Money) -> list[dict[str, Any]]:
    """Direct debits and transfers that came back, with the bank's reason."""
    return [
        {
            "entry": entry.place,
            "end_to_end": detail.end_to_end,
            "amount": Money(abs(moved.minor), moved.currency).decimal_string(),
            "reason": detail.return_reason,
        }
        for detail, moved in parts_of(entry, amount)
        if detail.is_return
    ]


def warn_of_statement_there(rows: list[LineRow], notes: Notes) -> None:
    """Warn when every entry is there: the same statement came before, perhaps in another version."""
    if rows and all(row.verdict is Verdict.REPEAT for row in rows):
        notes.add("warnings", Noted(0, 0, "", "duplicate", ROW_SENTENCES["statement_there"]))
