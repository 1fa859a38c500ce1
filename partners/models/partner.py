"""Who gives, prays or promotes, and whom a receipt addresses."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from partners.models.erasure import ERASED_NAME
from partners.models.holder import HOLDER_RIGHTS, Holder, is_held
from partners.models.notice import teams_may_know
from partners.models.stage import Stage
from partners.models.undertaking import undertakes


def names_are_closed(seat: Seat) -> bool:
    """Whether the seat reaches partners by name only, who were not told yet that their names are known. At most one
    query.
    """
    return seat.unit_ids("partners.view") != seat.unit_ids("partners.contact") and not teams_may_know()


def units_by_name(seat: Seat) -> frozenset[int] | None:
    """The units whose partners the seat may know by name, and may know to be its partners; None means all. At most one
    query.
    """
    return seat.unit_ids("partners.contact" if names_are_closed(seat) else "partners.view")


def belonging(unit_ids: frozenset[int], *, openly: bool) -> Q:
    """The condition that a partner has a standing gift or a commitment to one of these units; `openly`: one that may
    stand beside the name.
    """
    from partners.models.commitment import Commitment, gives_anonymously
    from partners.models.gift import GiftLine

    gave = GiftLine.objects.filter(
        gift__giving_unit__partner=OuterRef("pk"), designation__unit_id__in=unit_ids, withdrawn_at=None
    )
    if openly:
        gave = gave.filter(gift__anonymous=False)
    promised = Commitment.objects.filter(giving_unit__partner=OuterRef("pk"), designation__unit_id__in=unit_ids)
    if openly:
        promised = promised.exclude(gives_anonymously())
    return Q(Exists(gave)) | Q(Exists(promised))


def cared_for(unit_ids: frozenset[int]) -> Q:
    """The condition that the team of one of these units cares for a partner (it has a stage or a holder there), or that
    the partner prays for the unit or promotes it.
    """
    staged = Stage.objects.standing().filter(partner=OuterRef("pk"), unit__in=unit_ids)
    held = Holder.objects.standing().filter(partner=OuterRef("pk"), unit__in=unit_ids)
    return Q(Exists(staged)) | Q(Exists(held)) | undertakes(unit_ids=unit_ids)


class Partners(OwnedQuerySet["Partner"]):
    """Words for lists of partners."""

    def standing(self) -> "Partners":
        """Those who were not merged into another."""
        return self.filter(merged_into=None)

    def seen_by(self, seat: Seat, right: str = "partners.view") -> "Partners":
        """Those whom the seat may know by name, or whom another right of it reaches: all, or those who openly gave or
        promised to a unit within that right, pray for it, promote it, or whom its team cares for; and whom the person
        holds. Members of a team know names only once partners were told so.
        Who was merged into another is seen as that other.
        """
        units = units_by_name(seat) if right == "partners.view" else seat.unit_ids(right)
        standing = self.standing()
        if units is None:
            return standing
        held = is_held(seat, "pk") if right in HOLDER_RIGHTS else Q(pk__in=[])
        return standing.filter(belonging(units, openly=True) | cared_for(units) | held)

    def of_units(self, unit_ids: frozenset[int], *, openly: bool = False) -> "Partners":
        """Partners with a standing gift or a commitment to one of these units. `openly` leaves anonymous gifts out: the
        giver's name is kept from everyone in the field.
        """
        return self.filter(belonging(unit_ids, openly=openly))

    def known_in(self, unit_ids: frozenset[int], *, openly: bool = False) -> "Partners":
        """Partners of these units, and those who pray for them, promote them or are cared for without a gift yet."""
        return self.filter(belonging(unit_ids, openly=openly) | cared_for(unit_ids))


WORDS = (
    *("title", "first_name", "middle_name", "last_name", "suffix"),
    *("spouse_title", "spouse_first_name", "spouse_last_name"),
    *("organization", "roman_name", "greeting", "church", "language", "note"),
)
"""What a record says of a person in words, beside the name."""
NOTHING_SAID: dict[str, Any] = {
    "name__startswith": ERASED_NAME,
    "sort_name__startswith": ERASED_NAME,
    **dict.fromkeys(WORDS, ""),
    "spouse_deceased": False,
    "deceased_on": None,
}
"""How an erased record looks. PostgreSQL takes no other, so nothing comes back by an edit or a file."""


class Partner(AgencyOwned):
    """A person, a household, a church, a foundation, a business, or the sponsor of donor-advised funds.

    `organization` is one whose kind the source did not tell. A household keeps both names on one record, as the
    systems that agencies come from do. `name` is how the partner is listed.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        HOUSEHOLD = "household", _("household")
        CHURCH = "church", _("church")
        FOUNDATION = "foundation", _("foundation")
        BUSINESS = "business", _("business")
        ORGANIZATION = "organization", _("organization")
        SPONSOR = "fund_sponsor", _("sponsor of donor-advised funds")

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, help_text="last name or organization first")
    title = models.CharField(max_length=40, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    spouse_title = models.CharField(max_length=40, blank=True)
    spouse_first_name = models.CharField(max_length=80, blank=True)
    spouse_last_name = models.CharField(max_length=120, blank=True)
    spouse_deceased = models.BooleanField(default=False)
    organization = models.CharField(max_length=200, blank=True)
    roman_name = models.CharField(max_length=200, blank=True, help_text=_("in Latin letters, where the name is not"))
    greeting = models.CharField(max_length=120, blank=True, help_text=_("how a letter begins: Dear …"))
    church = models.CharField(max_length=200, blank=True, help_text=_("the church that the partner belongs to"))
    language = models.CharField(max_length=12, blank=True)
    deceased_on = models.DateField(
        null=True, blank=True, help_text="where the day is unknown, the first on which we knew of it"
    )
    death_day_known = models.BooleanField(default=True, db_default=True, editable=False)
    note = models.TextField(blank=True)
    search_name = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=200), db_persist=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    import_run = OwnedKey(
        "imports.ImportRun",
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="the import that brought the partner",
    )
    merged_into = OwnedKey("self", null=True, editable=False, related_name="merged", db_index=False)
    erased_at = models.DateTimeField(null=True, editable=False, help_text="the personal data went, for good (ADR 17)")

    objects: ClassVar[Owned] = Owned.from_queryset(Partners)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
            models.CheckConstraint(condition=Q(erased_at=None) | Q(**NOTHING_SAID), name="erased_says_nothing"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "sort_name", "id"], condition=Q(merged_into=None), name="partner_standing_by_name"
            ),
            models.Index(
                fields=["agency", "merged_into"], condition=Q(merged_into__isnull=False), name="partner_merged"
            ),
            models.Index(fields=["agency", "search_name"], name="partner_by_search_name"),
            models.Index(
                fields=["agency", "import_run"], condition=Q(import_run__isnull=False), name="partner_by_import"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def now(self) -> "Partner":
        """The partner as whom this record goes on: itself, or into which it was merged."""
        return self.merged_into or self

    def salutation(self) -> str:
        """How a letter addresses the partner, without "Dear": in the agency's own words, else by the first names of
        those who live.
        """
        if self.greeting:
            return self.greeting
        firsts = [self.first_name] if self.deceased_on is None else []
        if not self.spouse_deceased:
            firsts.append(self.spouse_first_name)
        return " and ".join(filter(None, firsts)) or self.organization or self.name


class ExternalId(AgencyOwned):
    """A number that another system knows the partner by. `norm` drops leading zeros of all-digit numbers: padded and
    unpadded are the same.
    """

    partner = OwnedKey(Partner, related_name="external_ids", db_index=False)
    source = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    norm = models.CharField(max_length=80)
    giving_unit = OwnedKey(
        "partners.GivingUnit",
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="what comes under this number is of this unit; none: of the partner's own (ADR 14)",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "source", "norm"], name="external_id_of_one_partner")]
        indexes = [
            models.Index(fields=["agency", "partner"], name="external_id_by_partner"),
            models.Index(fields=["agency", "norm"], name="external_id_by_norm"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.value}"


class GivingUnits(OwnedQuerySet["GivingUnit"]):
    """Words for lists of giving units."""

    def own_first(self) -> "GivingUnits":
        """The partner's own before those that a merge brought, each by age: the first takes what names no unit."""
        return self.order_by(F("came_by").asc(nulls_first=True), "pk")


class GivingUnit(AgencyOwned):
    """Whom a receipt addresses: a person, a couple, an organization; or the unidentified giver, whose gifts wait for
    a name.
    """

    class Receipts(models.TextChoices):
        EACH = "each", _("one for each gift")
        ANNUAL = "annual", _("once a year")
        NONE = "none", _("none")

    partner = OwnedKey(Partner, null=True, related_name="giving_units", db_index=False)
    name = models.CharField(max_length=200)
    receipts = models.CharField(max_length=6, choices=Receipts, default=Receipts.ANNUAL)
    is_unidentified = models.BooleanField(default=False)
    came_by = OwnedKey(
        "partners.Merge", null=True, editable=False, related_name="+", db_index=False, help_text="a merge brought it"
    )

    objects: ClassVar[Owned] = Owned.from_queryset(GivingUnits)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(is_unidentified=True), name="one_unidentified_giver"
            ),
            models.CheckConstraint(condition=Q(is_unidentified=True) | Q(partner__isnull=False), name="giver_is_known"),
        ]
        indexes = [models.Index(fields=["agency", "partner"], name="giving_unit_by_partner")]

    def __str__(self) -> str:
        return self.name
