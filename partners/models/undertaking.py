"""What a partner undertakes besides giving: to pray, or to promote. Each is a commitment of its own."""

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from partners.models.holder import is_held
from ssu.models import Unit
from ssu.models.discretion import Discretion, masked_for, shown_unit_name, yes


class Undertakings(OwnedQuerySet["Undertaking"]):
    """Words for asking who prays and who promotes."""

    def kept(self) -> "Undertakings":
        """Those that were not taken back as a mistake, ended ones too."""
        return self.filter(withdrawn_at=None)

    def standing(self) -> "Undertakings":
        """Those that hold now."""
        return self.filter(ends_on=None, withdrawn_at=None)

    def seen_by(self, seat: Seat) -> "Undertakings":
        """Those that the seat may know of: all, or those for a unit in which it leads or holds the partner. What is for
        the agency as a whole stands there for everybody who may know the partner more than by name.
        """
        units = seat.unit_ids("partners.contact")
        if units is None:
            return self
        return self.filter(Q(unit=None) | Q(unit__in=units) | is_held(seat, "partner", "unit"))

    def open_to(self, seat: Seat) -> "Undertakings":
        """Those that this seat may change: in the field what is for the agency as a whole is the office's, and nobody
        changes what is for a unit that is closed to them.
        """
        found = self.seen_by(seat).exclude(masked_for("unit", seat, Discretion.CLOSED))
        return found if seat.unit_ids("partners.contact") is None else found.filter(unit__isnull=False)

    def named_for(self, seat: Seat) -> "Undertakings":
        """Each with `unit_name`, `is_closed`, and the words `shown_about` and `shown_reason`, which are kept back while
        the unit is closed to the seat.
        """
        closed = masked_for("unit", seat, Discretion.CLOSED)
        words = {"shown_about": "about", "shown_reason": "ended_reason"}
        return self.annotate(
            unit_name=shown_unit_name("unit", seat),
            is_closed=yes(closed),
            **{
                shown: Case(When(closed, then=Value("")), default=F(name), output_field=models.CharField())
                for shown, name in words.items()
            },
        )


class Undertaking(AgencyOwned):
    """A partner prays for a unit, or promotes it, from a day until another; without a unit, the agency as a whole.

    It ends on a day and may go on again; one that never was so is taken back, with the reason. No amount and no due
    date: it is never late.
    """

    class Kind(models.TextChoices):
        PRAY = "pray", _("prays")
        PROMOTE = "promote", _("promotes")

    class Rhythm(models.TextChoices):
        NOT_SAID = "", _("not said")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class Basis(models.TextChoices):
        CONTACT = "contact", _("told to one of us")
        FORM = "form", _("written on a card or a form")
        IMPORT = "import", _("came with a file")

    partner = OwnedKey("partners.Partner", related_name="undertakings", db_index=False)
    unit = OwnedKey(Unit, null=True, related_name="+", db_index=False, help_text="none: the agency as a whole")
    kind = models.CharField(max_length=7, choices=Kind)
    about = models.CharField(max_length=200, blank=True, help_text=_("what they pray for, or how they promote"))
    rhythm = models.CharField(max_length=7, blank=True, choices=Rhythm, default=Rhythm.NOT_SAID)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="it holds no more from this day on")
    ended_reason = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=7, choices=Basis, default=Basis.CONTACT, help_text=_("how we know of it"))
    contact = OwnedKey("partners.Contact", null=True, related_name="undertakings", db_index=False)
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_up_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Undertakings)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "partner", "unit", "kind"],
                condition=Q(ends_on=None, withdrawn_at=None),
                nulls_distinct=False,
                name="undertaking_stands_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=["pray", "promote"]), name="undertaking_kind_known"),
            models.CheckConstraint(
                condition=Q(rhythm__in=["", "daily", "weekly", "monthly"]), name="undertaking_rhythm_known"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["contact", "form", "import"]), name="undertaking_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="undertaking_dates"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "partner", "kind"], name="undertaking_by_partner"),
            models.Index(
                fields=["agency", "unit", "kind"],
                condition=Q(ends_on=None, withdrawn_at=None),
                name="undertaking_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.kind}"


def undertakes(kind: str = "", unit_ids: Collection[int] | None = None) -> Q:
    """The condition that a partner prays or promotes now, whichever or of one kind: for anything, or for one of these
    units.
    """
    found = Undertaking.objects.standing().filter(partner=OuterRef("pk"))
    if kind:
        found = found.filter(kind=kind)
    if unit_ids is not None:
        found = found.filter(unit__in=unit_ids)
    return Q(Exists(found))
