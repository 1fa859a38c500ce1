"""A giver prefers a line: over versions, from a day to a day, never twice at once."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from agencies.models import Agency
from budgets import operations
from budgets.models import Budget, Line, Preference
from budgets.operations.preferences import EndsBeforeItBegins, IncomeNotPreferred, PreferenceEnded, PreferredAlready
from partners.models import GivingUnit
from tests.budgets.test_budgets import add

BEGIN, END = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def preference(inside: Agency, alice: User, budget: Budget, giver: GivingUnit) -> Preference:
    line = add(inside, alice, budget)
    return operations.prefer_line(agency=inside, actor=alice, giving_unit=giver, line=line, starts_on=BEGIN)


def test_it_is_of_the_line_in_every_version(preference: Preference, budget: Budget) -> None:
    assert (preference.unit_id, preference.line_root) == (budget.unit_id, budget.lines.get().root)


def test_not_twice_at_once(
    inside: Agency, alice: User, budget: Budget, giver: GivingUnit, preference: Preference
) -> None:
    again: dict[str, Any] = {"agency": inside, "actor": alice, "giving_unit": giver, "line": budget.lines.get()}
    with pytest.raises(PreferredAlready):
        operations.prefer_line(**again, starts_on=END)
    operations.end_preference(agency=inside, actor=alice, preference=preference, ends_on=END)
    with pytest.raises(PreferredAlready):
        operations.prefer_line(**again, starts_on=BEGIN)
    assert operations.prefer_line(**again, starts_on=END).starts_on == END


def test_an_income_line_is_not_preferred(inside: Agency, alice: User, budget: Budget, giver: GivingUnit) -> None:
    line = add(inside, alice, budget)
    line.kind = Line.Kind.INCOME
    with pytest.raises(IncomeNotPreferred):
        operations.prefer_line(agency=inside, actor=alice, giving_unit=giver, line=line, starts_on=BEGIN)


def test_it_ends_once_and_not_before_it_begins(inside: Agency, alice: User, preference: Preference) -> None:
    with pytest.raises(EndsBeforeItBegins):
        operations.end_preference(agency=inside, actor=alice, preference=preference, ends_on=date(2025, 12, 31))
    operations.end_preference(agency=inside, actor=alice, preference=preference, ends_on=END)
    with pytest.raises(PreferenceEnded):
        operations.end_preference(agency=inside, actor=alice, preference=preference, ends_on=END)


def test_the_database_lets_only_the_end_change(preference: Preference) -> None:
    mine = Preference.objects.filter(pk=preference.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(starts_on=date(2025, 1, 1))
    assert mine.update(ends_on=END) == 1
