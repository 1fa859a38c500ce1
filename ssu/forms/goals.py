"""The impact goal and the readings of its indicator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField


class GoalForm(forms.Form):
    """A version of the goal. Only the statement is needed to begin; step 2 asks for the rest."""

    statement = forms.CharField(
        label=_("Impact goal"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What will have changed, in a sentence. Impact, not the sending of people."),
    )
    reinforces = forms.CharField(
        label=_("How it reinforces the overall goal"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    indicator = forms.CharField(
        label=_("Indicator"), max_length=160, required=False, help_text=_("What is counted, such as communities.")
    )
    unit_of_measure = forms.CharField(label=_("Unit of measure"), max_length=40, required=False)
    baseline = forms.DecimalField(label=_("Baseline"), max_digits=14, decimal_places=2, required=False)
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2, required=False)
    by_when = DayField(label=_("By when"), required=False, widget=DateInput)


class ReadingForm(forms.Form):
    """A value of the indicator, and the story behind it."""

    date = DayField(label=_("Day"), widget=DateInput)
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    story = forms.CharField(
        label=_("The story behind it"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class GoalReturnForm(forms.Form):
    """Why a version of the goal is sent back."""

    reason = forms.CharField(label=_("What should change"), max_length=2000, widget=forms.Textarea({"rows": 3}))
