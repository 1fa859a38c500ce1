"""Putting messages into the outbox."""

from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail

from agencies import scope
from agencies.models import Agency
from delivery.backend import AttachmentsRefused
from delivery.models import OutgoingMessage, Suppression
from delivery.operations import BadAddress, Draft, lift, queue, queue_many, suppress

DRAFT: dict[str, Any] = {"to": "grace@example.org", "subject": "News", "text": "Dear friend", "purpose": "letter"}


def test_message_belongs_to_the_scope_in_force(inside: Agency, elsewhere: Agency, settings: Any) -> None:
    made = queue(**DRAFT, reference_kind="communications.letter", reference_id=3)
    assert (made.agency_id, made.alliance_id, made.state) == (inside.pk, None, "queued")
    assert made.sender == settings.DEFAULT_FROM_EMAIL
    with scope.of_agency(elsewhere.pk):
        assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("to", ["", "grace", "grace@", "a@example.org, b@example.org", "a@example.org\nBcc: b@b.org"])
def test_bad_address_is_refused_before_anything_is_written(inside: Agency, to: str) -> None:
    with pytest.raises(BadAddress):
        queue_many([Draft(**DRAFT), Draft(**{**DRAFT, "to": to})])
    assert not OutgoingMessage.objects.exists()


def test_key_is_queued_once(inside: Agency, elsewhere: Agency) -> None:
    first = queue(**DRAFT, key="letter 3 to unit 9")
    assert queue(**{**DRAFT, "text": "again"}, key="letter 3 to unit 9") == first
    assert len(queue_many([Draft(**DRAFT, key="k"), Draft(**DRAFT, key="k"), Draft(**DRAFT), Draft(**DRAFT)])) == 3
    assert OutgoingMessage.objects.count() == 4
    with scope.of_agency(elsewhere.pk):
        assert queue(**DRAFT, key="letter 3 to unit 9") != first


def test_suppressed_address_gets_a_row_that_is_never_sent(inside: Agency, alice: Any) -> None:
    suppress(actor=alice, address="GRACE@example.org ", reason="unsubscribed", purpose="letter")
    states = [queue(**{**DRAFT, "purpose": purpose}).state for purpose in ("letter", "statement")]
    assert states == ["suppressed", "queued"]
    suppress(actor=alice, address="grace@example.org", reason="bounced")
    assert queue(**{**DRAFT, "purpose": "statement"}).state == "suppressed"


def test_suppression_holds_in_its_own_agency_only_and_keeps_no_address(
    inside: Agency, elsewhere: Agency, alice: Any
) -> None:
    suppress(actor=alice, address="grace@example.org", reason="bounced")
    stored = Suppression.objects.values().get()
    assert "grace" not in str(stored)
    with scope.of_agency(elsewhere.pk):
        assert queue(**DRAFT).state == "queued"


def test_suppressing_twice_is_one_and_lifting_keeps_the_row(inside: Agency, alice: Any) -> None:
    assert suppress(actor=alice, address="grace@example.org", reason="asked") is True
    assert suppress(actor=alice, address="grace@example.org", reason="asked") is False
    assert lift(actor=alice, address="grace@example.org", reason="she wrote to us") == 1
    assert queue(**DRAFT).state == "queued"
    assert Suppression.objects.get().lifted_by == alice


def test_five_hundred_messages_take_few_statements(inside: Agency, django_assert_max_num_queries: Any) -> None:
    drafts = [Draft(**{**DRAFT, "to": f"p{number}@example.org", "key": f"k{number}"}) for number in range(500)]
    with django_assert_max_num_queries(7):
        assert len(queue_many(drafts)) == 500


def test_account_mail_is_nobodys_even_inside_an_agency(inside: Agency, settings: Any) -> None:
    """A colleague who may read the agency's outbox must not find another's reset link there."""
    settings.EMAIL_BACKEND = "delivery.backend.OutboxBackend"
    send_mail("Reset", "https://secret", None, ["alice@example.org", "bob@example.org"], html_message="<p>x</p>")
    assert not OutgoingMessage.objects.exists()
    with scope.within(scope.NOBODY):
        rows = OutgoingMessage.objects.values_list("to", "purpose", "agency_id", "text", "html")
        assert list(rows.order_by("to")) == [
            ("alice@example.org", "account", None, "https://secret", "<p>x</p>"),
            ("bob@example.org", "account", None, "https://secret", "<p>x</p>"),
        ]


def test_account_mail_with_files_is_refused(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "delivery.backend.OutboxBackend"
    mail = EmailMessage("s", "t", None, ["a@example.org"], attachments=[("a.txt", "x", "text/plain")])
    with pytest.raises(AttachmentsRefused):
        mail.send()


def test_password_reset_waits_for_no_mail_server(client: Any, alice: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "delivery.backend.OutboxBackend"
    assert client.post("/accounts/password/reset/", {"email": alice.email}).status_code == 302
    row = OutgoingMessage.objects.get()
    assert (row.to, row.purpose, row.state) == (alice.email, "account", "queued")
    assert "/accounts/password/reset/key/" in row.text


def test_old_account_mail_is_forgotten(db: None) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from delivery.operations import forget_account_mail

    old, new = (queue(**{**DRAFT, "purpose": "account"}) for _ in range(2))
    OutgoingMessage.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert forget_account_mail(older_than=timedelta(days=7)) == 1
    assert dict(OutgoingMessage.objects.values_list("pk", "text")) == {old.pk: "", new.pk: "Dear friend"}
