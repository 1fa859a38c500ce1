"""The outbox."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Shared


class OutgoingMessage(Shared):
    """One message to one address. Its id is the Message-ID and the provider's key (trust rule T10).

    queued → leased → sending → accepted → delivered, bounced or complained. A lease that runs out before `sending` is
    simply taken again. After `sending` nobody can tell whether the message went out: it becomes unknown, and a person
    decides.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        PAUSED = "paused", _("Paused")
        LEASED = "leased", _("About to be sent")
        SENDING = "sending", _("Being sent")
        ACCEPTED = "accepted", _("Sent")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown")
        DELIVERED = "delivered", _("Delivered")
        BOUNCED = "bounced", _("Bounced")
        COMPLAINED = "complained", _("Reported as spam")
        CANCELLED = "cancelled", _("Cancelled")
        SUPPRESSED = "suppressed", _("Not sent: unsubscribed")

    class Purpose(models.TextChoices):
        LETTER = "letter", _("Letter")
        STATEMENT = "statement", _("Statement")
        NOTICE = "notice", _("Notice")
        INVITATION = "invitation", _("Invitation")
        ACCOUNT = "account", _("Account")

    WAITING: ClassVar[frozenset[str]] = frozenset({"queued", "paused"})

    to = models.EmailField(max_length=320)
    sender = models.CharField(max_length=320, help_text="the From line")
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, help_text="further headers, such as List-Unsubscribe")
    purpose = models.CharField(max_length=20, choices=Purpose)
    reference_kind = models.CharField(max_length=60, blank=True, help_text="what it is part of: app and model")
    reference_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=100, blank=True, help_text="the sender's own key: queued with it once only")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sending_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, help_text="when a person decided about an unknown one")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="message_by_state"),
            models.Index(fields=["agency", "reference_kind", "reference_id", "state"], name="message_by_reference"),
            models.Index(
                fields=["agency", "id"],
                condition=models.Q(state__in=["queued", "leased", "sending"]),
                name="message_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "alliance_id", "key"],
                condition=~models.Q(key=""),
                nulls_distinct=False,
                name="message_queued_once_per_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["leased", "sending"], lease_until__isnull=False)
                | (~models.Q(state__in=["leased", "sending"]) & models.Q(lease_until=None)),
                name="message_lease_while_held",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
