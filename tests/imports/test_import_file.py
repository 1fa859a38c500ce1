"""`import_file` as a person or a script calls it: what it prints, how it ends, what it leaves behind."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency
from agencies.scope import of_agency
from imports.models import ImportRun
from imports.reading.limits import MAX_BYTES
from partners.models import GiftLine
from tests.imports.conftest import SAMPLES

NAMES = {
    *("format", "outcome", "reason", "rows", "donors", "gifts", "gift_lines", "split_gifts", "reversals"),
    *("base_total", "totals_by_currency", "totals_by_designation", "totals_by_year", "dates"),
    *("errors", "warnings", "review", "conflicts", "duplicates", "new_lines", "applied"),
}
MIXED = SAMPLES / "bad/split_does_not_sum.csv"


def run(agency: Agency, path: Path | str, *options: str) -> tuple[int, str]:
    """Call the command; return its exit code and all that it printed."""
    out = io.StringIO()
    try:
        call_command("import_file", "--agency", agency.slug, *options, str(path), stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def as_json(agency: Agency, path: Path | str, *options: str) -> tuple[int, dict[str, Any]]:
    code, printed = run(agency, path, "--json", *options)
    return code, json.loads(printed)


def kept(agency: Agency) -> tuple[int, int]:
    with of_agency(agency.pk):
        return ImportRun.objects.count(), GiftLine.objects.count()


def test_a_dry_run_prints_one_object_and_keeps_nothing(harbor: Agency) -> None:
    code, told = as_json(harbor, MIXED)
    assert (code, NAMES - told.keys()) == (0, set())
    assert (told["outcome"], told["new_lines"], told["applied"]) == ("row_errors", 10, False)
    assert as_json(harbor, MIXED) == (code, told)
    assert kept(harbor) == (0, 0)


def test_what_is_applied_twice_is_there_once(harbor: Agency) -> None:
    first, again = (as_json(harbor, MIXED, "--apply")[1] for _ in range(2))
    assert (first["applied"], first["new_lines"], len(first["duplicates"])) == (True, 10, 0)
    assert (again["applied"], again["new_lines"], len(again["duplicates"])) == (True, 0, 10)
    assert kept(harbor) == (2, 10)


@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_a_relative_path_is_of_the_folder_one_stands_in(
    options: tuple[str, ...], harbor: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my gifts é.csv").write_bytes(MIXED.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert as_json(harbor, "my gifts é.csv", *options)[1]["gift_lines"] == 10


@pytest.mark.parametrize("options", [(), ("--apply",), ("--format", "generic_gifts")])
def test_a_refused_file_ends_with_one(options: tuple[str, ...], harbor: Agency) -> None:
    code, told = as_json(harbor, SAMPLES / "bad/html_error_page.csv", *options)
    assert (code, told["outcome"], told["reason"], told["applied"]) == (1, "reject_file", "html", False)
    assert run(harbor, SAMPLES / "bad/empty.csv") == (1, "Refused (empty): The file is empty. Export it again.\n")


@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_an_oversize_file_is_refused_with_an_object_too(
    options: tuple[str, ...], harbor: Agency, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    code, told = as_json(harbor, path, *options)
    assert (code, told["reason"], kept(harbor)) == (1, "too_large", (0, 0))


def test_errors_are_said_in_words(harbor: Agency) -> None:
    code, printed = run(harbor, MIXED)
    assert code == 0
    assert "Dry run: nothing was written." in printed
    assert "row 6, line 7 gift_total: The lines of this gift do not add up to its total." in printed


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("none.csv", "There is no file none.csv."),
        ("/tmp", "There is no file /tmp."),
        ("x" * 300, f"{'x' * 300} cannot be read: File name too long."),
        ("/proc/self/mem", "/proc/self/mem cannot be read: Input/output error."),
    ],
)
def test_what_is_no_file_is_said(path: str, sentence: str, harbor: Agency) -> None:
    with pytest.raises(CommandError) as caught:
        run(harbor, path, "--json")
    assert str(caught.value) == sentence


def test_an_agency_or_a_format_that_is_not_there_is_said(harbor: Agency) -> None:
    with pytest.raises(CommandError, match="There is no agency 'nowhere'"):
        call_command("import_file", "--agency", "nowhere", str(MIXED))
    with pytest.raises(CommandError, match="We do not read this format"):
        run(harbor, MIXED, "--format", "excel")
