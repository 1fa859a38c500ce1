"""Nothing is written, approved or sent in an archived unit; what is on its way can be stopped."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications import operations
from communications.models import Letter, LetterMessage
from communications.operations.sending import send_proof
from delivery.models import OutgoingMessage
from jobs.testing import run_due
from ssu import operations as ssu
from ssu.operations.archived import UnitArchived
from tests.communications.conftest import BODY

WORDS: dict[str, Any] = {"subject": "Water", "body": BODY, "purpose": "news", "language": "en", "unmasked": None}


def put_away(agency: Agency, alice: User, letter: Letter, *, archived: bool = True) -> None:
    ssu.set_archived(agency=agency, actor=alice, unit=letter.unit, archived=archived)


def test_every_act_is_refused_and_is_possible_again_later(
    posted: Agency, alice: User, village: SimpleNamespace, approved: Letter, write: Callable[..., Letter]
) -> None:
    act: dict[str, Any] = {"agency": posted, "actor": alice}
    draft = write(village.unit)
    acts: list[Callable[[], Any]] = [
        lambda: write(village.unit),
        lambda: operations.edit_letter(**act, letter=draft, **{**WORDS, "subject": "Wells"}),
        lambda: operations.approve_letter(**act, letter=draft),
        lambda: operations.send_letter(**act, letter=approved),
        lambda: send_proof(**act, letter=approved, partner=village.ruth),
    ]
    put_away(posted, alice, draft)
    for each in acts:
        with pytest.raises(UnitArchived):
            each()
    assert OutgoingMessage.objects.filter(purpose__in=["letter", "notice"], reference_id=approved.pk).count() == 0
    put_away(posted, alice, draft, archived=False)
    for each in acts:
        each()


def test_a_job_that_waited_finds_the_unit_put_away(posted: Agency, alice: User, approved: Letter) -> None:
    """The job fails with the sentence, nothing goes out; taken up again the rest is sent."""
    job = operations.send_letter(agency=posted, actor=alice, letter=approved)
    put_away(posted, alice, approved)
    run_due()
    job.refresh_from_db()
    assert (job.state, "archived" in job.error) == ("failed", True)
    assert LetterMessage.objects.count() == 0
    put_away(posted, alice, approved, archived=False)
    operations.send_letter(agency=posted, actor=alice, letter=Letter.objects.get(pk=approved.pk))
    run_due()
    assert LetterMessage.objects.count() == 2


def test_a_letter_can_be_given_up(posted: Agency, alice: User, approved: Letter) -> None:
    put_away(posted, alice, approved)
    operations.cancel_letter(agency=posted, actor=alice, letter=approved)
    assert Letter.objects.get(pk=approved.pk).state == "cancelled"


def test_the_page_offers_none_and_a_form_that_was_open_is_refused(
    posted: Agency, alice: User, approved: Letter, visit: Any
) -> None:
    page, here = visit(alice), reverse("letter", args=["harbor", approved.pk])
    assert "Send letter" in page.get(here).content.decode()
    put_away(posted, alice, approved)
    shown = page.get(here).content.decode()
    assert ("its letters stand as they are" in shown, "Send letter" in shown) == (True, False)
    assert page.post(reverse("letter_send", args=["harbor", approved.pk])).status_code == 409
