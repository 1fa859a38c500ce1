"""Answers kept by the key that the form or client made, so that sending twice does once."""

from django.db import models
from django.utils import timezone

from agencies.models.owned import AgencyOwned


class IdempotencyKey(AgencyOwned):
    """A key, what was asked with it, and where its effect is. In the same transaction as the effect (trust rule T8)."""

    endpoint = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "endpoint", "key"], name="one_effect_per_key")]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.key}"
