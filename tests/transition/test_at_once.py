"""Two at once in one wave: what one of them noted, the other finds. With a control without the lock."""

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import add_commitment, add_partner
from ssu import operations as ssu
from transition import operations
from transition.models import Kind, ShiftAct, Wave
from transition.operations import acts, bulk
from transition.states import acts_in_order

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """An open wave with one commitment, committed so that other connections see it."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        today = agency.today()
        strategy = ssu.add_strategy(**act, code="S1", name="Deaf ministry")
        unit = ssu.add_unit(**act, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")
        worker = ssu.add_worker(**act, name="Anna Fields")
        target = open_designation(**act, code="0100", public_name="Riverbend", kind="unit", unit=unit)
        account = open_designation(**act, code="0200", public_name="Anna", kind="worker", unit=unit, worker=worker)
        partner = add_partner(**act, kind="person", first_name="Ruth", last_name="Moab")
        giver = GivingUnit.objects.get(partner=partner)
        said: dict[str, Any] = {"amount": Money(10000, "USD"), "frequency": "monthly", "starts_on": today - 90 * DAY}
        promise = add_commitment(**act, giving_unit=giver, designation=account, **said)
        plan = operations.start_plan(**act, unit=unit, designation=target)
        word: dict[str, Any] = {"how": "As now", "given_by": "The board", "until": today + 90 * DAY, "told_on": today}
        operations.guarantee(**act, plan=plan, account=account, **word)
        wave = operations.add_wave(**act, plan=plan, name="Friends", reply_by=today + 30 * DAY)
        [shift] = operations.add_to_wave(**act, wave=wave, commitments=[promise])
        operations.open_wave(**act, wave=wave)
    return SimpleNamespace(agency=agency, act=act, wave=wave, shift=shift, today=today)


def tell(kept: SimpleNamespace) -> None:
    operations.tell_all(**kept.act, wave=kept.wave, on=kept.today, how="letter")


def leave(kept: SimpleNamespace) -> None:
    operations.leave(**kept.act, shift=kept.shift, on=kept.today, words="Too old to be asked")


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
    ("act", "refused", "place", "reads"),
    [(tell, "wave_nobody_left", bulk, "waiting"), (leave, "shift_not_now", acts, "acts_in_order")],
)
@pytest.mark.parametrize("holds", [True, False])
def test_what_is_noted_once_is_noted_once(
    kept: SimpleNamespace,
    act: Callable[[SimpleNamespace], None],
    refused: str,
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

    def unheld(wave: Wave) -> Wave:
        return Wave.objects.select_related("plan").get(pk=wave.pk)

    if not holds:
        monkeypatch.setattr(place, "begun", unheld)
        monkeypatch.setattr(place, reads, read_together)
    outcomes = twice_at_once(kept, act)
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        kinds = [each.kind for each in acts_in_order(ShiftAct.objects.all())]
    one = [Kind.NOTICED if act is tell else Kind.LEFT]
    assert (outcomes, kinds) == ((["done", refused], one) if holds else (["done", "done"], one * 2))
