"""Telling other programs what happened (Standard Webhooks 1.0.0)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from agencies.models.owned import Owned, OwnedQuerySet


class Webhooks(OwnedQuerySet["Webhook"]):
    """Words for lists of webhooks."""

    def listening(self) -> "Webhooks":
        """Those for which events are kept; a paused one gets them when it goes on."""
        return self.filter(ended_at=None)


class Webhook(AgencyOwned):
    """An address of another program, and of what it is told. `secret` is sealed (`accounts.sealing`): with it each
    message is signed. After a change of the secret the former one signs too, until `former_until`.

    It rests for a while after each failure, and is paused when nothing arrived for days. Once ended it hears nothing
    more; the row stays for the trail.
    """

    class Paused(models.TextChoices):
        BY_HAND = "hand", _("Paused by hand")
        FAILING = "failing", _("Paused: it did not answer for days")
        GONE = "gone", _("Paused: it answered that it is gone")

    name = models.CharField(max_length=60, help_text="which program listens")
    url = models.URLField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=40), help_text="delivery.event_kinds")
    secret = models.TextField(help_text="sealed")
    former_secret = models.TextField(blank=True, help_text="sealed")
    former_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=10, choices=Paused, blank=True)
    failing_since = models.DateTimeField(null=True, help_text="the first failure since something arrived")
    failures = models.PositiveIntegerField(default=0, help_text="since something arrived")
    resting_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Webhooks)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], condition=Q(ended_at=None), name="one_webhook_per_name"),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="webhook_hears_something"),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_why="") | (Q(paused_at__isnull=False) & ~Q(paused_why="")),
                name="webhook_pause_has_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookEvent(AgencyOwned):
    """Something that happened, as it is told: `body` is what is sent and signed, the same with each attempt. It holds
    ids and no name, amount or word: who may know more asks the API.
    """

    kind = models.CharField(max_length=40)
    body = models.TextField()
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "happened_at"], name="webhook_event_by_moment")]

    def __str__(self) -> str:
        return self.kind


class WebhookDelivery(AgencyOwned):
    """One event for one webhook. At least once: a worker that dies after sending sends again, and the receiver knows
    the event by its id.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Not sent")

    webhook = OwnedKey(Webhook, related_name="deliveries", db_index=False)
    event = OwnedKey(WebhookEvent, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="the HTTP status of the last answer")
    said = models.CharField(max_length=200, blank=True, help_text="why the last attempt failed")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "webhook", "state", "-id"], name="webhook_delivery_by_state"),
            models.Index(fields=["agency", "webhook", "id"], condition=Q(state="waiting"), name="webhook_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "event", "webhook"], name="one_delivery_per_event_and_webhook"),
            models.CheckConstraint(
                condition=Q(lease_until=None) | Q(state="waiting"), name="webhook_lease_while_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.webhook_id}"
