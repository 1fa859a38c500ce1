"""A giver of a file who may be a partner that is there already, and what a person decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class ImportMatch(AgencyOwned):
    """A giver whose number nobody knows and who is like a partner, or one whose number is known and who is reached
    otherwise now: why, and what is to be done when the file is applied.

    told: what the file says of the giver, by field. fields: which of it the partner takes. before: what applying
    changed, so that the undo of the import can put it back. It goes with its import.
    """

    class Reason(models.TextChoices):
        """Why, the surest first."""

        NAME_AND_EMAIL = "name_email", _("same name and e-mail address")
        EMAIL = "email", _("same e-mail address, another name")
        NAME_AND_PHONE = "name_phone", _("same family name and phone")
        NAME_AND_PLACE = "name_place", _("same name and postal code")
        NAME = "name", _("same name")
        NUMBER = "number", _("known by number, reached otherwise now")

    class Choice(models.TextChoices):
        CREATE = "create", _("another partner: add them")
        UPDATE = "update", _("the same: use the partner")
        SKIP = "skip", _("leave the giver out")

    import_run = OwnedKey("imports.ImportRun", models.CASCADE, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    partner = OwnedKey("partners.Partner", models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason)
    told = models.JSONField(default=dict)
    choice = models.CharField(max_length=6, choices=Choice, blank=True)
    fields = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    chosen_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "import_run", "source", "number"], name="one_match_per_giver"),
            models.CheckConstraint(condition=Q(choice="") | Q(chosen_at__isnull=False), name="choice_has_its_moment"),
        ]
        indexes = [models.Index(fields=["agency", "partner"], name="import_match_by_partner")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
