"""Two records of one partner made one, and what that changed, so that it can be taken back."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class Merges(OwnedQuerySet["Merge"]):
    """Words for lists of merges."""

    def standing(self) -> "Merges":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Merge(AgencyOwned):
    """The `loser` goes on as the `survivor`. Its row stays and points there; its steps say what moved (ADR 14)."""

    survivor = OwnedKey("partners.Partner", related_name="merges", db_index=False)
    loser = OwnedKey("partners.Partner", related_name="merged_by", db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Merges)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(survivor=F("loser")), name="merge_of_two"),
            models.UniqueConstraint(fields=["agency", "loser"], condition=Q(undone_at=None), name="merged_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "survivor", "-id"], name="merge_by_survivor"),
            models.Index(fields=["agency", "loser", "-id"], name="merge_by_loser"),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} into {self.survivor_id}"

    def name_of_other(self, earlier: "Merge") -> str:
        """With whom this merge joined what an earlier one had brought together."""
        name: str = self.loser.name if self.survivor_id == earlier.survivor_id else self.survivor.name
        return name


class MergeStep(AgencyOwned):
    """Rows of one kind that a merge changed in one way: `before` and `after` are the columns that it changed."""

    merge = OwnedKey(Merge, related_name="steps", db_index=False)
    what = models.CharField(max_length=20, help_text="the model, as Django names it")
    ids = ArrayField(models.BigIntegerField())
    before: models.JSONField[Any, Any] = models.JSONField()
    after: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["agency", "merge", "id"], name="step_of_merge")]

    def __str__(self) -> str:
        return f"{self.what}: {len(self.ids)}"
