"""What the alliance measures together: few indicators, one definition each, versioned."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.arithmetic import Kind
from alliances.models.agenda import AgendaItem
from alliances.models.owned import AllianceOwned

KIND_LABELS = {
    Kind.FLOW: _("Count in a period"),
    Kind.STOCK: _("Count at a date"),
    Kind.RUNNING_TOTAL: _("Running total"),
    Kind.UNIQUE_PEOPLE: _("Unique people"),
    Kind.RATIO: _("Ratio"),
    Kind.MEAN: _("Mean score"),
    Kind.ENTITY_SET: _("Set of languages or people groups"),
    Kind.ORDINAL: _("Ordered answer"),
    Kind.TEXT: _("Text"),
}


class Indicator(AllianceOwned):
    """One shared measure. What it means stands in its versions."""

    name = models.CharField(max_length=120)
    serves = OwnedKey(AgendaItem, null=True, blank=True, related_name="+", verbose_name=_("serves"))
    started_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alliance", "name"], name="indicator_name")]

    def __str__(self) -> str:
        return self.name


class VersionState(models.TextChoices):
    """draft → adopted (immutable) → superseded."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")


class IndicatorVersion(AllianceOwned):
    """One definition. The kind decides the arithmetic, so there is no choice of sum or average anywhere."""

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        NEITHER = "neither", _("neither")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")
        HALF_YEARLY = "half_yearly", _("every half-year")
        YEARLY = "yearly", _("every year")

    class OverlapPolicy(models.TextChoices):
        NONE = "none", _("cannot be counted twice")
        SETTLE = "settle", _("members settle what two of them counted")

    MONTHS: ClassVar[dict[str, int]] = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}

    indicator = OwnedKey(Indicator, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False)
    kind = models.CharField(max_length=14, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    unit = models.CharField(_("counted in"), max_length=40, help_text=_("such as: people, communities, books"))
    definition = models.TextField(help_text=_("what is counted, so that two organizations would count the same"))
    how_to_count = models.TextField(help_text=_("who counts, when, from which records; what does not count"))
    direction = models.CharField(max_length=7, choices=Direction, default=Direction.UP)
    frequency = models.CharField(max_length=11, choices=Frequency, default=Frequency.QUARTERLY)
    due_days = models.PositiveSmallIntegerField(
        _("days to report"), default=21, help_text=_("after the period has ended")
    )
    overlap_policy = models.CharField(max_length=6, choices=OverlapPolicy, default=OverlapPolicy.SETTLE)
    person_level = models.BooleanField(
        _("counts people who could be recognized"),
        default=False,
        help_text=_("then no revision is published whose difference from the one before shows one member's number"),
    )
    disaggregations = models.JSONField(default=list, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    adopted_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "indicator", "number"], name="indicator_version_number"),
            models.UniqueConstraint(
                fields=["alliance", "indicator"],
                condition=models.Q(state=VersionState.ADOPTED),
                name="one_adopted_definition",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=[kind.value for kind in Kind]), name="indicator_kind"),
            models.CheckConstraint(condition=models.Q(state__in=VersionState.values), name="indicator_version_state"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} ({self.number})"
