"""Core messages and guidelines through their pages: begun, saved, submitted, agreed to, read, compared."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications.models import CoreMessage, Guidelines
from ssu import evidence
from tests.ssu.conftest import TRUE_NAME

FORMSET = {"message-TOTAL_FORMS": "2", "message-INITIAL_FORMS": "0", "message-MAX_NUM_FORMS": "12"}


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def words(text: str, revision: int, act: str = "save", **more: str) -> dict[str, str]:
    said = {"message-0-headline": "Water", "message-0-body": "A beginning.", "message-0-answers": "Why wells?"}
    return {**FORMSET, **said, "text": text, "revision": str(revision), "act": act, **more}


@pytest.fixture
def draft(posted: Agency, units: SimpleNamespace, alice: User, visit: Any) -> str:
    """Where Alice writes the first version, which she began with nothing."""
    begun = visit(alice).post(at("core_message_begin", units.open.pk), {"source": "empty"})
    assert begun.status_code == 302
    return str(begun["Location"])


def test_a_set_is_written_submitted_and_agreed_to_by_another(
    posted: Agency, units: SimpleNamespace, draft: str, alice: User, staff: User, visit: Any
) -> None:
    alices, others, page = visit(alice), visit(staff), at("core_messages", units.open.pk)
    agree = at("core_message_agree", units.open.pk, 1)
    assert others.post(agree).status_code == 409
    assert alices.post(draft, words("Water is a beginning.", 0)).status_code == 302
    assert alices.post(draft, words("Water is a beginning.", 1, "submit")).status_code == 302
    assert alices.post(draft, words("Other words", 2)).status_code == 422
    assert "Agree to this version" not in alices.get(page).content.decode()
    assert alices.post(agree).status_code == 409
    assert "Agree to this version" in others.get(page).content.decode()
    assert others.post(agree).status_code == 302
    with scope.of_agency(posted.pk):
        message = CoreMessage.objects.get()
        assert (message.state, message.approved_by, message.text) == ("approved", staff, "Water is a beginning.")
        assert list(message.messages.values_list("place", "headline", "answers")) == [(1, "Water", "Why wells?")]
        (offered,) = [each for each in evidence.offered(units.open, "5.1") if each[0] == "communications.coremessage"]
        (thing,) = offered[2]
        assert (thing.is_valid, thing.page) == (True, "core_messages")
    assert "Why wells?" in others.get(page).content.decode()
