"""The list of statement lines: nothing that was imported is invisible, and no text tells a closed unit."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import Sum
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.models.people import Role
from agencies.operations import add_member
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from partners.models import Gift, GivingUnit, Partner, StatementLine
from ssu.models import Unit
from tests.cast import Visitor, person

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples"
QUERIES = 16
"""Of which about ten belong to the session, the seat and the frame of the page."""


@pytest.fixture
def run(inside: Agency, alice: User) -> ImportRun:
    received: ImportRun = receive_file(agency=inside, actor=alice, name="bank.csv", content=b"x", check=False)
    return received


def address() -> str:
    return reverse("statement_lines", args=["harbor"])


def add_line(run: ImportRun, number: int, **changes: Any) -> StatementLine:
    facts = {"account": "DE1", "reference": f"r{number}", "date": date(2026, 7, number), "amount": 100 * number}
    line: StatementLine = StatementLine.objects.create(import_run=run, currency="EUR", **(facts | changes))
    return line


def bring(agency: Agency, alice: User, name: str) -> ImportRun:
    received = receive_file(agency=agency, actor=alice, name=name, content=SAMPLES / name, check=False)
    return apply_import(agency=agency, actor=alice, run=check_import(agency=agency, run=received))


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    rows: int, run: ImportRun, alice: User, visit: Callable[[User], Visitor], django_assert_num_queries: Any
) -> None:
    for number in range(1, rows + 1):
        add_line(run, number, gift_number=f"g{number}")
    page = visit(alice)
    page.get(address())
    with django_assert_num_queries(QUERIES):
        assert page.get(address()).content.decode().count('<th scope="row">') == rows


def test_lines_are_found_by_account_payout_and_import(
    run: ImportRun, alice: User, visit: Callable[[User], Visitor]
) -> None:
    add_line(run, 1, text="of the bank")
    add_line(run, 2, account="STRIPE", payout="po_1", text="of the processor")
    page = visit(alice)
    for query, shown in (("account=DE1", "of the bank"), ("payout=po_1", "of the processor")):
        found = page.get(f"{address()}?{query}").content.decode()
        assert [words in found for words in ("of the bank", "of the processor")] == [
            shown == words for words in ("of the bank", "of the processor")
        ]
    assert "Nothing fits this filter" in page.get(f"{address()}?run=999999").content.decode()
    assert page.get(f"{address()}?account=other").status_code == 422


def test_a_line_tells_no_closed_unit(
    inside: Agency, places: SimpleNamespace, run: ImportRun, alice: User, visit: Callable[[User], Visitor]
) -> None:
    fiona = person("Fiona")
    add_member(agency=inside, actor=alice, user=fiona, roles=(Role.FINANCE,))
    Unit.objects.filter(pk=Unit.objects.first().pk).update(name="Tamrin People", alias="Harvest", discretion="closed")
    add_line(run, 1, text="for the Tamrin's wells", party="Ann")
    assert "Tamrin" in visit(alice).get(address()).content.decode()
    kept_back = visit(fiona).get(address()).content.decode()
    assert ("Tamrin" in kept_back, "kept back" in kept_back) == (False, True)


def test_a_statement_line_stays_as_it_is(run: ImportRun) -> None:
    line = add_line(run, 1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StatementLine.objects.filter(pk=line.pk).update(amount=1)


def test_a_payout_is_the_sum_of_its_lines(inside: Agency, alice: User) -> None:
    bring(inside, alice, "stripe/payout_reconciliation.csv")
    totals = StatementLine.objects.values_list("payout").annotate(total=Sum("amount"), fees=Sum("fee"))
    assert {payout: (int(total), int(fees)) for payout, total, fees in totals} == {
        "po_1AAPKNHGJru2dpm": (244044, 6215),
        "po_1kdFvTHzHG7hSKZ": (479217, 13375),
    }


def test_the_giving_fund_is_the_donor_and_the_person_a_soft_credit(
    inside: Agency, alice: User, visit: Callable[[User], Visitor]
) -> None:
    bring(inside, alice, "paypal/giving_fund_payout.csv")
    fund = Partner.objects.get(name="PayPal Giving Fund")
    assert GivingUnit.objects.get(partner=fund).receipts == GivingUnit.Receipts.NONE
    assert Gift.objects.exclude(giving_unit__partner=fund).count() == 0
    credited = Gift.objects.exclude(soft_partner=None)
    assert credited.count() == 18
    gift = credited.get(external_id="1HHEV3X3N71598NHV")
    page = visit(alice).get(reverse("gift", args=[inside.slug, gift.pk])).content.decode()
    assert ("PayPal Giving Fund" in page, "Isaac Barrowby" in page) == (True, True)
