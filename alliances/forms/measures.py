"""Shared measurement: definitions, periods, reports, reviews, overlaps, publications."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.arithmetic import SINGLE_NUMBERS, Resolution
from alliances.models import (
    KIND_LABELS,
    RESOLUTION_LABELS,
    AgendaItem,
    Audience,
    IndicatorVersion,
    Member,
    ValueState,
)
from core.forms import DayField


def number(**more: Any) -> forms.DecimalField:
    """A whole number, written with figures: counts have no decimals."""
    figures = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.DecimalField(widget=figures, max_digits=15, decimal_places=0, min_value=0, **more)


class DefinitionForm(forms.Form):
    """What is counted, and how. The kind decides how numbers are put together; there is nothing else to choose."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, KIND_LABELS[k]) for k in KIND_LABELS if k in SINGLE_NUMBERS],
        widget=forms.RadioSelect,
    )
    unit = forms.CharField(label=_("Counted in"), max_length=40, help_text=_("Such as: people, communities, books."))
    definition = forms.CharField(label=_("Definition"), widget=forms.Textarea(attrs={"rows": 3}))
    how_to_count = forms.CharField(
        label=_("How to count"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who counts, when, from which records; and what does not count."),
    )
    direction = forms.ChoiceField(
        label=_("Direction"), choices=IndicatorVersion.Direction, widget=forms.RadioSelect, initial="up"
    )
    frequency = forms.ChoiceField(
        label=_("Reported"), choices=IndicatorVersion.Frequency, widget=forms.RadioSelect, initial="quarterly"
    )
    due_days = forms.IntegerField(label=_("Days to report after the period"), min_value=0, max_value=365, initial=21)
    overlap_policy = forms.ChoiceField(
        label=_("Counted by two members"),
        choices=IndicatorVersion.OverlapPolicy,
        widget=forms.RadioSelect,
        initial="settle",
    )
    person_level = forms.BooleanField(
        label=_("Counts people who could be recognized"),
        required=False,
        help_text=_("Then no revision goes out whose difference from the one before shows one member's number."),
    )


class IndicatorForm(DefinitionForm):
    """A new indicator with its first definition."""

    name = forms.CharField(label=_("Name"), max_length=120)
    serves: Any = forms.ModelChoiceField(
        queryset=None, label=_("Serves"), required=False, empty_label=_("no item of the agenda in particular")
    )
    field_order = ("name", "serves")

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[AgendaItem]", self.fields["serves"]).queryset = items


class PeriodForm(forms.Form):
    """The month with which a period begins; its length comes from the definition."""

    starts = DayField(
        label=_("First month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-07"}, format="%Y-%m"),
        help_text=_("Year and month, such as 2026-07."),
    )


class ReportForm(forms.Form):
    """One member's answer. Blank is not zero."""

    state = forms.ChoiceField(
        label=_("Your answer"), choices=ValueState, widget=forms.RadioSelect, initial=ValueState.REPORTED
    )
    value = number(
        label=_("Number, if there is one"),
        required=False,
        help_text=_("Zero is a number. Leave it empty only with an answer without a number."),
    )
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("How you estimated it, or why there is no number. Only the backbone reads it."),
    )


class ReviewForm(forms.Form):
    """The backbone's answer to a report."""

    note = forms.CharField(
        label=_("To the member"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed when you return the report."),
    )


class OverlapForm(forms.Form):
    """Two members that may have counted the same."""

    one: Any = forms.ModelChoiceField(queryset=None, label=_("One member"))
    other: Any = forms.ModelChoiceField(queryset=None, label=_("The other member"))
    question = forms.CharField(
        label=_("Where and how both may have counted the same"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            cast("forms.ModelChoiceField[Member]", self.fields[name]).queryset = members


class StanceForm(forms.Form):
    """How one of the two sees an overlap."""

    resolution = forms.ChoiceField(
        label=_("How we see it"),
        choices=[(each.value, RESOLUTION_LABELS[each]) for each in Resolution],
        widget=forms.RadioSelect,
    )
    joint = number(label=_("Our number together"), required=False)


class PublishForm(forms.Form):
    """The hash of what was seen, and, from the second revision on, what has changed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    erratum = forms.CharField(
        label=_("What has changed since the revision before, and why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class ConsentForm(forms.Form):
    """One line of the consent sheet: an indicator, an audience, and how far the consent goes."""

    NO = "no"
    audience = forms.ChoiceField(choices=Audience)
    form = forms.ChoiceField(
        choices=[(NO, _("no")), ("aggregate", _("inside the total")), ("member_value", _("our own number too"))]
    )
