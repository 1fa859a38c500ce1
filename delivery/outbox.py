"""What the outbox pages show, worked out before the templates."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.days import day_in_words, time_in_words
from agencies.models import Agency
from agencies.seats import Seat
from delivery.models import OutgoingMessage

State = OutgoingMessage.State
TONES = {
    State.QUEUED: "none",
    State.PAUSED: "none",
    State.LEASED: "prog",
    State.SENDING: "prog",
    State.ACCEPTED: "done",
    State.DELIVERED: "done",
    State.UNKNOWN: "warn",
    State.CANCELLED: "warn",
    State.SUPPRESSED: "warn",
    State.FAILED: "bad",
    State.BOUNCED: "bad",
    State.COMPLAINED: "bad",
}
GROUPS: dict[str, tuple[Any, frozenset[str]]] = {
    "unknown": (gettext_lazy("Unknown"), frozenset({State.UNKNOWN})),
    "waiting": (gettext_lazy("Waiting"), frozenset({State.QUEUED, State.PAUSED, State.LEASED, State.SENDING})),
    "sent": (gettext_lazy("Sent"), frozenset({State.ACCEPTED, State.DELIVERED})),
    "failed": (gettext_lazy("Failed"), frozenset({State.FAILED, State.BOUNCED, State.COMPLAINED})),
    "stopped": (gettext_lazy("Not sent"), frozenset({State.CANCELLED, State.SUPPRESSED})),
}


@dataclass(frozen=True)
class Tab:
    """A group of states, with how many messages are in it."""

    label: str
    url: str
    current: bool
    count: int


@dataclass(frozen=True)
class Row:
    """A message in the list."""

    url: str
    subject: str
    to: str
    purpose: str
    when: str
    status: str
    tone: str


@dataclass(frozen=True)
class Fact:
    """A label and a value."""

    label: str
    value: str
    url: str = ""


def tabs(counts: Counter[str], current: str) -> list[Tab]:
    """Everything, then each group of states."""
    everything = Tab(_("All"), "?", not current, counts.total())
    groups = [
        Tab(str(words), f"?group={name}", name == current, sum(counts[state] for state in states))
        for name, (words, states) in GROUPS.items()
    ]
    return [everything, *groups]


def row(message: OutgoingMessage, agency: Agency, *, url: str) -> Row:
    """The message as the list shows it. No query."""
    return Row(
        url=url,
        subject=message.subject or _("(no subject)"),
        to=message.to,
        purpose=purpose(message),
        when=moment(agency, message.created_at),
        status=str(State(message.state).label),
        tone=TONES[State(message.state)],
    )


def purpose(message: OutgoingMessage) -> str:
    """What the message is for, in a word."""
    known = dict(OutgoingMessage.Purpose.choices)
    return str(known.get(message.purpose, message.purpose))


def moment(agency: Agency, when: datetime) -> str:
    """Day and time on the agency's clock."""
    return f"{day_in_words(agency, when)}, {time_in_words(agency, when)}"


def facts(message: OutgoingMessage, seat: Seat) -> list[Fact]:
    """What is known about the message; what is not known is left out."""
    agency = seat.agency
    known = [
        (_("To"), message.to),
        (_("From"), message.sender),
        (_("Replies to"), message.reply_to),
        (_("Purpose"), purpose(message)),
        (_("Queued"), moment(agency, message.created_at)),
        (_("Sent"), moment(agency, message.accepted_at) if message.accepted_at else ""),
        (_("Attempts"), str(message.attempts or "")),
        (_("Not before"), moment(agency, message.not_before) if message.not_before else ""),
        (_("Last answer"), message.last_error),
        (_("Decided by"), seat.name_of(message.settled_by)),
    ]
    return [Fact(name, value) for name, value in known if value]
