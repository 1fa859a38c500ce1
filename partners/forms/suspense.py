"""Taking lines out of suspense, and putting them back."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.money_forms import KeyedForm
from funds.models import Designation
from partners.forms.lists import DesignationField


class AssignForm(KeyedForm):
    """Where the money belongs, and how that was found out."""

    designation = DesignationField(None, label=_("Designation"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you found out. It stands in the ledger for good."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = Designation.objects.seen_by(seat).open_on(seat.agency.today())
        cast(DesignationField, self.fields["designation"]).queryset = open_now


class TakeBackForm(KeyedForm):
    """Why an assignment was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stands in the ledger for good."))
