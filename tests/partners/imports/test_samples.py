"""Every sample file of these formats, good and bad, comes to what `data/samples/expected.json` says."""

import csv
import datetime as dt
import gzip
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.money import Money
from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context, Earlier, EarlierLine
from partners.imports.formats import FORMATS
from partners.imports.movements import LineId
from tests.partners.imports.told import told

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
GOOD = {path: facts for path, facts in EXPECTED["files"].items() if facts["format"] in FORMATS}
BAD = {path: facts for path, facts in EXPECTED["bad"].items() if facts["format"] in FORMATS}
CROSS = [case for case in EXPECTED["cross"] if {case["first"], case["then"]} <= set(GOOD)]
REFUSED_AS_ANY = {"bad/bad_password.csv": "error_reply", "bad/tnt_billion_laughs.xml": "doctype"}
NOT_COUNTED_HERE = {"note", "context", "same_name_not_same_person", "must_not_survive"}


def rows_of(path: str) -> list[dict[str, str]]:
    with (SAMPLES / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agency_context() -> Context:
    agency = json.loads((SAMPLES / "setup/agency.json").read_text(encoding="utf-8"))
    return Context(
        base_currency=agency["base_currency"],
        today=dt.date(2026, 11, 21),
        default_source=agency["default_source"],
        organization_code=agency["organization_code"],
        fiscal_year_starts_month=agency["fiscal_year_starts_month"],
        designations={row["designation"] for row in rows_of("setup/designations.csv")},
        worker_names=[row["last_name"] for row in rows_of("setup/workers.csv")],
        hidden_names=[row["name"] for row in rows_of("setup/ssus.csv") if row["security"] == "closed"],
    )


@cache
def partners_known() -> frozenset[tuple[str, str]]:
    partners = check_file((SAMPLES / "generic/partners.csv").read_bytes(), agency_context()).partners
    assert partners
    return partners.keys


def check(path: str, *, known: bool = True, earlier: Earlier | None = None, format_name: str = "auto") -> CheckedFile:
    data = (SAMPLES / path).read_bytes()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    lines = frozenset(key for key in earlier or () if key[0] == "line")
    gifts = {key: line for key, line in (earlier or {}).items() if key not in lines}
    setting = agency_context().__dict__ | {"donors": partners_known() if known else (), "earlier": gifts}
    setting |= {"lines": lines}
    return check_file(data, Context(**setting), format_name)


def as_earlier(*checked: CheckedFile) -> Earlier:
    """What these imports leave behind for a later one."""
    return {
        line.key: EarlierLine(
            line.donor, line.date, line.amount, line.tendered, line.reverses[2] if line.reverses else ""
        )
        for file in checked
        if file.gifts
        for line in file.gifts.lines()
        if line.verdict == "create" and line.date and line.amount
    } | {key: EarlierLine("", dt.date(2026, 1, 1), Money(0, "USD")) for key in lines_told(*checked)}


def lines_told(*checked: CheckedFile) -> set[LineId]:
    """The statement lines that these imports leave behind."""
    of_banks = [file.statement.line_ids for file in checked if file.statement]
    of_processors = [{each.movement.line_id for each in file.moved.lines()} for file in checked if file.moved]
    return set().union(*of_banks, *of_processors)


def without_words(entries: Iterable[dict[str, Any]], wanted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep of each entry what the expected entries tell."""
    told = set().union(*(entry.keys() for entry in wanted)) if wanted else {"row", "line", "reason"}
    return [{name: entry[name] for name in entry if name in told} for entry in entries]


def without_matches(facts: Any) -> Any:
    """Deposits without the payout they are, which takes the processors' files: see test_every_sample."""
    if isinstance(facts, dict):
        return {name: without_matches(value) for name, value in facts.items() if name != "match"}
    return [without_matches(value) for value in facts] if isinstance(facts, list) else facts


@pytest.mark.parametrize("path", GOOD)
def test_good_files(path: str) -> None:
    wanted = {name: value for name, value in GOOD[path].items() if name not in NOT_COUNTED_HERE}
    known = "context" in GOOD[path]
    found = told(check(path, known=known))
    held = wanted.get("conflicts", [])
    assert found["outcome"] == ("row_errors" if held else "accept_with_warnings")
    assert without_words(found["errors"], held) == held
    for kind in ("conflicts", "duplicates", "review"):
        assert without_words(found[kind], wanted.get(kind, [])) == wanted.pop(kind, []), kind
    assert {name: without_matches(found.get(name)) for name in wanted} == without_matches(wanted)


@pytest.mark.parametrize("path", BAD)
def test_bad_files(path: str) -> None:
    wanted = BAD[path]
    checked = check(path)
    found = told(checked)
    assert found["outcome"] == wanted["outcome"]
    if wanted["outcome"] == "reject_file":
        assert found["reason"] in wanted["reason"]
        assert (checked.gifts, checked.partners, found["gift_lines"]) == (None, None, 0)
        return
    for kind in ("errors", "review"):
        assert without_words(found[kind], wanted.get(kind, [])) == wanted.get(kind, []), kind
    warned = without_words(found["warnings"], wanted.get("warnings", []))
    assert [entry for entry in wanted.get("warnings", []) if entry not in warned] == []
    assert bool(warned) is bool(wanted.get("warnings"))
    same_person = wanted["accepted"].pop("same_person_sure", None)
    assert found["accepted"] == wanted["accepted"]
    assert same_person is None or len(found["same_person_sure"]) == same_person


@pytest.mark.parametrize("path", [path for path in BAD if {"stored_names", "stored_dates"} & set(BAD[path])])
def test_what_is_stored(path: str) -> None:
    gifts = check(path).gifts
    assert gifts
    lines = {str(line.row): line for line in gifts.lines()}
    for row, name in BAD[path].get("stored_names", {}).items():
        assert name in ([lines[row].donor_name] if row != "*" else [line.donor_name for line in lines.values()])
    for row, date in BAD[path].get("stored_dates", {}).items():
        assert date in ([str(lines[row].date)] if row != "*" else [str(line.date) for line in lines.values()])


@pytest.mark.parametrize(("path", "reason"), REFUSED_AS_ANY.items())
def test_files_of_no_format_say_why(path: str, reason: str) -> None:
    found = told(check(path))
    assert (found["outcome"], found["reason"]) == ("reject_file", reason)


@pytest.mark.parametrize("case", CROSS, ids=lambda case: f"{case['first']} then {case['then']}")
def test_one_file_after_another(case: dict[str, Any]) -> None:
    first = check(case["first"])
    found = told(check(case["then"], earlier=as_earlier(first)))
    assert {
        "new_lines": found["new_lines"],
        "duplicates": len(found["duplicates"]),
        "conflicts": len(found["conflicts"]),
    } == {name: case[name] for name in ("new_lines", "duplicates", "conflicts") if name in case} or (
        "note" in case and found["new_lines"] == 0 and found["warnings"] != []
    )


@pytest.mark.parametrize("path", GOOD)
def test_the_same_file_twice_changes_nothing(path: str) -> None:
    first = check(path)
    again = check(path, earlier=as_earlier(first)).outcome
    assert (again.new_lines, again.numbers) == (0, first.outcome.numbers)


@pytest.mark.parametrize("path", [path for path in EXPECTED["files"] if path not in GOOD])
def test_files_of_other_formats_are_not_taken_for_ours(path: str) -> None:
    assert check(path).outcome.reason == "not_recognised"


def test_the_samples_cover_every_format() -> None:
    assert {facts["format"] for facts in GOOD.values()} == set(FORMATS) - {"npsp_recurring"}  # told by its own tests
    assert (len(BAD), len(CROSS)) == (63, 7)
