"""One commitment on its way from a worker's account to the unit."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from transition.models.plan import Wave


class Kind(models.TextChoices):
    """What happened on the way."""

    NOTICED = "noticed", _("Notice given")
    AGREED = "agreed", _("Agreed")
    SILENT = "silent", _("Silent")
    DECLINED = "declined", _("Declined")
    STOPPED = "stopped", _("Asked to stop")
    MOVED = "moved", _("Commitment moved")
    ROLLED_BACK = "rolled_back", _("Rolled back")
    LEFT = "left", _("Left where it is")


class Shifts(OwnedQuerySet["Shift"]):
    """Words for lists of shifts."""

    def seen_by(self, seat: Seat) -> "Shifts":
        """Those of the units in which the seat works with the commitments of a transition."""
        units = seat.unit_ids("transition.view")
        return self if units is None else self.filter(wave__plan__unit__in=units)


class Shift(AgencyOwned):
    """A commitment in a wave. What it promised on the day that the wave opened is kept here and never changes: all
    later months are compared with it.
    """

    wave = OwnedKey(Wave, related_name="shifts", db_index=False)
    commitment = OwnedKey(
        "partners.Commitment", related_name="+", db_index=False, help_text="what stood on the worker's account"
    )
    is_key = models.BooleanField(default=False, help_text=_("a key donor, who answers in words"))
    talker = OwnedKey("ssu.Worker", null=True, related_name="+", db_index=False, help_text=_("who talks to them"))
    amount = models.BigIntegerField(null=True, help_text="minor units per payment, as of the opening")
    currency = models.CharField(max_length=3, blank=True)
    frequency = models.CharField(max_length=12, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = Owned.from_queryset(Shifts)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "commitment"], name="one_shift_per_commitment"),
            models.CheckConstraint(
                condition=Q(amount=None, currency="", frequency="")
                | Q(amount__gt=0, currency__regex="^[A-Z]{3}$", frequency__gt=""),
                name="shift_terms_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "wave"], name="shift_by_wave")]

    def __str__(self) -> str:
        return f"Shift {self.pk}"


class ShiftAct(AgencyOwned):
    """What happened with a shift on a day. Written once; a slip is taken back with a reason and stays readable."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("spoken, face to face or by phone")
        LETTER = "letter", _("letter")
        EMAIL = "email", _("e-mail")

    shift = OwnedKey(Shift, related_name="acts", db_index=False)
    kind = models.CharField(max_length=11, choices=Kind)
    on = models.DateField(help_text=_("the day on which it happened"))
    effective_on = models.DateField(null=True, help_text=_("from when the commitment is another, or its last day"))
    how = models.CharField(max_length=7, blank=True, choices=How)
    words = models.CharField(max_length=400, blank=True)
    message = OwnedKey("communications.CoreMessage", null=True, related_name="+", db_index=False)
    letter = OwnedKey(
        "communications.LetterMessage",
        null=True,
        related_name="+",
        db_index=False,
        help_text="the message of a letter that told it, once a mail server had taken it",
    )
    end_before = models.DateField(null=True, help_text="the last day that the commitment had before it was stopped")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="shift_act_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["moved", "rolled_back", "stopped"]) | Q(effective_on__isnull=False),
                name="shift_act_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["agency", "shift", "letter"], condition=Q(letter__isnull=False), name="told_once_by_a_letter"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "shift", "id"], name="act_by_shift"),
            models.Index(fields=["agency", "letter"], condition=Q(letter__isnull=False), name="act_by_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id}: {self.kind} on {self.on}"
