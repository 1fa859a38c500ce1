"""Twenty at once: one reversal, one posting of a form, one run of a month, each posting in one journal; and what comes
of it without the lock.
"""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds import locks, operations
from funds.batches import told_of
from funds.models import AssessmentRun, Entry, Expense, ExportedPosting, JournalExport, Posting
from funds.operations import Leg
from funds.operations import assessments as assessing
from funds.operations.posting import MonthClosed, ReversedAlready, post
from funds.queries import accounts_of, deposit_account
from funds.queries.assessments import dues
from funds.queries.movable import movable
from tests.at_once import at_once, together
from tests.funds.conftest import MARCH, gift_to, held

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 20


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A committed designation with a gift, a rule and an expense to take back."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        river = operations.open_designation(**act, code="1", public_name="River", kind="project")
        general = operations.open_designation(**act, code="2", public_name="General", kind="general")
        travel, bank = operations.open_category(**act, name="Travel"), deposit_account()
        gift_to(**act, designation=river, amount=Money(10000, "USD"))
        operations.add_rule(**act, name="Share", percent=Decimal(10), destination=general, starts_on=date(2026, 1, 1))
        said: dict[str, Any] = {"designation": river, "category": travel, "paid_from": bank, "on": MARCH}
        expense = operations.record_expense(**act, **said, amount=Money(100, "USD"), key="first")
    return SimpleNamespace(act=act, agency=agency, river=river, general=general, said=said, posting=expense.posting)


def inside(agency: Agency, ask: Callable[[], Any]) -> Any:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return ask()


def test_twenty_reversals_are_one(kept: SimpleNamespace) -> None:
    def take_back(number: int) -> None:
        operations.reverse_posting(**kept.act, posting=kept.posting, on=MARCH, reason="twice", key=f"r{number}")

    assert at_once(kept.agency, take_back, SENDERS) == {"done": 1, "ReversedAlready": SENDERS - 1}
    assert inside(kept.agency, lambda: held(kept.river)) == [Money(10000, "USD")]


def test_control_without_lock_and_key_each_reversal_is_posted(kept: SimpleNamespace) -> None:
    """What the guards stand against: everybody looks first, nobody sees another one, and all post."""
    looked = threading.Barrier(5)

    def take_back(number: int) -> None:
        entries = list(Entry.objects.filter(posting=kept.posting))
        if Posting.objects.filter(reverses=kept.posting).exists():
            raise ReversedAlready
        looked.wait(30)
        legs = [Leg(entry.account_id, Money(-entry.amount, entry.currency)) for entry in entries]
        post(**kept.act, on=MARCH, kind="reversal", legs=legs, source="hand", reason="no lock")

    assert at_once(kept.agency, take_back, senders=5) == {"done": 5}
    assert inside(kept.agency, lambda: held(kept.river)) == [Money(10000 + 4 * 100, "USD")]


def spend(kept: SimpleNamespace, key: str) -> None:
    operations.record_expense(**kept.act, **kept.said, amount=Money(700, "USD"), key=key)


def test_the_same_form_twenty_times_is_one_posting(kept: SimpleNamespace) -> None:
    assert at_once(kept.agency, lambda number: spend(kept, "same"), SENDERS) == {"done": SENDERS}
    assert inside(kept.agency, Expense.objects.count) == 2


def test_control_a_key_each_is_a_posting_each(kept: SimpleNamespace) -> None:
    assert at_once(kept.agency, lambda number: spend(kept, str(number)), SENDERS) == {"done": SENDERS}
    assert inside(kept.agency, Expense.objects.count) == SENDERS + 1


def move(kept: SimpleNamespace, number: int) -> None:
    operations.transfer(
        **kept.act,
        origin=kept.river,
        destination=kept.general,
        amount=Money(9900, "USD"),
        on=MARCH,
        resolution="7",
        resolved_on=MARCH,
        key=f"t{number}",
    )


def test_what_is_held_moves_once(kept: SimpleNamespace) -> None:
    assert at_once(kept.agency, lambda number: move(kept, number), SENDERS) == {"done": 1, "MoreThanFree": SENDERS - 1}
    assert inside(kept.agency, lambda: held(kept.river)) == [Money(0, "USD")]


def test_control_without_the_lock_of_accounts_more_moves_than_is_held(
    kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from funds.operations import transfers

    looked = threading.Barrier(5)

    def unlocked(*designations: Any) -> dict[int, int]:
        return accounts_of([each.pk for each in designations])

    real = movable

    def seen(*asked: Any) -> Any:
        found = real(*asked)
        looked.wait(30)
        return found

    monkeypatch.setattr(transfers, "lock_accounts", unlocked)
    monkeypatch.setattr(transfers, "movable", seen)
    assert at_once(kept.agency, lambda number: move(kept, number), senders=5) == {"done": 5}
    assert inside(kept.agency, lambda: held(kept.river)) == [Money(9900 - 5 * 9900, "USD")]


def assess(kept: SimpleNamespace, number: int) -> None:
    operations.assess_month(**kept.act, month=MARCH, key=f"a{number}")


def test_twenty_runs_of_a_month_are_one(kept: SimpleNamespace) -> None:
    assert at_once(kept.agency, lambda number: assess(kept, number), SENDERS) == {
        "done": 1,
        "NothingToAssess": SENDERS - 1,
    }
    assert inside(kept.agency, lambda: held(kept.general)) == [Money(1000, "USD")]


def test_control_without_the_lock_a_month_is_assessed_many_times(
    kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, real = threading.Barrier(5), dues

    def seen(month: date) -> Any:
        found = real(month)
        looked.wait(30)
        return found

    monkeypatch.setattr(locks, "hold", lambda what, agency: None)
    monkeypatch.setattr(assessing, "dues", seen)
    assert at_once(kept.agency, lambda number: assess(kept, number), senders=5) == {"done": 5}
    assert inside(kept.agency, AssessmentRun.objects.count) == 5


def test_twenty_journals_take_each_posting_once(kept: SimpleNamespace) -> None:
    def export(number: int) -> None:
        operations.export_journal(**kept.act, first_day=MARCH, last_day=MARCH, key=f"j{number}")

    assert at_once(kept.agency, export, SENDERS) == {"done": 1, "NothingToExport": SENDERS - 1}
    assert inside(kept.agency, lambda: (JournalExport.objects.count(), ExportedPosting.objects.count())) == (1, 2)


def test_control_without_the_lock_journals_want_the_same_postings(
    kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have read what no journal holds before one writes; the key of a posting in journals lets one through."""

    def export(number: int) -> None:
        operations.export_journal(**kept.act, first_day=MARCH, last_day=MARCH, key=f"j{number}")

    monkeypatch.setattr(locks, "hold", lambda *_what: None)
    monkeypatch.setattr("funds.operations.journals.told_of", together(told_of, 5))
    answered = at_once(kept.agency, export, 5, refusals=(Refused, IntegrityError))
    assert answered == {"done": 1, "IntegrityError": 4}


@pytest.mark.parametrize("holds", [True, False])
def test_who_posts_is_waited_for_by_who_closes(
    kept: SimpleNamespace, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A posting that has not committed stands in its month, and the next one is refused. The control: who closes
    without the lock waits for nobody, and the posting comes into a closed month.
    """
    if not holds:
        monkeypatch.setattr(locks, "hold", lambda *_what: None)
    posted, finish = threading.Event(), threading.Event()
    answers: list[str] = []

    def poster() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(kept.agency.pk):
            spend(kept, "slow")
            posted.set()
            finish.wait(30)
        connection.close()

    def closer() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(kept.agency.pk):
            operations.close_months(**kept.act, month=MARCH, reason="agreed")
            answers.append("closed")
        connection.close()

    threads = [threading.Thread(target=poster), threading.Thread(target=closer)]
    threads[0].start()
    assert posted.wait(30)
    threads[1].start()
    threads[1].join(1 if holds else 30)
    assert answers == ([] if holds else ["closed"])
    finish.set()
    for thread in threads:
        thread.join(30)
    assert answers == ["closed"]
    assert inside(kept.agency, Expense.objects.count) == 2
    with pytest.raises(MonthClosed):
        inside(kept.agency, lambda: spend(kept, "late"))
