"""Closed months take no postings: by the operations, and by PostgreSQL itself."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.periods import add_months, month_start
from funds.models import PeriodClose, Posting
from funds.operations import close_months, open_month
from funds.operations.periods import ClosedAlready, NotClosed, NotOver
from funds.operations.posting import MonthClosed, ReasonMissing
from funds.queries.periods import open_from
from tests.funds.conftest import MARCH

APRIL = date(2026, 4, 1)


def close(books: SimpleNamespace, month: date = MARCH, reason: str = "agreed") -> PeriodClose:
    return close_months(**books.act, month=month, reason=reason)


def test_a_closed_month_refuses_and_says_what_to_do(books: SimpleNamespace, given: Any, spend: Any, move: Any) -> None:
    given(books.river, 10000)
    close(books)
    assert open_from() == APRIL
    said = r"from 1 Apr 2026 on; the months before are closed\. Choose that day"
    with pytest.raises(MonthClosed, match=said):
        given(books.river, 1)
    with pytest.raises(MonthClosed, match=said):
        spend(books.river, 1)
    with pytest.raises(MonthClosed, match=said):
        move(books.river, books.hills, 1)
    given(books.river, 1, on=APRIL)
    spend(books.river, 1, on=APRIL)


def test_postgresql_refuses_too(books: SimpleNamespace) -> None:
    close(books)
    with pytest.raises(DatabaseError, match="takes postings from 2026-04-01 on"), transaction.atomic():
        Posting.objects.bulk_create([Posting(agency=books.act["agency"], date=MARCH, kind="gift", source="hand")])
    Posting.objects.create(date=APRIL, kind="gift", source="hand")  # the control


def test_opened_again_it_takes_postings(books: SimpleNamespace, given: Any) -> None:
    close(books, date(2026, 5, 1))
    open_month(**books.act, month=MARCH, reason="a bill came late")
    assert open_from() == date(2026, 3, 1)
    given(books.river, 1)
    with pytest.raises(MonthClosed):
        given(books.river, 1, on=date(2026, 2, 28))
    said = PeriodClose.objects.order_by("pk").values_list("open_from", "reason")
    assert list(said) == [(date(2026, 6, 1), "agreed"), (date(2026, 3, 1), "a bill came late")]


def test_only_what_is_over_and_open_is_closed(books: SimpleNamespace) -> None:
    today = books.act["agency"].today()
    with pytest.raises(NotOver):
        close(books, today)
    with pytest.raises(NotClosed):
        open_month(**books.act, month=MARCH, reason="x")
    close(books, add_months(month_start(today), -1))
    with pytest.raises(ClosedAlready):
        close(books)
    with pytest.raises(ReasonMissing):
        open_month(**books.act, month=MARCH, reason="  ")


def test_another_agencys_months_stay_open(books: SimpleNamespace, elsewhere: Any) -> None:
    from agencies import scope
    from agencies.scope import Scope

    close(books)
    with scope.within(Scope(agency_id=elsewhere.pk)):
        assert open_from() is None
        Posting.objects.create(agency=elsewhere, date=MARCH, kind="gift", source="hand")
