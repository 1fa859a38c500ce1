"""Mapping by program: the same operations, rights and refusals as the pages."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun, SavedMapping
from jobs.testing import run_due
from tests.cast import Visitor
from tests.imports.mapped_files import COLUMNS, received
from tests.imports.test_api import at, send

Visit = Callable[[User], Visitor]


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """A file whose columns nobody knows."""
    return received(harbor, alice)


def test_propose_map_and_remember(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    told = browser.get(at("api_import_mapping", run.pk)).json()
    assert (told["kind"], told["delimiter"], told["header_line"], told["rules"]) == ("gifts", ";", 1, None)
    assert told["proposals"]["gifts"]["amount"] == "Betrag"
    assert told["columns"][0]["orders"] == [{"says": "dmy", "text": "13.02.2026", "line": 2}]
    body: dict[str, Any] = {"kind": "gifts", "columns": COLUMNS, "order": "dmy", "mark": ",", "keep_as": "Programm"}
    wrong = send(browser, "api_import_mapping", run.pk, **body | {"order": "mdy"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "mapping_wrong")
    for _ in range(2):
        made = send(browser, "api_import_mapping", run.pk, key="one", **body)
        assert made.status_code == 200
    run_due()
    (saved,) = browser.get(at("api_import_mappings")).json()["results"]
    assert (saved["name"], saved["rules"]["columns"]) == ("Programm", COLUMNS)
    assert browser.get(at("api_import", run.pk)).json()["saved_mapping"] == saved["id"]
    values = browser.get(at("api_import_values", run.pk)).json()["results"]
    assert [each["text"] for each in values] == ["Brunnen", "Wechsel"]
    meaning = {"what": "ours", "text": "0900101"}
    said = [{"fact": "designation", "text": "Brunnen", "meaning": meaning}]
    assert send(browser, "api_import_values", run.pk, values=said).status_code == 200
    run_due()
    rules = browser.get(at("api_import_mapping", run.pk)).json()["rules"]
    assert rules["values"] == {"designation": {"brunnen": ["ours", "0900101"]}}
    nothing = [{"fact": "designation", "text": "Brunnen", "meaning": {"what": "out"}}]
    assert send(browser, "api_import_values", run.pk, values=nothing).json()["code"] == "reason_missing"
    assert browser.delete(at("api_import_mapping", run.pk)).status_code == 200
    run_due()
    use = send(browser, "api_import_mapping_use", run.pk, mapping=saved["id"])
    assert use.status_code == 200
    assert send(browser, "api_import_mapping_use", run.pk, mapping=saved["id"] + 9).status_code == 400


def test_saved_mappings(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    body: dict[str, Any] = {"kind": "gifts", "columns": COLUMNS, "order": "dmy", "mark": ",", "keep_as": "Programm"}
    send(browser, "api_import_mapping", run.pk, **body)
    saved = SavedMapping.objects.get()
    renamed = browser.patch(at("api_saved_mapping", saved.pk), {"name": "Neu"}, content_type="application/json")
    assert renamed.json()["name"] == "Neu"
    assert (renamed.json()["imports"], "Alice" in renamed.json()["made_by"]) == (1, True)
    rules = {name: body[name] for name in ("kind", "columns", "order")} | {"mark": "."}
    changed = browser.patch(at("api_saved_mapping", saved.pk), {"rules": rules}, content_type="application/json").json()
    assert (changed["name"], changed["rules"]["mark"], "Art" in changed["rules"]["header"]) == ("Neu", ".", True)
    nothing = browser.patch(
        at("api_saved_mapping", saved.pk), {"rules": rules | {"columns": {}}}, content_type="application/json"
    )
    assert (nothing.status_code, nothing.json()["code"]) == (422, "mapping_wrong")
    used = browser.get(at("api_imports"), {"saved_mapping": saved.pk}).json()["results"]
    assert [each["id"] for each in used] == [run.pk]
    assert browser.get(at("api_imports"), {"saved_mapping": saved.pk + 1}).json()["count"] == 0
    assert browser.delete(at("api_saved_mapping", saved.pk)).status_code == 204
    assert browser.get(at("api_saved_mapping", saved.pk)).status_code == 404
    assert send(browser, "api_saved_mapping_restore", saved.pk).json()["name"] == "Neu"


def test_who_may(run: ImportRun, dan: User, mallory: User, visit: Visit) -> None:
    for user, status in ((dan, 403), (mallory, 404)):
        browser = visit(user)
        found = [browser.get(at(name, run.pk)).status_code for name in ("api_import_mapping", "api_import_values")]
        assert [*found, browser.get(at("api_import_mappings")).status_code] == [status] * 3
