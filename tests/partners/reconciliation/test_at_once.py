"""Twenty people match one line at once: one of them does. Without the lock they run into the database's own nets."""

import threading
from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from funds.operations import open_designation
from partners import operations
from partners.models import BankMatch, GivingUnit
from partners.operations.reconciling import taking_back
from partners.operations.reconciling.refusals import LineMatched, NotOpenForMatch
from partners.operations.reconciling.taking_back import take_match_back
from partners.queries.reconciliation.lines import incoming
from tests.partners.reconciliation.bank import Bank

SENDERS = 20


@pytest.fixture
def waiting(transactional_db: None, agency: Agency, alice: User) -> tuple[Bank, int, int]:
    """A line and the batch that it brought, committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        fund = open_designation(agency=agency, actor=alice, code="1", public_name="River", kind="general")
        partner = operations.add_partner(agency=agency, actor=alice, kind="person", first_name="Ruth")
        bank = Bank(agency, alice, GivingUnit.objects.get(partner=partner), fund)
        return bank, bank.line(5000).pk, bank.batch(5000).pk


def outcomes(waiting: tuple[Bank, int, int], keys: list[str]) -> Counter[str]:
    """What becomes of twenty senders."""
    bank, line, batch = waiting
    found: list[str] = []
    start = threading.Barrier(SENDERS)

    def act(key: str) -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(bank.agency.pk):
                mine = incoming().get(pk=line)
                start.wait(30)
                bank.match(mine, f"b{batch}", key=key)
            found.append("matched")
        except (LineMatched, NotOpenForMatch):
            found.append("refused")
        except IntegrityError:
            found.append("broken")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(found)


def matches(agency: Agency) -> int:
    with transaction.atomic(), scope.of_agency(agency.pk):
        count: int = BankMatch.objects.count()
        return count


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twenty_times_matches_once(waiting: tuple[Bank, int, int], agency: Agency) -> None:
    assert outcomes(waiting, ["same"] * SENDERS) == Counter(matched=SENDERS)
    assert matches(agency) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_people_match_once(waiting: tuple[Bank, int, int], agency: Agency) -> None:
    assert outcomes(waiting, [f"form {n}" for n in range(SENDERS)]) == Counter(matched=1, refused=SENDERS - 1)
    assert matches(agency) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_break_against_the_database(
    waiting: tuple[Bank, int, int], agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.operations.reconciling.matching.locks.hold", lambda what, agency: None)
    found = outcomes(waiting, [f"form {n}" for n in range(SENDERS)])
    assert (found["matched"], found["broken"] > 0) == (1, True)
    assert matches(agency) == 1


def undo_beside_match(waiting: tuple[Bank, int, int], agency: Agency) -> list[str]:
    """One person takes a match back, and stops before the end; another matches the line anew meanwhile. What became of
    both, the end of the first one first where the second waited for it.
    """
    bank, line, batch = waiting
    with transaction.atomic(), scope.of_agency(agency.pk):
        match = bank.match(incoming().get(pk=line), f"b{batch}", key="first").pk
    found: list[str] = []
    written, waits = threading.Event(), threading.Event()

    def take_back() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
            take_match_back(agency=agency, actor=bank.actor, match=BankMatch.objects.get(pk=match))
            written.set()
            waits.wait(1.5)
            found.append("taken back")
        connection.close()

    def match_anew() -> None:
        written.wait(30)
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                bank.match(incoming().get(pk=line), f"b{batch}", key="second")
            found.append("matched")
        except LineMatched:
            found.append("refused")
        waits.set()
        connection.close()

    threads = [threading.Thread(target=act) for act in (take_back, match_anew)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.django_db(transaction=True)
def test_who_matches_waits_for_who_takes_back(waiting: tuple[Bank, int, int], agency: Agency) -> None:
    assert undo_beside_match(waiting, agency) == ["taken back", "matched"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_undo_it_is_not_waited_for(
    waiting: tuple[Bank, int, int], agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what is judged is what stood before, and a line that is free in a moment is refused."""
    monkeypatch.setattr(taking_back, "locks", SimpleNamespace(hold=lambda what, agency: None))
    assert undo_beside_match(waiting, agency) == ["refused", "taken back"]
