"""Two mail backends: into the outbox, and nowhere."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from agencies.scope import NOBODY, within
from delivery.kept_mail import keep
from delivery.messages import AccountMail
from delivery.models import OutgoingMessage
from delivery.operations import Draft, queue_many


class AttachmentsRefused(ValueError):
    """Account mail carries no files; what has files goes through `delivery.operations.queue`."""


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`: what Django and allauth send becomes rows of the outbox, so that no request waits for a mail
    server.

    Always nobody's rows, whatever scope is in force: these mails hold links that sign their reader in, and who may
    read what an agency has sent must not find one there.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        drafts = [draft for message in email_messages for draft in drafts_of(message)]
        with transaction.atomic(), within(NOBODY):
            queue_many(drafts)
        return len(email_messages)


def drafts_of(message: EmailMessage) -> list[Draft]:
    """One draft for each receiver."""
    if message.attachments:
        raise AttachmentsRefused(message.subject)
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(content) for content, mimetype in alternatives if mimetype == "text/html"), "")
    return [
        Draft(
            to=to,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            purpose=OutgoingMessage.Purpose.ACCOUNT,
            headers={name: str(value) for name, value in message.extra_headers.items()},
            sender=message.from_email or "",
            reply_to=", ".join(message.reply_to),
        )
        for to in message.recipients()
    ]


class KeptBackend(BaseEmailBackend):
    """`DELIVERY_BACKEND` of the demo: takes every message and sends none. The outbox page shows what was sent; account
    mail, which no page shows, goes into the folder `KEPT_MAIL`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if settings.KEPT_MAIL:
            for message in email_messages:
                if isinstance(message, AccountMail):
                    keep(message, settings.KEPT_MAIL)
        return len(email_messages)
