"""The pages of statements and reports, as a browser without JavaScript sees them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, AuditEntry, Role
from core.money import Money
from funds.operations import open_designation
from jobs.models import Job
from jobs.testing import run_due
from partners import operations as partners
from partners.models import Gift, GivingUnit
from reports import operations
from reports.models import ReceiptStart, StatementIssue, StatementRun
from ssu import operations as ssu
from ssu.models import Unit
from tests.agencies.conftest import confirm
from tests.cast import SECRET, Visitor
from tests.reports.conftest import YEAR, issued_by_job

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]
Visit = Callable[[User], Visitor]
HERE = "/a/harbor/reports/"
STATEMENTS = f"{HERE}statements/"


def body(answer: Any) -> str:
    return answer.content.decode()


def status(browser: Visitor, address: str) -> int:
    """The status of an answer, whose file, if it is one, is read to its end."""
    answer: Any = browser.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


@pytest.fixture
def foreign(elsewhere: Agency, mallory: User, inside: Agency, stored: Path) -> StatementIssue:
    """A statement of Mallory's agency."""
    with scope.of_agency(elsewhere.pk):
        fund = open_designation(agency=elsewhere, actor=mallory, code="1", public_name=SECRET, kind="general")
        partner = partners.add_partner(agency=elsewhere, actor=mallory, kind="person", last_name=SECRET)
        giver = GivingUnit.objects.get(partner=partner)
        parts = [partners.Part(fund, Money(100, "USD"))]
        partners.record_gift(
            agency=elsewhere, actor=mallory, giving_unit=giver, on=date(YEAR, 5, 5), parts=parts, key="m"
        )
        return issued_by_job(elsewhere, mallory, giver)


def test_exceptions_come_first_with_their_numbers(
    inside: Agency, alice: User, ruth: GivingUnit, make_giver: MakeGiver, give: Give, visit: Visit
) -> None:
    give(ruth, 123456)
    give(make_giver("Silent", receipts="none"), 500)
    page = body(visit(alice).get(f"{STATEMENTS}?year={YEAR}"))
    assert page.index("Who gets none, and why") < page.index("Make the statements") < page.index("How this adds up")
    assert "The giver asked for no receipts" in page
    assert "$1,234.56" in page
    assert "$1,239.56" in page


def test_lists_and_search_lead_to_the_statement(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    give(ruth)
    link = f'href="{STATEMENTS}{YEAR}/{ruth.pk}/"'
    browser = visit(alice)
    assert link in body(browser.get(f"{STATEMENTS}{YEAR}/stated/all/"))
    assert link in body(browser.get(f"{STATEMENTS}?year={YEAR}&giver=moab"))
    assert "No giver has this name" in body(browser.get(f"{STATEMENTS}?year={YEAR}&giver=nobody"))
    assert browser.get(f"{STATEMENTS}{YEAR}/no-such-list/all/").status_code == 404
    assert browser.get(f"{STATEMENTS}1066/{ruth.pk}/").status_code == 404


def test_issue_download_and_issue_again(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    gift, browser, here = give(ruth), visit(alice), f"{STATEMENTS}{YEAR}/{ruth.pk}/"
    first = body(browser.get(here))
    assert ("Issue now" in first, f"/a/harbor/giving/gifts/{gift.pk}/" in first) == (True, True)
    asked = browser.post(f"{here}issue/")
    assert (asked["Location"], StatementIssue.objects.count()) == (f"/a/harbor/jobs/{Job.objects.get().pk}/", 0)
    run_due()
    issue = StatementIssue.objects.get()
    told = body(browser.get(asked["Location"]))
    assert (f"{issue} is issued." in told, f'href="{here}"' in told) == (True, True)
    download: Any = browser.get(f"{STATEMENTS}files/{issue.pk}/")
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert AuditEntry.objects.get(verb="open statement").label == "statement 2025-000001"
    assert download["Content-Disposition"] == 'attachment; filename="giving-statement-2025-000001-v1.pdf"'
    give(ruth, 700)
    changed = body(browser.get(here))
    assert ("Changed since it was issued" in changed, "Issue version 2" in changed) == (True, True)


def test_nothing_to_issue_is_said_on_the_page(inside: Agency, alice: User, ruth: GivingUnit, visit: Visit) -> None:
    answer = visit(alice).post(f"{STATEMENTS}{YEAR}/{ruth.pk}/issue/")
    assert (answer.status_code, "There is no gift of this year to state." in body(answer)) == (422, True)


def test_run_from_button_to_files(inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit) -> None:
    give(ruth)
    browser = visit(alice)
    assert f'action="{STATEMENTS}run/"' in body(browser.get(f"{STATEMENTS}?year={YEAR}"))
    started = browser.post(f"{STATEMENTS}run/", {"year": str(YEAR)})
    run = StatementRun.objects.get()
    assert started["Location"] == f"{STATEMENTS}runs/{run.pk}/"
    waiting = body(browser.get(started["Location"]))
    assert ("Waiting" in waiting, f"runs/{run.pk}/cancel/" in waiting) == (True, True)
    again = browser.post(f"{STATEMENTS}run/", {"year": str(YEAR)}, follow=True)
    assert "are being made already" in body(again)
    run_due()
    page = body(browser.get(started["Location"]))
    assert ("1 of 1, 1 new" in page, f"giving-statements-{YEAR}.zip" in page) == (True, True)
    fragment = browser.get(started["Location"], headers={"HX-Request": "true"})
    assert ("<html" in body(fragment), fragment["HX-Refresh"]) == (False, "true")


def test_run_is_cancelled(inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit) -> None:
    give(ruth)
    browser = visit(alice)
    browser.post(f"{STATEMENTS}run/", {"year": str(YEAR)})
    run = StatementRun.objects.get()
    browser.post(f"{STATEMENTS}runs/{run.pk}/cancel/")
    assert run_due() == 0
    assert "Cancelled" in body(browser.get(f"{STATEMENTS}runs/{run.pk}/"))


@pytest.mark.parametrize("year", ["", "x", "1066", "99999", "２０２５"])
def test_run_of_no_year_is_not_found(inside: Agency, alice: User, visit: Visit, year: str) -> None:
    assert visit(alice).post(f"{STATEMENTS}run/", {"year": year}).status_code == 404


def test_receipt_start_is_set(inside: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    assert browser.post(f"{STATEMENTS}start/", {"on": "no day"}).status_code == 422
    assert browser.post(f"{STATEMENTS}start/", {"on": "2025-02-01"}).status_code == 302
    assert ReceiptStart.objects.get().on == date(2025, 2, 1)
    assert "Receipts are given here from 1 Feb 2025 on" in body(browser.get(STATEMENTS))


ADDRESSES = ("statements/", "statements/2025/stated/all/", "statements/2025/{giver}/", "statements/files/{issue}/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_board_may_not_see_statements_and_others_see_nothing(
    inside: Agency,
    alice: User,
    dan: User,
    mallory: User,
    ruth: GivingUnit,
    give: Give,
    visit: Visit,
    address: str,
) -> None:
    give(ruth)
    where = HERE + address.format(giver=ruth.pk, issue=issued_by_job(inside, alice, ruth).pk)
    answers = {user.name: status(visit(user), where) for user in (alice, dan, mallory)}
    assert answers == {"Alice": 200, "Dan": 403, "Mallory": 404}


def test_foreign_ids_are_like_ids_that_do_not_exist(
    inside: Agency, alice: User, foreign: StatementIssue, visit: Visit
) -> None:
    browser = visit(alice)
    for number in (foreign.pk, 10**9):
        assert browser.get(f"{STATEMENTS}files/{number}/").status_code == 404
    for giver in (foreign.giving_unit_id, 10**9):
        assert browser.get(f"{STATEMENTS}{YEAR}/{giver}/").status_code == 404
        assert browser.post(f"{STATEMENTS}{YEAR}/{giver}/issue/").status_code == 404
    assert SECRET not in body(browser.get(f"{STATEMENTS}?year={YEAR}&giver=Canary"))


@pytest.mark.parametrize("number", [1, 3, 50])
def test_pages_take_the_same_queries_for_any_number_of_givers(
    inside: Agency,
    alice: User,
    make_giver: MakeGiver,
    give: Give,
    visit: Visit,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for place in range(number):
        give(make_giver(f"Giver {place}"))
    browser = visit(alice)
    with django_assert_num_queries(31):
        browser.get(f"{STATEMENTS}?year={YEAR}&giver=Giver")
    with django_assert_num_queries(25):
        browser.get(f"{STATEMENTS}{YEAR}/stated/all/")


def test_library_lists_what_the_reader_may_open(inside: Agency, alice: User, dan: User, visit: Visit) -> None:
    pages = {user.name: body(visit(user).get(HERE)) for user in (alice, dan)}
    assert ["What did each partner give" in pages[name] for name in ("Alice", "Dan")] == [True, False]
    assert ["in the six steps?" in pages[name] for name in ("Alice", "Dan")] == [True, True]


def test_giving_by_designation_adds_up_and_exports_the_same_rows(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    gift = give(ruth, 5000)
    give(ruth, -1000, kind="refund", reverses=gift)
    give(ruth, 300, to=None, key="lost")
    browser = visit(alice)
    page = body(browser.get(f"{HERE}giving/?year={YEAR}"))
    assert [words in page for words in ("$40.00", "$3.00", "$43.00", "Waits for its designation")] == [True] * 4
    assert browser.get(f"{HERE}giving/?year={YEAR}&export=csv").status_code == 302
    answer = confirm(browser).get(f"{HERE}giving/?year={YEAR}&export=csv")
    file = body(answer).removeprefix("\ufeff")
    assert answer["Cache-Control"] == "private, no-store"
    assert AuditEntry.objects.get(verb="export giving by designation").changes["rows"] == 2
    assert file == "code,designation,lines,amount,currency\r\n100,General fund,2,40.00,USD\r\n,,1,3.00,USD\r\n"


def test_what_names_a_unit_that_was_closed_later_is_kept_back(
    inside: Agency, alice: User, bob: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="S", name="Peoples")
    unit = ssu.add_unit(
        agency=inside, actor=alice, strategy=strategy, code="U9", name="Tamrin People", kind="people_group"
    )
    give(ruth, to=open_designation(agency=inside, actor=alice, code="9", public_name="x", kind="unit", unit=unit))
    issue = issued_by_job(inside, alice, ruth)
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE,))
    file, page = f"{STATEMENTS}files/{issue.pk}/", f"{STATEMENTS}{YEAR}/{ruth.pk}/"
    assert status(visit(bob), file) == 200
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Project Cedar")
    seen = body(visit(bob).get(page))
    assert (status(visit(bob), file), "Tamrin" in seen, "Kept back" in seen) == (403, False, True)
    assert status(visit(alice), file) == 200


def test_reading_files_through_the_api_is_written_down(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    """Numbers are in a row: a program could take all files one by one."""
    give(ruth, 5000)
    issue, browser = issued_by_job(inside, alice, ruth), visit(alice)
    for _ in range(2):
        assert status(browser, f"/api/a/harbor/statements/issues/{issue.pk}/file/") == 200
    noted = AuditEntry.objects.get(verb=f"read files of statements of {YEAR} by API")
    assert (noted.actor, noted.changes["records"]) == (alice, 1)


def test_api_lists_statements_status_and_file(
    inside: Agency, alice: User, dan: User, mallory: User, ruth: GivingUnit, give: Give, visit: Visit
) -> None:
    give(ruth, 5000)
    issue, browser, api = issued_by_job(inside, alice, ruth), visit(alice), "/api/a/harbor/statements/"
    row = {
        "id": issue.pk,
        "giving_unit": ruth.pk,
        "year": YEAR,
        "number": "2025-000001",
        "version": 1,
        "issued_on": inside.today().isoformat(),
        "totals": {"USD": "50.00"},
        "has_file": True,
    }
    assert browser.get(f"{api}{YEAR}/").json()["results"] == [row]
    assert browser.get(f"{api}issues/{issue.pk}/").json() == row
    assert status(browser, f"{api}issues/{issue.pk}/file/") == 200
    run = operations.start_run(agency=inside, actor=alice, year=YEAR)
    run_due()
    assert browser.get(f"{api}runs/{run.pk}/").json() == {
        "id": run.pk,
        "year": YEAR,
        "state": "done",
        "total": 1,
        "done": 1,
        "issued": 0,
        "replaced": 0,
        "unchanged": 1,
        "failed": 0,
        "skipped": {},
    }
    assert [visit(user).get(f"{api}{YEAR}/").status_code for user in (dan, mallory)] == [403, 404]


def test_statements_of_one_partner_name_each_other(
    inside: Agency, alice: User, ruth: GivingUnit, make_giver: MakeGiver, give: Give, visit: Visit
) -> None:
    other, silent = make_giver("Moab", first_name="R."), make_giver("Moab", first_name="Rut")
    GivingUnit.objects.filter(pk=other.pk).update(name="Estate of R. Moab")
    give(ruth, 700)
    give(other, 500)
    browser = visit(alice)
    assert "Another statement" not in body(browser.get(f"{STATEMENTS}{YEAR}/{ruth.pk}/"))
    partners.merge_partners(agency=inside, actor=alice, survivor=ruth.partner, losers=[other.partner, silent.partner])
    for one, others, own in ((ruth, other, "$7.00"), (other, ruth, "$5.00")):
        page = body(browser.get(f"{STATEMENTS}{YEAR}/{one.pk}/"))
        assert page.count("Another statement") == 1  # none of who gave nothing
        assert "They are two givers" in page
        assert f'href="{STATEMENTS}{YEAR}/{others.pk}/"' in page
        assert own in page
