"""The order in which judged rows become partners, gifts and postings."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from funds.models import Account
from funds.operations.posting import check_month
from funds.queries import deposit_account, suspense_account
from imports.models import ImportRun
from partners.imports.applying import (
    commitments_sql,
    copying,
    gifts_sql,
    partners_sql,
    stages_sql,
    statements_sql,
)
from partners.imports.applying.matches import settle_matches
from partners.imports.applying.telling import tell_imported
from partners.imports.by_sets import FEW, joined_by_sets
from partners.imports.judged import (
    JudgedCommitment,
    JudgedGiftLine,
    JudgedMovement,
    JudgedPartner,
    JudgedRow,
    JudgedStage,
)
from partners.operations.partners import unidentified_giver


class OtherCurrency(Refused):
    """A deposit account with a currency takes that one only."""

    code = "deposit_takes_other_currency"
    field = "deposit"

    def __init__(self, account: Account, currencies: list[str]) -> None:
        super().__init__(
            f"{account.name} takes {account.currency or 'no money any more'}, and the file brings "
            f"{', '.join(currencies)}. Choose another deposit account."
        )


Batch = (
    list[JudgedPartner]
    | list[JudgedGiftLine]
    | list[JudgedRow]
    | list[JudgedMovement]
    | list[JudgedCommitment]
    | list[JudgedStage]
)


@transaction.atomic
def apply_judged(
    *, agency: Agency, actor: User | None, run: ImportRun, batches: Iterable[Batch], deposit: int | None = None
) -> dict[str, int]:
    """Write what a file was judged to bring, all of it or nothing; return counts of what was made.

    Every row is kept as it came, also those that bring nothing. `batches` are lists of partners, then lists of gift
    lines, as `stream_judged` yields them. The money came to the account `deposit`, None for the main one. Raises
    MonthClosed, OtherCurrency.
    """
    with connection.cursor() as cursor:
        cursor.execute(partners_sql.TABLE)
        cursor.execute(gifts_sql.TABLE)
        for table in (*statements_sql.TABLES, commitments_sql.TABLE, stages_sql.TABLE):
            cursor.execute(table)
    for batch in batches:
        copy_batch(batch)
    values = {
        "agency": agency.pk,
        "today": agency.today(),
        "run": run.pk,
        "actor": actor.pk if actor else None,
        "own_source": agency.default_source,
        "reason": f"import {run.pk}"[:250],
        "deposit": (account := deposit_to(deposit)).pk,
        "suspense": suspense_account().pk,
        "unidentified": unidentified_giver(agency=agency).pk,
    }
    settle_matches(agency=agency, actor=actor, run=run, values=values)
    made = {**merge_partners(values), **merge_gifts(agency, values, account, again=run.applied_at is not None)}
    made |= {**merge_statements(values), **merge_commitments(values), **merge_stages(values)}
    tell_imported(agency)
    run_all(values, DROP)
    brought = max(made.values())
    if brought > FEW:
        run_all({"brought": brought}, "SELECT figures_after_import(%(brought)s)")
    return made


def deposit_to(deposit: int | None) -> Account:
    """The account that the money of a file came to."""
    found: Account = Account.objects.get(pk=deposit, kind=Account.Kind.DEPOSIT) if deposit else deposit_account()
    return found


def check_currencies(account: Account, agency: Agency) -> None:
    """Raises OtherCurrency when the account does not take a currency of the new gifts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT currency FROM new_gift ORDER BY 1")
        other = [code for (code,) in cursor.fetchall() if not account.takes(code, agency.today())]
    if other:
        raise OtherCurrency(account, other)


DROP = "DROP TABLE judged_partner, judged_line, new_gift, kept_row, judged_movement, judged_promise, judged_stage"
"""Another file may follow in this transaction."""
ANALYZE_LINES = "ANALYZE judged_line (verdict, source, number, currency, designation, gift_id)"
ANALYZE_GIFTS = "ANALYZE new_gift (gift_id, posting_id, source, number, currency, donor)"
"""Only what statements join or filter by: to sample the whole rows takes as long as one of the inserts."""
LINE_COLUMNS = (
    "judged_line (row, line, verdict, source, number, designation, donor, date, amount, currency, tendered, "
    "tendered_currency, kind, method, reference, memo, anonymous, fair_market_value, soft_donor, soft_kind, "
    "reverses_source, reverses_number, review, cells, part, code, description, "
    "in_return, intangible, receipted)"
)
PARTNER_COLUMNS = (
    "judged_partner (row, line, verdict, known, source, number, number_as_given, kind, name, sort_name, title, "
    "first_name, middle_name, last_name, suffix, spouse_title, spouse_first_name, spouse_last_name, spouse_deceased, "
    "organization, roman_name, church, note, greeting, emails, phones, street, city, region, postal_code, country, "
    "cells, deceased, deceased_on, language, tags, address_fails, address_changed)"
)


def copy_batch(batch: Batch) -> None:
    """COPY one list of judged rows into its temporary table."""
    partners = [each for each in batch if isinstance(each, JudgedPartner)]
    lines = [each for each in batch if isinstance(each, JudgedGiftLine)]
    copying.copy_rows(PARTNER_COLUMNS, map(copying.of_partner, partners))
    copying.copy_rows(LINE_COLUMNS, map(copying.of_line, lines))
    rows = [each for each in batch if isinstance(each, JudgedRow)]
    movements = [each for each in batch if isinstance(each, JudgedMovement)]
    copying.copy_rows("kept_row", map(copying.of_row, rows))
    copying.copy_rows("judged_movement", map(copying.of_movement, movements))
    promises = [each for each in batch if isinstance(each, JudgedCommitment)]
    copying.copy_rows(commitments_sql.COLUMNS, map(copying.of_promise, promises))
    stages = [each for each in batch if isinstance(each, JudgedStage)]
    copying.copy_rows("judged_stage", map(copying.of_stage, stages))


def run_all(values: dict[str, Any], *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def merge_partners(values: dict[str, Any]) -> dict[str, int]:
    """Make the partners whose numbers nobody has."""
    run_all(values, partners_sql.STAGED, partners_sql.NUMBERED, *partners_sql.INSERTS)
    with connection.cursor() as cursor:
        cursor.execute(partners_sql.COUNT)
        return {"partners": cursor.fetchone()[0]}


def merge_gifts(agency: Agency, values: dict[str, Any], account: Account, *, again: bool) -> dict[str, int]:
    """Make the gifts of the lines that are new, and post them. `again`: the file was applied before. Raises
    MonthClosed.
    """
    if again:
        run_all(values, gifts_sql.STAGED_BEFORE)
    run_all(values, gifts_sql.STAGED, gifts_sql.OF_ONE_ROW)
    run_all(values, ANALYZE_LINES, gifts_sql.GIFTS, ANALYZE_GIFTS, gifts_sql.TO_GIFTS)
    with connection.cursor() as cursor:
        cursor.execute(gifts_sql.COUNT)
        gifts, lines = cursor.fetchone()
        cursor.execute("SELECT min(date) FROM new_gift")
        first = cursor.fetchone()[0]
    if first is not None:
        check_month(agency, first)
        check_currencies(account, agency)
    with joined_by_sets(lines):  # the statements and their triggers
        run_all(values, gifts_sql.GIVERS, gifts_sql.SOFT_GIVERS, gifts_sql.REVERSED, *gifts_sql.INSERTS)
    return {"gifts": gifts, "gift_lines": lines}


def merge_commitments(values: dict[str, Any]) -> dict[str, int]:
    """Make the promises that nobody has made yet, and change those that their file tells otherwise now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM judged_promise")
        told = cursor.fetchone()[0]
        if not told:
            return {}
        with joined_by_sets(told):
            for statement in (*commitments_sql.JUDGING, commitments_sql.ENDING, commitments_sql.INSERT):
                cursor.execute(statement, values)
            made = cursor.rowcount
    return {"commitments": made}


def merge_stages(values: dict[str, Any]) -> dict[str, int]:
    """Say where relationships stand of which nobody has said it here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM judged_stage")
        told = cursor.fetchone()[0]
        if not told:
            return {}
        with joined_by_sets(told):
            cursor.execute(stages_sql.INSERT, values)
            return {"stages": cursor.rowcount}


def merge_statements(values: dict[str, Any]) -> dict[str, int]:
    """Keep the rows that bring nothing by themselves, and the lines of statements that are new."""
    with connection.cursor() as cursor:
        cursor.execute(statements_sql.COUNT)
        rows, movements, new = cursor.fetchone()
    run_all(values, statements_sql.STAGED)
    with joined_by_sets(movements):
        run_all(values, statements_sql.INSERT)
    return ({"rows": rows} if rows else {}) | ({"statement_lines": new} if movements else {})
