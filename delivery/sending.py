"""One message from the outbox to the mail server, so that nobody ever gets two of it without a person having decided
so.

Each step is committed before the next begins: leased, then sending, then handed over outside any transaction, then
the outcome. A worker that dies before `sending` leaves a lease that runs out and is taken again. One that dies after
it leaves a message of which nobody can tell: it becomes unknown (trust rule T10).
"""

import logging
from datetime import timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies.scope import within
from delivery.messages import compose
from delivery.models import OutgoingMessage
from delivery.outcomes import Outcome, outcome_of
from delivery.queries import is_suppressed
from delivery.signals import message_ended
from jobs.due import Due

logger = logging.getLogger(__name__)
State = OutgoingMessage.State
LEASE = timedelta(minutes=5)  # longer than any single answer of a mail server is waited for
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
GAVE_UP = "Every attempt to send this message ended with the end of the worker."
GONE = "The worker stopped while the message was being handed over, so it may have gone out or not."


def send_one(due: Due, backend: BaseEmailBackend) -> Outcome | None:
    """Send a due message; None when there was nothing to send: another worker has it, it is suppressed, or it became
    unknown.
    """
    row = lease(due, backend)
    if row is None:
        return None
    try:
        mail = compose(row, backend)
    except ValueError as error:  # a header that no mail may have; nobody was asked to send anything yet
        settle(due, row, Outcome.PERMANENT, f"This cannot be made into a mail: {error}"[:300])
        return Outcome.PERMANENT
    if not begin(due, row):
        return None
    outcome, words = Outcome.ACCEPTED, ""
    try:
        mail.send()
    except Exception as error:
        outcome, words = outcome_of(error)
        logger.warning("Message %s: %s", row.pk, outcome.value, exc_info=True)
    status = getattr(mail, "anymail_status", None)
    settle(due, row, outcome, words, provider_id=str(getattr(status, "message_id", None) or ""))
    return outcome


@transaction.atomic
def lease(due: Due, backend: BaseEmailBackend) -> OutgoingMessage | None:
    """Take a message for a while, unless it may not go out any more."""
    now = timezone.now()
    waiting = Q(state=State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    abandoned = Q(state__in=[State.LEASED, State.SENDING], lease_until__lt=now)
    with within(due.scope):
        rows = OutgoingMessage.objects.select_for_update(skip_locked=True).filter(waiting | abandoned, pk=due.id)
        row: OutgoingMessage | None = rows.first()
        if row is None:
            return None
        if row.state == State.SENDING and not has_key_window(row, backend):
            end(row, State.UNKNOWN, GONE)
            return None
        if row.attempts > len(WAITS):
            end(row, State.FAILED, row.last_error or GAVE_UP)
            return None
        if is_suppressed(row.to, row.purpose):
            end(row, State.SUPPRESSED)
            return None
        row.state, row.lease_until, row.changed_at = State.LEASED, now + LEASE, now
        row.attempts += 1
        row.save(update_fields=["state", "lease_until", "changed_at", "attempts"])
        return row


def has_key_window(row: OutgoingMessage, backend: BaseEmailBackend) -> bool:
    """Whether the provider still knows the Message-ID as a key and would not send the message a second time.

    A backend says so with `key_window_seconds`; plain SMTP knows no such key.
    """
    seconds = getattr(backend, "key_window_seconds", 0)
    return row.sending_at is not None and timezone.now() - row.sending_at < timedelta(seconds=seconds)


@transaction.atomic
def begin(due: Due, row: OutgoingMessage) -> bool:
    """Say, and commit, that the message is about to leave the house; False when the lease was lost."""
    now = timezone.now()
    with within(due.scope):
        mine = OutgoingMessage.objects.filter(pk=row.pk, state=State.LEASED, attempts=row.attempts)
        return bool(mine.update(state=State.SENDING, sending_at=now, changed_at=now, lease_until=now + LEASE))


@transaction.atomic
def settle(due: Due, row: OutgoingMessage, outcome: Outcome, words: str, *, provider_id: str = "") -> None:
    """Write down how it went; also when it took so long that the message was declared unknown meanwhile."""
    with within(due.scope):
        undecided = Q(state__in=[State.LEASED, State.SENDING]) | Q(state=State.UNKNOWN, settled_at=None)
        mine = OutgoingMessage.objects.select_for_update().filter(undecided, pk=row.pk, attempts=row.attempts).first()
        if mine is None:
            return
        if outcome is Outcome.ACCEPTED:
            mine.accepted_at, mine.provider_id = timezone.now(), provider_id[:200]
            end(mine, State.ACCEPTED)
        elif outcome is Outcome.TEMPORARY and mine.attempts <= len(WAITS):
            wait(mine, words)
        else:
            end(mine, State.UNKNOWN if outcome is Outcome.UNKNOWN else State.FAILED, words)


def wait(row: OutgoingMessage, words: str) -> None:
    """Queue the message again, later each time."""
    now = timezone.now()
    row.state, row.lease_until, row.changed_at = State.QUEUED, None, now
    row.not_before, row.last_error = now + WAITS[row.attempts - 1], words
    row.save()


def end(row: OutgoingMessage, state: str, words: str = "") -> None:
    """Put a message that the caller has locked into a state from which no worker moves it, and tell the apps above."""
    row.state, row.last_error, row.lease_until, row.changed_at = state, words, None, timezone.now()
    if state == State.UNKNOWN:  # what was decided about an earlier attempt decides nothing about this one
        row.settled_at = row.settled_by = None
    row.save()
    message_ended.send(OutgoingMessage, message=row)
