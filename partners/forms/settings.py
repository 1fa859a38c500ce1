"""What the agency says about its partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField


class TeamNoticeForm(forms.Form):
    """Whether partners were told, since when, and how."""

    is_given = forms.BooleanField(
        label=_("Our partners have been told that the team of the unit they give to knows their names"), required=False
    )
    told_on = DayField(label=_("Told on"), required=False, widget=DateInput)
    wording = forms.CharField(
        label=_("In what words, and where"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For example the sentence of the response card or of the letter. Needed when the box is ticked."),
    )
