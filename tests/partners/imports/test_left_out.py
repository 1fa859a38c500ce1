"""What a file holds and is not brought in is said, a sentence for each kind."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.operations import check_import, receive_file
from tests.cast import Visitor
from tests.imports.conftest import SAMPLES, harbor
from tests.partners.imports.test_samples import check

__all__ = ["harbor"]
Visit = Callable[[User], Visitor]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("tnt/contacts_export.csv", {"phases": 89, "pledges": 25, "newsletter": 89}),
        ("tnt/database_export.xml", {"phases": 26, "pledges": 8, "newsletter": 26, "history": 13, "tasks": 6}),
        ("mpdx/contacts_export.csv", {"phases": 90, "pledges": 23, "newsletter": 90, "phones": 0}),
        ("generic/partners.csv", {}),
        ("generic/gifts.csv", {}),
    ],
)
def test_counts(path: str, counts: dict[str, int]) -> None:
    told = check(path).outcome.facts.get("left_out", {})
    assert {kind: told.get(kind, 0) for kind in counts} == counts
    assert bool(told) is bool(counts)


def test_the_page_and_the_command_say_it(harbor: Agency, alice: User, visit: Visit) -> None:
    file = SAMPLES / "mpdx/contacts_import.csv"
    run = receive_file(agency=harbor, actor=alice, name=file.name, content=file, check=False)
    run = check_import(agency=harbor, run=run)
    page = visit(alice).get(reverse("import", args=[harbor.slug, run.pk])).content.decode()
    sentence = "87 contacts have a phase or a status. No stages are made of them: a stage is toward one unit."
    assert page.count(sentence) == 1
    out = StringIO()
    call_command("import_file", str(file), agency=harbor.slug, stdout=out)
    assert out.getvalue().count(f"Not brought in: {sentence}") == 1


def test_a_file_of_ours_has_no_such_part(harbor: Agency, alice: User, visit: Visit) -> None:
    text = b"donor_id,display_name\n7,Ruth Moab\n"
    run = check_import(
        agency=harbor, run=receive_file(agency=harbor, actor=alice, name="p.csv", content=text, check=False)
    )
    page = visit(alice).get(reverse("import", args=[harbor.slug, run.pk]))
    assert (page.status_code, b'id="left-out"' in page.content) == (200, False)
