"""Bringing a file in."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from imports.kinds import domain, format_name
from imports.reading.limits import MAX_MEGABYTES


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("It stands in the ledger with each reversal. Name no closed place.")
    )


class RowsForm(forms.Form):
    """What belongs to a grid of rows beside its cells: the newest correction that the person has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class UploadForm(forms.Form):
    """A file, and its format where it should not be recognized."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=format_lazy(
            _(
                "CSV, TSV, Excel (XLSX), TntConnect or a bank file, from any system, up to {megabytes} MB. "
                "You see what it brings before anything is written."
            ),
            megabytes=MAX_MEGABYTES,
        ),
    )
    format_name = forms.ChoiceField(label=_("Format"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, format_name(name)) for name in domain().formats]
        cast(forms.ChoiceField, self.fields["format_name"]).choices = [("auto", _("Recognize it")), *known]
