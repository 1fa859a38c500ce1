"""Forgetting the marks of forms."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, IdempotencyKey
from agencies.sent_once import ENDPOINT

KEPT = timedelta(days=7)


@transaction.atomic
def forget_sent_forms(*, agency: Agency) -> int:
    """Drop the marks of forms that were sent more than a week ago; how many. Keys of money forms stay for ever."""
    old = IdempotencyKey.objects.filter(endpoint__startswith=ENDPOINT, created_at__lt=timezone.now() - KEPT)
    gone: int = old.delete()[0]
    return gone
