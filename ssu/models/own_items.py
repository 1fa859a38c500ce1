"""Action items that an agency adds to the eleven. The eleven come from the source text and are never a row here."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from ssu.models.rollout import Evidence

RETIRED = "The agency retired this item."
"""The reason with which a retired item is set aside where it was open: the agency's act, not the unit's."""


class OwnItem(AgencyOwned):
    """An action item of the agency's own in one of the six steps. Each unit that has it holds an `ActionItem` with the
    key `own-<number>`; retiring ends it everywhere, and nothing that was done to it is lost.
    """

    number = models.PositiveIntegerField(help_text="from 1 in each agency")
    step = models.PositiveSmallIntegerField()
    evidence_kind = models.CharField(
        max_length=6, choices=Evidence.Kind, blank=True, help_text=_("a claim needs at least one piece of this kind")
    )
    for_all = models.BooleanField(default=True, help_text=_("every unit that is added later has it too"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="own_items_are_numbered"),
            models.CheckConstraint(condition=Q(step__range=(1, 6)), name="own_item_in_one_of_six_steps"),
            models.CheckConstraint(
                condition=Q(evidence_kind="") | Q(evidence_kind__in=Evidence.Kind.values),
                name="own_item_evidence_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(retired_by=None) | Q(retired_at__isnull=False), name="own_item_retirement_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The key of its action items."""
        return f"own-{self.number}"


class OwnItemWording(AgencyOwned):
    """One version of an own item's words. Append-only: rewording is the next version."""

    append_only: ClassVar[bool] = True

    own_item = OwnedKey(OwnItem, related_name="wordings", db_index=False)
    version = models.PositiveIntegerField()
    wording = models.CharField(max_length=200)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "own_item", "version"], name="own_wordings_are_numbered"),
            models.CheckConstraint(condition=~Q(wording=""), name="own_wording_says_something"),
        ]

    def __str__(self) -> str:
        return self.wording
