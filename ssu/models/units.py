"""The smallest strategic unit."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned
from agencies.models.owned import OwnedQuerySet
from agencies.seats import Seat
from ssu.models.discretion import Discretion, is_masked, is_withheld, masked_for, shown_unit_name, shown_unit_place
from ssu.models.strategies import Strategy

if TYPE_CHECKING:
    BaseUnits = OwnedQuerySet["Unit"]
else:
    BaseUnits = OwnedQuerySet


class Units(BaseUnits):
    """Words for asking about units."""

    def seen_by(self, seat: Seat) -> "Units":
        """The units that this seat may see, each with `shown_name`, `shown_place`, `is_masked`, `is_withheld`, by shown
        name.

        `is_withheld`: the unit is closed to the seat, free text about it must not be shown either.
        """
        reached = seat.unit_ids("units.view")
        mine = self if reached is None else self.filter(pk__in=reached)
        return mine.annotate(
            shown_name=shown_unit_name("", seat),
            shown_place=shown_unit_place("", seat),
            is_masked=is_masked("", seat),
            is_withheld=is_withheld("", seat),
        ).order_by("shown_name", "pk")

    def open_to(self, seat: Seat, right: str) -> "Units":
        """The units that a right of this seat reaches and that are not closed to it: those whose free text it may
        read.
        """
        reached = seat.unit_ids(right)
        mine = self if reached is None else self.filter(pk__in=reached)
        return mine.exclude(masked_for("", seat, Discretion.CLOSED))

    def naming(self, words: str) -> "Units":
        """Of units `seen_by` somebody, those in whose shown name, shown place or code these words are: what is masked
        is not found. Whoever is shown the true name finds the unit by its alias too: others call it so.
        """
        shown = Q(shown_name__icontains=words) | Q(shown_place__icontains=words) | Q(code__iexact=words)
        return self.filter(shown | Q(alias__icontains=words, is_withheld=False))

    def active(self) -> "Units":
        """Units at work, without the archived."""
        return self.filter(status=Unit.Status.ACTIVE)


class Unit(AgencyOwned):
    """A smallest strategic unit (SSU). Never print `name` or `place`: ask `seen_by` or the expressions of
    `ssu.queries`.
    """

    class Kind(models.TextChoices):
        COMMUNITY = "community", _("Community")
        PEOPLE_GROUP = "people_group", _("People group")
        PROGRAM = "program", _("Program")
        INITIATIVE = "initiative", _("Initiative")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    strategy = OwnedKey(Strategy, related_name="units", db_index=False)
    code = models.CharField(
        max_length=20, help_text=_("short and unique; everybody sees it, so it names no closed place or people")
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    discretion = models.CharField(max_length=7, choices=Discretion, default=Discretion.OPEN)
    alias = models.CharField(max_length=120, blank=True, help_text=_("what others call it; needed when closed"))
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(
        max_length=120, blank=True, help_text=_("shown instead of the place when careful or closed")
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    copied_from = OwnedKey("self", null=True, blank=True, related_name="copies", db_index=False)
    shift_date = models.DateField(
        null=True,
        blank=True,
        help_text=_("day from which partners are asked to give to the unit instead of to a person"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = Owned.from_queryset(Units)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="one_unit_per_code"),
            models.CheckConstraint(condition=Q(discretion__in=Discretion.values), name="unit_discretion_known"),
            models.CheckConstraint(condition=~Q(discretion="closed") | ~Q(alias=""), name="closed_unit_has_alias"),
            models.CheckConstraint(condition=~Q(copied_from=F("id")), name="unit_is_no_copy_of_itself"),
        ]
        indexes = [models.Index(fields=["agency", "strategy"], name="unit_by_strategy")]

    def __str__(self) -> str:
        return self.public_name

    @property
    def is_at_work(self) -> bool:
        """Whether it is not archived; nothing changes in one that is."""
        return self.status == self.Status.ACTIVE

    @property
    def other_name(self) -> str:
        """What others call a guarded unit that the seat it was `seen_by` knows by its true name; "" where all say the
        same.
        """
        tells = self.discretion != Discretion.OPEN and not getattr(self, "is_withheld", True)
        return self.alias if tells else ""

    @property
    def public_name(self) -> str:
        """What anybody may call it; the same rule as `ssu.queries.public_unit_name`."""
        guarded = self.discretion != Discretion.OPEN
        return self.alias if guarded and self.alias else self.name
