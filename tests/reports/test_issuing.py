"""Numbers, versions and files of statements."""

import hashlib
import threading
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners import operations as partners
from partners.models import Gift, GivingUnit
from partners.operations import Part
from partners.operations.gift_posting import post_gift
from reports import operations
from reports.models import StatementFile, StatementIssue, StatementSeries
from reports.operations import issuing
from reports.operations.issuing import NothingToState, issue_statements
from reports.operations.start import StatementsStand
from ssu import operations as ssu
from tests.reports.conftest import DAY, YEAR, issued_by_job

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]
Issue = Callable[..., list[StatementIssue]]
SECRET_NAME, SECRET_PLACE = "Tamrin People", "Tamrin Valley"


def pdf_of(issue: StatementIssue | None) -> PdfReader:
    with default_storage.open(StatementFile.objects.select_related("stored").get(issue=issue).stored.path) as file:
        return PdfReader(BytesIO(file.read()))


def test_numbers_are_gapless_per_year(inside: Agency, make_giver: MakeGiver, give: Give, issue: Issue) -> None:
    for place in range(3):
        giver = make_giver(f"Giver {place}")
        give(giver)
        give(giver, on=date(YEAR - 1, 5, 5))
    assert [each.label for each in issue()] == ["2025-000001", "2025-000002", "2025-000003"]
    assert [each.number for each in issue(YEAR - 1)] == [1, 2, 3]


def test_what_was_undone_leaves_no_gap(inside: Agency, ruth: GivingUnit, give: Give, issue: Issue) -> None:
    give(ruth)
    with transaction.atomic():
        assert [each.number for each in issue()] == [1]
        transaction.set_rollback(True)
    assert [each.number for each in issue()] == [1]


def test_same_content_is_issued_once(inside: Agency, ruth: GivingUnit, give: Give, issue: Issue) -> None:
    give(ruth)
    first, second = issue(), issue()
    assert first == second
    assert StatementIssue.objects.count() == 1


def test_correction_makes_a_second_version_and_keeps_the_first(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, general: Designation
) -> None:
    gift = give(ruth, 5000)
    one = issued_by_job(inside, alice, ruth)
    before = StatementFile.objects.get(issue=one)
    partners.correct_gift(
        agency=inside, actor=alice, gift=gift, reason="keyed wrong", key="c", parts=[Part(general, Money(4000, "USD"))]
    )
    two = issued_by_job(inside, alice, ruth)
    assert (two.number, two.version, two.replaces_id) == (one.number, 2, one.pk)
    assert StatementSeries.objects.get(year=YEAR).last == 1
    kept = StatementFile.objects.select_related("stored").get(issue=one)
    with default_storage.open(kept.stored.path) as file:
        assert hashlib.sha256(file.read()).hexdigest() == kept.sha256 == before.sha256
    text = pdf_of(two).pages[0].extract_text()
    assert ("$40.00" in text, "$50.00" in text, "version 1" in text.lower()) == (True, False, True)
    assert "$50.00" in pdf_of(one).pages[0].extract_text()


def test_statement_whose_gifts_all_went_is_replaced_by_an_empty_one(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, issue: Issue
) -> None:
    gift = give(ruth)
    issue()
    partners.correct_gift(agency=inside, actor=alice, gift=gift, reason="not theirs", key="c")
    (empty,) = issue()
    assert (empty.version, empty.content["lines"]) == (2, [])
    assert issue() == [empty]


def test_who_asks_for_no_more_receipts_keeps_the_one_issued(
    inside: Agency, ruth: GivingUnit, give: Give, issue: Issue
) -> None:
    give(ruth)
    issue()
    GivingUnit.objects.update(receipts="none")
    assert issue() == []


def test_nothing_is_issued_for_nothing(inside: Agency, alice: User, ruth: GivingUnit) -> None:
    with pytest.raises(NothingToState):
        operations.start_single(agency=inside, actor=alice, giving_unit=ruth, year=YEAR)
    assert not StatementIssue.objects.exists()


def test_one_that_is_refused_spends_no_number(
    inside: Agency, alice: User, ruth: GivingUnit, make_giver: MakeGiver, give: Give
) -> None:
    other = make_giver("Other")
    give(ruth)
    give(other)
    GivingUnit.objects.filter(pk=ruth.pk).update(name=" ")
    outcomes = issue_statements(agency=inside, actor=alice, year=YEAR, givers=[ruth.pk, other.pk])
    assert [(each.state, each.issue and each.issue.number) for each in outcomes] == [("failed", None), ("issued", 1)]
    assert outcomes[0].reason.startswith("A statement needs")


@pytest.mark.parametrize("table", ["reports_statementissue", "reports_statementfile", "reports_receiptstart"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET agency_id = agency_id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_issued_cannot_be_changed(inside: Agency, table: str, verb: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_receipt_start_does_not_reach_what_was_receipted_here(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, issue: Issue
) -> None:
    give(ruth)
    issue()
    with pytest.raises(StatementsStand):
        operations.set_receipt_start(agency=inside, actor=alice, on=date(YEAR, 1, 2))
    assert operations.set_receipt_start(agency=inside, actor=alice, on=date(YEAR, 1, 1)) is not None


def test_closed_unit_shows_its_alias_only(inside: Agency, alice: User, ruth: GivingUnit, give: Give) -> None:
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="S", name="Peoples")
    unit = ssu.add_unit(
        agency=inside,
        actor=alice,
        strategy=strategy,
        code="U9",
        name=SECRET_NAME,
        kind="people_group",
        discretion="closed",
        alias="Project Cedar",
        place=SECRET_PLACE,
        region="Central Asia",
    )
    closed = open_designation(agency=inside, actor=alice, code="900", public_name=SECRET_NAME, kind="unit", unit=unit)
    give(ruth, to=closed)
    give(ruth, kind="in_kind", to=closed, memo=f"A tent for {SECRET_PLACE}")
    issue = issued_by_job(inside, alice, ruth)
    file = StatementFile.objects.select_related("stored").get(issue=issue)
    reader = pdf_of(issue)
    text = "".join(page.extract_text() for page in reader.pages)
    everything = f"{text} {reader.metadata} {reader.xmp_metadata and reader.xmp_metadata.stream} {file.stored.name}"
    assert "Project Cedar" in text
    assert "Tamrin" not in everything + str(issue.content)
    assert "Moab" not in f"{reader.metadata} {file.stored.name}"


def prepared(agency: Agency, actor: User) -> list[int]:
    """Two giving units with a gift each, committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        fund = open_designation(agency=agency, actor=actor, code="100", public_name="General fund", kind="general")
        givers = []
        for name in ("One", "Two"):
            partner = partners.add_partner(agency=agency, actor=actor, kind="person", last_name=name)
            giver = GivingUnit.objects.get(partner=partner)
            post_gift(
                agency=agency,
                actor=actor,
                giving_unit=giver,
                on=DAY,
                parts=[Part(fund, Money(100, "USD"))],
                source="test",
                external_id=name,
            )
            givers.append(giver.pk)
    return givers


def issue_at_once(agency: Agency, actor: User, givers: list[int]) -> list[int | str]:
    """Issue each giving unit's statement in a thread of its own; the numbers, or the names of the errors."""
    answers: list[int | str] = []

    def work(giver: int) -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                outcome = issue_statements(agency=agency, actor=actor, year=YEAR, givers=[giver])[0]
            answers.append(outcome.issue.number)
        except IntegrityError as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[giver]) for giver in givers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=str)


@pytest.mark.django_db(transaction=True)
def test_two_issuers_at_once_get_two_numbers(agency: Agency, alice: User) -> None:
    assert issue_at_once(agency, alice, prepared(agency, alice)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_want_the_same_number(agency: Agency, alice: User, monkeypatch: Any) -> None:
    givers, met = prepared(agency, alice), threading.Barrier(2, timeout=20)
    with transaction.atomic(), scope.of_agency(agency.pk):
        StatementSeries.objects.create(year=YEAR)

    def without_lock(year: int) -> StatementSeries:
        series = StatementSeries.objects.get(year=year)
        met.wait()
        return series

    monkeypatch.setattr(issuing, "lock_series", without_lock)
    assert issue_at_once(agency, alice, givers) == [1, "IntegrityError"]
