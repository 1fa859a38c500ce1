"""Bringing judged gift lines in: the importer, against the same rows made ready, and against Django's bulk_create."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db import connection

from benchmarks.registry import benchmark
from benchmarks.results import Goal, Result
from benchmarks.timing import once
from benchmarks.world import Place, World, as_worker, checked_at_once, inside

BATCH = 2_000
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


def judged_lines(count: int, givers: list[str], codes: list[str]) -> list[Any]:
    """Lines as a checked file of gifts gives them, for givers and designations that the agency has."""
    from core.money import Money
    from partners.imports.judged import JudgedGiftLine, Verdict

    names = ("source", "gift_id", "gift_date", "donor_id", "designation", "amount", "currency", "memo")
    found = []
    for n in range(count):
        day, amount = date(2026, 1, 1) + timedelta(days=n % 180), Money(1000 + n * 137 % 49000, "USD")
        giver, code, number = givers[n * 7919 % len(givers)], codes[n % len(codes)], f"N{n}"
        cells = ("OWN", number, day.isoformat(), giver, code, amount.decimal_string(), "USD", "")
        values: dict[str, Any] = dict.fromkeys(JudgedGiftLine._fields, "") | JudgedGiftLine._field_defaults
        values |= {"row": n + 1, "line": n + 2, "verdict": Verdict.CREATE, "source": "OWN", "number": number}
        values |= {
            "designation": code,
            "code": code,
            "donor": giver,
            "donor_as_given": giver,
            "donor_known": True,
            "date": day,
        }
        values |= {"amount": amount, "tendered": None, "kind": "gift", "method": "check", "anonymous": False}
        values |= {"fair_market_value": None, "reverses": None, "review": (), "columns": names, "cells": cells}
        found.append(JudgedGiftLine(**values))
    return found


def batches(lines: list[Any]) -> Iterator[list[Any]]:
    """The lines as the reader's process sends them."""
    for begin in range(0, len(lines), BATCH):
        yield lines[begin : begin + BATCH]


def new_run(place: Place) -> Any:
    """An import that is being applied, and the file that it came with."""
    from imports.models import ImportRun
    from jobs.models import StoredFile

    facts = {"sha256": "0" * 64, "size": 1}
    kept = StoredFile.objects.create(name="gifts.csv", path="nowhere", **facts)
    return ImportRun.objects.create(agency=place.agency, file_name="gifts.csv", stored_file=kept, **facts)


def by_importer(place: Place, lines: list[Any]) -> tuple[float, dict[str, str]]:
    """Milliseconds of the product's own way, and the rows that it made as COPY text by table."""
    from partners.imports.applying import apply_judged

    def work() -> None:
        made = apply_judged(agency=place.agency, actor=place.user, run=run, batches=batches(lines))
        checked_at_once()
        assert made["gift_lines"] == len(lines), made

    with inside(place):
        run = new_run(place)
        taken = once(work)
        rows = {
            "jobs_storedfile": f"id = {run.stored_file_id}",
            "imports_importrun": f"id = {run.pk}",
            **made_by(run.pk),
        }
        return taken, {table: copied(table, condition) for table, condition in rows.items()}


def made_by(run: int) -> dict[str, str]:
    """Which rows of each table an import made."""
    gifts = f"(SELECT posting_id FROM partners_gift WHERE import_id = {run})"
    return {
        "imports_stagedrow": f"import_run_id = {run}",
        "funds_posting": f"id IN {gifts}",
        "partners_gift": f"import_id = {run}",
        "partners_giftline": f"gift_id IN (SELECT id FROM partners_gift WHERE import_id = {run})",
        "funds_entry": f"posting_id IN {gifts}",
    }


def columns(table: str) -> str:
    """The columns of a table that can be written."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return str(cursor.fetchone()[0])


def copied(table: str, condition: str) -> str:
    """Rows as COPY text."""
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY (SELECT {columns(table)} FROM {table} WHERE {condition}) TO STDOUT", text)
    return text.getvalue()


def by_ready_rows(place: Place, rows: dict[str, str]) -> float:
    """Milliseconds of one INSERT … SELECT per table from rows that need no more work: the limit with these indexes."""

    def work() -> None:
        for table in rows:
            names = columns(table)
            cursor.execute(f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM ready_{table}")
        checked_at_once()

    with inside(place), connection.cursor() as cursor:
        for table, text in rows.items():
            names = columns(table)
            cursor.execute(f"CREATE TEMP TABLE ready_{table} ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")
            cursor.cursor.copy_expert(f"COPY ready_{table} ({names}) FROM STDIN", io.StringIO(text))
            cursor.execute(f"ANALYZE ready_{table}")
        return once(work)


def by_bulk_create(place: Place, lines: list[Any]) -> float:
    """Milliseconds of Django's bulk_create, table by table, givers and designations looked up once."""
    from funds.models import Account
    from funds.queries import deposit_account
    from partners.models import ExternalId, GivingUnit

    with inside(place):
        partners = dict(ExternalId.objects.values_list("norm", "partner_id"))
        units = dict(GivingUnit.objects.values_list("partner_id", "pk"))
        funds = {a.designation.code: a for a in Account.objects.exclude(designation=None).select_related("designation")}
        givers = {norm: units[partner] for norm, partner in partners.items()}
        deposit, run = deposit_account().pk, new_run(place)
        return once(lambda: bulk_created(place, run, lines, givers, funds, deposit))


def bulk_created(place: Place, run: Any, lines: list[Any], givers: Any, funds: Any, deposit: int) -> None:
    """The rows of all five tables."""
    from funds.models import Entry, Posting
    from imports.models import StagedRow
    from partners.models import Gift, GiftLine

    staged = StagedRow.objects.bulk_create(
        [
            StagedRow(import_run=run, row=n, line=n, section="gifts", verdict="create", cells=line.raw)
            for n, line in enumerate(lines)
        ],
        batch_size=BATCH,
    )
    postings = Posting.objects.bulk_create(
        [
            Posting(date=line.date, kind="gift", source=line.source, posted_by=place.user, agency=place.agency)
            for line in lines
        ],
        batch_size=BATCH,
    )
    gifts = Gift.objects.bulk_create(
        [gift_of(line, givers[line.donor], posting, run) for line, posting in zip(lines, postings, strict=True)],
        batch_size=BATCH,
    )
    GiftLine.objects.bulk_create(
        [
            line_of(line, gift, funds[line.designation], row)
            for line, gift, row in zip(lines, gifts, staged, strict=True)
        ],
        batch_size=BATCH,
    )
    entries = []
    for line, posting in zip(lines, postings, strict=True):
        for account, amount in ((deposit, line.amount.minor), (funds[line.designation].pk, -line.amount.minor)):
            entries.append(
                Entry(agency=place.agency, posting=posting, account_id=account, amount=amount, currency="USD")
            )
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    checked_at_once()


def gift_of(line: Any, giver: int, posting: Any, run: Any) -> Any:
    from partners.models import Gift

    amount = {
        "amount": line.amount.minor,
        "currency": "USD",
        "tendered_amount": line.amount.minor,
        "tendered_currency": "USD",
    }
    kept = {"source": line.source, "external_id": line.number, "giver_key": line.donor, "import_id": run.pk}
    return Gift(giving_unit_id=giver, date=line.date, method=line.method, posting=posting, **amount, **kept)


def line_of(line: Any, gift: Any, account: Any, staged: Any) -> Any:
    from partners.models import GiftLine

    kept = {"source": line.source, "external_id": line.number, "staged_row": staged.pk}
    to = {"designation_id": account.designation_id, "designation_key": line.designation}
    return GiftLine(gift=gift, amount=line.amount.minor, **to, **kept)


@benchmark("import")
def imports(world: World) -> list[Result]:
    """Into a usual agency, rolled back each time; foreign keys and triggers are inside the measured time."""
    from funds.models import Designation
    from partners.models import ExternalId

    place = world.usual
    with inside(place):
        givers = list(ExternalId.objects.values_list("norm", flat=True))
        codes = list(Designation.objects.values_list("code", flat=True))
    lines = judged_lines(world.scale.import_rows, givers, codes)
    taken: dict[str, list[float]] = {"ours": [], "ready": [], "bulk": []}
    with as_worker():
        for _ in range(max(world.scale.rounds // 2, 1)):
            ours, rows = by_importer(place, lines)
            taken["ours"].append(ours)
            taken["ready"].append(by_ready_rows(place, rows))
            taken["bulk"].append(by_bulk_create(place, lines))
    ours, ready, bulk = (median(each) for each in taken.values())
    rate = f"{len(lines) / ours * 1000:,.0f} lines a second"
    return [
        Result("import: limit", "apply_judged", "INSERT … SELECT of ready rows", ours, ready, Goal(1.4, 1.2), rate),
        Result("import: bulk_create", "apply_judged", "bulk_create", ours, bulk, Goal(1.8, 3, at_least=True), rate),
    ]
