"""A mail server that remembers what it was given."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Recorder(BaseEmailBackend):
    """Counts the copies per Message-ID; `trouble`, if set, is called with each message before it is taken."""

    key_window_seconds = 0

    def __init__(self) -> None:
        super().__init__()
        self.copies: Counter[str] = Counter()
        self.order: list[str] = []
        self.trouble: Callable[[EmailMessage], Any] = lambda message: None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.trouble(message)
            self.copies[message.extra_headers["Message-ID"]] += 1
            self.order.append(message.to[0])
        return len(email_messages)
