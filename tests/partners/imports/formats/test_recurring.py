"""Recurring donations of NPSP: each becomes a commitment once a person says toward which designation."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, say_toward
from imports.pages.runs import apply_words
from partners.models import Commitment, Partner
from tests.imports.conftest import harbor
from tests.partners.imports.formats.judging import judge, said
from tests.partners.imports.told import told

__all__ = ["harbor"]
ROW = {
    "Id": "a09A",
    "Name": "Ann Doe $50 - Recurring",
    "npe03__Contact__c": "003A",
    "npe03__Contact__r.FirstName": "Ann",
    "npe03__Contact__r.LastName": "Doe",
    "npe03__Contact__r.Email": "ann@example.org",
    "npe03__Amount__c": "50.00",
    "npe03__Installment_Period__c": "Monthly",
    "npsp__InstallmentFrequency__c": "1",
    "npe03__Date_Established__c": "2025-01-01",
    "npsp__StartDate__c": "2025-01-15",
    "npsp__EndDate__c": "",
    "npsp__Status__c": "Active",
}
TOWARD = {"knows": {"toward": "0100"}}


def promised(*changes: dict[str, str]) -> list[tuple[Any, ...]]:
    """Amount, frequency, first and last day of each promise."""
    file = judge([ROW | each for each in changes], **TOWARD)
    assert file.partners
    promises = file.partners.asked.promises
    return [(Decimal(each.amount.minor) / 100, each.frequency, each.starts_on, each.ends_on) for each in promises]


@pytest.mark.parametrize(
    ("period", "every", "frequency"),
    [
        ("Monthly", "1", "monthly"),
        ("Monthly", "", "monthly"),
        ("Monthly", "3", "quarterly"),
        ("Monthly", "6", "half_yearly"),
        ("Weekly", "1", "weekly"),
        ("Weekly", "2", "two_weekly"),
        ("Yearly", "1", "yearly"),
        ("Yearly", "2", "two_yearly"),
        ("Quarterly", "1", "quarterly"),
    ],
)
def test_how_often(period: str, every: str, frequency: str) -> None:
    row = {"npe03__Installment_Period__c": period, "npsp__InstallmentFrequency__c": every}
    assert [found[1] for found in promised(row)] == [frequency]


@pytest.mark.parametrize(("period", "every"), [("Daily", "1"), ("Monthly", "5"), ("Weekly", "x"), ("", "1")])
def test_how_often_that_nobody_knows_is_said(period: str, every: str) -> None:
    row = ROW | {"npe03__Installment_Period__c": period, "npsp__InstallmentFrequency__c": every}
    file = judge([ROW | {"Id": "a0"}, row | {"npe03__Contact__c": "003B"}], **TOWARD)
    assert said(file, "warnings")[-1] == (2, "frequency")
    assert told(file)["commitments"] == 1


def test_two_of_one_giver_are_two_and_what_ended_is_told() -> None:
    file = judge(
        [
            ROW,
            ROW | {"Id": "a09B", "npe03__Amount__c": "20", "npsp__EndDate__c": "2027-06-30"},
            ROW | {"Id": "a09C", "npsp__Status__c": "Closed"},
            ROW | {"Id": "a09D", "npsp__Status__c": "Lapsed"},
        ],
        **TOWARD,
    )
    outcome = told(file)
    assert (outcome["commitments"], outcome["left_out"], outcome["duplicates"]) == (2, {"ended": 2}, [])
    assert file.partners
    assert [str(each.ends_on) for each in file.partners.asked.promises] == ["None", "2027-06-30"]
    assert len({each.key for each in file.partners.asked.promises}) == 2


def test_the_labels_of_a_report_are_known_too() -> None:
    row = {
        "Recurring Donation ID": "a09A",
        "Recurring Donation Name": "Hope Church",
        "Organization ID": "001A",
        "Organization": "Hope Church",
        "Amount": "$1,200.00",
        "Currency": "USD",
        "Installment Period": "Yearly",
        "Effective Date": "1/15/2025",
        "Status": "Active",
    }
    file = judge([row], **TOWARD)
    assert told(file)["format"] == "npsp_recurring"
    assert file.partners
    (partner,) = file.partners.partners
    (promise,) = file.partners.asked.promises
    assert (partner.display_name, partner.kind, promise.amount.minor) == ("Hope Church", "organization", 120_000)
    assert (promise.frequency, str(promise.starts_on)) == ("yearly", "2025-01-15")


def test_the_page_asks_and_the_same_file_twice_changes_nothing(
    harbor: Agency, alice: User, places: SimpleNamespace, visit: Any
) -> None:
    text = "\n".join((",".join(ROW), ",".join(ROW.values()), ",".join((ROW | {"Id": "a9"}).values()))) + "\n"

    def bring() -> ImportRun:
        run = receive_file(agency=harbor, actor=alice, name="recurring.csv", content=text.encode(), check=False)
        run = check_import(agency=harbor, run=run)
        page = visit(alice).get(reverse("import", args=[harbor.slug, run.pk])).content.decode()
        assert "The file tells of 2 commitments, and not toward which designation." in page
        say_toward(agency=harbor, actor=alice, run=run, designation=places.mine.code)
        run = check_import(agency=harbor, run=run)
        return apply_import(agency=harbor, actor=alice, run=run)

    first = bring()
    assert apply_words(harbor, first.outcome).startswith("Import ")
    assert (Partner.objects.filter(name="Ann Doe").count(), Commitment.objects.filter(import_run=first).count()) == (
        1,
        2,
    )
    bring()
    assert (Partner.objects.filter(name="Ann Doe").count(), Commitment.objects.count()) == (1, 2)
