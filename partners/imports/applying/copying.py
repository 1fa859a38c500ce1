"""Judged rows as the text that COPY reads. COPY goes into temporary tables: PostgreSQL refuses it where row security
is on (T3).
"""

import io
import json
from collections.abc import Iterable, Iterator

from django.db import connection

from core.money import Money
from partners.imports.judged import (
    JudgedCommitment,
    JudgedGiftLine,
    JudgedMovement,
    JudgedPartner,
    JudgedRow,
    JudgedStage,
    Name,
    cell_names,
)
from partners.keys import SOURCE_LENGTH, short_key, sort_name

Row = list[str | None]
TODAY = "today"
CHUNK = 4 * 1024 * 1024


def as_json(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """A row as it came. NUL, which a row in error may hold and PostgreSQL cannot, becomes its picture."""
    return json.dumps(dict(zip(cell_names(columns, len(cells)), map(storable, cells), strict=True)), ensure_ascii=False)


def storable(text: str) -> str:
    """Text that PostgreSQL takes: NUL as its picture, a byte that was no letter as its number."""
    if text.isascii() and "\x00" not in text:  # nearly every cell
        return text
    return text.replace("\x00", "\u2400").encode("utf-8", "backslashreplace").decode()


def minor(money: Money | None) -> str | None:
    return None if money is None else str(money.minor)


def of_line(line: JudgedGiftLine) -> Row:
    """The values of one row of `judged_line`, in the order of its columns."""
    reverses = line.reverses or ("", "", "")
    return [
        str(line.row),
        str(line.line),
        line.verdict.value,
        short_key(line.source, SOURCE_LENGTH),
        short_key(line.number),
        short_key(line.designation),
        short_key(line.donor),
        None if line.date is None else line.date.isoformat(),
        minor(line.amount),
        line.amount.currency if line.amount else "",
        minor(line.tendered),
        line.tendered.currency if line.tendered else "",
        line.kind[:12],
        line.method[:20],
        line.reference[:80],
        "; ".join(text for text in (line.memo, line.motivation) if text),
        "t" if line.anonymous else "f",
        minor(line.fair_market_value),
        short_key(line.soft_donor),
        line.soft_kind[:20],
        short_key(reverses[0], SOURCE_LENGTH),
        short_key(reverses[2]),
        json.dumps(line.review),
        as_json(line.columns, line.cells),
        str(line.part),
        short_key(line.code),
        line.description[:250],
        line.in_return[:250],
        "t" if line.intangible else "f",
        "t" if line.receipted else "f",
    ]


def of_row(row: JudgedRow) -> Row:
    """The values of one row of `kept_row`."""
    return [row.section, str(row.row), str(row.line), row.verdict.value, row.key, as_json(row.columns, row.cells)]


def of_promise(promise: JudgedCommitment) -> Row:
    """The values of one row of `judged_promise`."""
    return [
        str(promise.row),
        promise.source,
        promise.donor,
        promise.designation,
        minor(promise.amount),
        promise.amount.currency,
        promise.frequency,
        promise.starts_on.isoformat() if promise.starts_on else None,
        promise.ends_on.isoformat() if promise.ends_on else None,
        promise.method,
        promise.key,
    ]


def of_stage(stage: JudgedStage) -> Row:
    """The values of one row of `judged_stage`."""
    return [str(stage.row), stage.source, stage.donor, stage.toward, stage.kind, stage.said]


def of_movement(judged: JudgedMovement) -> Row:
    """The values of one row of `judged_movement`."""
    moved = judged.movement
    return [
        judged.section,
        str(judged.row),
        judged.verdict.value,
        moved.line_id[1],
        moved.line_id[2],
        moved.date.isoformat(),
        minor(moved.amount),
        moved.amount.currency,
        minor(moved.gross),
        minor(moved.fee),
        moved.category[:80],
        moved.party[:200],
        moved.text,
        short_key(moved.payout),
        moved.payout_date.isoformat() if moved.payout_date else None,
        short_key(moved.gift_number),
        short_key(moved.corrects),
        "t" if moved.returned else "f",
    ]


def name_parts(name: Name) -> list[str]:
    return [name.title[:40], name.first[:80], name.middle[:80], name.last[:120], name.suffix[:40]]


def of_partner(partner: JudgedPartner) -> Row:
    """The values of one row of `judged_partner`."""
    spouse = name_parts(partner.spouse)
    return [
        str(partner.row),
        str(partner.line),
        partner.verdict.value,
        "t" if partner.known else "f",
        short_key(partner.source, SOURCE_LENGTH),
        short_key(partner.number),
        partner.number_as_given[:80],
        partner.kind,
        partner.display_name[:200],
        sorted_by(partner)[:200],
        *name_parts(partner.person),
        spouse[0],
        spouse[1],
        spouse[3],
        "t" if partner.spouse_deceased else "f",
        partner.organization[:200],
        partner.roman_name[:200],
        partner.church[:200],
        partner.note,
        partner.greeting[:120],
        json.dumps(ways("email", partner.emails, partner.spouse_emails, partner)),
        json.dumps(ways("phone", partner.phones, partner.spouse_phones, partner)),
        "\n".join(partner.street),
        partner.city[:100],
        partner.state[:100],
        partner.postal_code[:20],
        partner.country[:60],
        as_json(partner.columns, partner.cells),
        "t" if partner.deceased else "f",
        partner.deceased_on.isoformat() if partner.deceased_on else None,
        partner.language,
        json.dumps(partner.tags),
        "t" if partner.address_fails else "f",
        partner.address_changed.isoformat() if partner.address_changed else None,
    ]


def ways(kind: str, own: tuple[str, ...], spouse: tuple[str, ...], partner: JudgedPartner) -> list[list[str]]:
    """(Whose, text, not valid since) of each; "" while it works, TODAY where it fails since nobody knows when."""
    works = [["partner", each, ""] for each in own] + [["spouse", each, ""] for each in spouse]
    fails = [
        [each.whose, each.text, each.since.isoformat() if each.since else TODAY]
        for each in partner.failing
        if each.kind == kind
    ]
    return works + fails


def sorted_by(partner: JudgedPartner) -> str:
    """What the partner is sorted by."""
    person, spouse = partner.person, partner.spouse
    return sort_name(person.first, spouse.first, person.last, partner.organization, partner.display_name)


def copy_rows(table: str, rows: Iterable[Row]) -> int:
    """COPY rows into a temporary table, a few megabytes at a time; return how many."""
    count = 0
    with connection.cursor() as cursor:
        for text, lines in in_chunks(rows):
            cursor.cursor.copy_expert(f"COPY {table} FROM STDIN WITH (FORMAT csv)", io.StringIO(text))
            count += lines
    return count


def in_chunks(rows: Iterable[Row]) -> Iterator[tuple[str, int]]:
    """CSV text of about CHUNK characters each, with its number of rows. Every value is quoted, so that only None is
    NULL.
    """
    held: list[str] = []
    length = 0
    for row in rows:
        held.append(",".join(map(quoted, row)))
        length += len(held[-1])
        if length > CHUNK:
            yield "\n".join(held) + "\n", len(held)
            held, length = [], 0
    if held:
        yield "\n".join(held) + "\n", len(held)


def quoted(value: str | None) -> str:
    return "" if value is None else '"' + storable(value).replace('"', '""') + '"'
