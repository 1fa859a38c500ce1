"""Filters of what moved money, for programs."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core.filter_forms import DaysFilter

LARGEST = 2**63 - 1


class MovementFilter(DaysFilter):
    """By days and by the number of a designation."""

    designation = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def matching(self, found: "QuerySet[Any]", *columns: str) -> "QuerySet[Any]":
        """What was posted within the days and names the designation in one of these columns, from a valid form."""
        wanted, named = self.cleaned_data["designation"], Q()
        for column in columns if wanted else ():
            named |= Q(**{column: wanted})
        return self.within(found.filter(named), "posting__date")
