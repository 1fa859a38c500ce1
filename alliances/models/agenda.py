"""The common agenda: one adopted version, immutable, of what the alliance wants to see and how it works together."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned


class AgendaState(models.TextChoices):
    """draft → consultation → adopted → superseded."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")


class ItemKind(models.TextChoices):
    """The parts of an agenda, in the order in which they are read."""

    FUTURE_STATE = "future_state", _("Desired future state")
    FOCUS_AREA = "focus_area", _("Key focus area")
    PRINCIPLE = "principle", _("Principle for working together")
    MILESTONE = "milestone", _("Milestone")


class AgendaVersion(AllianceOwned):
    """One version of the agenda."""

    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=AgendaState, default=AgendaState.DRAFT, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    consulted_at = models.DateTimeField(null=True, editable=False)
    adopted_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="agenda_number"),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state=AgendaState.ADOPTED), name="one_adopted_agenda"
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=models.Q(state__in=[AgendaState.DRAFT, AgendaState.CONSULTATION]),
                name="one_agenda_in_the_making",
            ),
            models.CheckConstraint(condition=models.Q(state__in=AgendaState.values), name="agenda_state"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class AgendaItem(AllianceOwned):
    """One sentence of the agenda that members can agree with, or not, by itself."""

    version = OwnedKey(AgendaVersion, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="agenda_item_kind"),
        ]

    def __str__(self) -> str:
        return self.title
