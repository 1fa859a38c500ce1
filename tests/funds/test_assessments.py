"""Shares of what is given: exact, once, by the rule that was in force."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given as every
from hypothesis import strategies as some

from core.currencies import EXPONENTS
from core.money import Money
from funds.models import AssessmentLine, AssessmentRun, Posting
from funds.operations import add_rule, assess_month, end_rule, reverse, reverse_posting
from funds.operations.assessments import (
    EndsBeforeItBegins,
    MonthNotOver,
    NothingToAssess,
    OneOrAKind,
    RulesOverlap,
    ToItself,
    WrongPercent,
)
from funds.proofs import prove_ledger
from funds.queries.assessments import dues
from funds.shares import share_of
from tests.funds.conftest import MARCH, held

Give = Callable[..., Posting]
percents = some.decimals(min_value=Decimal("0.0001"), max_value=100, places=4)
minors = some.integers(min_value=-(10**14), max_value=10**14)


@every(base=minors, percent=percents)
def test_a_share_is_the_nearest_unit_and_never_rounded_twice(base: int, percent: Decimal) -> None:
    share = share_of(base, percent)
    exact = Fraction(base) * Fraction(percent) / 100
    assert abs(Fraction(share) - exact) <= Fraction(1, 2)
    assert share_of(-base, percent) == -share
    if abs(Fraction(share) - exact) == Fraction(1, 2):
        assert abs(share) > abs(exact)  # half goes away from zero


@pytest.fixture
def rule(books: SimpleNamespace) -> Callable[..., Any]:
    """`rule(percent="10")` begins in January and goes to the general fund."""

    def make(percent: str = "10", **fields: Any) -> Any:
        said = {"name": "Share", "destination": books.general, "starts_on": date(2026, 1, 1), **fields}
        return add_rule(**books.act, percent=Decimal(percent), **said)

    return make


def assess(books: SimpleNamespace, key: str = "a", month: date = MARCH) -> AssessmentRun:
    return assess_month(**books.act, month=month, key=key)


def test_the_share_of_a_month(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule()
    for minor in (333, 333, 334):  # three tenths rounded one by one would be 33 + 33 + 33
        given(books.river, minor)
    given(books.hills, 5000, on=date(2026, 4, 1))
    run = assess(books)
    assert (run.posting.kind, run.posting.date) == ("assessment", date(2026, 3, 31))
    assert (held(books.river), held(books.general)) == ([Money(900, "USD")], [Money(100, "USD")])
    line = AssessmentLine.objects.get()
    assert (line.base, line.share, line.amount, line.designation) == (1000, 100, 100, books.river)
    assert prove_ledger(books.act["agency"]).differences == []


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD", "CLF"])
def test_each_currency_by_itself_in_its_own_units(
    currency: str, books: SimpleNamespace, given: Give, rule: Any
) -> None:
    rule("12.5")
    given(books.river, 1001, currency)
    given(books.river, 200, "EUR")
    assess(books)
    assert held(books.general) == [Money(25, "EUR"), Money(125, currency)] or currency < "EUR"
    assert set(held(books.general)) == {Money(25, "EUR"), Money(125, currency)}
    assert EXPONENTS[currency] in (0, 2, 3, 4)


def test_a_second_run_posts_only_what_came_since(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule("3.3333")
    for number in range(5):
        given(books.river, 997)
        assess(books, key=str(number))
    with pytest.raises(NothingToAssess):
        assess(books, key="again")
    assert held(books.general) == [Money(share_of(5 * 997, Decimal("3.3333")), "USD")]
    assert prove_ledger(books.act["agency"]).differences == []


def test_the_same_form_twice_is_one_run(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule()
    given(books.river, 1000)
    assert assess(books) == assess(books)
    assert AssessmentRun.objects.count() == 1


def test_what_went_back_lowers_the_share(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule()
    gift = given(books.river, 1000)
    assess(books)
    reverse(**books.act, posting=gift, on=date(2026, 3, 20), reason="bounced")
    assert [(due.base, due.amount) for due in dues(date(2026, 3, 1))] == [(Money(0, "USD"), Money(-100, "USD"))]
    assess(books, key="b")
    assert held(books.general) == [Money(0, "USD")]


def test_a_run_that_was_taken_back_is_posted_again(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule()
    given(books.river, 1000)
    run = assess(books)
    reverse_posting(**books.act, posting=run.posting, on=date(2026, 4, 2), reason="wrong rule", key="r")
    assert held(books.general) == [Money(0, "USD")]
    assess(books, key="b")
    assert held(books.general) == [Money(100, "USD")]
    assert prove_ledger(books.act["agency"]).differences == []


def test_the_narrower_rule_wins_and_its_days_decide(books: SimpleNamespace, given: Give, rule: Any) -> None:
    rule("10")
    rule("5", kind="project")
    own = rule("2", designation=books.river, ends_on=date(2026, 3, 10))
    given(books.river, 10000, on=date(2026, 3, 10))
    given(books.river, 10000, on=date(2026, 3, 11))
    given(books.general, 10000)
    assess(books)
    lines = AssessmentLine.objects.order_by("rule").values_list("rule__percent", "designation", "amount")
    assert list(lines) == [(5, books.river.pk, 500), (2, books.river.pk, 200)]
    end_rule(**books.act, rule=own, on=date(2026, 3, 9))
    assert {(due.rule.pk, due.amount.minor) for due in dues(date(2026, 3, 1)) if due.amount.minor} == {
        (own.pk, -200),
        (AssessmentLine.objects.get(amount=500).rule_id, 500),
    }


def test_a_month_must_be_over(books: SimpleNamespace, rule: Any) -> None:
    rule()
    with pytest.raises(MonthNotOver):
        assess(books, month=books.act["agency"].today())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"percent": "0"}, WrongPercent),
        ({"percent": "100.0001"}, WrongPercent),
        ({"percent": "1.00001"}, WrongPercent),
        ({"designation": "river", "kind": "project"}, OneOrAKind),
        ({"designation": "general"}, ToItself),
        ({"ends_on": date(2025, 12, 31)}, EndsBeforeItBegins),
    ],
)
def test_what_a_rule_needs(wrong: dict[str, Any], refusal: type[Exception], books: SimpleNamespace, rule: Any) -> None:
    if "designation" in wrong:
        wrong = {**wrong, "designation": getattr(books, wrong["designation"])}
    with pytest.raises(refusal):
        rule(**wrong)


def test_one_rule_of_a_width_at_a_time(books: SimpleNamespace, rule: Any) -> None:
    first = rule(kind="project")
    rule(kind="unit")
    with pytest.raises(RulesOverlap, match="“Share” is in force"):
        rule(kind="project", starts_on=date(2030, 1, 1))
    end_rule(**books.act, rule=first, on=date(2026, 6, 30))
    rule(kind="project", starts_on=date(2026, 6, 30) + timedelta(days=1))
