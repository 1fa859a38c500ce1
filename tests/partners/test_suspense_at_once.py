"""Two people at once with the same money in suspense: one of them assigns it, the other waits and is refused."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation, Entry
from funds.operations import open_designation
from funds.queries import suspense_balances
from partners import operations
from partners.models import GiftLine, GivingUnit
from partners.operations import Part
from partners.operations.suspense import NotInSuspense
from partners.proofs import prove_designations
from tests.partners.suspended import KEY, holds, refund


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_assign_once(transactional_db: None, agency: Agency, alice: User) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        funds = [
            open_designation(agency=agency, actor=alice, code=code, public_name=code, kind="general")
            for code in ("1", "2")
        ]
        partner = operations.add_partner(agency=agency, actor=alice, kind="person", first_name="Ruth")
        gift = operations.record_gift(
            agency=agency,
            actor=alice,
            giving_unit=GivingUnit.objects.get(partner=partner),
            on=agency.today(),
            parts=[Part(None, Money(100, "USD"), key=KEY)],
            key="given",
        )
        line = gift.lines.get()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def act(fund: Designation) -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                start.wait(10)
                operations.assign_line(
                    agency=agency, actor=alice, line=line, designation=fund, reason="x", key=fund.code
                )
            outcomes.append("assigned")
        except NotInSuspense:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[fund]) for fund in funds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["assigned", "refused"]
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert (Entry.objects.count(), suspense_balances()) == (4, [])


@pytest.fixture
def refunded(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A fund; a line in suspense and its refund, committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        fund = open_designation(agency=agency, actor=alice, code="1", public_name="River", kind="general")
        partner = operations.add_partner(agency=agency, actor=alice, kind="person", first_name="Ruth")
        gift = operations.record_gift(
            agency=agency,
            actor=alice,
            giving_unit=GivingUnit.objects.get(partner=partner),
            on=agency.today(),
            parts=[Part(None, Money(100, "USD"), key=KEY)],
            key="given",
        )
        line = gift.lines.get()
        back = refund(agency, alice, line, 40, "r")
        return SimpleNamespace(fund=fund, line=line, back=back, back_line=back.lines.get())


def while_assigned(act: Callable[[], Any], assign: Callable[[], Any], agency: Agency) -> list[str]:
    """What becomes of an act that begins after the assignment was made and before it is committed."""
    made, outcome = threading.Event(), []

    def other() -> None:
        try:
            made.wait(10)
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                act()
            outcome.append("done")
        except NotInSuspense:
            outcome.append("refused")
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
        assign()
        made.set()
        thread.join(1)
        assert outcome == []  # it waits
    thread.join(20)
    return outcome


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("act", "end"), [("assign", "refused"), ("withdraw", "done")])
def test_a_refund_that_goes_along_is_not_moved_by_somebody_else_too(
    act: str, end: str, refunded: SimpleNamespace, agency: Agency, alice: User
) -> None:
    def assign(line: GiftLine) -> None:
        given: dict[str, Any] = {"designation": refunded.fund, "reason": "x", "key": f"a{line.pk}"}
        operations.assign_line(agency=agency, actor=alice, line=line, **given)

    def withdraw() -> None:
        operations.correct_gift(agency=agency, actor=alice, gift=refunded.back, reason="kept it", key="w")

    acts = {"assign": lambda: assign(refunded.back_line), "withdraw": withdraw}
    assert while_assigned(acts[act], lambda: assign(refunded.line), agency) == [end]
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert (suspense_balances(), holds(refunded.fund)) == ([], 60 if act == "assign" else 100)
        assert prove_designations(agency).differences == []
