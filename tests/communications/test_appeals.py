"""A letter that asks for gifts waits until the gate of its unit is open; news never wait."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications import operations
from communications.models import Letter
from communications.operations.letters import AppealWaits
from jobs.models import Job
from jobs.testing import run_due
from ssu import operations as ssu
from ssu.models import EmergencyAppeal, Unit
from ssu.queries.gate import RESTS_ON
from tests.ssu.test_gate import confirm

Write = Callable[..., Letter]


@pytest.fixture
def emergency(posted: Agency, alice: User, staff: User) -> Callable[[Unit], EmergencyAppeal]:
    """`emergency(unit)` holds from today on, by two names."""

    def hold(unit: Unit) -> EmergencyAppeal:
        row = ssu.ask_emergency(
            agency=posted, actor=alice, unit=unit, reason="A flood.", ends_on=posted.today() + timedelta(days=5)
        )
        return ssu.approve_emergency(agency=posted, actor=staff, emergency=row)

    return hold


@pytest.fixture
def appeal(posted: Agency, village: SimpleNamespace, write: Write, alice: User) -> Letter:
    """A draft that asks for gifts; Ruth agreed to hear such."""
    operations.record_consent(
        agency=posted, actor=alice, partner=village.ruth, channel="email", purpose="appeal", basis="consent",
        wording="Ask me.", source="response card", on=posted.today(),
    )  # fmt: skip
    return write(village.unit, purpose="appeal")


def test_it_waits_until_every_item_is_confirmed(posted: Agency, appeal: Letter, alice: User, staff: User) -> None:
    act: dict[str, Any] = {"agency": posted, "actor": alice, "letter": appeal}
    confirm(appeal.unit, *RESTS_ON[1:], by=(alice, staff))
    with pytest.raises(AppealWaits, match=r"until its items 2\.1 are confirmed"):
        operations.approve_letter(**act)
    confirm(appeal.unit, "2.1", by=(alice, staff))
    operations.approve_letter(**act)
    operations.send_letter(**act)
    run_due()
    appeal.refresh_from_db()
    assert appeal.state == "sent"


def test_news_wait_for_nothing(posted: Agency, village: SimpleNamespace, write: Write, alice: User) -> None:
    assert operations.approve_letter(agency=posted, actor=alice, letter=write(village.unit)).state == "approved"


def test_an_emergency_that_ends_stops_what_is_not_on_its_way(
    posted: Agency, appeal: Letter, alice: User, staff: User, emergency: Callable[[Unit], EmergencyAppeal]
) -> None:
    act: dict[str, Any] = {"agency": posted, "actor": alice, "letter": appeal}
    row = emergency(appeal.unit)
    operations.approve_letter(**act)
    ssu.end_emergency(agency=posted, actor=staff, emergency=row, reason="Over.")
    with pytest.raises(AppealWaits):
        operations.send_letter(**act)
    row = emergency(appeal.unit)
    job = operations.send_letter(**act)
    ssu.end_emergency(agency=posted, actor=staff, emergency=row, reason="Over.")
    run_due()
    assert (Job.objects.get(pk=job.pk).state, appeal.messages.count()) == ("failed", 0)


def test_an_emergency_that_ends_between_two_steps_stops_the_rest(
    posted: Agency, appeal: Letter, alice: User, staff: User, emergency: Callable[[Unit], EmergencyAppeal]
) -> None:
    act: dict[str, Any] = {"agency": posted, "actor": alice, "letter": appeal}
    row = emergency(appeal.unit)
    operations.approve_letter(**act)
    operations.send_letter(**act)
    composer, _total = operations.begin_sending(agency=posted, letter_id=appeal.pk)
    ssu.end_emergency(agency=posted, actor=staff, emergency=row, reason="Over.")
    with pytest.raises(AppealWaits):
        operations.queue_chunk(agency=posted, composer=composer)
    emergency(appeal.unit)  # the control: the same step goes while the gate is open
    assert operations.queue_chunk(agency=posted, composer=composer) > 0


def test_the_page_says_what_it_waits_for(posted: Agency, appeal: Letter, alice: User, staff: User, visit: Any) -> None:
    page, approve = (reverse(name, args=[posted.slug, appeal.pk]) for name in ("letter", "letter_approve"))
    said = visit(alice).get(page).content.decode()
    assert "This appeal waits" in said
    assert "Approve letter" not in said
    assert reverse("item", args=[posted.slug, appeal.unit_id, "5.2"]) in said
    refused = visit(alice).post(approve, {"revision": 0})
    assert (refused.status_code, "an appeal for this unit waits" in refused.content.decode()) == (409, True)
    confirm(appeal.unit, *RESTS_ON, by=(alice, staff))
    assert "Approve letter" in visit(alice).get(page).content.decode()
