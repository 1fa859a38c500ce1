"""core.uploads: a page that refuses a file names the limit of its address."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from agencies.models import Agency
from core.middleware import UploadLimit
from core.uploads import most_bytes, takes_files

MEGABYTE = 1024**2
# What takes files, and how many megabytes one may have.
LIMITS = {
    "budget_lines_bring": 8,
    "look_logo_add": 2,
    "api_logo": 2,
    "evidence_upload": 20,
    "api_evidence_upload": 20,
    "imports": 64,
    "api_import_add": 64,
    "api_expense_file": 8,
    "expense_file": 8,
    "go_live_totals": 8,
    "people_file": 8,
    "api_people_file": 8,
    "wave_replies": 8,
    "api_wave_replies": 8,
}


def told(patterns: list[URLPattern | URLResolver]) -> dict[str, int]:
    """The limits that addresses name, by the address's name, in megabytes."""
    found: dict[str, int] = {}
    for each in patterns:
        if isinstance(each, URLResolver):
            found |= told(each.url_patterns)
            continue
        view: Any = each.callback
        most = getattr(view, "most_bytes", 0) or getattr(getattr(view, "cls", None), "most_bytes", 0)
        if most:
            found[str(each.name)] = most // MEGABYTE
    return found


def test_every_address_that_takes_files_names_its_limit() -> None:
    assert told(get_resolver().url_patterns) == LIMITS


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [
        ("/a/bay/units/2/roll-out/6.2/evidence/file/", 20),
        ("/api/a/bay/look/logo/", 2),
        ("/a/bay/settings/", 100),
        ("/no/such/address/", 100),
    ],
)
def test_the_limit_of_an_address(rf: RequestFactory, path: str, megabytes: int) -> None:
    assert most_bytes(rf.post(path)) == megabytes * MEGABYTE


@override_settings(MAX_UPLOAD_BYTES=MEGABYTE)
def test_no_address_takes_more_than_all(rf: RequestFactory) -> None:
    assert most_bytes(rf.post(reverse("imports", args=["bay"]))) == MEGABYTE


@pytest.fixture
def poured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of what is being sent, which these requests only announce, is not waited for."""
    monkeypatch.setattr("core.middleware.pour_away", lambda _request: None)


def test_the_page_names_the_limit_of_the_form_and_not_of_the_server(rf: RequestFactory, poured: None) -> None:
    """413 said "100 MB" where a field took 20, so that parts of 90 were sent and refused again."""

    def unreached(_request: Any) -> Any:
        raise AssertionError("the view was asked")

    for path, megabytes in (("/a/bay/units/2/roll-out/6.2/evidence/file/", 20), (reverse("imports", args=["bay"]), 64)):
        file = SimpleUploadedFile("film.pdf", b"x")
        request = rf.post(path, {"file": file}, CONTENT_LENGTH=str(1024 * MEGABYTE))
        answer: Any = UploadLimit(unreached)(request)
        assert answer.status_code == 413
        assert f"This page takes up to {megabytes} MB." in answer.content.decode()


def test_a_program_is_told_in_its_own_form(rf: RequestFactory, poured: None) -> None:
    request = rf.post("/api/a/bay/look/logo/", {"file": SimpleUploadedFile("x", b"x")}, CONTENT_LENGTH=str(10**9))
    answer: Any = UploadLimit(lambda _request: pytest.fail("asked"))(request)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/json")
    assert b'"code": "too_large"' in answer.content
    assert b"2 MB" in answer.content


def test_a_file_between_the_two_limits_is_refused_by_its_form(agency: Agency, alice: User, visit: Any) -> None:
    large = SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(3 * MEGABYTE))
    answer = visit(alice).post(reverse("look_logo_add", args=[agency.slug]), {"file": large})
    assert answer.status_code == 422
    assert "The file is larger than 2 MB." in answer.content.decode()


def test_saying_the_limit_changes_nothing_else_of_a_view() -> None:
    def view() -> str:
        return "answer"

    assert takes_files(5)(view) is view
    assert view() == "answer"
