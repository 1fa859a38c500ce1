"""A run of statements: chunks, cancel, going on, bundle."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from jobs.models import Job, StoredFile
from jobs.testing import run_due
from partners.models import Gift, GivingUnit, Partner
from reports import operations
from reports.models import StatementFile, StatementIssue, StatementPart, StatementRun
from reports.operations import runs as run_operations
from reports.operations.issuing import NothingToState
from reports.operations.runs import RunUnderWay
from reports.queries.runs import RunState, runs, state_of
from reports.tasks import statements as tasks
from tests.reports.conftest import YEAR

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]


@pytest.fixture
def five(inside: Agency, make_giver: MakeGiver, give: Give, monkeypatch: Any) -> list[GivingUnit]:
    """Five givers with a gift each, one of whom wants no receipt; chunks of two."""
    monkeypatch.setattr(tasks, "CHUNK", 2)
    givers = [make_giver(name) for name in ("Zeta", "Eta", "Alpha", "Beta", "Gamma")]
    for giver in givers:
        give(giver)
    give(make_giver("Silent", receipts="none"))
    return givers


def run(agency: Agency, actor: User) -> StatementRun:
    return operations.start_run(agency=agency, actor=actor, year=YEAR)


def state(started: StatementRun) -> RunState:
    return state_of(runs().get(pk=started.pk))


def numbers() -> dict[int, int]:
    """The number by giving unit."""
    return dict(StatementIssue.objects.values_list("giving_unit", "number"))


def stored(name: str) -> bytes:
    with default_storage.open(StoredFile.objects.get(name=name).path) as file:
        return file.read()


def test_run_makes_all_and_bundles_them_by_name(inside: Agency, alice: User, five: list[GivingUnit]) -> None:
    started = run(inside, alice)
    assert (started.total, started.skipped, state(started).state) == (5, {"not_wanted": 1}, "queued")
    assert run_due() == 2
    done = state(started)
    assert (done.state, done.done, done.issued, done.replaced, done.unchanged, done.failures) == (
        "done",
        5,
        5,
        0,
        0,
        (),
    )
    assert sorted(numbers().values()) == [1, 2, 3, 4, 5]
    by_name = [numbers()[five[place].pk] for place in (2, 3, 1, 4, 0)]  # Alpha, Beta, Eta, Gamma, Zeta
    merged = PdfReader(io.BytesIO(stored(f"giving-statements-{YEAR}.pdf")))
    assert [entry.title for entry in merged.outline] == [f"{YEAR}-{number:06d}" for number in by_name]
    assert ["Alpha" in merged.pages[0].extract_text(), "Zeta" in merged.pages[4].extract_text()] == [True, True]
    packed = zipfile.ZipFile(io.BytesIO(stored(f"giving-statements-{YEAR}.zip")))
    assert packed.namelist() == [f"giving-statement-{YEAR}-{number:06d}-v1.pdf" for number in by_name]


def test_second_run_changes_nothing_where_nothing_changed(
    inside: Agency, alice: User, five: list[GivingUnit], give: Give
) -> None:
    run(inside, alice)
    run_due()
    before = set(StatementFile.objects.values_list("pk", "sha256"))
    give(five[0])
    again = run(inside, alice)
    run_due()
    done = state(again)
    assert (done.issued, done.replaced, done.unchanged) == (0, 1, 4)
    assert before < set(StatementFile.objects.values_list("pk", "sha256"))
    assert StatementFile.objects.count() == 6


def test_cancelled_run_goes_on_with_the_same_numbers(
    inside: Agency, alice: User, five: list[GivingUnit], monkeypatch: Any
) -> None:
    make, started = tasks.make_chunk, run(inside, alice)

    def make_and_cancel(*arguments: Any) -> None:
        make(*arguments)
        with scope.of_agency(inside.pk):
            operations.cancel_run(agency=inside, actor=alice, run=started)

    monkeypatch.setattr(tasks, "make_chunk", make_and_cancel)
    run_due()
    assert (state(started).state, state(started).done, len(numbers())) == ("cancelled", 2, 2)
    before = numbers()
    monkeypatch.setattr(tasks, "make_chunk", make)
    resumed = run(inside, alice)
    run_due()
    assert (state(resumed).state, state(resumed).issued, state(resumed).unchanged) == ("done", 3, 2)
    assert before.items() <= numbers().items()
    assert sorted(numbers().values()) == [1, 2, 3, 4, 5]


def test_worker_that_dies_between_number_and_file_loses_neither(
    inside: Agency, alice: User, five: list[GivingUnit], monkeypatch: Any
) -> None:
    keep, started = operations.keep_statement_files, run(inside, alice)

    def die(**arguments: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(tasks, "keep_statement_files", die)
    run_due()
    assert (state(started).state, len(numbers()), StatementFile.objects.count()) == ("failed", 2, 0)
    before = numbers()
    monkeypatch.setattr(tasks, "keep_statement_files", keep)
    run(inside, alice)
    run_due()
    assert before.items() <= numbers().items()
    assert StatementFile.objects.count() == 5


def test_worker_that_takes_over_goes_on_behind_the_mark(
    inside: Agency, alice: User, five: list[GivingUnit], monkeypatch: Any
) -> None:
    make = tasks.make_chunk
    seen: list[list[int]] = []

    def make_once_and_die(job: Any, part: Any, givers: Any, names: Any) -> None:
        if seen:
            raise MemoryError
        seen.append(list(givers))
        make(job, part, givers, names)

    monkeypatch.setattr(tasks, "make_chunk", make_once_and_die)
    started = run(inside, alice)
    run_due()
    part = StatementPart.objects.get(run=started)
    Job.objects.filter(pk=part.job_id).update(state="queued", nudged_at=None, finished_at=None)

    def make_and_note(job: Any, part: Any, givers: Any, names: Any) -> None:
        seen.append(list(givers))
        make(job, part, givers, names)

    monkeypatch.setattr(tasks, "make_chunk", make_and_note)
    run_due()
    assert [giver for chunk in seen for giver in chunk] == [giver.pk for giver in five]
    assert (state(started).state, state(started).done) == ("done", 5)


def test_two_parts_share_a_run(inside: Agency, alice: User, five: list[GivingUnit], monkeypatch: Any) -> None:
    monkeypatch.setattr(run_operations, "WORTH_PARTS", 2)
    started = run(inside, alice)
    assert [part.of for part in StatementPart.objects.filter(run=started)] == [2, 2]
    assert run_due() == 3
    assert (state(started).state, state(started).done) == ("done", 5)
    assert sorted(numbers().values()) == [1, 2, 3, 4, 5]


def test_what_cannot_be_made_is_told_and_the_others_are(inside: Agency, alice: User, five: list[GivingUnit]) -> None:
    GivingUnit.objects.filter(pk=five[1].pk).update(name=" ")
    Partner.objects.update(language="en")
    started = run(inside, alice)
    run_due()
    done = state(started)
    assert (done.state, done.issued, [giver for giver, _ in done.failures]) == ("done", 4, [five[1].pk])


def test_one_run_of_a_year_at_a_time(inside: Agency, alice: User, five: list[GivingUnit]) -> None:
    run(inside, alice)
    with pytest.raises(RunUnderWay):
        run(inside, alice)
    run_due()
    run(inside, alice)


def test_run_of_a_year_without_gifts_is_refused(inside: Agency, alice: User) -> None:
    with pytest.raises(NothingToState):
        run(inside, alice)
    assert not Job.objects.filter(created_at__lte=timezone.now()).exists()
