"""Impact reports and core messages among the benefits: who was told, and which letters speak with one voice."""

# ruff: noqa: F811 - fixtures of letters

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications import operations
from communications.models import CoreMessage, Letter
from communications.operations.letters import NoCoreMessages
from delivery.models import OutgoingMessage
from jobs.testing import run_due
from partners.models import GivingUnit, Partner
from partners.operations import merge_partners
from reports.queries.benefits.frame import Share, Window, Windows
from reports.queries.benefits.letters import current_messages, impact_reports
from ssu.models import Unit
from tests.communications.conftest import fund_of, give, policy, posted, village, write  # noqa: F401 - fixtures
from tests.ssu.conftest import make_unit, strategy, units  # noqa: F401 - fixtures

Write = Callable[..., Letter]


@pytest.fixture
def core(posted: Agency, alice: User, bob: User, village: SimpleNamespace) -> Callable[[str], CoreMessage]:
    """`core("Water for all")` is the next version that counts."""

    def agree(text: str) -> CoreMessage:
        row = operations.write_core_message(agency=posted, actor=bob, unit=village.unit, text=text, unmasked=None)
        return operations.approve_core_message(agency=posted, actor=alice, message=row)

    return agree


def send(agency: Agency, actor: User, letter: Letter) -> None:
    """Through the outbox, and every mail server took it."""
    operations.approve_letter(agency=agency, actor=actor, letter=letter)
    operations.send_letter(agency=agency, actor=actor, letter=letter)
    run_due()
    OutgoingMessage.objects.filter(state="queued").update(state="accepted", accepted_at="2026-01-01T00:00Z")


def lately(agency: Agency) -> Windows:
    """The last thirty days, and those before."""
    today = agency.today()
    now = Window(today - timedelta(days=29), today)
    return Windows(Window(now.first - timedelta(days=30), now.first - timedelta(days=1)), now)


def figures(measure: Callable[..., Any], agency: Agency, unit: Unit) -> tuple[Any, Any]:
    (found,) = measure(agency, unit, lately(agency))
    return found.before, found.now


def test_who_gave_and_heard_what_came_of_it(
    posted: Agency, village: SimpleNamespace, alice: User, write: Write, give: Callable[..., Partner]
) -> None:
    give(village.unit, "Nomail")
    give(village.unit, "Before", days_ago=40)
    send(posted, alice, write(village.unit))
    assert figures(impact_reports, posted, village.unit) == (Share(0, 1), Share(0, 3))
    report = write(village.unit, tells_impact=True)
    assert figures(impact_reports, posted, village.unit) == (Share(0, 1), Share(0, 3))
    send(posted, alice, report)
    assert figures(impact_reports, posted, village.unit) == (Share(0, 1), Share(2, 3))
    send(posted, alice, write(village.unit, tells_impact=True))
    assert figures(impact_reports, posted, village.unit) == (Share(0, 1), Share(2, 3))
    OutgoingMessage.objects.filter(to="boaz@example.org").update(state="bounced")
    assert figures(impact_reports, posted, village.unit) == (Share(0, 1), Share(1, 3))


def test_a_report_to_a_record_that_was_merged_reached_who_stands(
    posted: Agency, village: SimpleNamespace, alice: User, write: Write
) -> None:
    send(posted, alice, write(village.unit, tells_impact=True))
    merge_partners(agency=posted, actor=alice, survivor=village.ruth, losers=[village.boaz])
    assert GivingUnit.objects.filter(partner=village.ruth).count() >= 1
    assert figures(impact_reports, posted, village.unit) == (None, Share(1, 1))


def test_another_unit_reports_to_its_own_givers(
    posted: Agency, village: SimpleNamespace, units: SimpleNamespace, alice: User, write: Write, give: Any
) -> None:
    give(units.careful, "Naomi", "naomi@example.org")
    send(posted, alice, write(village.unit, tells_impact=True))
    assert figures(impact_reports, posted, units.careful) == (None, Share(0, 1))


def test_letters_say_the_messages_that_count_when_they_go_out(
    posted: Agency, village: SimpleNamespace, alice: User, write: Write, core: Callable[[str], CoreMessage]
) -> None:
    assert figures(current_messages, posted, village.unit) == (None, None)
    first = core("Many hear.")
    current, outdated, own = (write(village.unit, says_core=said) for said in (True, True, False))
    assert current.core_message == first
    send(posted, alice, current)
    send(posted, alice, own)
    assert figures(current_messages, posted, village.unit) == (None, Share(1, 2))
    core("All hear.")
    assert figures(current_messages, posted, village.unit) == (None, Share(1, 2))
    send(posted, alice, outdated)
    assert figures(current_messages, posted, village.unit) == (None, Share(1, 3))


def test_saving_holds_a_letter_against_the_messages_of_now(
    posted: Agency,
    village: SimpleNamespace,
    alice: User,
    write: Write,
    core: Callable[[str], CoreMessage],
    visit: Any,
) -> None:
    core("Many hear.")
    letter = write(village.unit, says_core=True)
    approved = operations.approve_letter(agency=posted, actor=alice, letter=letter)
    newer = core("All hear.")
    client = visit(alice)
    shown, edit = (reverse(name, args=[posted.slug, letter.pk]) for name in ("letter", "letter_edit"))
    assert "version 1, which was replaced" in client.get(shown).content.decode()
    words = {name: getattr(approved, name) for name in ("subject", "body", "purpose", "language")}
    assert client.post(edit, {**words, "says_core": "on"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.core_message, letter.state) == (newer, "draft")
    assert client.post(edit, {**words, "tells_impact": "on"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.core_message, letter.tells_impact) == (None, True)


def test_what_was_never_agreed_to_cannot_be_said(
    posted: Agency, village: SimpleNamespace, alice: User, write: Write, visit: Any
) -> None:
    with pytest.raises(NoCoreMessages):
        write(village.unit, says_core=True)
    words = {"unit": village.unit.pk, "subject": "Water", "body": "Dear", "purpose": "news", "language": "en"}
    answer = visit(alice).post(reverse("letter_add", args=[posted.slug]), {**words, "says_core": "on"})
    assert answer.status_code == 422
    assert "no core messages that somebody agreed to" in answer.content.decode()
    assert not Letter.objects.exists()
