"""What the import of a file comes to, with the names of `data/samples/expected.json`; amounts are exact strings."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.money import Money
from imports.reading.findings import FileRefused, NoTable
from partners.imports.commitment_rows import JudgedCommitments
from partners.imports.context import Context, DonorKey, GiftId
from partners.imports.formats.tnt_xml import TNT_XML
from partners.imports.gift_rows import GiftRow
from partners.imports.gifts import JudgedGifts
from partners.imports.judged import Verdict
from partners.imports.kept_rows import KeptRows
from partners.imports.partner_rows import JudgedPartners
from partners.imports.row_notes import Notes
from partners.imports.statements.judged import Statement

REJECT, ROW_ERRORS, ACCEPT = "reject_file", "row_errors", "accept_with_warnings"


@dataclass(frozen=True)
class Outcome:
    """What one file comes to; its findings stand beside it. `numbers` and `facts` are ready for JSON.

    numbers: counts and totals of gifts or partners that stand, a gift line counted once whether it is new or was
    imported before. facts: what is told of this format only. new_lines: gift lines that are not there yet.
    """

    format: str
    outcome: str
    reason: str = ""
    message: str = ""
    rows: int = 0
    new_lines: int = 0
    numbers: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return one flat object, as `import_file --json` prints it before the lists of findings."""
        head = {"format": self.format, "outcome": self.outcome, "reason": self.reason, "message": self.message}
        return {**head, "rows": self.rows, **self.numbers, **self.facts, "new_lines": self.new_lines}


def refused(format_name: str, refusal: FileRefused) -> Outcome:
    """Return the outcome of a file of which nothing can be imported."""
    said = {"is_table": False} if isinstance(refusal, NoTable) else {}
    return Outcome(format_name, REJECT, refusal.code, str(refusal), numbers=_no_numbers() | said)


def of_gifts(gifts: JudgedGifts, notes: Notes, context: Context, facts: dict[str, Any]) -> Outcome:
    """Return the outcome of a file of gifts; `notes` are those of the whole file."""
    return Outcome(
        gifts.bound.layout.name,
        ROW_ERRORS if notes.of("errors") else ACCEPT,
        rows=len({row.row for row in gifts.rows}),
        new_lines=_new_lines(gifts),
        numbers=_gift_numbers(gifts, context),
        facts=_gift_facts(gifts, context) | facts,
    )


def _new_lines(gifts: JudgedGifts) -> int:
    """The lines that are not there yet; a gift that goes in and out again in one row is one."""
    new = [row for row in gifts.rows if row.verdict is Verdict.CREATE]
    came_in = {row.row for row in new if not row.returned}
    return sum(not row.returned or row.row not in came_in for row in new)


def of_rows(rows: KeptRows, notes: Notes, facts: dict[str, Any]) -> Outcome:
    """Return the outcome of a file whose rows are kept and bring nothing else."""
    good = rows.rows - len(rows.rows_in_error)
    return Outcome(
        rows.format,
        ROW_ERRORS if notes.of("errors") else ACCEPT,
        rows=rows.rows,
        numbers=_no_numbers() | {"kept_rows": good, "accepted": {"rows": good}},
        facts=facts,
    )


def of_nothing(format_name: str, facts: dict[str, Any]) -> Outcome:
    """Return the outcome of a file that is right and brings nothing."""
    return Outcome(format_name, ACCEPT, numbers=_no_numbers() | {"kept_rows": 0, "accepted": {"rows": 0}}, facts=facts)


def of_commitments(promised: JudgedCommitments, notes: Notes, facts: dict[str, Any]) -> Outcome:
    """Return the outcome of a file of commitments."""
    good = promised.rows - len(promised.rows_in_error)
    return Outcome(
        promised.file.bound.layout.name,
        ROW_ERRORS if notes.of("errors") else ACCEPT,
        rows=promised.rows,
        numbers=_no_numbers() | {"commitments": good, "kept_rows": 0, "accepted": {"rows": good}},
        facts=facts,
    )


def of_statement(statement: Statement, context: Context) -> Outcome:
    """Return the outcome of a bank's statement."""
    movements = list(statement.movements(frozenset(context.lines)))
    new = sum(judged.verdict is Verdict.CREATE for judged in movements)
    rows = statement.counted
    net: Counter[str] = Counter()
    for row in rows:
        for moved in row.moved:
            net[moved.amount.currency] += moved.amount.minor
    totals = {currency: Money(minor, currency).decimal_string() for currency, minor in sorted(net.items())}
    accepted = {"transactions": len(rows), "net": next(iter(totals.values()), "0.00") if len(totals) < 2 else totals}
    counts = {"statement_lines": len(movements), "new_statement_lines": new}
    return Outcome(
        statement.format,
        ROW_ERRORS if statement.notes.of("errors") else ACCEPT,
        rows=len(statement.rows),
        new_lines=new,
        numbers=_no_numbers() | {"accepted": accepted},
        facts=statement.facts | counts,
    )


def of_partners(partners: JudgedPartners, notes: Notes, context: Context, facts: dict[str, Any]) -> Outcome:
    """Return the outcome of a file of partners."""
    donors = len(partners.imported)
    same_person = {
        "same_person_sure": [[_key_text(key) for key in pair] for pair in partners.same_person.sure],
        "same_person_likely": [[_key_text(key) for key in pair] for pair in partners.same_person.likely],
    }
    return Outcome(
        partners.bound.layout.name,
        ROW_ERRORS if notes.of("errors") else ACCEPT,
        rows=partners.rows,
        numbers=_no_numbers() | {"donors": donors, "accepted": {"rows": donors, "donors": donors}},
        facts=partner_facts(partners, context) | same_person | facts,
    )


def partner_facts(partners: JudgedPartners, context: Context) -> dict[str, Any]:
    """Return the counts that are told of a file of partners."""
    found = partners.imported
    return {
        "by_type": _sorted(Counter(partner.kind for partner in found)),
        "by_source": _sorted(Counter(partner.source for partner in found)),
        "with_email": sum(bool(partner.emails) for partner in found),
        "shared_couple_email": sum(bool(set(partner.emails) & set(partner.spouse_emails)) for partner in found),
        "foreign": sum(partner.country not in {"", context.home_country} for partner in found),
        "persons": sum(partner.kind in {"person", "household"} for partner in found),
        "organisations": sum(partner.kind not in {"person", "household"} for partner in found),
        "with_phone": sum(bool(partner.phones or partner.spouse_phones) for partner in found),
        "with_spouse": sum(bool(partner.spouse.first) for partner in found),
        **({} if "source" in partners.bound.places else {"source": partners.source}),
    }


def donor_facts(partners: JudgedPartners) -> dict[str, Any]:
    """Return the counts that are told of the [DONORS] of a DataSync file."""
    found = partners.imported
    organizations = sum(partner.kind == "organization" for partner in found)
    return {
        "donor_rows": partners.rows,
        "donor_persons": len(found) - organizations,
        "donor_organisations": organizations,
        "donor_type_fallbacks": partners.type_fallbacks,
        "donors_with_email": sum(bool(partner.emails) for partner in found),
    }


def _gift_numbers(gifts: JudgedGifts, context: Context) -> dict[str, Any]:
    stands = [row for row in gifts.rows if row.stands]
    booked = [row for row in stands if row.amount and row.amount.currency == context.base_currency]
    given = [row for row in stands if not row.returned]
    lines: Counter[GiftId] = Counter(row.gift for row in given)
    donors = {key for row in stands if (key := gifts.donor_key(row)) in gifts.known}
    by_currency = _totals((row.given.currency, row.given) for row in stands)
    counts = {
        "donors": len(donors),
        "gifts": len(lines),
        "gift_lines": len(given),
        "split_gifts": sum(count > 1 for count in lines.values()),
        "reversals": len({row.gift for row in stands if row.takes_back}),
    }
    days = sorted({row.date for row in stands if row.date})
    return {
        **counts,
        "base_total": _total(context.base_currency, booked),
        "totals_by_currency": by_currency,
        "totals_by_designation": _totals_of(booked, lambda row: row.designation),
        "totals_by_year": _totals_of(booked, lambda row: str(row.date.year if row.date else "")),
        "totals_by_fiscal_year": _totals_of(booked, lambda row: _fiscal_year(row, context)),
        "dates": [days[0].isoformat(), days[-1].isoformat()] if days else [],
        "accepted": {
            "rows": len(given),
            "gifts": len(lines),
            "donors": len(donors),
            "totals_by_currency": by_currency,
        },
    }


def _gift_facts(gifts: JudgedGifts, context: Context) -> dict[str, Any]:
    stands = [row for row in gifts.rows if row.stands]
    facts: dict[str, Any] = {
        "currency": context.base_currency,
        "restricted_words": [row.row for row in gifts.rows if row.names_hidden_unit],
    }
    if gifts.bound.layout.name == TNT_XML:
        booked = [row for row in stands if row.amount and row.amount.currency == context.base_currency]
        facts["gift_total"] = _total(context.base_currency, booked)
    if "source" not in gifts.bound.places:
        facts["source"] = gifts.file.source
    if "type" in gifts.bound.places:
        booked = [row for row in stands if row.amount and row.amount.currency == context.base_currency]
        facts["totals_by_type"] = _totals_of(booked, lambda row: row.kind)
    if "soft_donor_id" in gifts.bound.places:
        facts["soft_credits"] = sum(row.has_soft_credit for row in stands)
    if "fmv" in gifts.bound.places:
        facts["with_fmv"] = sum(row.is_valued for row in stands)
    if not gifts.bound.layout.numbered:
        totals = [row for row in gifts.rows if row.verdict is Verdict.SKIP]
        facts["total_rows"] = [{"row": row.row, "line": row.line} for row in totals]
    return facts


def _fiscal_year(row: GiftRow, context: Context) -> str:
    """Name the fiscal year after the calendar year in which it ends: July 2025 to June 2026 is FY2026."""
    if row.date is None:
        return ""
    starts = context.fiscal_year_starts_month
    return f"FY{row.date.year + (starts > 1 and row.date.month >= starts)}"


def _totals_of(rows: list[GiftRow], group: Callable[[GiftRow], str]) -> dict[str, str]:
    """Return the sum of the booked amounts by group."""
    return _totals((group(row), row.amount) for row in rows if row.amount)


def _total(currency: str, rows: list[GiftRow]) -> str:
    return Money(sum(row.amount.minor for row in rows if row.amount), currency).decimal_string()


def _totals(parts: Iterable[tuple[str, Money]]) -> dict[str, str]:
    """Return the exact sum by name; the amounts of one name are in one currency."""
    sums: Counter[tuple[str, str]] = Counter()
    for name, money in parts:
        sums[name, money.currency] += money.minor
    return {name: Money(minor, currency).decimal_string() for (name, currency), minor in sorted(sums.items())}


def _no_numbers() -> dict[str, Any]:
    counts = dict.fromkeys(("donors", "gifts", "gift_lines", "split_gifts", "reversals"), 0)
    totals: dict[str, Any] = {"totals_by_currency": {}, "totals_by_designation": {}, "totals_by_year": {}}
    return {**counts, "base_total": "0", **totals, "dates": []}


def _key_text(key: DonorKey) -> str:
    return "|".join(key)


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
