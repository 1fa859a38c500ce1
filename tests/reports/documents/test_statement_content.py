"""reports.documents.statement.content: what a statement and its lines refuse, and how totals are made."""

from datetime import date

import pytest

from core.money import Money
from reports.documents.statement import GoodsOrServices, InReturn, Line, Replaced, SoftCredit, StatementRefused
from tests.reports.documents.givers import DINNER, NOTHING, line, statement

USD_60 = Money(6000, "USD")


@pytest.mark.parametrize(
    ("kind", "description", "estimate"),
    [
        (InReturn.NOTHING, "A dinner", None),
        (InReturn.NOTHING, "", USD_60),
        (InReturn.INTANGIBLE, "A dinner", USD_60),
        (InReturn.DESCRIBED, "", USD_60),
        (InReturn.DESCRIBED, "  ", USD_60),
        (InReturn.DESCRIBED, "A dinner", None),
        (InReturn.DESCRIBED, "A dinner", Money(0, "USD")),
        (InReturn.DESCRIBED, "A dinner", Money(-6000, "USD")),
        (None, "", None),
        ("nothing", "", None),
    ],
)
def test_goods_or_services_are_exactly_one_whole_statement(kind, description, estimate):
    with pytest.raises(StatementRefused):
        GoodsOrServices(kind, description, estimate)


@pytest.mark.parametrize("missing", [None, (NOTHING, DINNER), InReturn.NOTHING, "nothing"])
def test_a_line_without_its_statement_or_with_two_is_refused(missing):
    with pytest.raises(StatementRefused, match="exactly one statement"):
        line(goods_or_services=missing)


@pytest.mark.parametrize(
    "more",
    [
        {"amount": None},
        {"amount": None, "in_kind": " "},
        {"in_kind": "A car"},
        {"amount": Money(0, "USD")},
        {"amount": None, "in_kind": "A car", "tendered": Money(500000, "EUR")},
    ],
)
def test_a_line_is_money_or_goods_and_goods_have_no_amount(more):
    with pytest.raises(StatementRefused):
        line(**more)


def test_goods_are_described():
    assert Line(date(2026, 3, 3), "General Fund", NOTHING, in_kind="A car").amount is None


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_lines_and_soft_credits_of_another_year_are_refused(day):
    with pytest.raises(StatementRefused, match="does not belong to 2026"):
        statement(line(day=day))
    credit = SoftCredit(day, "General Fund", "A fund", Money(100, "USD"))
    with pytest.raises(StatementRefused, match="does not belong to 2026"):
        statement(line(), soft_credits=(credit,))


def test_the_first_and_last_day_of_the_year_belong_to_it():
    assert len(statement(line(day=date(2026, 1, 1)), line(day=date(2026, 12, 31))).lines) == 2


@pytest.mark.parametrize(
    ("version", "replaces"),
    [
        (2, None),
        (1, Replaced(1, date(2027, 1, 5))),
        (2, Replaced(2, date(2027, 1, 5))),
        (0, None),
        (2, Replaced(0, date(2027, 1, 5))),
    ],
)
def test_versions_that_make_no_sense_are_refused(version, replaces):
    with pytest.raises(StatementRefused, match="version"):
        statement(line(), version=version, replaces=replaces)


def test_nothing_to_receipt_is_refused_but_a_correction_may_be_empty():
    with pytest.raises(StatementRefused, match="no gift"):
        statement()
    corrected = statement(version=2, replaces=Replaced(1, date(2027, 1, 5)))
    assert corrected.totals == {}


def test_totals_are_per_currency_with_refunds_taken_off():
    lines = [line(5000), line(300000, "KRW"), line(-1250), line(1234, "KWD"), line(1)]
    assert statement(*lines).totals == {
        "USD": Money(3751, "USD"),
        "KRW": Money(300000, "KRW"),
        "KWD": Money(1234, "KWD"),
    }


def test_soft_credits_and_goods_are_in_no_total():
    credit = SoftCredit(date(2026, 5, 1), "General Fund", "A fund", Money(99900, "USD"))
    goods = Line(date(2026, 3, 3), "General Fund", NOTHING, in_kind="A car")
    assert statement(line(5000), goods, soft_credits=(credit,)).totals == {"USD": Money(5000, "USD")}


def test_the_currency_of_most_lines_comes_first_and_lines_go_by_date():
    late, early = line(100, day=date(2026, 9, 1)), line(200, day=date(2026, 2, 1))
    made = statement(line(5, "EUR"), late, early)
    assert list(made.money_lines) == ["USD", "EUR"]
    assert made.money_lines["USD"] == [early, late]
