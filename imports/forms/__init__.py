"""Bringing a file in."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from imports.kinds import domain, format_name
from imports.reading.limits import MAX_MEGABYTES


class UploadForm(forms.Form):
    """A file, and its format where it should not be recognized."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=format_lazy(
            _("TntConnect DataSync or CSV, up to {megabytes} MB. You see what it brings before anything is written."),
            megabytes=MAX_MEGABYTES,
        ),
    )
    format_name = forms.ChoiceField(label=_("Format"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, format_name(name)) for name in domain().formats]
        cast(forms.ChoiceField, self.fields["format_name"]).choices = [("auto", _("Recognize it")), *known]
