"""A file of every format through the browser: upload, check, apply, and the page that says what it brought."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.kinds import domain, format_name
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from jobs.testing import run_due
from tests.cast import Visitor
from tests.imports.conftest import SAMPLES

EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text())["files"]
ONE_OF_EACH = {facts["format"]: name for name, facts in EXPECTED.items() if facts["format"] in domain().formats}

OF_OTHER_TESTS = {"npsp_recurring"}
"""Formats of which the samples have none: tests/partners/imports/formats/test_recurring.py."""


def test_there_is_a_sample_of_every_format() -> None:
    assert ONE_OF_EACH.keys() | OF_OTHER_TESTS == set(domain().formats)
    assert all(format_name(each) != each for each in domain().formats)


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
def test_upload_check_apply_result(name: str, harbor: Agency, alice: User, visit: Callable[[User], Visitor]) -> None:
    for before in EXPECTED[name].get("context", []):
        received = receive_file(agency=harbor, actor=alice, name=before, content=SAMPLES / before, check=False)
        apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))
    browser = visit(alice)
    file = SimpleUploadedFile(name.rpartition("/")[2], (SAMPLES / name).read_bytes())
    page = browser.post(reverse("imports", args=["harbor"]), {"file": file, "format_name": "auto"})["Location"]
    run_due()
    checked = browser.get(page)
    assert checked.context["button"].startswith("Import ")
    assert str(format_name(EXPECTED[name]["format"])) in checked.content.decode()
    browser.post(reverse("import_apply", args=["harbor", ImportRun.objects.latest("pk").pk]))
    run_due()
    result = browser.get(page)
    assert (ImportRun.objects.latest("pk").state, result.context["applied"]) == ("applied", True)
    assert "What it brought" in result.content.decode()
    assert "Nothing new" not in result.content.decode()
