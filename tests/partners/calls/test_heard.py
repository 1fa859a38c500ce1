"""What is typed while a caller speaks."""

import pytest

from partners.queries.calls.heard import Heard, Sum, heard, same_telephone


def minors(said: Heard, exponent: int = 2) -> set[int]:
    return {each.minor for each in said.sums if each.exponent == exponent}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("50", {5000}),
        ("$50.00", {5000}),
        ("50.00 $", {5000}),
        ("1.250,50", {125050}),
        ("1,250.50", {125050}),
        ("1'250.50", {125050}),
        ("1 250,50", {125050}),
        ("1.250", {125, 125000}),
        ("1,250,000", {125000000}),
        ("12,5", {1250}),
        ("٥٠", {5000}),
        ("٥٠٫٢٥", {5025}),
        ("50.005", {5000500}),
        ("0", set()),
        ("1234567890123", set()),
        ("1.2.3", set()),
        ("Moab", set()),
    ],
)
def test_an_amount_however_it_is_written(text: str, cents: set[int]):
    assert minors(heard(text)) == cents


def test_the_currency_that_is_said_decides_the_decimals():
    assert heard("50 EUR").sums == (Sum(2, 5000, "EUR"),)
    assert heard("KRW 50000").sums == (Sum(0, 50000, "KRW"),)
    assert heard("1.250 kwd").sums == (Sum(3, 1250, "KWD"), Sum(3, 1250000, "KWD"))
    assert {(each.exponent, each.minor) for each in heard("50").sums} == {(0, 50), (2, 5000), (3, 50000), (4, 500000)}


def test_a_name_beside_a_figure_a_check_and_a_number():
    assert heard("Moab 50").words == ("Moab",)
    assert minors(heard("Moab 50")) == {5000}
    assert heard("ruth  moab").words == ("ruth", "moab")
    assert (heard("check #1042").number, heard("check #1042").words) == ("1042", ())
    assert heard("no. 00417").number == "00417"
    assert heard("Ruth@Example.org") == Heard("Ruth@Example.org", email="ruth@example.org")
    assert heard("  \0 ") == Heard("")


@pytest.mark.parametrize("one", ["491701234567", "00491701234567", "01701234567", "1701234567"])
@pytest.mark.parametrize("two", ["491701234567", "01701234567"])
def test_a_telephone_is_the_same_with_any_prefix(one: str, two: str):
    assert same_telephone(one, two)


@pytest.mark.parametrize(("one", "two"), [("491701234567", "491711234567"), ("1234", "1234"), ("", "5550101")])
def test_another_telephone_is_not(one: str, two: str):
    assert not same_telephone(one, two)
