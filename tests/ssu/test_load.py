"""Reading a setup folder and loading it: twice changes nothing; every problem is named with its place and remedy."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from agencies.models import Agency, AuditEntry
from ssu import operations
from ssu.imports import read_setup
from ssu.models import ActionItem, Strategy, TeamMember, Unit, Worker
from ssu.setup_problems import Problems, SetupWrong
from ssu.setup_rows import Setup

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "setup"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample folder, to break."""
    shutil.copytree(SAMPLE, tmp_path / "setup")
    return tmp_path / "setup"


def load(agency: Agency, actor: User, setup: Setup) -> operations.Loaded:
    problems = Problems()
    loaded = operations.load_units(
        agency=agency,
        actor=actor,
        strategies=setup.strategies,
        units=setup.units,
        workers=setup.workers,
        problems=problems,
    )
    problems.refuse()
    return loaded


def test_sample_folder(inside: Agency, alice: User) -> None:
    setup = read_setup(SAMPLE)
    assert (setup.agency.name, setup.agency.slug) == ("Harbor Light Mission", "harbor-light-mission")
    assert (setup.agency.base_currency, setup.agency.fiscal_year_start) == ("USD", 7)
    assert len(setup.designations) == 33
    loaded = load(inside, alice, setup)
    assert (len(loaded.units), len(loaded.workers), Strategy.objects.count()) == (8, 24, 3)
    cedar = loaded.units["0900121"]
    assert (cedar.public_name, cedar.discretion, cedar.shift_date) == ("Project Cedar", "closed", date(2025, 7, 1))
    assert ActionItem.objects.count() == 88
    oliver = TeamMember.objects.get(worker=loaded.workers["0104625"])
    assert (oliver.unit, oliver.role, oliver.joined_on) == (cedar, "member", date(2015, 7, 1))


def test_loading_twice_changes_nothing(inside: Agency, alice: User) -> None:
    load(inside, alice, read_setup(SAMPLE))
    before = [model.objects.count() for model in (Unit, Worker, TeamMember, ActionItem, AuditEntry)]
    load(inside, alice, read_setup(SAMPLE))
    assert [model.objects.count() for model in (Unit, Worker, TeamMember, ActionItem, AuditEntry)] == before


def test_worker_who_moves_serves_in_one_unit(inside: Agency, alice: User, folder: Path) -> None:
    load(inside, alice, read_setup(folder))
    file = folder / "workers.csv"
    file.write_text(
        file.read_text().replace("0104532,Aaron and Abigail Miller,Miller,0900101", "0104532,A. Miller,Miller,0900111")
    )
    loaded = load(inside, alice, read_setup(folder))
    miller = loaded.workers["0104532"]
    assert Worker.objects.get(pk=miller.pk).name == "A. Miller"
    service = TeamMember.objects.filter(worker=miller).order_by("pk").values_list("unit__code", "left_on")
    assert list(service) == [("0900101", inside.today()), ("0900111", None)]


def test_file_never_makes_a_unit_less_guarded(inside: Agency, alice: User, folder: Path) -> None:
    load(inside, alice, read_setup(folder))
    file = folder / "ssus.csv"
    file.write_text(file.read_text().replace("people_group,closed", "people_group,open"))
    with pytest.raises(SetupWrong, match=r"ssus\.csv, row 3, column security: A less strict level needs two people"):
        load(inside, alice, read_setup(folder))


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return change


def write_agency(**changed: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "agency.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changed}))

    return change


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (
            replace("ssus.csv", ",community,open", ",village,open"),
            "ssus.csv, row 1, column kind: “village” is not known.",
        ),
        (replace("ssus.csv", ",Project Cedar,", ",,"), "ssus.csv, row 3, column alias: is empty, and a closed unit"),
        (
            replace("ssus.csv", "open,S1,2025-07-01", "open,S9,2025-07-01"),
            "ssus.csv, row 1, column strategy: “S9” is not in",
        ),
        (
            replace("ssus.csv", "2025-07-01", "7/1/2025"),
            "ssus.csv, row 1, column migration_wave: “7/1/2025” is no day.",
        ),
        (replace("ssus.csv", "0900111,", "0900101,"), "ssus.csv, row 2: the code “0900101” stands in row 1 already."),
        (replace("ssus.csv", "security", "secrecy"), "ssus.csv: the column security cannot be found."),
        (
            replace("workers.csv", ",Miller,0900101", ",Miller,1"),
            "workers.csv, row 1, column ssu_designation: “1” is not",
        ),
        (replace("workers.csv", "Aaron and Abigail Miller", ""), "workers.csv, row 1, column name: is empty."),
        (
            replace("designations.csv", "2015-07-01", "2015-02-30"),
            "designations.csv, row 1, column active_from: “2015-02-30”",
        ),
        (lambda folder: (folder / "workers.csv").unlink(), "workers.csv: is missing."),
        (lambda folder: (folder / "workers.csv").write_bytes(b"PK\x03\x04zip"), "workers.csv: The file is compressed."),
        (lambda folder: (folder / "agency.json").write_text("{"), "agency.json: is no JSON"),
        (lambda folder: (folder / "agency.json").write_text("[]"), "agency.json: must hold one object"),
        (write_agency(base_currency="XXX"), "agency.json, column base_currency: “XXX” is no ISO 4217 code."),
        (write_agency(fiscal_year_starts_month=13), "agency.json, column fiscal_year_starts_month: “13” is no month."),
        (write_agency(name=" "), "agency.json, column name: is missing."),
        (write_agency(slug="Bad Slug"), "agency.json, column slug: must be small letters"),
    ],
)
def test_problem_is_named_with_its_place(folder: Path, break_it: Callable[[Path], None], said: str) -> None:
    break_it(folder)
    with pytest.raises(SetupWrong) as refused:
        read_setup(folder)
    assert any(problem.startswith(said) for problem in refused.value.problems), refused.value.problems


def test_all_problems_at_once(folder: Path) -> None:
    replace("ssus.csv", ",community,open", ",village,open")(folder)
    replace("workers.csv", ",Miller,0900101", ",Miller,1")(folder)
    write_agency(base_currency="XXX")(folder)
    with pytest.raises(SetupWrong) as refused:
        read_setup(folder)
    assert len(refused.value.problems) == 3


def test_no_folder_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(SetupWrong, match="is no folder"):
        read_setup(tmp_path / "nowhere")
