"""One event to one webhook, at least once.

Each step is committed before the next: leased, then sent outside any transaction, then the outcome. A worker that dies
meanwhile leaves a lease that runs out, and the event goes out again under its id. What fails is tried again by the plan
of Standard Webhooks; after each failure the webhook rests as a whole, so that one that is down costs one attempt at a
time, and after days in which nothing arrived it is paused and its administrators are told.
"""

import logging
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.sealing import CannotOpen
from agencies import audit
from agencies.scope import within
from delivery.models import Webhook, WebhookDelivery
from delivery.outward import CannotReach, post
from delivery.webhook_alarm import tell_of_pause
from delivery.webhook_secrets import headers, secrets_of
from jobs.due import Due

logger = logging.getLogger(__name__)
State = WebhookDelivery.State
LEASE: Final = timedelta(minutes=2)  # a request is cut off long before
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WAITS: Final = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
RESTS: Final = [5 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR]
GIVEN_UP_AFTER: Final = timedelta(days=5)
GONE: Final = 410
AGENT: Final = "Yokefellow-Webhooks/1"


class Answer(NamedTuple):
    """What came of an attempt: the HTTP status, or why there is none."""

    status: int | None
    said: str

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliver(due: Due) -> bool | None:
    """Send a due event; None when there was nothing to send: another worker has it, or the webhook sleeps or ended."""
    row = lease(due)
    if row is None:
        return None
    answer = attempt(row)
    settle(due, row, answer)
    return answer.is_good


@transaction.atomic
def lease(due: Due) -> WebhookDelivery | None:
    """Take an event for a while."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    ready = Q(not_before=None) | Q(not_before__lte=now)
    awake = Q(webhook__resting_until=None) | Q(webhook__resting_until__lte=now)
    with within(due.scope):
        rows = WebhookDelivery.objects.select_for_update(of=("self",), skip_locked=True).select_related(
            "webhook", "event"
        )
        row: WebhookDelivery | None = rows.filter(
            free, ready, awake, pk=due.id, state=State.WAITING, webhook__paused_at=None, webhook__ended_at=None
        ).first()
        if row is not None:
            row.lease_until, row.tried_at = now + LEASE, now
            row.attempts += 1
            row.save(update_fields=["lease_until", "tried_at", "attempts"])
        return row


def attempt(row: WebhookDelivery) -> Answer:
    """Send it, and say what came of it. Outside any transaction."""
    now, body = timezone.now(), row.event.body.encode()
    try:
        signed = headers(secrets_of(row.webhook, now), f"evt_{row.event_id}", int(now.timestamp()), body)
        status = post(row.webhook.url, body, {"Content-Type": "application/json", "User-Agent": AGENT, **signed})
    except (CannotReach, CannotOpen) as error:
        return Answer(None, str(error)[:200])
    except Exception:  # whatever it is, it is a failure of this event, and no reason not to tell the others
        logger.exception("Delivery %s", row.pk)
        return Answer(None, "It could not be sent")
    return Answer(status, "" if 200 <= status < 300 else f"It answered {status}")


@transaction.atomic
def settle(due: Due, row: WebhookDelivery, answer: Answer) -> None:
    """Write down how it went. The webhook is locked first, as by everybody who changes both."""
    now = timezone.now()
    with within(due.scope):
        webhook = Webhook.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.webhook_id)
        mine = WebhookDelivery.objects.select_for_update(of=("self",)).filter(
            pk=row.pk, attempts=row.attempts, state=State.WAITING
        )
        if (held := mine.first()) is None:
            return
        held.lease_until, held.status, held.said = None, answer.status, answer.said
        if answer.is_good:
            held.state = State.DELIVERED
        elif held.attempts > len(WAITS):
            held.state = State.FAILED
        else:
            held.not_before = now + WAITS[held.attempts - 1]
        held.save()
        note(webhook, answer, now)


def note(webhook: Webhook, answer: Answer, now: datetime) -> None:
    """How the webhook as a whole is: well, resting, or paused since nothing has arrived for days."""
    if answer.is_good:
        webhook.failing_since, webhook.failures, webhook.resting_until = None, 0, None
    else:
        webhook.failing_since = webhook.failing_since or now
        webhook.failures += 1
        webhook.resting_until = now + RESTS[min(webhook.failures, len(RESTS)) - 1]
        if webhook.paused_at is None and webhook.ended_at is None:
            give_up(webhook, answer, now)
    webhook.save(update_fields=["failing_since", "failures", "resting_until", "paused_at", "paused_why"])


def give_up(webhook: Webhook, answer: Answer, now: datetime) -> None:
    """Pause what says that it is gone, or has not taken anything for days."""
    if answer.status == GONE:
        webhook.paused_why = Webhook.Paused.GONE
    elif webhook.failing_since and now - webhook.failing_since > GIVEN_UP_AFTER:
        webhook.paused_why = Webhook.Paused.FAILING
    else:
        return
    webhook.paused_at = now
    audit.record(actor=None, verb="pause webhook", of=webhook, label=webhook.name, reason=webhook.paused_why)
    tell_of_pause(webhook)
