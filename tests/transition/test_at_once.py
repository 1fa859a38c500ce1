"""Two at once in one wave: what one of them noted, the other finds. With a control without the lock."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import add_commitment, add_partner
from ssu import operations as ssu
from tests.at_once import at_once, together
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


@pytest.mark.parametrize(
    ("act", "refused", "place", "reads"),
    [(tell, "NobodyLeft", bulk, "waiting"), (leave, "NotNow", acts, "acts_in_order")],
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

    def unheld(wave: Wave) -> Wave:
        return Wave.objects.select_related("plan").get(pk=wave.pk)

    if not holds:
        monkeypatch.setattr(place, "begun", unheld)
        monkeypatch.setattr(place, reads, together(getattr(place, reads)))
    outcomes = at_once(kept.agency, lambda _number: act(kept))
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        kinds = [each.kind for each in acts_in_order(ShiftAct.objects.all())]
    one = [Kind.NOTICED if act is tell else Kind.LEFT]
    assert (outcomes, kinds) == (({"done": 1, refused: 1}, one) if holds else ({"done": 2}, one * 2))
