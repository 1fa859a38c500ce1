"""Who may be one partner under two records: what is compared, what was found, and what a person said of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat


class MatchKey(AgencyOwned):
    """A trait of a partner in the form in which it is compared; two who share one are looked at. Made anew from the
    record whenever somebody looks.
    """

    partner = OwnedKey("partners.Partner", related_name="+", db_index=False)
    key = models.CharField(max_length=80, help_text="e mail, p hone, a ddress, x number, n ame; and the trait")
    place = models.CharField(max_length=80, help_text="the name as compared: who are neighbors in a crowd")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "partner", "key"], name="match_key_once")]
        indexes = [models.Index(fields=["agency", "key", "place", "partner"], name="match_key_in_place")]

    def __str__(self) -> str:
        return self.key


class Candidates(OwnedQuerySet["DuplicateCandidate"]):
    """Words for lists of candidates."""

    def seen_by(self, seat: Seat) -> "Candidates":
        """Those of whom the seat may see both, with what they give."""
        from partners.models.partner import Partner

        if seat.unit_ids("partners.merge") is not None:
            return self.none()
        both = Partner.objects.seen_by(seat, "partners.amounts")
        return self.filter(first__in=both, second__in=both)


class DuplicateCandidate(AgencyOwned):
    """Two partners who may be one. `reasons` are pairs of a word and what it counts: ["names", 94], ["email", 1]."""

    first = OwnedKey("partners.Partner", related_name="+", db_index=False)
    second = OwnedKey("partners.Partner", related_name="+", db_index=False)
    score = models.PositiveSmallIntegerField(help_text="how certain, of 100")
    reasons: models.JSONField[Any, Any] = models.JSONField(default=list)
    found_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Owned] = Owned.from_queryset(Candidates)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="candidate_pair_once"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="candidate_score"),
            models.UniqueConstraint(fields=["agency", "first", "second"], name="one_candidate_per_pair"),
        ]
        indexes = [
            models.Index(fields=["agency", "-score", "id"], name="candidate_by_score"),
            models.Index(fields=["agency", "second"], name="candidate_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}: {self.score}"


class Decisions(OwnedQuerySet["NotSame"]):
    """Words for lists of decisions."""

    def standing(self) -> "Decisions":
        """Those that were not taken back."""
        return self.filter(ended_at=None)


class NotSame(AgencyOwned):
    """Somebody looked and said: these are two. They are not proposed again until it is taken back."""

    first = OwnedKey("partners.Partner", related_name="+", db_index=False)
    second = OwnedKey("partners.Partner", related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Decisions)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_same_pair_once"),
            models.UniqueConstraint(
                fields=["agency", "first", "second"], condition=Q(ended_at=None), name="not_same_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "second"], name="not_same_by_second"),
            models.Index(fields=["agency", "-id"], condition=Q(ended_at=None), name="not_same_newest"),
        ]
        verbose_name_plural = "not the same"

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
