"""What an answer of a mail server means for the message: may it be sent again without the receiver getting two?"""

from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused


class Outcome(Enum):
    """What is known after handing a message over."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"  # surely not sent; try later
    PERMANENT = "permanent"  # surely not sent; trying again is no use
    UNKNOWN = "unknown"  # the connection broke at a moment when it may have gone out


def outcome_of(error: Exception) -> tuple[Outcome, str]:
    """The outcome of a failed hand-over, with the server's words. Only an answer with a code says that nothing was
    sent.
    """
    for code, text in answers(error):
        found = Outcome.TEMPORARY if 400 <= code < 500 else Outcome.PERMANENT
        return found, f"{code} {words(text)}"[:300]
    return Outcome.UNKNOWN, f"{type(error).__name__}: {error}"[:300]


def answers(error: Exception) -> list[tuple[int, bytes | str]]:
    """The codes that the server answered with (RFC 5321, 4.2.1): 4yz may be tried again, 5yz may not."""
    if isinstance(error, SMTPRecipientsRefused):
        return list(error.recipients.values())
    if isinstance(error, SMTPSenderRefused | SMTPDataError):
        return [(error.smtp_code, error.smtp_error)]
    return []


def words(text: bytes | str) -> str:
    """A server's sentence on one line."""
    return " ".join((text.decode(errors="replace") if isinstance(text, bytes) else text).split())
