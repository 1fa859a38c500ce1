"""Findings as rows: those of the last judging, each once, in their places; they go with their import."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.kinds import domain
from imports.management.commands.import_file import ToldFindings, findings_of
from imports.models import ImportFinding, ImportRun
from imports.operations import apply_import, check_import, receive_file
from imports.operations.check import path_of
from imports.operations.findings import KeptFindings
from imports.reading.child import stream_from_child
from imports.reading.findings import FileRefused, Found
from partners.models import Gift
from tests.imports.conftest import SAMPLES

MIXED = SAMPLES / "bad/split_does_not_sum.csv"
Receive = Callable[[Path], ImportRun]
ODD = Found("warnings", 1, 2, 3, 'a "b",\nc\\.', "formula", "=1\r\n\t\\N", "")
ERROR = Found("errors", 1, 4, 5, "amount", "amount", "No.", "HLM|0100|1")


@pytest.fixture
def receive(harbor: Agency, alice: User) -> Receive:
    return lambda path: receive_file(agency=harbor, actor=alice, name="gifts.csv", content=path, check=False)


@pytest.fixture
def run(receive: Receive, harbor: Agency) -> ImportRun:
    """A file with two errors and ten lines to review, checked."""
    return check_import(agency=harbor, run=receive(MIXED))


def kept(run: ImportRun) -> list[tuple[Any, ...]]:
    return list(run.findings.order_by("kind", "position").values_list(*Found._fields))


def test_they_are_kept_as_they_were_told(run: ImportRun) -> None:
    findings = KeptFindings()
    findings.add([ODD])
    findings.clear()
    findings.add([ERROR])
    findings.add([ODD])
    assert findings.keep(run) == {"findings": {"errors": 1, "warnings": 1}, "kept_out": 1}
    assert kept(run) == [tuple(ERROR), tuple(ODD)]


def test_what_is_kept_is_what_a_dry_run_tells(run: ImportRun, harbor: Agency) -> None:
    told = ToldFindings()
    checked = domain().check(agency=harbor, path=path_of(run), format_name="auto", corrections={}, findings=told)
    assert json.dumps(findings_of(run).lists) == json.dumps(told.lists)
    assert {kind: len(found) for kind, found in told.lists.items() if found} == {"errors": 2, "review": 10}
    assert run.outcome == {**checked.outcome, "findings": {"errors": 2, "review": 10}, "kept_out": 2}


def test_a_file_judged_again_has_them_once(run: ImportRun, harbor: Agency, alice: User) -> None:
    first = kept(run)
    assert len(first) == 12
    assert kept(check_import(agency=harbor, run=run)) == first
    assert kept(apply_import(agency=harbor, actor=alice, run=run)) == first


def test_what_changed_since_the_check_is_what_stands(
    run: ImportRun, receive: Receive, harbor: Agency, alice: User
) -> None:
    again = check_import(agency=harbor, run=receive(MIXED))
    apply_import(agency=harbor, actor=alice, run=run)
    apply_import(agency=harbor, actor=alice, run=again)
    assert again.findings.filter(kind="duplicates").count() == 10
    assert run.findings.filter(kind="duplicates").count() == 0


def test_they_go_with_their_import(run: ImportRun, receive: Receive, harbor: Agency) -> None:
    other = check_import(agency=harbor, run=receive(MIXED))
    run.delete()
    assert set(ImportFinding.objects.values_list("import_run", flat=True)) == {other.pk}


def stops_on_the_way(stream: Any, *arguments: Any, **options: Any) -> Any:
    """The reader's process, killed after the first findings."""
    answers = stream_from_child(stream, *arguments, **options)
    yield next(answers)
    if "stream_mentioned" not in str(stream):
        yield next(answers)
        raise FileRefused("too_large")


def test_a_reader_stopped_on_the_way_leaves_a_refusal_and_nothing_else(
    run: ImportRun, harbor: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.imports.domain.stream_from_child", stops_on_the_way)
    with pytest.raises(FileRefused):
        apply_import(agency=harbor, actor=alice, run=run)
    assert (Gift.objects.count(), run.findings.count()) == (0, 12)
    refused = check_import(agency=harbor, run=run)
    assert (refused.state, refused.outcome["reason"]) == ("refused", "too_large")
    assert [(each.row, each.reason) for each in run.findings.all()] == [(0, "too_large")]
