"""The reports for programs: the rows, sums and rights of the pages; and long ones as a job."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from agencies.seats import Seat
from jobs.models import Job, StoredFile
from partners.pages.giving_reports.words import REPORTS
from partners.tasks import MayNoMore, giving_report, is_asker
from partners.views import giving_reports
from tests.cast import Visitor
from tests.partners.giving_reports.asking import ask, row_values, seat_for

Visit = Callable[[User], Visitor]


@pytest.fixture
def givers(add: Any, giving: Any, places: SimpleNamespace) -> list[Any]:
    found = [add(f"Moab{number}") for number in range(3)]
    for number, partner in enumerate(found):
        giving(partner, (places.mine, 5000 + number), (places.general, 100))
    return found


@pytest.mark.parametrize("report", [each.key for each in REPORTS])
def test_a_program_reads_what_the_page_shows(
    report: str, givers: list[Any], visit: Visit, alice: User, office: Seat
) -> None:
    told = visit(alice).get(reverse(f"api_giving_{report}", args=["harbor"]), {"currency": "USD"}).json()
    table = ask(office, report, "currency=USD")
    assert [[row[column["key"]] for column in told["columns"]] for row in told["results"]] == row_values(table)
    assert (told["count"], len(told["sums"])) == (len(table.rows), len(table.sums))


def test_pages_are_turned_and_the_reading_is_noted(givers: list[Any], visit: Visit, alice: User) -> None:
    path = reverse("api_giving_grid", args=["harbor"])
    told = visit(alice).get(path, {"limit": "2", "sort": "giver"}).json()
    assert [row["giver"] for row in told["results"]] == ["Ruth Moab0", "Ruth Moab1"]
    rest = visit(alice).get(told["next"]).json()
    assert ([row["giver"] for row in rest["results"]], rest["next"]) == (["Ruth Moab2"], None)
    assert rest["sums"][0]["total"] == "153.03"
    noted = AuditEntry.objects.get(verb="read giving report by API")
    assert noted.changes["records"] == 3


def test_what_is_behind_a_figure(givers: list[Any], visit: Visit, alice: User) -> None:
    path = reverse("api_giving_behind", args=["harbor", "grid"])
    told = visit(alice).get(path, {"figure": "total", "giver": str(givers[1].pk), "of": "USD"}).json()
    assert [row["amount"] for row in told["results"]] == ["50.01", "1.00"]
    assert told["sums"] == [{"giver": None, "designation": None, "currency": "USD", "amount": "51.01"}]
    assert visit(alice).get(path, {"figure": "nothing"}).status_code == 404
    assert visit(alice).get(path, {"figure": "total", "kind": "dragon"}).status_code == 400


def test_who_reads_no_gifts_reads_no_reports(givers: list[Any], visit: Visit, dan: User) -> None:
    assert visit(dan).get(reverse("api_giving_grid", args=["harbor"])).status_code == 403


class Worker:
    """A job at work, without a worker."""

    def __init__(self, row: Job, agency: Agency) -> None:
        self.arguments, self.actor, self.agency, self.row = row.arguments, row.actor, agency, row
        self.kept: dict[str, bytes] = {}

    def unit(self) -> Any:
        from contextlib import nullcontext

        return nullcontext()

    def progress(self, done: int, total: int | None = None) -> None:
        """Nobody watches."""

    def keep_file(self, name: str, content: bytes, content_type: str) -> None:
        self.kept[name] = content


def begun(browser: Any, query: str) -> Any:
    """Open the address of the file, which begins nothing, and send the form that it shows."""
    page: Any = lxml.html.fromstring(browser.get(f"{reverse('giving_grid', args=['harbor'])}?{query}").content)
    assert not Job.objects.filter(kind="partners.giving_report").exists()
    (form,) = page.xpath("//form[.//input[@name='kept']]")
    return browser.post(form.action, {name: form.fields[name] for name in ("kept", "key")})


def test_a_report_that_is_too_long_is_made_by_a_job(
    givers: list[Any], confirmed: Visit, alice: User, bob: User, inside: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_reports, "MOST_ROWS", 2)
    answer = begun(confirmed(alice), "export=csv&sort=giver")
    job = Job.objects.get(kind="partners.giving_report")
    assert answer["Location"] == reverse("job", args=["harbor", job.pk])
    worker = Worker(job, inside)
    giving_report(worker)
    ((name, content),) = worker.kept.items()
    lines = content.decode("utf-8-sig").splitlines()
    assert (name, len(lines), lines[1].split(",")[1]) == (f"giving-grid-{inside.today():%Y-%m-%d}.csv", 4, "Ruth Moab0")
    assert (is_asker(seat_for(inside, alice), job.arguments), is_asker(seat_for(inside, bob), job.arguments)) == (
        True,
        False,
    )
    assert StoredFile.objects.count() == 0
    entry = AuditEntry.objects.get(verb="export giving report")
    assert (entry.actor, entry.changes) == (alice, {"rows": 3, "filters": "", "format": "csv"})


def test_a_job_makes_nothing_for_who_may_not_read_it_any_more(
    givers: list[Any], confirmed: Visit, alice: User, dan: User, inside: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_reports, "MOST_ROWS", 2)
    begun(confirmed(alice), "export=csv")
    worker = Worker(Job.objects.get(kind="partners.giving_report"), inside)
    worker.actor = dan
    with pytest.raises(MayNoMore):
        giving_report(worker)
    assert worker.kept == {}
