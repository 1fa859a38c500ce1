"""Filters of what moved money, for programs."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

LARGEST = 2**63 - 1


class DaysFilter(forms.Form):
    """By days, both ends included."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def within(self, found: "QuerySet[Any]", first: str, last: str = "") -> "QuerySet[Any]":
        """Rows whose time from the column `first` to the column `last` (the same where it is one day) meets the days,
        from a valid form.
        """
        wanted = self.cleaned_data
        if wanted["since"]:
            found = found.filter(**{f"{last or first}__gte": wanted["since"]})
        return found.filter(**{f"{first}__lte": wanted["until"]}) if wanted["until"] else found


class MovementFilter(DaysFilter):
    """By days and by the number of a designation."""

    designation = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def matching(self, found: "QuerySet[Any]", *columns: str) -> "QuerySet[Any]":
        """What was posted within the days and names the designation in one of these columns, from a valid form."""
        wanted, named = self.cleaned_data["designation"], Q()
        for column in columns if wanted else ():
            named |= Q(**{column: wanted})
        return self.within(found.filter(named), "posting__date")
