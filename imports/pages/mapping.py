"""What the page shows on which columns are mapped: the file's columns with examples and a proposal, what the file
proves, and the saved mappings that would fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from imports.forms.columns import ColumnsForm, WritingForm
from imports.giving_tabs import giving_tabs
from imports.kinds import Proposals, domain, format_name
from imports.mapping.checking import order_words, proved_mark, proved_order
from imports.mapping.rules import Rules, missing_in, rules_of
from imports.mapping.targets import Target
from imports.models import ImportRun, SavedMapping
from imports.operations.mapping import may_be_mapped
from imports.pages.runs import job_panel, number_in_words, title_of
from imports.pages.values import values_words
from imports.reading.delimited import column_key
from imports.reading.glance import ColumnSeen, Glance
from imports.reading.writing import ENCODINGS
from imports.reading.written_days import orders_of

MOST_SAVED = 50
UNMAPPED = frozenset({"tnt_datasync", "tnt_xml", "ofx", "camt053"})
"""Formats that are no table."""
NO_TABLE = frozenset({"compressed", "binary", "html", "error_reply", "doctype", "not_well_formed"})
"""Why a file is refused that has no columns, whatever one says of it."""
MAPPED_FOR = frozenset(
    {"not_recognised", "missing_column", "ambiguous_date", "duplicate_column", "currency", "workbook", "quote"}
)
"""Why a file is refused that comes in once its columns are mapped."""


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file with its control."""

    name: str
    samples: str
    filled: str
    field: Any


@dataclass(frozen=True)
class SavedRow:
    """A saved mapping, and the columns that this file has not got."""

    pk: int
    name: str
    missing: str


def writing_of(rules: Rules | None) -> dict[str, Any]:
    """How the rules that stand have a file read, as the form sends it."""
    if rules is None:
        return {}
    told = rules.writing
    return {"header_line": told.header_line or "", "delimiter": told.delimiter, "encoding": told.encoding}


def way_to_mapping(seat: Seat, run: ImportRun) -> dict[str, Any]:
    """What the page of an import says of mapping: whether its columns can be mapped, whether that is what it waits for,
    by which saved mapping it was recognized, and how many values wait. No query.
    """
    is_table = run.outcome.get("is_table", True) and run.outcome.get("reason") not in NO_TABLE
    may = may_be_mapped(run) and run.format not in UNMAPPED and is_table
    return {
        "may_map": may,
        "wants_mapping": may and run.state == ImportRun.State.REFUSED and run.outcome.get("reason") in MAPPED_FOR,
        "is_mapped": bool(run.mapping.get("kind")),
        "recognized_by": run.saved_mapping,
        "values_words": values_words(seat, run),
    }


def closed_page(seat: Seat, run: ImportRun) -> dict[str, Any]:
    """The page of a file whose columns cannot be mapped now."""
    return {
        "run": run,
        "title": _("Map columns"),
        "import_title": title_of(run),
        "tabs": giving_tabs(seat, "imports"),
        "job": job_panel(seat.agency, run),
        "may_map": False,
    }


def unread_page(seat: Seat, run: ImportRun, asked: WritingForm, why: str) -> dict[str, Any]:
    """The page of a file that cannot be read as it was said to be written."""
    return closed_page(seat, run) | {"asked": asked, "unread": why, "may_map": True}


def target_for(rules: Rules | None, wanted: str, proposals: Proposals) -> Target:
    """What the page maps to: what was asked for, else what was said before, else what the file looks like."""
    targets = {target.name: target for target in domain().targets}
    kind = wanted or (rules.kind if rules else "") or proposals.kind
    return targets.get(kind) or domain().targets[0]


def initial_of(rules: Rules | None, target: Target, proposal: Mapping[str, str], seen: Glance) -> dict[str, Any]:
    """What the form says at first: the rules that stand, else the proposal, and what the file proves."""
    given = rules if rules is not None and rules.kind == target.name else None
    columns = given.columns if given else proposal
    facts = {column_key(name): fact for fact, name in columns.items()}
    initial = {f"c-{place}": facts.get(column_key(column.name), "") for place, column in enumerate(seen.columns)}
    used = [column for column in seen.columns if facts.get(column_key(column.name)) in target.days | target.amounts]
    order, mark = proved_order(used), proved_mark(used)
    initial["order"] = order.says if order else (given.order if given else likely_order(used))
    initial["mark"] = mark.says if mark else (given.mark if given else ".")
    if given:
        initial |= {f"f-{fact}": text for fact, text in given.fixed.items()}
        initial["deposit"] = str(given.deposit or "")
    return initial


def likely_order(columns: Sequence[ColumnSeen]) -> str:
    """The order of days that nothing proves: of days with dots day first, of days with the year in front that; else
    nothing, and a person says it.
    """
    samples = [sample for column in columns if column.days for sample in column.samples]
    in_doubt = [sample for sample in samples if len(orders_of(sample, latest_year=9999)) > 1]
    if not in_doubt:
        return "ymd"
    return "dmy" if all("." in sample for sample in in_doubt) else ""


def columns_page(
    seat: Seat, run: ImportRun, seen: Glance, asked: WritingForm, form: ColumnsForm, target: Target
) -> dict[str, Any]:
    """The page. One query for the saved mappings."""
    agency = seat.agency
    once = [form[f"f-{fact.name}"] for fact in target.facts if fact.once]
    return {
        "run": run,
        "title": _("Map columns"),
        "import_title": title_of(run),
        "tabs": giving_tabs(seat, "imports"),
        "asked": asked,
        "form": form,
        "target": target,
        "facts": target.facts,
        "rows": column_rows(agency, seen, form),
        "once": once,
        "once_filled": any(field.value() or field.errors for field in once),
        "read_as": read_as(agency, seen),
        "lines": seen.lines,
        "proofs": proofs(form, seen),
        "saved": saved_rows(seen),
        "saved_here": run.saved_mapping,
        "guessed": bool(run.mapping.get("kind")),
        "format": format_name(run.format) if run.format else "",
        "may_map": may_be_mapped(run),
        "job": job_panel(agency, run),
        "hidden": {name: asked[name].value() or "" for name in ("header_line", "delimiter", "encoding")},
    }


def column_rows(agency: Agency, seen: Glance, form: ColumnsForm) -> list[ColumnRow]:
    """The columns in the order of the file."""
    return [
        ColumnRow(column.name, " · ".join(column.samples), number_in_words(agency, column.filled), form[f"c-{place}"])
        for place, column in enumerate(seen.columns)
    ]


def read_as(agency: Agency, seen: Glance) -> str:
    """How the file was read, in a sentence."""
    parts = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs"), "|": _("bars")}
    told = {
        "rows": number_in_words(agency, seen.rows),
        "line": number_in_words(agency, seen.writing.header_line),
        "letters": ENCODINGS.get(seen.writing.encoding, seen.writing.encoding),
        "parts": parts.get(seen.writing.delimiter, ""),
    }
    if seen.is_workbook:
        return _("Workbook: %(rows)s rows, column names in row %(line)s.") % told
    return _("%(rows)s rows, column names on line %(line)s, parted by %(parts)s, letters: %(letters)s.") % told


def proofs(form: ColumnsForm, seen: Glance) -> dict[str, str]:
    """What the cells of the columns that are days and amounts now prove."""
    chosen = {place: form[f"c-{place}"].value() for place in range(len(seen.columns))}
    days = [column for place, column in enumerate(seen.columns) if chosen[place] in form.target.days]
    amounts = [column for place, column in enumerate(seen.columns) if chosen[place] in form.target.amounts]
    order, mark = proved_order(days), proved_mark(amounts)
    told = {"order": "", "mark": ""}
    if order:
        words = {"text": order.text, "line": order.line, "says": order_words(order.says)}
        told["order"] = _("%(text)s on line %(line)s can only be %(says)s.") % words
    elif any(len(orders_of(sample, latest_year=9999)) > 1 for column in days for sample in column.samples):
        told["order"] = _("Nothing in the file proves it. Ask whoever made it, or look at a gift that you know.")
    if mark:
        told["mark"] = _("As in %(text)s on line %(line)s.") % {"text": mark.text, "line": mark.line}
    return told


def saved_rows(seen: Glance) -> list[SavedRow]:
    """The saved mappings with what this file lacks, those that fit first."""
    found = [(each, rules_of(each.rules)) for each in SavedMapping.objects.filter(removed_at=None).order_by("name")]
    rows = [
        SavedRow(each.pk, each.name, ", ".join(missing_in(rules, seen.names).values()))
        for each, rules in found[:MOST_SAVED]
        if rules
    ]
    return sorted(rows, key=lambda row: (row.missing != "", row.name))
