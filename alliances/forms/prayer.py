"""Prayer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Member, PrayerRequest, Rhythm
from core.forms import DateInput, DayField


class AskForm(forms.Form):
    """Something to pray for."""

    title = forms.CharField(label=_("What shall we pray for?"), max_length=160)
    text = forms.CharField(label=_("In more words"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    audience = forms.ChoiceField(
        label=_("Who sees it"),
        choices=PrayerRequest.Audience,
        widget=forms.RadioSelect,
        initial=PrayerRequest.Audience.ALLIANCE,
    )
    expires_on = DayField(
        label=_("Until"), required=False, widget=DateInput, help_text=_("After this day it is no longer shown.")
    )


class AnswerForm(forms.Form):
    """How a request was answered."""

    answer = forms.CharField(label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 4}))


class StrategyForm(forms.Form):
    """How the alliance prays."""

    text = forms.CharField(
        label=_("Prayer strategy"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Say how you deal with the three usual obstacles: time, not knowing how, and lack of structure."),
    )


class RhythmForm(forms.Form):
    """A recurring time to pray."""

    title = forms.CharField(label=_("Name"), max_length=120)
    recurrence = forms.ChoiceField(label=_("How often"), choices=Rhythm.Recurrence, widget=forms.RadioSelect)
    when = forms.CharField(label=_("When"), max_length=120, help_text=_("Such as: first Tuesday, 14:00 UTC."))
    how = forms.CharField(label=_("How you meet"), max_length=160, required=False)
    host: Any = forms.ModelChoiceField(
        queryset=None, label=_("Hosted by"), required=False, empty_label=_("the backbone")
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Member]", self.fields["host"]).queryset = members
