"""reports.documents.statement.quid_pro_quo: who gets the disclosure of IRC §6115, and what it leaves."""

from datetime import date

import pytest

from core.money import Money
from reports.documents.statement import GoodsOrServices, InReturn
from reports.documents.statement.quid_pro_quo import disclosures
from tests.reports.documents.givers import DINNER, INTANGIBLE, line


@pytest.mark.parametrize(("minor", "disclosed"), [(7500, 0), (7501, 1), (15000, 1), (-15000, 0)])
def test_only_payments_over_75_dollars(minor, disclosed):
    assert len(disclosures([line(minor, goods_or_services=DINNER)])) == disclosed


def test_only_payments_for_described_goods():
    assert disclosures([line(100000), line(100000, goods_or_services=INTANGIBLE)]) == []


def test_lines_of_one_payment_count_together():
    halves = [line(4000, goods_or_services=DINNER, gift="G1"), line(4000, gift="G1")]
    (one,) = disclosures(halves)
    assert (one.payment, one.excess) == (Money(8000, "USD"), Money(2000, "USD"))
    assert disclosures([line(4000, goods_or_services=DINNER), line(4000)]) == []


def test_another_currency_is_always_disclosed_and_no_excess_is_made_up():
    (one,) = disclosures([line(1000, "EUR", goods_or_services=DINNER)])
    assert one.excess is None


def test_several_goods_of_one_payment_are_added_and_the_excess_is_never_negative():
    book = GoodsOrServices(InReturn.DESCRIBED, "A book", Money(9000, "USD"))
    (one,) = disclosures(
        [line(5000, goods_or_services=DINNER, gift="G1"), line(5000, goods_or_services=book, gift="G1")]
    )
    assert one.descriptions == ("Benefit dinner for two", "A book")
    assert one.estimates == (Money(6000, "USD"), Money(9000, "USD"))
    assert one.excess == Money(0, "USD")


def test_by_date():
    days = [date(2026, 9, 1), date(2026, 2, 1)]
    found = disclosures([line(15000, day=day, goods_or_services=DINNER) for day in days])
    assert [one.given_on for one in found] == sorted(days)
