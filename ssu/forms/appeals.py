"""Emergency appeals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, asked


class EmergencyForm(forms.Form):
    """Why an appeal cannot wait, and until when it goes out."""

    reason = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The second person reads this before approving."),
    )
    ends_on = DayField(label=_("Last day"), widget=DateInput, help_text=_("At most 92 days ahead."))


class EndForm(forms.Form):
    """Why an emergency is taken back."""

    reason = asked(
        forms.CharField(
            label=_("Why it is taken back"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
        )
    )
