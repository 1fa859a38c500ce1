"""What becomes of a file that somebody uploads: judged as it is, and where its columns are asked for, judged once more
by the mapping that the page proposes.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from core.money import Money
from imports.mapping.checking import MappingWrong, check_rules, proved_mark, proved_order
from imports.mapping.rules import Rules
from imports.reading.findings import FileRefused
from imports.reading.glance import glance_at
from imports.reading.writing import Writing
from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context
from partners.imports.mapped.facts import TARGETS
from partners.imports.mapped.proposing import kind_of, proposed
from tests.partners.imports.formats.judging import context


def proposed_rules(path: Path, order: str) -> Rules:
    """The rules that the page offers for a file; `order` is what a person says where the file proves none."""
    seen = glance_at(path, Writing(), 2027)
    kind = kind_of(seen.columns)
    target = next(each for each in TARGETS if each.name == kind)
    columns = proposed(target, seen.columns)
    told = {columns[fact] for fact in columns if fact in target.days | target.amounts}
    used = [column for column in seen.columns if column.name in told]
    day, mark = proved_order(used), proved_mark(used)
    rules = Rules(
        kind=kind,
        columns=columns,
        writing=seen.writing,
        order=day.says if day else order,
        mark=mark.says if mark else ".",
        header=seen.names,
    )
    check_rules(rules, target, seen.columns)
    return rules


def brought(path: Path, order: str = "ymd", **knows: Any) -> dict[str, Any]:
    """What the file comes to: `asked` is why its columns are asked for, "" where it is known."""
    data, knowing = path.read_bytes(), context(**knows)
    file, asked = check_file(data, knowing), ""
    if file.outcome.outcome == "reject_file":
        asked, message = file.outcome.reason, file.outcome.message
        try:
            file = check_file(data, replace(knowing, rules=proposed_rules(path, order)))
        except (FileRefused, MappingWrong) as refusal:
            return {"refused": asked, "message": message, "mapping": str(refusal)}
    return told(file, knowing) | ({"asked": asked} if asked else {})


def told(file: CheckedFile, knowing: Context) -> dict[str, Any]:
    """Format, every figure with its day, and what is said of rows."""
    found = {kind: [[note.row, note.column, note.code] for note in file.notes.of(kind)] for kind in KINDS}
    return {"format": file.outcome.format, "brings": list(figures(file))} | {
        kind: notes for kind, notes in found.items() if notes
    }


KINDS = ("errors", "conflicts", "review", "warnings")


def figures(file: CheckedFile) -> Any:
    """Amount, currency and day of each gift line, statement line or commitment that would come in."""
    if file.gifts:
        for line in file.gifts.lines():
            if str(line.verdict) == "create" and line.amount:
                yield f"{worded(line.amount)} {line.date}"
    elif file.statement:
        for row in file.statement.counted:
            yield from (f"{worded(moved.amount)} {moved.date}" for moved in row.moved)
    elif file.partners:
        yield from (partner.display_name for partner in file.partners.imported)
    if file.promised:
        yield from (f"{worded(each.amount)} {each.frequency} {each.starts_on}" for each in file.promised.promises)


def worded(amount: Money) -> str:
    return f"{amount.decimal_string()} {amount.currency}"
