"""For what a file is that names nothing itself: asked on the page and by the command; and the whole file or nothing."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import check_import, receive_file, request_apply, say_toward
from imports.operations.apply import RowsKeptOut
from imports.operations.toward import NoSuchToward
from imports.pages.runs import apply_words
from partners.models import Commitment, Partner
from tests.cast import Visitor
from tests.imports.conftest import harbor

__all__ = ["harbor"]
Visit = Callable[[User], Visitor]
TEXT = (
    "ContactID,File As,Full Name,Pledge Amount,Pledge Frequency,Pledge Start Date,MPD Phase\n"
    "1,Moab,Ruth Moab,50.00,1,7/1/2026,60\n"
)
BAD = "donor_id,display_name,type\n7,Ruth Moab,\n8,Ezra,ghost\n"


def received(agency: Agency, actor: User, text: str) -> ImportRun:
    run = receive_file(agency=agency, actor=actor, name="c.csv", content=text.encode(), check=False)
    return check_import(agency=agency, run=run)


def test_the_page_asks_and_the_answer_is_judged(
    harbor: Agency, alice: User, visit: Visit, places: SimpleNamespace
) -> None:
    run, browser = received(harbor, alice, TEXT), visit(alice)
    address = reverse("import", args=[harbor.slug, run.pk])
    page = browser.get(address).content.decode()
    assert page.count("The file tells of 1 commitment and 1 stage, and not toward which designation.") == 1
    code = places.mine.code
    browser.post(reverse("import_toward", args=[harbor.slug, run.pk]), {"designation": code})
    run.refresh_from_db()
    assert (run.toward, run.state) == (code, "uploaded")
    run = check_import(agency=harbor, run=run)
    assert apply_words(harbor, run.outcome) == "Import 1 row of givers, 1 commitment, 1 stage"
    ImportRun.objects.update(job=None)
    page = browser.get(address).content.decode()
    assert page.count(f'<option value="{code}" selected>') == 1


def test_nothing_is_said_for_what_is_not_open(harbor: Agency, alice: User) -> None:
    run = received(harbor, alice, TEXT)
    with pytest.raises(NoSuchToward, match="There is no open designation “nowhere”"):
        say_toward(agency=harbor, actor=alice, run=run, designation="nowhere")
    run.refresh_from_db()
    assert (run.toward, run.state) == ("", "checked")


def test_the_command_takes_it_and_says_what_the_page_says(
    harbor: Agency, alice: User, tmp_path: Path, places: SimpleNamespace
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(TEXT)
    out = StringIO()
    call_command("import_file", str(path), agency=harbor.slug, toward=places.mine.code, apply=True, stdout=out)
    assert "\nImport 1 row of givers, 1 commitment, 1 stage\nImported.\n" in out.getvalue()
    assert Commitment.objects.get().designation_id == places.mine.pk
    with pytest.raises(CommandError, match="There is no open designation"):
        call_command("import_file", str(path), agency=harbor.slug, toward="nowhere", stdout=StringIO())


def test_the_whole_file_or_nothing(harbor: Agency, alice: User, tmp_path: Path) -> None:
    run, before = received(harbor, alice, BAD), Partner.objects.count()
    with pytest.raises(RowsKeptOut, match="1 row has an error or a conflict, and the whole file was asked for"):
        request_apply(agency=harbor, actor=alice, run=run, whole=True)
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    with pytest.raises(CommandError, match="1 row has an error"):
        call_command("import_file", str(path), agency=harbor.slug, apply=True, whole=True, stdout=StringIO())
    assert Partner.objects.count() == before
    out = StringIO()
    call_command("import_file", str(path), agency=harbor.slug, apply=True, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert (told["applied"], told["import"], Partner.objects.count()) == (
        True,
        "Import 1 row of givers, keep 1 row out",
        before + 1,
    )
