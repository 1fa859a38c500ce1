"""An agency from a folder of spreadsheets."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies import scope
from agencies.lookups import agency_by_slug
from agencies.models import Agency, AuditEntry
from funds.models import Account, Designation
from ssu.models import Unit, Worker

SETUP = Path(__file__).resolve().parents[2] / "data/samples/setup"


def load(folder: Path = SETUP) -> str:
    told = StringIO()
    call_command("load_setup", str(folder), stdout=told)
    return told.getvalue().strip()


def counted() -> Counter[str]:
    return Counter({m.__name__: m.objects.count() for m in (Unit, Worker, Designation, Account)})


def test_the_folder_twice_is_one_agency(db: None) -> None:
    slug = load()
    agency_id = agency_by_slug(slug)
    assert agency_id is not None
    with scope.of_agency(agency_id):
        before, acts = counted(), AuditEntry.objects.count()
        assert before == {"Unit": 8, "Worker": 24, "Designation": 33, "Account": 33}
        assert Agency.objects.get().base_currency == "USD"
        closed = Unit.objects.filter(discretion="closed")
        assert [(unit.alias, unit.name != unit.alias) for unit in closed if not unit.alias] == []
        assert Designation.objects.filter(kind="worker", unit=None).count() == 0
    assert load() == slug
    with scope.of_agency(agency_id):
        assert counted() == before
        assert AuditEntry.objects.count() == acts


def test_a_folder_with_faults_names_them_and_writes_nothing(db: None, tmp_path: Path) -> None:
    for path in SETUP.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "ssus.csv").write_text((SETUP / "ssus.csv").read_text().replace("people_group", "tribe", 1))
    with pytest.raises(CommandError, match=r"ssus\.csv, row \d+, column kind"):
        load(tmp_path)
    assert agency_by_slug("harbor-light-mission") is None
