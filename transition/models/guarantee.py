"""How a worker is paid while the partners of the worker's account are asked to fund the unit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from transition.models.plan import Plan


class Guarantee(AgencyOwned):
    """The agency's word to a worker: how pay and benefits are kept, until when, whose word it is, and when the worker
    was told. No amounts. A new word ends the one before; none is changed.
    """

    plan = OwnedKey(Plan, related_name="guarantees", db_index=False)
    account = OwnedKey("funds.Designation", related_name="+", db_index=False, help_text=_("the worker's account"))
    how = models.CharField(max_length=400, help_text=_("how pay and benefits are guaranteed, without amounts"))
    until = models.DateField(help_text=_("the last day for which it holds"))
    given_by = models.CharField(max_length=120, help_text=_("whose word it is: a person or a body of the agency"))
    told_on = models.DateField(help_text=_("when the worker was told"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, help_text="another word took its place")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "plan", "account"], condition=Q(ended_at=None), name="one_standing_guarantee"
            ),
            models.CheckConstraint(condition=~Q(how="") & ~Q(given_by=""), name="guarantee_says_how_and_whose"),
        ]

    def __str__(self) -> str:
        return f"Guarantee until {self.until}"
