"""Filters of the activity page."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateInput, DayField


class ActivityFilter(forms.Form):
    """By person and by days."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False, empty_label=_("Everybody"))
    first = DayField(label=_("From"), required=False, widget=DateInput)
    last = DayField(label=_("To"), required=False, widget=DateInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return given
