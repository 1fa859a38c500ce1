"""Step 3: the leaders of a unit with whom the agency talks about the model, and what was said."""

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
    BaseConversations = OwnedQuerySet["Conversation"]
    BasePlannedTalks = OwnedQuerySet["PlannedTalk"]
else:
    BaseConversations = BasePlannedTalks = OwnedQuerySet


class DialogueLeader(AgencyOwned):
    """Somebody other than the unit's present leaders with whom the model is to be talked over, from a day until taken
    off the list. The leaders who serve today are on the list by themselves.
    """

    unit = OwnedKey(Unit, related_name="dialogue_leaders", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "worker"], condition=Q(removed_at=None), name="once_on_the_dialogue_list"
            ),
            models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False), name="dialogue_removal_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.worker_id}"


class Conversations(BaseConversations):
    """Words for asking about conversations."""

    def seen_by(self, seat: Seat) -> "Conversations":
        """Conversations in units that this seat may follow, with `person_name` as it may know it. A unit that is closed
        to the seat has none: everything in a conversation is free text.
        """
        return self.filter(unit__in=Unit.objects.open_to(seat, "dialogue.view")).annotate(
            person_name=shown_worker_name("worker", seat)
        )

    def standing(self) -> "Conversations":
        """Those that hold: neither withdrawn nor replaced by a corrected version."""
        corrected = Conversation.objects.filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(corrected), withdrawn_at=None)

    def newest_first(self) -> "Conversations":
        return self.order_by("-date", "-pk")


class Conversation(Withdrawable):
    """What was talked over with a leader on a day. A correction is a new version that `replaces` this one; a wrong one
    is withdrawn with the reason. Neither changes what was written.
    """

    class Agreed(models.TextChoices):
        YES = "yes", _("Yes")
        NOT_YET = "not_yet", _("Not yet")
        NO = "no", _("No")

    unit = OwnedKey(Unit, related_name="conversations", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    date = models.DateField()
    other_points = models.TextField(blank=True, help_text=_("what was discussed beside the points of the list"))
    outcome = models.TextField(blank=True)
    agreed = models.CharField(max_length=7, choices=Agreed)
    next_on = models.DateField(null=True, blank=True)
    replaces = OwnedKey("self", null=True, related_name="+", db_index=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_on = models.DateField(help_text=_("in the agency's calendar"))
    written_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = Owned.from_queryset(Conversations)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "replaces"], name="one_corrected_version"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="conversation_replaces_another"),
            models.CheckConstraint(condition=Q(date__lte=F("written_on")), name="conversation_has_happened"),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("date")), name="next_conversation_comes_later"
            ),
            models.CheckConstraint(condition=Q(agreed__in=["yes", "not_yet", "no"]), name="conversation_agreed_known"),
            Withdrawable.has_reason("conversation_withdrawn_with_reason"),
        ]
        indexes = [models.Index(fields=["agency", "unit", "date"], name="conversations_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.date}"


class PlannedTalks(BasePlannedTalks):
    """Words for asking about planned conversations."""

    def standing(self) -> "PlannedTalks":
        """Those that are still to come about: neither given up nor followed by a conversation with the same person."""
        held = Conversation.objects.standing().filter(
            unit=OuterRef("unit"),
            worker=OuterRef("worker"),
            date__gte=OuterRef("planned_on"),
            written_at__gt=OuterRef("planned_at"),
        )
        return self.filter(~Exists(held), withdrawn_at=None)


class PlannedTalk(Withdrawable):
    """A conversation with a leader that is planned for a day to come. Another day is a row of its own; what was written
    down since has fulfilled it. One that does not come about is given up with the reason.
    """

    unit = OwnedKey(Unit, related_name="planned_talks", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    date = models.DateField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    planned_on = models.DateField(help_text=_("in the agency's calendar"))
    planned_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = Owned.from_queryset(PlannedTalks)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(date__gte=F("planned_on")), name="planned_talk_is_ahead"),
            Withdrawable.has_reason("planned_talk_withdrawn_with_reason"),
        ]
        indexes = [models.Index(fields=["agency", "unit", "worker"], name="planned_talks_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}, {self.date}"


class DiscussedPoint(AgencyOwned):
    """A point of the agency's list that a conversation touched, in the words that it had then. Append-only."""

    append_only: ClassVar[bool] = True

    conversation = OwnedKey(Conversation, related_name="points", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "conversation", "title"], name="point_once_per_conversation")
        ]

    def __str__(self) -> str:
        return self.title
