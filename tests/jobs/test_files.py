"""Files whose row is never committed: gone with the transaction where its end is seen, else by the nightly sweep."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from agencies import scope
from agencies.models import Agency
from agencies.scope import Scope
from core.errors import Refused
from jobs import keepers, operations, written
from jobs.middleware import WrittenFiles
from jobs.models import Job, StoredFile
from jobs.operations import keep_file
from jobs.operations import sweep as sweeping
from jobs.operations.sweep import sweep_files
from jobs.running import Running
from jobs.schedule import fire_due
from jobs.testing import run_due
from jobs.written import undone_with_its_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, settings: Any) -> Path:
    """Files of a test are its own."""
    place = tmp_path / "stored"
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": place}}
    settings.STORAGES = storages
    return place


def files(stored: Path) -> list[Path]:
    return [each for each in stored.rglob("*") if each.is_file()]


class Undone(Exception):
    """As any error in the middle of a transaction."""


def keep_and_fail() -> None:
    keep_file(name="a", content=b"a")
    raise Undone


# with the transaction


def test_a_file_of_a_transaction_that_fails_goes(inside: Agency, stored: Path) -> None:
    with pytest.raises(Undone), undone_with_its_row(), transaction.atomic():
        keep_and_fail()
    assert files(stored) == []


def test_control_without_the_frame_it_stays(inside: Agency, stored: Path) -> None:
    with pytest.raises(Undone), transaction.atomic():
        keep_and_fail()
    assert len(files(stored)) == 1


def test_a_file_of_a_transaction_that_holds_stays(inside: Agency, stored: Path) -> None:
    with undone_with_its_row(), transaction.atomic():
        kept = keep_file(name="a", content=b"a")
    assert [str(each.relative_to(stored)) for each in files(stored)] == [kept.path]
    assert kept.path.startswith(f"kept/{inside.pk}/")


def test_a_file_of_an_inner_step_that_was_refused_goes_and_the_other_stays(inside: Agency, stored: Path) -> None:
    with undone_with_its_row(), transaction.atomic():
        kept = keep_file(name="a", content=b"a")
        with pytest.raises(Undone), transaction.atomic():
            keep_and_fail()
    assert [str(each.relative_to(stored)) for each in files(stored)] == [kept.path]


def test_a_step_inside_hands_its_files_on_to_the_transaction_around(inside: Agency, stored: Path) -> None:
    with pytest.raises(Undone), undone_with_its_row(), transaction.atomic():
        keep_in_a_step_and_fail(stored)
    assert files(stored) == []


def keep_in_a_step_and_fail(stored: Path) -> None:
    with undone_with_its_row(), transaction.atomic():
        keep_file(name="a", content=b"a")
    assert len(files(stored)) == 1
    raise Undone


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_is_answered_by_an_error_loses_no_file(agency: Agency, stored: Path) -> None:
    """The connection broke after the commit: nobody heard of it, but the row is there."""
    with pytest.raises(OperationalError), undone_with_its_row():
        commit_unheard(agency)
    assert len(files(stored)) == 1


def commit_unheard(agency: Agency) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        keep_file(name="a", content=b"a")
        transaction.get_connection().run_on_commit = []
    raise OperationalError


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_commit_is_in_doubt_is_left_to_the_sweep(agency: Agency, stored: Path) -> None:
    """The connection broke while the transaction was ending: its row may be seen only later, so nobody judges now."""
    with pytest.raises((OperationalError, InterfaceError)), undone_with_its_row():
        break_off(agency)
    assert len(files(stored)) == 1


def break_off(agency: Agency) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        keep_file(name="a", content=b"a")
        transaction.get_connection().connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_leaves_the_file_to_the_sweep(agency: Agency, stored: Path, monkeypatch: Any) -> None:
    def away(path: str) -> bool:
        raise OperationalError

    monkeypatch.setattr(written, "has_row", away)
    with pytest.raises(Undone), undone_with_its_row(), transaction.atomic(), scope.of_agency(agency.pk):
        keep_and_fail()
    assert len(files(stored)) == 1


def test_a_step_of_a_job_that_vanishes_takes_its_files_along(inside: Agency, stored: Path, handler: Any) -> None:
    def work(job: Running) -> None:
        job.keep_file("first", b"1")
        with job.unit():
            job.keep_file("second", b"2")
            raise Refused("No.")

    handler(work)
    job = operations.start(kind="test", actor=None, title="t")
    run_due()
    assert Job.objects.get(pk=job.pk).state == "failed"
    assert [each.name for each in StoredFile.objects.all()] == ["first"]
    assert len(files(stored)) == 1


def test_the_middleware_stands_around_the_transaction(settings: Any) -> None:
    order = [settings.MIDDLEWARE.index(f"{each}") for each in ("jobs.middleware.WrittenFiles", REQUEST_UNIT)]
    assert order[1] == order[0] + 1


REQUEST_UNIT = "agencies.middleware.RequestUnit"


def test_an_upload_that_is_refused_leaves_no_file(
    inside: Agency, alice: Any, visit: Any, stored: Path, monkeypatch: Any
) -> None:
    """Through a page, until the job that checks it is begun."""

    def refuse(**arguments: Any) -> None:
        assert len(files(stored)) == 1
        raise Refused("No.")

    monkeypatch.setattr("imports.operations.receive.start", refuse)
    upload = SimpleUploadedFile("gifts.csv", b"a,b\n1,2\n", "text/csv")
    answer = visit(alice).post("/a/harbor/giving/imports/", {"file": upload, "format_name": "auto"})
    assert answer.status_code == 422
    assert files(stored) == []


def test_middleware_passes_answers_on() -> None:
    assert WrittenFiles(lambda request: "answer")(None) == "answer"  # type: ignore[arg-type,return-value]


# the sweep


@pytest.fixture
def later() -> Iterator[Any]:
    """Now, as the sweep of the day after tomorrow sees it."""
    return iter([timezone.now() + timedelta(days=2)])


def lose(stored: Path, place: str, count: int = 1) -> list[Path]:
    """Files that no row names."""
    folder = stored / place
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"lost{number}" for number in range(count)]
    for each in made:
        each.write_bytes(b"x")
    return made


def test_sweep_deletes_what_no_row_names_and_nothing_else(
    inside: Agency, elsewhere: Agency, stored: Path, later: Any
) -> None:
    kept = [keep_file(name="a", content=b"a")]
    with scope.of_agency(elsewhere.pk):
        kept.append(keep_file(name="a", content=b"a"))
    with scope.within(scope.NOBODY):
        kept.append(keep_file(name="a", content=b"a"))
    with scope.within(Scope(alliance_id=5)):
        kept.append(keep_file(name="a", content=b"a"))
    for place in (f"kept/{inside.pk}/ab", f"kept/{elsewhere.pk}/cd", "kept/nobody/ef", "kept/alliance-5/00"):
        lose(stored, place)
    lose(stored, f"evidence/{inside.pk}")
    stranger = [*lose(stored, "backups/1"), *lose(stored, "kept/odd-name"), *lose(stored, "kept/999999/ab")]
    stranger += lose(stored, "kept/alliance-999999/ab")
    with scope.within(scope.NOBODY):
        assert sweep_files(now=next(later)) == 5
    assert sorted(files(stored)) == sorted([*stranger, *(stored / each.path for each in kept)])


def test_sweep_leaves_what_is_being_written(inside: Agency, stored: Path) -> None:
    young, old = lose(stored, f"kept/{inside.pk}/ab", 2)
    past = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(old, (past, past))
    with scope.within(scope.NOBODY):
        assert sweep_files() == 1
    assert files(stored) == [young]


def test_control_a_row_of_another_scope_does_not_keep_a_file(
    inside: Agency, elsewhere: Agency, stored: Path, later: Any
) -> None:
    """The question is asked in the scope of the folder: a path named by somebody else is not that file."""
    (lost,) = lose(stored, f"kept/{inside.pk}/ab")
    with scope.of_agency(elsewhere.pk):
        StoredFile.objects.create(name="x", size=1, sha256="0", path=str(lost.relative_to(stored)))
    with scope.within(scope.NOBODY):
        assert sweep_files(now=next(later)) == 1


def test_sweep_does_nothing_where_the_database_seems_to_be_the_wrong_one(
    inside: Agency, stored: Path, later: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sweeping, "MANY", 4)
    monkeypatch.setattr(sweeping, "BATCH", 3)
    keep_file(name="a", content=b"a")
    lose(stored, f"kept/{inside.pk}/ab", 3)
    with scope.within(scope.NOBODY):
        assert sweep_files(now=next(later)) == 0
        monkeypatch.setattr(sweeping, "MANY", 5)
        assert sweep_files(now=timezone.now() + timedelta(days=2)) == 3
    assert len(files(stored)) == 1


def test_sweep_is_begun_every_night(inside: Agency, stored: Path) -> None:
    (lost,) = lose(stored, f"kept/{inside.pk}/ab")
    past = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(lost, (past, past))
    with scope.within(scope.NOBODY):
        assert "sweep files" in fire_due(timezone.now().replace(hour=4, minute=0))
        run_due()
        found = Job.objects.get(kind="jobs.sweep_files")
    assert (found.state, found.result, files(stored)) == ("done", {"deleted": 1}, [])


@pytest.mark.parametrize("path", ["kept/1", "kept/one/x", "backups/1/x", "x", "kept/alliance-/x"])
def test_what_nobody_answers_for_has_no_scope(path: str) -> None:
    assert keepers.scope_of(path) is None


@pytest.mark.parametrize("whose", [Scope(agency_id=3), Scope(alliance_id=4), Scope()])
def test_the_folder_tells_the_scope(whose: Scope) -> None:
    assert keepers.scope_of(f"kept/{keepers.whose(whose)}/ab/c") == whose


def test_a_file_goes_once_its_removal_is_committed(inside: Agency, django_capture_on_commit_callbacks: Any) -> None:
    kept = keep_file(name="a", content=b"a")
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_file(stored=kept)
        assert default_storage.exists(kept.path)
    assert not default_storage.exists(kept.path)
