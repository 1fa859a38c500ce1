"""`import_file --agency SLUG [--format auto|NAME] [--toward CODE] [--apply [--whole]] [--json] PATH`: a dry run, or,
with --apply, the import.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.scope import of_agency
from core.errors import Refused
from imports.kinds import domain
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from imports.operations.findings import COUNTED
from imports.operations.receive import check_format
from imports.operations.toward import toward_named
from imports.pages.runs import apply_words
from imports.reading.findings import LISTS, Found, KeptOut
from imports.reading.limits import MAX_BYTES

SHOWN = 20


class Command(BaseCommand):
    help = "Check a file, and with --apply import it. Exit 1 when the file is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--agency", required=True, help="the slug of the agency")
        parser.add_argument("--format", default="auto", help="the format; recognized without it")
        parser.add_argument("--apply", action="store_true", help="import what is right; without it nothing is written")
        parser.add_argument("--whole", action="store_true", help="with --apply: import all rows or none")
        parser.add_argument(
            "--toward", default="", help="the designation of commitments and stages, where the file names none"
        )
        parser.add_argument("--json", action="store_true", help="print one object with the names of expected.json")

    def handle(self, *args: Any, **options: Any) -> None:
        agency_id = agency_by_slug(options["agency"])
        if agency_id is None:
            raise CommandError(f"There is no agency {options['agency']!r}.")
        path = readable(options["path"])
        try:
            told = bring(agency_id, path, options["format"], Wish(*(options[name] for name in Wish._fields)))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"] else in_words(told))
        if told["outcome"] == "reject_file":
            raise SystemExit(1)


def readable(path: Path) -> Path:
    """The whole path of a file, since it is read by a process that stands elsewhere. Raises CommandError."""
    whole = path.absolute()
    try:
        if whole.is_file():
            with whole.open("rb") as file:
                file.read(1)
            return whole
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    raise CommandError(f"There is no file {path}.")


class Wish(NamedTuple):
    """What is to be done with the file, by the options of these names."""

    apply: bool
    whole: bool
    toward: str


@transaction.atomic
def bring(agency_id: int, path: Path, format_name: str, wish: Wish) -> dict[str, Any]:
    """Judge the file; apply it when asked and not refused. A dry run keeps nothing, the file included."""
    with of_agency(agency_id):
        agency = Agency.objects.get(pk=agency_id)
        toward = toward_named(agency, wish.toward)
        if not wish.apply or path.stat().st_size > MAX_BYTES:  # too large to be kept: only said
            check_format(format_name)
            told = ToldFindings()
            checked = domain().check(
                agency=agency, path=path, format_name=format_name, corrections={}, findings=told, toward=toward
            )
            out = {each["line"] for kind in ("errors", "conflicts") for each in told.lists[kind]}
            words = apply_words(agency, checked.outcome | {"kept_out": len(out)})
            return {**checked.outcome, **told.lists, "applied": False, "import": words}
        run = receive_file(
            agency=agency, actor=None, name=path.name, content=path, format_name=format_name, check=False
        )
        run.toward = toward
        run.save(update_fields=["toward"])
        run = check_import(agency=agency, run=run)
        words = apply_words(agency, run.outcome)
        if run.state == ImportRun.State.CHECKED:
            run = apply_import(agency=agency, actor=None, run=run, whole=wish.whole)
        outcome = {name: value for name, value in run.outcome.items() if name not in COUNTED}
        return {**outcome, **findings_of(run).lists, "applied": run.state == ImportRun.State.APPLIED, "import": words}


class ToldFindings:
    """The findings of one file by list, to be printed whole."""

    def __init__(self) -> None:
        self.clear()

    def add(self, found: Iterable[Found]) -> None:
        """Take some more down."""
        for each in found:
            self.lists[each.kind].append(as_json(each))

    def hold(self, rows: list[KeptOut]) -> None:
        """Rows that are kept out are named by their findings."""

    def clear(self) -> None:
        """Forget what was said so far."""
        self.lists: dict[str, list[dict[str, Any]]] = {kind: [] for kind in LISTS}


def as_json(found: Found) -> dict[str, Any]:
    """A finding with the names of expected.json; the key only where it has one."""
    told = {name: getattr(found, name) for name in ("row", "line", "column", "reason", "message")}
    return told | {"key": found.key} if found.key else told


def findings_of(run: ImportRun) -> ToldFindings:
    """What was kept of the findings of a run."""
    told = ToldFindings()
    told.add(map(Found._make, run.findings.order_by("kind", "position").values_list(*Found._fields)))
    return told


def in_words(told: dict[str, Any]) -> str:
    """The outcome for a person: what the file brings, then what is wrong, row by row."""
    if told["outcome"] == "reject_file":
        return f"Refused ({told['reason']}): {told['message']}"
    head = f"{told['format']}: {told['rows']} rows, {told['donors']} donors, {told['gifts']} gifts, "
    head += f"{told['gift_lines']} lines, {told['new_lines']} new; total {told['base_total']}"
    lines = [head, *([told["import"]] if told["import"] else [])]
    lines += ["Imported." if told["applied"] else "Dry run: nothing was written."]
    lines += [f"Not brought in: {sentence}" for sentence in domain().left_out(told)]
    for kind in ("errors", "conflicts", "review", "warnings"):
        notes = told[kind]
        lines += [f"{kind}: {len(notes)}"] if notes else []
        lines += [f"  {place_of(n)}: {n['message']}" for n in notes[:SHOWN]]
        lines += [f"  … and {len(notes) - SHOWN} more"] if len(notes) > SHOWN else []
    return "\n".join(lines)


def place_of(note: dict[str, Any]) -> str:
    """Where in the file something is to be looked at."""
    return f"row {note['row']}, line {note['line']} {note['column']}".rstrip()
