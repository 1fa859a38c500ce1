"""Going live: the date, the file of the old system, why a line differs, and why something is taken back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, SizedFile
from imports.reading.sheets import MAX_LIST_BYTES
from partners.models.go_live import ComparedKind
from partners.queries.go_live import Key


class LiveDateForm(forms.Form):
    """The first day on which the agency works here."""

    on = DayField(label=_("Go-live date"), widget=DateInput)


class OldTotalsForm(forms.Form):
    """The file alone."""

    on = DayField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Totals of the old system"),
        allow_empty_file=True,
        help_text=_(
            "CSV or XLSX with designation, month (2025-03, or “opening”), currency, amount, count. It takes the place "
            "of the one before."
        ),
        widget=SizedFile(MAX_LIST_BYTES, {"accept": ".csv,.xlsx"}),
    )


class NoteForm(forms.Form):
    """Why one line differs by what it differs now."""

    on = DayField()
    kind = forms.ChoiceField(choices=ComparedKind.choices)
    code = forms.CharField(max_length=80, required=False)
    month = forms.CharField(max_length=7, required=False)
    currency = forms.CharField(max_length=3)
    difference = forms.IntegerField(min_value=-(2**62), max_value=2**62)
    note = forms.CharField(max_length=500)

    def arguments(self) -> dict[str, Any]:
        """What `explain_difference` takes."""
        given = self.cleaned_data
        key: Key = (given["kind"], given["code"], given["month"], given["currency"])
        return {"live_on": given["on"], "key": key, "difference": given["difference"], "note": given["note"]}


class SignForm(forms.Form):
    """The date and the digest of the figures that were seen."""

    on = DayField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class BackForm(forms.Form):
    """Why a signature, or the date, is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=250)


def day_of(text: str, usual: date) -> date:
    """The day in an address, else the usual one."""
    form = LiveDateForm({"on": text})
    return form.cleaned_data["on"] if form.is_valid() else usual
