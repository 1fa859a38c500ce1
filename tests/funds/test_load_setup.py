"""An agency from a folder of spreadsheets."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from agencies import scope
from agencies.lookups import agency_by_slug
from agencies.models import Agency, AuditEntry
from agencies.operations.agency import BaseCurrencyFixed
from core.money import Money
from funds import operations, queries
from funds.models import Account, Designation
from funds.operations import Leg
from ssu.models import TeamMember, Unit, Worker
from ssu.operations import end_service

SETUP = Path(__file__).resolve().parents[2] / "data/samples/setup"
CLOSED_UNITS = ("Tamrin", "Oshari")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample folder, to change."""
    shutil.copytree(SETUP, tmp_path / "setup")
    return tmp_path / "setup"


def load(folder: Path = SETUP) -> str:
    told = StringIO()
    call_command("load_setup", str(folder), stdout=told)
    return told.getvalue().strip()


def inside(slug: str) -> scope.Scope:
    found = agency_by_slug(slug)
    assert found is not None
    return scope.Scope(agency_id=found)


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CommandError) as refused:
        load(folder)
    return str(refused.value).splitlines()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def counted() -> Counter[str]:
    return Counter({m.__name__: m.objects.count() for m in (Unit, Worker, Designation, Account, AuditEntry)})


def test_the_folder_twice_is_one_agency(db: None) -> None:
    slug = load()
    with scope.within(inside(slug)):
        before = counted()
        assert {name: before[name] for name in ("Unit", "Worker", "Designation", "Account")} == {
            "Unit": 8,
            "Worker": 24,
            "Designation": 33,
            "Account": 33,
        }
        assert Agency.objects.get().base_currency == "USD"
        closed = Unit.objects.filter(discretion="closed")
        assert [(unit.alias, unit.name != unit.alias) for unit in closed if not unit.alias] == []
        assert Designation.objects.filter(kind="worker", unit=None).count() == 0
    assert load() == slug
    with scope.within(inside(slug)):
        assert counted() == before


def test_what_changed_is_brought_in_and_written_down(db: None, folder: Path) -> None:
    slug = load(folder)
    change(folder / "agency.json", '"Harbor Light Mission"', '"Harbor Light", "slug": "harbor-light-mission"')
    change(folder / "agency.json", '"HLM-USA"', '"HLM-US"')
    change(folder / "workers.csv", "Harold Okaforde,Okaforde", "Harold Okafor,Okafor")
    change(folder / "designations.csv", "0000100,General Fund", "0000100,Where needed most")
    change(
        folder / "designations.csv",
        "0104588,Harold Okaforde,legacy,2015-07-01,0900111",
        "0104588,H,legacy,2015-07-01,0900101",
    )
    with scope.within(inside(slug)):
        last = AuditEntry.objects.latest("pk").pk
    load(folder)
    with scope.within(inside(slug)):
        written = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
        worker = Worker.objects.get(code="0104588")
        assert [(entry.verb, entry.label, entry.changes) for entry in written] == [
            (
                "change settings",
                "Harbor Light",
                {
                    "name": ["Harbor Light Mission", "Harbor Light"],
                    "organization_code": ["HLM-USA", "HLM-US"],
                },
            ),
            ("edit worker", "Harold Okafor", {"fields": ["name", "last_name"]}),
            (
                "edit designation",
                "0104588 Harold Okafor",
                {"public_name": ["Harold Okaforde", "H"], "unit": ["0900111", "0900101"]},
            ),
            (
                "edit designation",
                "0000100 Where needed most",
                {"public_name": ["General Fund", "Where needed most"]},
            ),
        ]
        assert Designation.objects.get(code="0104588").worker == worker


def test_a_fault_of_reading_writes_nothing(db: None, folder: Path) -> None:
    change(folder / "ssus.csv", "people_group", "tribe")
    assert problems_of(folder) == [
        "ssus.csv, row 3, column kind: “tribe” is not known. Use one of: community, people_group, program, initiative."
    ]
    assert agency_by_slug("harbor-light-mission") is None


def test_refusals_of_all_files_stand_together_and_nothing_is_written(db: None, folder: Path) -> None:
    slug = load(folder)
    post_a_gift(slug, "0900101")
    change(folder / "agency.json", '"USD"', '"EUR"')
    change(folder / "strategies.csv", "Deaf and Accessible Ministry", "Changed")
    change(folder / "ssus.csv", "Project Cedar,people_group,closed", "Project Cedar,people_group,open")
    change(folder / "ssus.csv", "Project Lighthouse", "Among the Oshari People")
    change(folder / "designations.csv", "ssu,2025-01-01,0900101", "ssu,2025-01-01,0900111")
    with scope.within(inside(slug)):
        before = counted()
    assert problems_of(folder) == [
        f"agency.json, column base_currency: {BaseCurrencyFixed.message}",
        (
            "ssus.csv, row 3, column security: A less strict level needs two people: ask under “Make it less "
            "guarded” in the unit’s settings, and another administrator agrees."
        ),
        (
            "ssus.csv, row 4, column alias: The alias tells the true name or place, or a part of it. Choose words that "
            "tell neither."
        ),
        (
            "designations.csv, row 25, column ssu_designation: Money was posted to this designation, so its unit "
            "stays. Close it, and open a new one for what is given from now on."
        ),
    ]
    with scope.within(inside(slug)):
        assert counted() == before
        assert not AuditEntry.objects.filter(label="Changed").exists()


def post_a_gift(slug: str, code: str) -> None:
    with scope.within(inside(slug)):
        agency, designation = Agency.objects.get(), Designation.objects.get(code=code)
        account = queries.accounts_of([designation.pk])[designation.pk]
        legs = [Leg(queries.deposit_account().pk, Money(100, "USD")), Leg(account, Money(-100, "USD"))]
        operations.post(agency=agency, actor=None, on=date(2026, 1, 1), kind="gift", legs=legs, source="hand")


def in_semicolons(path: Path) -> None:
    path.write_text(path.read_text().replace(",", ";"), encoding="utf-8")


def with_a_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def in_utf16(path: Path) -> None:
    path.write_text(path.read_text(), encoding="utf-16")


def with_blanks(path: Path) -> None:
    lines = [", ".join(f" {cell} " for cell in line.split(",")) for line in path.read_text().splitlines()]
    path.write_text("\r\n".join(["", *lines, ",".join("" for _ in lines[0].split(",")), ""]), encoding="utf-8")


def in_capitals(path: Path) -> None:
    text = path.read_text().replace("people_group", "People Group").replace(",open,", ",OPEN,")
    head, _, rest = text.partition("\n")
    path.write_text(head.upper().replace("_", " ") + "\n" + rest.replace(",legacy,", ",Legacy,"), encoding="utf-8")


@pytest.mark.parametrize("write", [in_semicolons, with_a_mark, in_utf16, with_blanks, in_capitals])
def test_another_writing_of_the_same_tables_changes_nothing(
    db: None, folder: Path, write: Callable[[Path], None]
) -> None:
    slug = load()
    with scope.within(inside(slug)):
        before = counted()
    for path in folder.glob("*.csv"):
        write(path)
    with_a_mark(folder / "agency.json")
    assert load(folder) == slug
    with scope.within(inside(slug)):
        assert counted() == before


def test_korean_names(db: None, folder: Path) -> None:
    agency = json.loads((folder / "agency.json").read_text())
    (folder / "agency.json").write_text(json.dumps({**agency, "name": "등대 선교회"}, ensure_ascii=False), "utf-8")
    assert problems_of(folder) == [
        (
            "agency.json, column slug: is missing, and the name holds no Latin letters to make one of. "
            "Write a short one, such as harbor."
        )
    ]
    change(folder / "agency.json", '"base_currency"', '"slug": "deungdae", "base_currency"')
    change(folder / "workers.csv", "Harold Okaforde,Okaforde", "김은혜,김")
    assert load(folder) == "deungdae"
    with scope.within(inside("deungdae")):
        assert (Agency.objects.get().name, Worker.objects.get(code="0104588").name) == ("등대 선교회", "김은혜")


def test_a_minimal_agency_keeps_the_defaults(db: None, folder: Path) -> None:
    (folder / "agency.json").write_text('{"name": "Small Mission", "base_currency": "KRW"}')
    with scope.within(inside(load(folder))):
        made = Agency.objects.get()
        assert (made.default_source, made.organization_code, made.fiscal_year_start) == ("AGENCY", "", 1)


def test_what_agency_json_leaves_out_stays(db: None, folder: Path) -> None:
    slug = load(folder)
    said = json.loads((folder / "agency.json").read_text())
    kept = {name: value for name, value in said.items() if name in {"name", "base_currency"}}
    (folder / "agency.json").write_text(json.dumps(kept))
    assert load(folder) == slug
    with scope.within(inside(slug)):
        made = Agency.objects.get()
        assert (made.organization_code, made.fiscal_year_start) == ("HLM-USA", 7)
        assert AuditEntry.objects.filter(verb="change settings").count() == 0


def test_a_planned_end_stands_and_is_no_second_service(db: None, folder: Path) -> None:
    slug = load(folder)
    with scope.within(inside(slug)):
        agency = Agency.objects.get()
        ends = agency.today() + timedelta(days=30)
        service = TeamMember.objects.get(worker__code="0104588")
        end_service(agency=agency, actor=None, member=service, left_on=ends)
        before = counted()
    load(folder)
    with scope.within(inside(slug)):
        assert counted() == before
        found = TeamMember.objects.filter(worker__code="0104588").values_list("unit__code", "left_on")
        assert list(found) == [("0900111", ends)]
    change(folder / "workers.csv", "Okaforde,0900111", "Okaforde,0900101")
    load(folder)
    with scope.within(inside(slug)):
        found = TeamMember.objects.filter(worker__code="0104588").order_by("pk").values_list("unit__code", "left_on")
        assert list(found) == [("0900111", agency.today()), ("0900101", None)]


def test_audit_labels_name_nobody_of_a_closed_unit(db: None, folder: Path) -> None:
    slug = load(folder)
    change(folder / "designations.csv", "0104625,Oliver Lindqvistad", "0104625,Oliver L.")
    load(folder)
    with scope.within(inside(slug)):
        agency = Agency.objects.get()
        closed = Unit.objects.filter(discretion="closed")
        names = {*closed.values_list("name", flat=True)}
        names |= {*Worker.objects.filter(service__unit__in=closed).values_list("name", flat=True)}
        assert (closed.count(), len(names)) == (2, 8)
        for each in Designation.objects.filter(unit__in=closed):
            operations.close_designation(agency=agency, actor=None, designation=each, on=agency.today())
        told = [f"{entry.label} {entry.changes}" for entry in AuditEntry.objects.all()]
        assert [(name, line) for name in names for line in told if name in line] == []
        assert any("Project Cedar" in line for line in told)
        assert any("Riverbend Deaf Community" in line for line in told)  # the control: open names are written


def test_a_designation_of_a_closed_unit_is_renamed_without_its_names(db: None, alice: User) -> None:
    slug = load()
    with scope.within(inside(slug)):
        found = Designation.objects.get(code="0104625")
        operations.edit_designation(agency=Agency.objects.get(), actor=alice, designation=found, public_name="O. L.")
        entry = AuditEntry.objects.get(verb="edit designation")
        assert entry.label == f"0104625 Team member {found.worker_id}"
        assert entry.changes == {"public_name": ["…", "…"]}
