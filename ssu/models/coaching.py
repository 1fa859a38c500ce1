"""Step 4: what the model looks like in a unit, what its people are coached in, and who was coached in what."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned
from agencies.models.owned import OwnedQuerySet
from agencies.seats import Seat
from ssu.models.discretion import shown_worker_name
from ssu.models.team import Worker
from ssu.models.units import Unit
from ssu.models.withdrawn import Withdrawable

if TYPE_CHECKING:
    BaseAreas = OwnedQuerySet["CoachingArea"]
    BaseSessions = OwnedQuerySet["CoachingSession"]
    BaseConfidences = OwnedQuerySet["Confidence"]
else:
    BaseAreas = BaseSessions = BaseConfidences = OwnedQuerySet


class ModelText(AgencyOwned):
    """One version of what the model looks like for a unit, in its own words. Append-only: a change is the next
    version.
    """

    append_only: ClassVar[bool] = True

    unit = OwnedKey(Unit, related_name="model_texts", db_index=False)
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit", "version"], name="model_versions_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="model_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}, version {self.version}"


class Areas(BaseAreas):
    """Words for asking about coaching areas."""

    def of_unit(self, unit_id: int) -> "Areas":
        """The areas of a unit, in order: the agency's, then its own, without the archived."""
        return self.filter(Q(unit=None) | Q(unit=unit_id), archived_at=None).in_order()

    def in_order(self) -> "Areas":
        return self.order_by(F("unit").asc(nulls_first=True), "position", "pk")


class CoachingArea(AgencyOwned):
    """Something that people are coached in: for the whole agency (`unit` is empty) or a unit's own. Its words stay; it
    may become required or not, and is archived instead of deleted.
    """

    unit = OwnedKey(Unit, null=True, related_name="coaching_areas", db_index=False)
    title = models.CharField(max_length=80)
    sentence = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    archived_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Owned.from_queryset(Areas)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="coaching_area_has_a_title"),
            models.UniqueConstraint(
                fields=["agency", "title"], condition=Q(unit=None, archived_at=None), name="one_agency_area_per_title"
            ),
            models.UniqueConstraint(
                fields=["agency", "unit", "title"], condition=Q(archived_at=None), name="one_unit_area_per_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sessions(BaseSessions):
    """Words for asking about coaching sessions."""

    def seen_by(self, seat: Seat) -> "Sessions":
        """Sessions of units whose coaching this seat may follow, with `coach_name` as it may know it; none of a unit
        that is closed to the seat.
        """
        return self.filter(unit__in=Unit.objects.open_to(seat, "coaching.view")).annotate(
            coach_name=shown_worker_name("coach", seat)
        )

    def standing(self) -> "Sessions":
        """Those that were not withdrawn; a plan ends when the session that fulfills it stands."""
        held = CoachingSession.objects.filter(fulfills=OuterRef("pk"), withdrawn_at=None)
        return self.filter(~Exists(held), withdrawn_at=None)

    def newest_first(self) -> "Sessions":
        return self.order_by("-date", "-pk")


class CoachingSession(Withdrawable):
    """A meeting of a coach with people of a unit: planned for a day to come, or held. It is never changed: a wrong one
    is withdrawn with the reason, and so is one that a corrected session `replaces`. A held one may fulfill a plan.
    """

    class Kind(models.TextChoices):
        COACHED = "coached", _("Coached")
        PLANNED = "planned", _("Planned")

    unit = OwnedKey(Unit, related_name="coaching_sessions", db_index=False)
    kind = models.CharField(max_length=7, choices=Kind)
    date = models.DateField()
    coach = OwnedKey(Worker, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    fulfills = OwnedKey("self", null=True, related_name="+", db_index=False)
    replaces = OwnedKey("self", null=True, related_name="+", db_index=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_on = models.DateField(help_text=_("in the agency's calendar"))
    written_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = Owned.from_queryset(Sessions)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="coached", date__lte=F("written_on")) | Q(kind="planned", date__gte=F("written_on")),
                name="coached_is_past_planned_is_ahead",
            ),
            models.CheckConstraint(condition=Q(fulfills=None) | Q(kind="coached"), name="only_a_held_session_fulfills"),
            models.UniqueConstraint(
                fields=["agency", "fulfills"], condition=Q(withdrawn_at=None), name="one_session_per_plan"
            ),
            models.UniqueConstraint(fields=["agency", "replaces"], name="one_corrected_session"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="session_replaces_another"),
            Withdrawable.has_reason("session_withdrawn_with_reason"),
        ]
        indexes = [models.Index(fields=["agency", "unit", "date"], name="sessions_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.date}"


class CoachingRecord(AgencyOwned):
    """What a session means for one person in one area: planned or coached, as the session is. Append-only."""

    append_only: ClassVar[bool] = True

    session = OwnedKey(CoachingSession, related_name="records", db_index=False)
    worker = OwnedKey(Worker, related_name="coaching_records", db_index=False)
    area = OwnedKey(CoachingArea, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "session", "worker", "area"], name="one_record_per_person_area")
        ]
        indexes = [models.Index(fields=["agency", "worker"], name="coaching_by_worker")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.worker_id}, {self.area_id}"


class CoachingExcuse(Withdrawable):
    """Why a person need not be coached in an area of a unit, since when. Withdrawn, never deleted."""

    unit = OwnedKey(Unit, related_name="coaching_excuses", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    area = OwnedKey(CoachingArea, related_name="+", db_index=False)
    date = models.DateField()
    reason = models.CharField(max_length=300)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="excuse_has_a_reason"),
            models.UniqueConstraint(
                fields=["agency", "unit", "worker", "area"],
                condition=Q(withdrawn_at=None),
                name="one_excuse_per_person_area",
            ),
            Withdrawable.has_reason("excuse_withdrawn_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.area_id}"


class Confidences(BaseConfidences):
    """Words for asking what people say of themselves."""

    def seen_by(self, seat: Seat) -> "Confidences":
        """The person's own word, and to a coach the words of those whom they coach. Nobody else sees any, whatever
        other role they hold.
        """
        coached = seat.unit_ids("coaching.confidence") or frozenset()
        return self.filter(Q(worker__membership=seat.membership) | Q(unit__in=coached))


class Confidence(AgencyOwned):
    """How sure a member feels in an area: the member's own word, entered by the member. Append-only: the last word
    counts.
    """

    append_only: ClassVar[bool] = True

    class Level(models.IntegerChoices):
        NOT_YET = 1, _("Not yet")
        A_LITTLE = 2, _("A little")
        MOSTLY = 3, _("Mostly")
        SURE = 4, _("Sure enough to explain it")

    unit = OwnedKey(Unit, related_name="+", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    area = OwnedKey(CoachingArea, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(choices=Level)
    said_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = Owned.from_queryset(Confidences)()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__range=(1, 4)), name="confidence_level_known")]
        indexes = [models.Index(fields=["agency", "unit", "worker"], name="confidence_of_worker")]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.area_id}"
