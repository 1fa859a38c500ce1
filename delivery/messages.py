"""From a row of the outbox to a mail."""

import hashlib
import hmac
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from delivery.models import OutgoingMessage


def message_id(message_pk: int) -> str:
    """The Message-ID of a row: the same at every attempt, so that whoever gets it twice can tell. The suffix keeps
    numbers from being guessed.
    """
    suffix = hmac.new(settings.SECRET_KEY.encode(), f"message {message_pk}".encode(), hashlib.sha256).hexdigest()[:12]
    return f"<{message_pk}.{suffix}@{sending_domain()}>"


def sending_domain() -> str:
    """The domain of the installation's From address."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


class AccountMail(EmailMultiAlternatives):
    """A mail with a link that signs its reader in. No agency's outbox shows it."""


def compose(row: OutgoingMessage, backend: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail of a row, ready for a backend. Raises ValueError when a header cannot be written."""
    kind = AccountMail if row.purpose == OutgoingMessage.Purpose.ACCOUNT else EmailMultiAlternatives
    mail = kind(
        subject=row.subject,
        body=row.text,
        from_email=row.sender,
        to=[row.to],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers={**row.headers, "Message-ID": message_id(row.pk)},
        connection=backend,
    )
    if row.html:
        mail.attach_alternative(row.html, "text/html")
    mail.message()
    return mail
