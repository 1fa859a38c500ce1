"""Filters that lists of several apps have."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from core.forms import DayField


class DaysFilter(forms.Form):
    """By days, both ends included."""

    since = DayField(required=False)
    until = DayField(required=False)

    def within(self, found: "QuerySet[Any]", first: str, last: str = "") -> "QuerySet[Any]":
        """Rows whose time from the column `first` to the column `last` (the same where it is one day) meets the days,
        from a valid form.
        """
        wanted = self.cleaned_data
        if wanted["since"]:
            found = found.filter(**{f"{last or first}__gte": wanted["since"]})
        return found.filter(**{f"{first}__lte": wanted["until"]}) if wanted["until"] else found
