"""The pages of mapping: the way from an upload that nobody knows to its gifts, what is refused, who may, how many
questions.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun, SavedMapping
from imports.operations import apply_import
from jobs.testing import run_due
from tests.cast import SECRET, Visitor
from tests.imports.mapped_files import HEADER, ROWS, mapped, received

Visit = Callable[[User], Visitor]
GIVEN = ("gift_date", "amount", "designation", "donor_id", "donor_name", "method")


def at(name: str, *pk: int) -> str:
    return reverse(name, args=["harbor", *pk])


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """A file whose columns nobody knows."""
    return received(harbor, alice)


def form_of(page: Any, **changes: str) -> dict[str, str]:
    """What the form of the page sends as it stands."""
    form = page.context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    sent.pop("change_saved")
    return sent | {"kind": page.context["target"].name, **page.context["hidden"]} | changes


def test_from_the_upload_to_the_gifts(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    file = SimpleUploadedFile("spenden.csv", (HEADER + ROWS).encode("cp1252"))
    home = browser.post(at("imports"), {"file": file, "format_name": "auto"})["Location"]
    run_due()
    run = ImportRun.objects.get()
    unknown = browser.get(home).content.decode()
    assert ("Say what the columns are" in unknown, "Waits for its columns" in unknown) == (True, True)
    assert "not_recognised" not in unknown
    page = browser.get(at("import_columns", run.pk))
    assert tuple(page.context["form"][f"c-{place}"].value() for place in (0, 1, 2, 4)) == (*GIVEN[:3], "donor_name")
    assert [row.samples for row in page.context["rows"]][:2] == [
        "13.02.2026 · 14.02.2026 · 15.02.2026",
        "1.234,50 · 12,50 · 3,00",
    ]
    assert (page.context["form"]["order"].value(), page.context["form"]["mark"].value()) == ("dmy", ",")
    assert "13.02.2026 on line 2 can only be day first" in page.content.decode()
    sent = form_of(page, **{"c-3": "donor_id", "c-5": "method", "keep_as": "Programm"})
    assert browser.post(at("import_columns", run.pk), sent)["Location"] == home
    run_due()
    shown = browser.get(home).content.decode()
    assert "Import 3 new gift lines" in shown
    assert "Read by the saved mapping “Programm”" in shown
    assert "Map 2 unknown values" in shown
    values = browser.get(at("import_values", run.pk))
    assert [(row.text, row.count) for row in values.context["rows"]] == [("Brunnen", "2"), ("Wechsel", "1")]
    sent = {"k-0": "designation", "v-0": "Brunnen", "do-0": "ours", "to-0": "0900101", "remember": "on"}
    browser.post(at("import_values", run.pk), sent)
    run_due()
    assert SavedMapping.objects.get().rules["values"] == {"designation": {"brunnen": ["ours", "0900101"]}}
    browser.post(at("import_values", run.pk), sent | {"do-0": ""})
    run_due()
    assert SavedMapping.objects.get().rules["values"] == {}  # "Not said" takes back what was mapped
    browser.post(at("import_values", run.pk), sent | {"do-0": ""})
    run_due()
    assert SavedMapping.objects.get().rules["values"] == {"designation": {"brunnen": ["ours", "0900101"]}}


def test_what_is_wrong_stands_beside_its_field(run: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    page = browser.get(at("import_columns", run.pk))
    sent = form_of(page, **{"order": "mdy", "c-1": "", "c-5": "gift_date"})
    answer = browser.post(at("import_columns", run.pk), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["c-5"] == ["“Datum” is this already. Choose one of the two."]
    sent |= {"c-5": ""}
    wrong = browser.post(at("import_columns", run.pk), sent).context["form"].errors
    assert wrong["order"] == ["13.02.2026 on line 2 can only be day first."]
    assert "Amount" in wrong["__all__"][0]
    sent |= {"order": "dmy", "c-1": "amount", "f-designation": "nowhere", "deposit": "999"}
    assert "deposit" in browser.post(at("import_columns", run.pk), sent).context["form"].errors
    assert ImportRun.objects.get().mapping == {}


def test_the_file_read_otherwise(run: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    page = browser.get(at("import_columns", run.pk), {"kind": "partners", "delimiter": "|", "header_line": "2"})
    assert (page.context["target"].name, len(page.context["rows"])) == ("partners", 1)
    again = browser.get(at("import_columns", run.pk), {"kind": "shoes", "header_line": "x"})
    assert (again.context["target"].name, len(again.context["rows"])) == ("gifts", 6)


def test_a_file_that_came_in_is_not_mapped_any_more(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    apply_import(agency=harbor, actor=alice, run=mapped(harbor, alice, run))
    assert "cannot be mapped now" in browser.get(at("import_columns", run.pk)).content.decode()
    assert browser.post(at("import_columns_drop", run.pk)).status_code == 409


def test_saved_mappings_by_their_pages(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    assert "No saved mappings yet" in browser.get(at("import_mappings")).content.decode()
    mapped(harbor, alice, run, keep_as="Programm")
    saved = SavedMapping.objects.get()
    assert browser.post(at("import_mapping", saved.pk), {"name": "Neu"}).status_code == 302
    page = browser.get(at("import_mapping", saved.pk)).content.decode()
    assert ("Neu" in page, "Datum" in page, "day first" in page) == (True, True, True)
    browser.post(at("import_mapping_remove", saved.pk))
    assert at("import_mapping_restore", saved.pk) in browser.get(at("import_mappings")).content.decode()
    assert browser.get(at("import_mapping", saved.pk)).status_code == 404
    browser.post(at("import_mapping_restore", saved.pk))
    other = received(harbor, alice, "Ort;" + HEADER.replace("Art", "Weg") + "X;" + ROWS.splitlines()[0])
    assert "This file has not got: Art" in browser.get(at("import_columns", other.pk)).content.decode()
    assert browser.post(at("import_columns_use", run.pk), {"mapping": saved.pk}).status_code == 302
    assert browser.post(at("import_columns_use", run.pk), {"mapping": "x"}).status_code == 409


def test_who_may_map(run: ImportRun, dan: User, mallory: User, alice: User, visit: Visit) -> None:
    for page in (at("import_columns", run.pk), at("import_values", run.pk), at("import_mappings")):
        assert [visit(user).get(page).status_code for user in (alice, dan, mallory)] == [200, 403, 404]
        assert SECRET not in visit(alice).get(page).content.decode()


def test_the_pages_ask_the_same_number_of_questions(harbor: Agency, alice: User, visit: Visit) -> None:
    browser, asked = visit(alice), []
    for count in (1, 3):
        rows = "".join(f"13.02.2026;5,00;Zweck {n};77;Ruth;bar\n" for n in range(count))
        run = mapped(harbor, alice, received(harbor, alice, HEADER + rows), keep_as=f"Programm {count}")
        counted = []
        for page in (at("import_columns", run.pk), at("import_values", run.pk), at("import_mappings")):
            browser.get(page)
            with CaptureQueriesContext(connection) as captured:
                browser.get(page)
            counted.append(len(captured))
        asked.append(counted)
    assert asked[0] == asked[1]


def test_a_mapping_is_changed_with_no_file_at_hand(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    mapped(harbor, alice, run, keep_as="Programm")
    saved = SavedMapping.objects.get()
    page = browser.get(at("import_mapping", saved.pk))
    assert "1 import was read by it." in page.content.decode()
    assert page.content.decode().count("Alice") >= 2  # who made it, who changed it
    form = page.context["edit"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    place = next(place for place, column in enumerate(form.columns) if column.name == "Art")
    answer = browser.post(at("import_mapping", saved.pk), sent | {f"c-{place}": "memo", "mark": "."})
    assert answer.status_code == 302
    saved.refresh_from_db()
    assert (saved.rules["columns"]["memo"], "method" in saved.rules["columns"], saved.rules["mark"]) == (
        "Art",
        False,
        ".",
    )
    assert ImportRun.objects.get(pk=run.pk).mapping["mark"] == ","
    stale = browser.post(at("import_mapping", saved.pk), sent | {"mark": ","})
    assert (stale.status_code, "Somebody else changed this mapping" in stale.content.decode()) == (422, True)
    day = next(place for place, column in enumerate(form.columns) if column.name == "Datum")
    seen = browser.get(at("import_mapping", saved.pk)).context["edit"]["seen"].value()
    wrong = browser.post(at("import_mapping", saved.pk), sent | {f"c-{day}": "", "seen": seen})
    assert (wrong.status_code, "Needed: choose the column that is “Date”." in wrong.content.decode()) == (422, True)


def test_a_value_is_forgotten(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    mapped(harbor, alice, run, keep_as="Programm")
    saved = SavedMapping.objects.get()
    saved.rules = saved.rules | {"values": {"designation": {"brunnen": ["ours", "0900101"], "rest": ["suspense", ""]}}}
    saved.save()
    form = browser.get(at("import_mapping", saved.pk)).context["edit"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    browser.post(at("import_mapping", saved.pk), sent | {"v-0": "on"})
    saved.refresh_from_db()
    assert saved.rules["values"] == {"designation": {"rest": ["suspense", ""]}}


def test_the_list_says_who_made_each_and_how_often_it_was_used(
    run: ImportRun, harbor: Agency, alice: User, visit: Visit
) -> None:
    mapped(harbor, alice, run, keep_as="Programm")
    (row,) = visit(alice).get(at("import_mappings")).context["rows"]
    assert ("Alice" in row.made, row.used) == (True, "1")
