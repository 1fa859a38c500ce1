"""Telling administrators of a webhook that nothing reaches."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies.models import Membership, Role
from delivery.kinds import Kind
from delivery.models import Webhook
from delivery.operations.notices import notify

WEBHOOK_PAUSED: Final = Kind(
    "webhook.paused",
    gettext_lazy("A program cannot be told any more"),
    gettext_lazy("you look after the programs of this agency"),
    email=True,
    asks=True,
    right="webhooks.edit",
)


def tell_of_pause(webhook: Webhook) -> None:
    """In the scope of its agency."""
    text = _("Nothing reaches the webhook %(name)s: it is paused. What happens waits until it goes on.")
    granted = Membership.objects.filter(grants__role=Role.ADMINISTRATOR, grants__ended_at=None, left_at=None)
    notify(
        agency=webhook.agency,
        users=User.objects.filter(pk__in=granted.values("user"), is_active=True),
        kind=WEBHOOK_PAUSED.name,
        text=text % {"name": webhook.name},
        url=reverse("webhook", args=[webhook.agency.slug, webhook.pk]),
        about=f"webhook {webhook.pk}",
    )
