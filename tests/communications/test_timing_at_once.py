"""Two who choose a time for one letter at once: one job waits for it. With a control without the lock."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.models import Letter
from communications.operations import timing
from jobs.models import Job
from ssu import operations as ssu
from tests.at_once import at_once, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """An approved letter, committed so that other connections see it."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    agency.address = "1 Harbor Street"
    with transaction.atomic(), scope.of_agency(agency.pk):
        agency.save()
        strategy = ssu.add_strategy(**act, code="S1", name="Deaf ministry")
        unit = ssu.add_unit(**act, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")
        said: dict[str, Any] = {"subject": "Hello", "body": "Dear {{greeting}}", "purpose": "news"}
        letter = operations.write_letter(**act, unit=unit, **said)
        operations.approve_letter(**act, letter=letter)
    return SimpleNamespace(agency=agency, act=act, letter=letter)


@pytest.mark.parametrize("holds", [True, False])
def test_one_job_waits(kept: SimpleNamespace, holds: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = together(lambda *_args: None) if not holds else lambda *_args: None
    monkeypatch.setattr(timing, "refuse_to_send", checked)
    if not holds:
        monkeypatch.setattr(timing, "need_at_work", lambda _unit: None)  # holds the unit, and so the second one
        monkeypatch.setattr(timing, "lock_with_job", lambda each: Letter.objects.select_related("unit").get(pk=each.pk))
    at = timezone.now() + timedelta(days=1)
    answered = at_once(kept.agency, lambda _number: operations.schedule_letter(**kept.act, letter=kept.letter, at=at))
    with transaction.atomic(), scope.of_agency(kept.agency.pk):
        waiting = Job.objects.filter(kind=timing.KIND, state="queued").count()
    assert (answered, waiting) == ({"done": 2}, 1 if holds else 2)
