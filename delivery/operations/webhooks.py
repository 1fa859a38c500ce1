"""Adding, changing, pausing and ending webhooks, and sending something again."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from delivery.event_kinds import event_kinds
from delivery.models import Webhook, WebhookDelivery
from delivery.operations.events import SEND, TEST, write_event
from delivery.outward import is_fit
from delivery.webhook_secrets import BOTH_SIGN, new_secret, sealed
from jobs.nudge import nudge_on_commit

State = WebhookDelivery.State
MOST: Final = 20
"""An event is written once for each: an agency has a handful of programs."""


class AddressUnfit(Refused):
    """An address that nothing can be sent to, or that nothing may be sent to."""

    code = "webhook_address"
    status = 422
    field = "url"


class HearsNothing(Refused):
    """A webhook listens for something."""

    code = "webhook_kinds"
    status = 422
    field = "kinds"
    message = "Choose at least one thing to be told of."


class WebhookNameTaken(Refused):
    """Webhooks are told apart by their names."""

    code = "webhook_name_taken"
    field = "name"
    message = "Another webhook has this name. Choose another one."


class TooManyWebhooks(Refused):
    """Each event is written once for each of them."""

    code = "too_many_webhooks"
    message = f"An agency has at most {MOST} webhooks. End one that nobody needs."


class WebhookEnded(Refused):
    """It hears nothing any more."""

    code = "webhook_ended"
    message = "This webhook was ended. Add a new one."


class StillWaiting(Refused):
    """What waits goes out by itself."""

    code = "delivery_waiting"
    message = "This waits to be sent already."


@transaction.atomic
def add_webhook(
    *, agency: Agency, actor: User | None, name: str, url: str, kinds: Iterable[str]
) -> tuple[Webhook, str]:
    """A webhook, and its secret, which is told this once. Raises AddressUnfit, HearsNothing, WebhookNameTaken,
    TooManyWebhooks.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if Webhook.objects.listening().count() >= MOST:
        raise TooManyWebhooks
    said = checked(None, name, url, kinds)
    secret = new_secret()
    webhook: Webhook = Webhook.objects.create(agency=agency, made_by=actor, secret=sealed(secret), **said)
    audit.record(actor=actor, verb="add webhook", of=webhook, label=webhook.name, changes=said)
    return webhook, secret


def checked(pk: int | None, name: str, url: str, kinds: Iterable[str]) -> dict[str, Any]:
    """Name, address and kinds as they may be kept; `pk` names the webhook whose they are already."""
    if complaint := is_fit(url):
        raise AddressUnfit(complaint)
    wanted = set(kinds)
    known = [kind.name for kind in event_kinds() if kind.name in wanted]
    if not known or len(known) < len(wanted):
        raise HearsNothing
    if Webhook.objects.listening().exclude(pk=pk).filter(name=name).exists():
        raise WebhookNameTaken
    return {"name": name, "url": url, "kinds": known}


@transaction.atomic
def change_webhook(
    *, agency: Agency, actor: User | None, webhook: Webhook, name: str, url: str, kinds: Iterable[str]
) -> Webhook:
    """Another name, address or choice of events, from now on. Raises as `add_webhook`, and WebhookEnded."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    row = held(webhook)
    said = checked(row.pk, name, url, kinds)
    changes = {field: [getattr(row, field), value] for field, value in said.items() if getattr(row, field) != value}
    if changes:
        for field, value in said.items():
            setattr(row, field, value)
        row.save(update_fields=list(said))
        audit.record(actor=actor, verb="change webhook", of=row, label=row.name, changes=changes)
    return row


@transaction.atomic
def change_secret(*, agency: Agency, actor: User | None, webhook: Webhook) -> tuple[Webhook, str]:
    """A new secret, told this once; the former one signs too for a day. Raises WebhookEnded."""
    row, secret = held(webhook), new_secret()
    row.former_secret, row.former_until = row.secret, timezone.now() + BOTH_SIGN
    row.secret = sealed(secret)
    row.save(update_fields=["secret", "former_secret", "former_until"])
    audit.record(actor=actor, verb="change secret of webhook", of=row, label=row.name)
    return row, secret


@transaction.atomic
def pause_webhook(*, agency: Agency, actor: User | None, webhook: Webhook) -> Webhook:
    """Send nothing until it goes on; what happens meanwhile waits. Raises WebhookEnded."""
    row = held(webhook)
    if row.paused_at is None:
        row.paused_at, row.paused_why = timezone.now(), Webhook.Paused.BY_HAND
        row.save(update_fields=["paused_at", "paused_why"])
        audit.record(actor=actor, verb="pause webhook", of=row, label=row.name)
    return row


@transaction.atomic
def resume_webhook(*, agency: Agency, actor: User | None, webhook: Webhook) -> Webhook:
    """Go on, with what waited first. Raises WebhookEnded."""
    row = held(webhook)
    if row.paused_at is not None:
        row.paused_at, row.paused_why = None, ""
        row.failing_since, row.failures, row.resting_until = None, 0, None
        row.save(update_fields=["paused_at", "paused_why", "failing_since", "failures", "resting_until"])
        audit.record(actor=actor, verb="resume webhook", of=row, label=row.name)
        nudge_on_commit(SEND)
    return row


@transaction.atomic
def end_webhook(*, agency: Agency, actor: User | None, webhook: Webhook) -> Webhook:
    """Tell it nothing more, for ever; what waited is not sent. Raises WebhookEnded."""
    row = held(webhook)
    row.ended_at, row.former_secret, row.former_until = timezone.now(), "", None
    row.save(update_fields=["ended_at", "former_secret", "former_until"])
    waiting = WebhookDelivery.objects.filter(webhook=row, state=State.WAITING)
    count = waiting.update(state=State.CANCELLED, lease_until=None)
    audit.record(actor=actor, verb="end webhook", of=row, label=row.name, changes={"not sent": count})
    return row


@transaction.atomic
def send_test(*, agency: Agency, actor: User | None, webhook: Webhook) -> WebhookDelivery:
    """Send something that says it is a test, to see whether it arrives; before go-live too. Raises WebhookEnded."""
    row = held(webhook)
    event = write_event(agency, TEST, {"ids": []}, [row])
    audit.record(actor=actor, verb="test webhook", of=row, label=row.name)
    nudge_on_commit(SEND)
    made: WebhookDelivery = WebhookDelivery.objects.get(webhook=row, event=event)
    return made


@transaction.atomic
def deliver_again(*, agency: Agency, actor: User | None, delivery: WebhookDelivery) -> WebhookDelivery:
    """Send an event once more, under its id. Raises StillWaiting, WebhookEnded."""
    webhook = held(delivery.webhook)
    row: WebhookDelivery = WebhookDelivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if row.state == State.WAITING:
        raise StillWaiting
    row.state, row.attempts, row.not_before = State.WAITING, 0, None
    row.save(update_fields=["state", "attempts", "not_before"])
    audit.record(actor=actor, verb="deliver again", of=row, label=webhook.name)
    nudge_on_commit(SEND)
    return row


def held(webhook: Webhook) -> Webhook:
    """The webhook, locked. Raises WebhookEnded."""
    row: Webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)
    if row.ended_at is not None:
        raise WebhookEnded
    return row
