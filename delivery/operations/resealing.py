"""Sealing the secrets of webhooks anew, after the key of the installation was changed."""

from accounts.sealing import sealed_anew
from agencies.models import Agency
from delivery.models import Webhook
from delivery.webhook_secrets import PURPOSE
from jobs.fan_out import for_each_agency


def reseal_webhooks() -> int:
    """Seal every secret under the first key, agency by agency; return how many. Raises CannotOpen."""
    return sum(for_each_agency(reseal_of))


def reseal_of(agency: Agency) -> int:
    """Those of one agency, in its scope."""
    found = list(Webhook.objects.select_for_update().order_by("pk"))
    for webhook in found:
        webhook.secret = sealed_anew(webhook.secret, PURPOSE)
        webhook.former_secret = sealed_anew(webhook.former_secret, PURPOSE) if webhook.former_secret else ""
        webhook.save(update_fields=["secret", "former_secret"])
    return sum(1 + bool(webhook.former_secret) for webhook in found)
