"""Lists leave as files in one way only, and what programs read page by page is written down once an hour."""

import ast
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from agencies.bulk_reading import note_reading
from agencies.downloads import filters
from agencies.models import Agency, AuditEntry, Membership
from agencies.seats import Seat, seat_of

ROOT = Path(__file__).resolve().parents[2]
MAKERS = frozenset({"csv_download", "xlsx_download", "csv_text", "xlsx_bytes", "write_csv", "write_xlsx"}) | frozenset(
    {"write_canonical", "write_datasync"}
)
ALLOWED = {
    "core/export.py": "makes the cells",
    "agencies/downloads.py": "the one way",
    "partners/documents/canonical.py": "makes the cells of another format",
    "partners/documents/datasync.py": "makes the cells of another format",
    "partners/exporting/writing.py": "writes lists to disk, for the one way and for jobs, whose files leave by it too",
    "funds/documents/journal.py": "writes the bytes that are kept with their hash; the one way hands them out",
}


def makers_in(source: str) -> set[str]:
    """The functions that make files of lists which a module names."""
    nodes = ast.walk(ast.parse(source))
    return {name for node in nodes for name in (getattr(node, "id", ""), getattr(node, "attr", ""))} & MAKERS


def test_lists_leave_as_files_in_one_way_only() -> None:
    apps = [path for path in ROOT.glob("*/**/*.py") if re.match(r"[a-z]", path.relative_to(ROOT).parts[0])]
    found = {str(path.relative_to(ROOT)) for path in apps if makers_in(path.read_text())}
    assert {path for path in found if not path.startswith("tests/")} <= set(ALLOWED)
    assert "agencies/downloads.py" in found


@pytest.mark.parametrize("source", ["csv_download('x', [], [])", "from core import export\nexport.xlsx_bytes([], [])"])
def test_another_way_would_be_seen(source: str) -> None:
    assert makers_in(source)


@pytest.mark.parametrize(
    ("query", "said"),
    [("", ""), ("q=Ruth&kind=&page=2&export=csv&sort=-name", "q"), ("unit=3&kind=church&cursor=abc", "kind, unit")],
)
def test_a_filter_is_told_by_its_fields(query: str, said: str) -> None:
    assert filters(QueryDict(query)) == said


@pytest.fixture
def alices(inside: Agency, alice: User) -> Seat:
    return seat_of(inside, Membership.objects.get(user=alice))


def read(seat: Seat, query: str = "", what: str = "partners") -> list[dict[str, Any]]:
    """What is written down after one more request."""
    note_reading(seat, what, QueryDict(query), cast(Any, SimpleNamespace(count=lambda: 120)))
    return list(AuditEntry.objects.filter(verb=f"read {what} by API").order_by("pk").values_list("changes", flat=True))


def test_all_pages_of_one_filter_are_one_reading(alices: Seat) -> None:
    (noted,) = read(alices)
    assert (noted["records"], noted["filters"]) == (120, "")
    assert [read(alices, query) for query in ("cursor=cD0x", "cursor=cD0y")] == [[noted]] * 2


def test_another_filter_list_or_hour_is_another_reading(alices: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    read(alices)
    assert [each["filters"] for each in read(alices, "q=Ruth")] == ["", "q"]
    assert len(read(alices, "q=Boaz")) == 3
    assert len(read(alices, what="gifts")) == 1
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("agencies.bulk_reading.timezone.now", lambda: later)
    assert len(read(alices)) == 4


def test_the_words_of_a_filter_are_not_kept(alices: Seat) -> None:
    assert "Ruth" not in str(read(alices, "q=Ruth"))


def test_each_person_reads_for_themselves(inside: Agency, alices: Seat, dan: User) -> None:
    read(alices)
    assert len(read(seat_of(inside, Membership.objects.get(user=dan)))) == 2
