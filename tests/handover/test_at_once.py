"""Two at once in one case: what one of them did, the other finds. Each with a control without the lock."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications.models import Letter
from handover import operations
from handover.models import Case, Passing, PassingAct
from handover.operations import letters, passing
from partners.operations import add_partner, appoint_holder
from ssu import operations as ssu
from tests.at_once import at_once, together
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


@pytest.mark.parametrize(
    ("act", "refused", "model", "place", "reads"),
    [
        (write, "LetterThere", Letter, letters, "letters_in"),
        (leave_out, "NotWaiting", PassingAct, passing, "locked"),
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
    if not holds:
        monkeypatch.setattr(place, "held_case", lambda case: Case.objects.get(pk=case.pk))
        monkeypatch.setattr(place, reads, together(getattr(place, reads)))
    outcomes = at_once(kept.agency, lambda _number: act(kept))
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        made = model.objects.count()
    assert (outcomes, made) == (({"done": 1, refused: 1}, 1) if holds else ({"done": 2}, 2))
