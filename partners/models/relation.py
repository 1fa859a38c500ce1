"""How partners belong together, named from both sides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class Relations(OwnedQuerySet["Relation"]):
    """Words for asking who belongs together."""

    def standing(self) -> "Relations":
        """Those that were not ended."""
        return self.filter(ended_at=None)

    def of(self, partner_id: int) -> "Relations":
        """Those of one partner, from either side."""
        return self.filter(Q(partner=partner_id) | Q(other=partner_id))


class Relation(AgencyOwned):
    """`partner` is something to `other`: its label says it from the side of `partner`, `INVERSE` from the other side.
    Spouses stand once, the smaller number first. It is ended, never deleted.
    """

    class Kind(models.TextChoices):
        SPOUSE = "spouse", _("spouse")
        HOUSEHOLD = "household", _("lives in the household")
        MEMBER = "member", _("member of the church")
        CONTACT = "contact", _("contact person of")
        EMPLOYEE = "employee", _("works for")
        FUND = "fund", _("gives through a fund of")
        INTRODUCED = "introduced", _("introduced by")

    partner = OwnedKey("partners.Partner", related_name="relations", db_index=False)
    other = OwnedKey("partners.Partner", related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    role = models.CharField(max_length=80, blank=True, help_text=_("of a contact person: pastor, treasurer"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Relations)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(partner=F("other")), name="relation_of_two"),
            models.CheckConstraint(condition=~Q(kind="spouse") | Q(partner__lt=F("other")), name="spouses_stand_once"),
            models.UniqueConstraint(
                fields=["agency", "partner", "other", "kind"], condition=Q(ended_at=None), name="relation_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "partner"], condition=Q(ended_at=None), name="relation_by_partner"),
            models.Index(fields=["agency", "other"], condition=Q(ended_at=None), name="relation_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.kind} {self.other_id}"


INVERSE = {
    Relation.Kind.SPOUSE: _("spouse"),
    Relation.Kind.HOUSEHOLD: _("of the household"),
    Relation.Kind.MEMBER: _("member"),
    Relation.Kind.CONTACT: _("contact person"),
    Relation.Kind.EMPLOYEE: _("employs"),
    Relation.Kind.FUND: _("gives through our fund"),
    Relation.Kind.INTRODUCED: _("introduced"),
}
"""What `partner` is to `other`, said on the page of `other`."""
