"""Two at once in one case: what one of them did, the other finds. Each with a control without the lock."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications.models import Letter
from core.errors import Refused
from handover import operations
from handover.models import Case, Passing, PassingAct
from handover.operations import letters, passing
from partners.operations import add_partner, appoint_holder
from ssu import operations as ssu
from tests.handover.conftest import LONG_AGO

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A case with one partner, committed so that other connections see it."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = ssu.add_strategy(**act, code="S1", name="Deaf ministry")
        unit = ssu.add_unit(**act, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")
        worker = ssu.add_worker(**act, name="Anna Fields")
        ssu.add_team_member(**act, unit=unit, worker=worker, role="member", joined_on=LONG_AGO)
        partner = add_partner(**act, kind="person", first_name="Ruth", last_name="Moab")
        appoint_holder(**act, partner=partner, unit=unit, worker=worker)
        case = operations.open_case(**act, worker=worker, leaves_on=agency.today())
    return SimpleNamespace(agency=agency, act=act, case=case, unit=unit)


def write(kept: SimpleNamespace) -> None:
    said: dict[str, Any] = {"subject": "Hello", "body": "Dear {{greeting}}", "language": "en"}
    operations.write_case_letter(**kept.act, case=kept.case, unit=kept.unit, **said)


def leave_out(kept: SimpleNamespace) -> None:
    operations.skip_passings(**kept.act, case=kept.case, passings=list(Passing.objects.all()), why="office")


def twice_at_once(kept: SimpleNamespace, act: Callable[[SimpleNamespace], None]) -> list[str]:
    """What comes of it for two who begin at one moment."""
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(kept.agency.pk):
                start.wait(10)
                act(kept)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.mark.parametrize(
    ("act", "refused", "model", "place", "reads"),
    [
        (write, "handover_letter_there", Letter, letters, "letters_in"),
        (leave_out, "passing_settled", PassingAct, passing, "locked"),
    ],
)
@pytest.mark.parametrize("holds", [True, False])
def test_what_is_done_once_is_done_once(
    kept: SimpleNamespace,
    act: Callable[[SimpleNamespace], None],
    refused: str,
    model: Any,
    place: Any,
    reads: str,
    holds: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control takes no lock, and both have read before either writes."""
    both, reading = threading.Barrier(2), getattr(place, reads)

    def read_together(*args: Any) -> Any:
        found = reading(*args)
        both.wait(10)
        return found

    if not holds:
        monkeypatch.setattr(place, "held_case", lambda case: Case.objects.get(pk=case.pk))
        monkeypatch.setattr(place, reads, read_together)
    outcomes = twice_at_once(kept, act)
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        made = model.objects.count()
    assert (outcomes, made) == ((["done", refused], 1) if holds else (["done", "done"], 2))
