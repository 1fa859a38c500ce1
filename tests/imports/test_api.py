"""Imports by program: the same operations, rights and refusals as the pages; writes once per key."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import CellCorrection, ImportRun
from jobs.testing import run_due
from partners.models import Gift
from tests.cast import SECRET, Visitor
from tests.imports.test_corrections import BAD, GOOD, HEAD

Visit = Callable[[User], Visitor]
FILE = (HEAD + GOOD + BAD).encode()


def at(name: str, *pk: int) -> str:
    return reverse(name, args=["harbor", *pk])


def send(browser: Visitor, name: str, *pk: int, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return browser.post(at(name, *pk), body, content_type="application/json", headers=headers)


def upload(browser: Visitor, key: str = "", content: bytes = FILE) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    file = SimpleUploadedFile("gifts.csv", content)
    return browser.post(at("api_import_add"), {"file": file}, headers=headers)


def test_from_the_upload_to_the_undo(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    made = upload(browser)
    pk = made.json()["id"]
    assert (made.status_code, made.json()["state"], made.json()["newest_correction"]) == (201, "uploaded", None)
    run_due()
    assert browser.get(at("api_import", pk)).json()["state"] == "checked"
    said = browser.get(at("api_import_findings", pk), {"kind": "errors"}).json()
    assert [(each["row"], each["line"], each["column"]) for each in said["results"]][:2] == [
        (8, 9, "gift_date"), (9, 10, "amount")
    ]  # fmt: skip
    held = browser.get(at("api_import_rows", pk)).json()["results"]
    assert [(row["line"], row["cells"]["amount"], row["corrections"]) for row in held][:2] == [
        (9, "10.00", {}), (10, "ten", {})
    ]  # fmt: skip
    cells = [{"line": 10, "column": "amount", "value": "12.50"}]
    assert send(browser, "api_import_rows", pk, cells=cells, seen=0).json()["state"] == "uploaded"
    run_due()
    assert send(browser, "api_import_apply", pk).json()["state"] == "applying"
    run_due()
    applied = browser.get(at("api_import", pk)).json()
    assert (applied["state"], applied["made"]["gifts"], applied["outcome"]["kept_out"]) == ("applied", 8, 2)
    undoing = browser.get(at("api_import_undo", pk)).json()
    assert undoing == {"takes": {"gifts": 8}, "stays": {}, "held": [], "held_count": 0}
    assert send(browser, "api_import_undo", pk, reason="").status_code == 409
    assert send(browser, "api_import_undo", pk, reason="wrong year").json()["state"] == "undoing"
    run_due()
    undone = browser.get(at("api_import", pk)).json()
    assert (undone["state"], undone["undone"]["taken"]["gifts"]) == ("undone", 8)
    assert browser.get(at("api_import_undo", pk)).status_code == 409
    assert Gift.objects.standing().count() == 0


def test_a_key_does_it_once(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    first, again = upload(browser, "u1"), upload(browser, "u1")
    assert (first.json()["id"], ImportRun.objects.count()) == (again.json()["id"], 1)
    assert upload(browser, "u1", b"other\n").status_code == 409
    run_due()
    pk, cells = first.json()["id"], [{"line": 10, "column": "amount", "value": "12.50"}]
    assert [send(browser, "api_import_rows", pk, key="c1", cells=cells).status_code for _ in range(2)] == [200, 200]
    assert CellCorrection.objects.count() == 1
    run_due()
    assert [send(browser, "api_import_apply", pk, key="a1").status_code for _ in range(2)] == [200, 200]
    run_due()
    sent = [send(browser, "api_import_undo", pk, key="z1", reason="wrong").status_code for _ in range(2)]
    assert sent == [200, 200]


@pytest.mark.parametrize(
    ("cells", "status", "code"),
    [
        ([{"line": 2, "column": "amount", "value": "1"}], 409, "no_such_cell"),
        ([{"line": 10, "column": "amount", "value": "ten"}], 409, "nothing_changed"),
        ([], 400, ""),
    ],
)
def test_what_cannot_be_corrected_says_why(
    cells: list[dict[str, Any]], status: int, code: str, harbor: Agency, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    pk = upload(browser).json()["id"]
    run_due()
    answer = send(browser, "api_import_rows", pk, cells=cells)
    assert (answer.status_code, answer.json().get("code", "")) == (status, code)


def test_another_agency_knows_nothing_of_it(
    harbor: Agency, alice: User, dan: User, mallory: User, visit: Visit
) -> None:
    pk = upload(visit(alice)).json()["id"]
    names = ("api_import", "api_import_findings", "api_import_rows")
    for user, status in ((dan, 403), (mallory, 404)):
        assert {visit(user).get(at(name, pk)).status_code for name in names} == {status}
    listed = visit(alice).get(at("api_imports"))
    assert ([each["id"] for each in listed.json()["results"]], SECRET in listed.content.decode()) == ([pk], False)
