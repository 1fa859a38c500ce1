"""Lists as files: what the screen shows, nothing that a spreadsheet would run, after the password, and written down."""

import csv
import io
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from accounts.models import User
from agencies import downloads
from agencies.models import AuditEntry
from jobs.models import Job
from partners.models import Partner
from tests.cast import SECRET, Visitor
from tests.partners.test_lists import names

Visit = Callable[[User], Visitor]


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def ruth(add: Callable[..., Partner], giving: Any, places: SimpleNamespace) -> Partner:
    partner = add("=cmd|' /C calc'!A1", first_name="")
    giving(partner, (places.mine, 6000), (places.general, 4000))
    giving(partner, (places.mine, 1000), currency="EUR")
    return partner


def test_partners_as_on_the_screen(ruth: Partner, add: Any, alice: User, confirmed: Visit) -> None:
    add("Boaz")
    browser, path = confirmed(alice), reverse("partners", args=["harbor"])
    found = rows_of(browser.get(path, {"export": "csv", "sort": "-name"}))
    assert found[0] == [
        *("ID", "Name", "Kind", "Partner by", "Stage", "Last contact"),
        *("Last gift", "Commitment", "This year", "Link"),
    ]
    assert [row[1].lstrip("'") for row in found[1:]] == [
        name.replace("&#x27;", "'") for name in names(browser.get(path, {"sort": "-name"}))
    ]
    mine = next(row for row in found if row[0] == str(ruth.pk))
    assert mine[1].startswith("'=cmd")
    assert mine[8] == "10.00 EUR; 100.00 USD"


def test_gifts_as_on_the_screen(ruth: Partner, places: SimpleNamespace, alice: User, confirmed: Visit) -> None:
    found = rows_of(
        confirmed(alice).get(reverse("gifts", args=["harbor"]), {"export": "csv", "designation": places.mine.pk})
    )
    assert [(row[3], row[6], row[7]) for row in found[1:]] == [
        ("Riverbend", "10.00", "EUR"),
        ("Riverbend", "60.00", "USD"),
    ]


def test_a_workbook_holds_no_formula(ruth: Partner, alice: User, confirmed: Visit) -> None:
    answer = confirmed(alice).get(reverse("gifts", args=["harbor"]), {"export": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=cmd" in sheet
    assert "<v>100.00</v>" in sheet


def test_the_password_is_asked_first(ruth: Partner, alice: User, visit: Visit) -> None:
    answer = visit(alice).get(reverse("partners", args=["harbor"]), {"export": "csv"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_an_export_is_written_down_without_the_words_of_its_filter(
    ruth: Partner, alice: User, confirmed: Visit
) -> None:
    confirmed(alice).get(reverse("partners", args=["harbor"]), {"export": "csv", "q": "cmd"})
    entry = AuditEntry.objects.get(verb="export partners")
    assert (entry.actor, entry.changes) == (alice, {"rows": 1, "filters": "q", "format": "csv"})


def test_a_list_over_the_limit_is_written_by_a_job(
    ruth: Partner, add: Any, alice: User, confirmed: Visit, monkeypatch: Any
) -> None:
    monkeypatch.setattr(downloads, "MOST_ROWS", 1)
    add("Boaz")
    asked = confirmed(alice).get(reverse("partners", args=["harbor"]), {"export": "csv", "q": "Boaz", "sort": "-name"})
    assert asked.status_code == 200
    browser = confirmed(alice)
    page: Any = lxml.html.fromstring(browser.get(reverse("partners", args=["harbor"]), {"export": "csv"}).content)
    assert Job.objects.count() == 0  # whoever opens the address begins nothing
    (form,) = page.xpath("//form[.//input[@name='kept']]")
    sent = {name: form.fields[name] for name in ("kept", "key")}
    led_to = [browser.post(form.action, sent)["Location"] for _twice in range(2)]
    job = Job.objects.get()
    assert led_to == [reverse("job", args=["harbor", job.pk])] * 2
    assert (job.arguments["list"], job.arguments["format"]) == ("partners", "csv")


def test_a_leader_takes_what_the_screen_shows(
    ruth: Partner, add: Any, giving: Any, places: SimpleNamespace, bob: User, confirmed: Visit
) -> None:
    giving(add("Orpah"), (places.mine, 700), anonymous=True)
    body = confirmed(bob).get(reverse("gifts", args=["harbor"]), {"export": "csv"}).content.decode()
    assert "Orpah" not in body
    assert "Anonymous giver" in body
    assert "General fund" not in body
    assert SECRET not in body
