"""What is written down while a caller speaks."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import capitalized
from partners.forms.care import FollowUpForm, OfUnit
from partners.models import Channel, Contact, Partner

OUTCOMES: Final = (
    Contact.Outcome.TALKED,
    Contact.Outcome.THANKED,
    Contact.Outcome.PROMISED,
    Contact.Outcome.STOP,
)
"""How a call ends, one tap each; what else may be logged stands on the form of the record."""
IN_TWO_DAYS: Final = timedelta(days=2)


class CallForm(OfUnit):
    """The call that was just had: how it ended is the button that was pressed."""

    outcome = forms.ChoiceField(choices=capitalized((each.value, each.label) for each in OUTCOMES))
    note = forms.CharField(
        label=_("What was said"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("note", "unit", "outcome")

    def arguments(self) -> dict[str, Any]:
        """What `log_contact` takes."""
        return {**self.cleaned_data, "channel": Channel.CALL}


def follow_up_form(seat: Seat, partner: Partner, first: int | None = None, data: Any = None) -> FollowUpForm:
    """A follow-up for the `first` holder of the partner (a membership), else for oneself, with what the call was
    about.
    """
    begin = {
        "channel": Channel.CALL,
        "text": now("Asked where a gift went"),
        "due_on": seat.agency.today() + IN_TWO_DAYS,
    }
    form = FollowUpForm(data, seat=seat, partner=partner, initial=begin, prefix="follow")
    form.fields["member"].initial = first or seat.membership.pk
    return form
