"""The rows of an import that are kept out, as a grid to be corrected: cell by cell, with what is wrong beside it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words, time_in_words
from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from imports.models import CellCorrection, HeldRow, ImportFinding, ImportRun
from imports.operations.check import corrections_of, may_be_judged
from imports.operations.corrections import Cell, newest_correction
from imports.pages.runs import job_panel, number_in_words, title_of

PAGE = 20
LATEST = 20
URGENT = ("errors", "conflicts")


@dataclass(frozen=True)
class CellShown:
    """One cell: the name of its control, what stands in it, and what is wrong with it."""

    name: str
    label: str
    value: str
    errors: list[str]
    corrected_from: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class RowShown:
    """One row with its cells, and what is wrong with it as a whole."""

    title: str
    line: int
    cells: list[CellShown]
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """Rows with the same columns."""

    title: str
    columns: list[str]
    rows: list[RowShown]


def rows_page(seat: Seat, run: ImportRun, number: str | None, typed: Mapping[Cell, str]) -> dict[str, Any]:
    """The grid; `typed` is what was sent and could not be saved."""
    agency = seat.agency
    page = Paginator(run.held_rows.order_by("line"), PAGE).get_page(number)
    total, out = page.paginator.count, run.outcome.get("kept_out", 0)
    return {
        "run": run,
        "title": _("Rows to correct"),
        "import_title": title_of(run),
        "page": page,
        "grids": grids(run, page, typed),
        "count": number_in_words(agency, total),
        "more": number_in_words(agency, out) if out > total else "",
        "may_fix": may_fix(run),
        "job": job_panel(agency, run),
        "seen": newest_correction(run),
        "latest": latest(seat, run),
        "tabs": giving_tabs(seat, "imports"),
    }


def may_fix(run: ImportRun) -> bool:
    """Whether rows of an import can be corrected now."""
    return may_be_judged(run) and run.state != ImportRun.State.UPLOADED


def fix_words(seat: Seat, run: ImportRun) -> str:
    """The words on the way to the grid; "" where nothing can be corrected. One query."""
    count = run.held_rows.count() if may_fix(run) and run.outcome.get("kept_out") else 0
    words = ngettext("Correct %(count)s row here", "Correct %(count)s rows here", count)
    return words % {"count": number_in_words(seat.agency, count)} if count else ""


def grids(run: ImportRun, page: Page[HeldRow], typed: Mapping[Cell, str]) -> list[Grid]:
    """The rows of a page, those of one section in one grid. Two queries."""
    rows = list(page)
    said, written = findings_of(run, {row.line for row in rows}), corrections_of(run)
    by_section: defaultdict[tuple[str, int], list[HeldRow]] = defaultdict(list)
    for row in rows:
        by_section[row.section, len(row.columns)].append(row)
    return [grid(section, found, said, written, typed) for (section, _), found in by_section.items()]


def findings_of(run: ImportRun, lines: Collection[int]) -> dict[int, list[ImportFinding]]:
    """What is wrong with the rows at these lines. One query."""
    found: defaultdict[int, list[ImportFinding]] = defaultdict(list)
    for finding in run.findings.filter(kind__in=URGENT, line__in=lines).order_by("line", "kind", "position"):
        found[finding.line].append(finding)
    return found


def grid(
    section: str,
    rows: Iterable[HeldRow],
    said: Mapping[int, list[ImportFinding]],
    written: Mapping[int, Mapping[str, str]],
    typed: Mapping[Cell, str],
) -> Grid:
    """Rows of one section. Columns in which something is wrong come first: a wide file would hide them at its end.
    Those that are empty in all rows are left out.
    """
    found = list(rows)
    columns = found[0].columns
    wrong = {finding.column for row in found for finding in said.get(row.line, [])}
    kept = [
        place
        for place, name in enumerate(columns)
        if name in wrong or any(row.cells[place] or written.get(row.line, {}).get(name) for row in found)
    ]
    shown = sorted(kept, key=lambda place: columns[place] not in wrong)
    return Grid(
        section_words().get(section, ""),
        [columns[place] for place in shown],
        [row_shown(row, shown, said.get(row.line, []), written.get(row.line, {}), typed) for row in found],
    )


def section_words() -> dict[str, str]:
    """What the rows of a section are."""
    return {
        "gifts": _("Gifts"),
        "partners": _("Givers"),
        "commitments": _("Commitments"),
        "statement": _("Statement lines"),
        "rows": _("Rows"),
    }


def row_shown(
    row: HeldRow,
    places: Iterable[int],
    findings: list[ImportFinding],
    written: Mapping[str, str],
    typed: Mapping[Cell, str],
) -> RowShown:
    """One row: findings that name no shown cell stand with the row."""
    cells, named = [], set()
    for place in places:
        column = row.columns[place]
        came, now = row.cells[place], written.get(column)
        value = typed.get((row.line, column), came if now is None else now)
        errors = list(dict.fromkeys(finding.message for finding in findings if finding.column == column))
        named.add(column)
        is_long = "\n" in value or len(value) > 60
        before = came if now is not None and now != came else ""
        cells.append(CellShown(f"c-{row.line}-{place}", column, value, errors, before, is_long))
    whole = list(dict.fromkeys(finding.message for finding in findings if finding.column not in named))
    title = _("Row %(row)s, line %(line)s") % {"row": row.row, "line": row.line}
    return RowShown(title, row.line, cells, whole)


def typed_cells(run: ImportRun, sent: Mapping[str, str]) -> dict[Cell, str]:
    """What a form of the grid says: its controls are called c-<line>-<place>. One query. Others are passed over."""
    parts = {name: name.split("-") for name in sent if name.startswith("c-")}
    places = {
        name: (int(found[1]), int(found[2]))
        for name, found in parts.items()
        if len(found) == 3 and all(each.isascii() and each.isdigit() and len(each) < 9 for each in found[1:])
    }
    columns = dict(run.held_rows.filter(line__in={line for line, _ in places.values()}).values_list("line", "columns"))
    return {
        (line, columns[line][place]): sent[name]
        for name, (line, place) in places.items()
        if line in columns and place < len(columns[line])
    }


@dataclass(frozen=True)
class Correction:
    """One correction in words."""

    line: str
    column: str
    was: str
    now: str
    by: str
    when: str


def latest(seat: Seat, run: ImportRun) -> list[Correction]:
    """The latest corrections, the newest first. One query."""
    agency = seat.agency
    found: Iterable[CellCorrection] = run.corrections.select_related("by").order_by("-pk")[:LATEST]
    return [
        Correction(
            line=number_in_words(agency, each.line),
            column=each.column,
            was=each.was,
            now=each.now,
            by=seat.name_of(each.by) if each.by else "",
            when=f"{day_in_words(agency, each.at)}, {time_in_words(agency, each.at)}",
        )
        for each in found
    ]
