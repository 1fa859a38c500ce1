"""What the landing page can be asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField


class SinceForm(forms.Form):
    """From which day on changes are shown."""

    since = DayField(label=_("Changes since"), widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        given: date = self.cleaned_data["since"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come. Choose one that lies behind."), code="future")
        return given
