"""Writing down what happened, for the webhooks that listen, in the transaction in which it happens."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from agencies import audit
from agencies.models import Agency
from delivery.models import Webhook, WebhookDelivery, WebhookEvent
from jobs.nudge import nudge_on_commit

State = WebhookDelivery.State
IDS_TOGETHER: Final = 100
"""So many ids at most stand in one event: an import of thousands is told in some messages, not in thousands."""
TEST: Final = "webhook.test"
SEND: Final = "delivery.tasks.send_webhooks"


def is_heard(agency: Agency, kind: str) -> bool:
    """Whether an event of this kind would be told: the agency works with the system, and something listens."""
    return agency.is_live() and Webhook.objects.listening().filter(kinds__contains=[kind]).exists()


def announce(*, agency: Agency, kind: str, ids: Iterable[int]) -> int:
    """Tell what listens to this kind that it happened to the rows of these ids; return how many events that made.

    Nothing before the agency's go-live date (`is_live`): what is brought in until then is history. The events belong
    to the caller's transaction: when it is undone, nothing was told. Two queries where nothing listens, else four per
    hundred ids.
    """
    if not is_heard(agency, kind):
        return 0
    hearing = list(Webhook.objects.listening().filter(kinds__contains=[kind]).order_by("pk"))
    made = [write_event(agency, kind, {"ids": some}, hearing) for some in in_hundreds(ids)]
    if made:
        nudge_on_commit(SEND)
    return len(made)


def in_hundreds(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, each once, some at a time."""
    rest = iter(dict.fromkeys(ids))
    while some := list(islice(rest, IDS_TOGETHER)):
        yield some


def write_event(agency: Agency, kind: str, data: dict[str, Any], webhooks: list[Webhook]) -> WebhookEvent:
    """One event, to be delivered to each of these."""
    now = timezone.now()
    body = body_of(agency, kind, data, now)
    event: WebhookEvent = WebhookEvent.objects.create(agency=agency, kind=kind, body=body, happened_at=now)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(agency=agency, webhook=webhook, event=event) for webhook in webhooks
    )
    return event


def body_of(agency: Agency, kind: str, data: dict[str, Any], moment: datetime) -> str:
    """What is sent: `type`, `timestamp` and `data`, as Standard Webhooks has them; `data` names the agency."""
    said = {"type": kind, "timestamp": moment.isoformat(), "data": {"agency": agency.slug, **data}}
    return json.dumps(said, separators=(",", ":"))


@transaction.atomic
def forget_events(*, agency: Agency, older_than: timedelta) -> int:
    """Drop events of which nothing waits any more, and what waited as long at a paused webhook; return how many. The
    trail keeps who set up what, and how much was never told.
    """
    before = timezone.now() - older_than
    give_up_waiting(before)
    waiting = WebhookDelivery.objects.filter(event=OuterRef("pk"), state=State.WAITING)
    old = WebhookEvent.objects.filter(~Exists(waiting), happened_at__lt=before)
    ids = list(old.values_list("pk", flat=True))
    WebhookDelivery.objects.filter(event__in=ids).delete()
    WebhookEvent.objects.filter(pk__in=ids).delete()
    return len(ids)


def give_up_waiting(before: datetime) -> None:
    """What happened before this moment is told to no paused webhook any more: whoever goes on so late reads the API
    anew.
    """
    paused = Webhook.objects.listening().filter(paused_at__isnull=False).order_by("pk").select_for_update(of=("self",))
    for webhook in paused:
        late = WebhookDelivery.objects.filter(webhook=webhook, state=State.WAITING, event__happened_at__lt=before)
        if count := late.update(state=State.CANCELLED, lease_until=None):
            changes = {"not sent": count}
            audit.record(actor=None, verb="give up waiting events", of=webhook, label=webhook.name, changes=changes)
