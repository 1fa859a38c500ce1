"""A file of lines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SizedFile
from imports.reading.sheets import MAX_LIST_BYTES


class LinesFileForm(forms.Form):
    """The file alone."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX. Either all lines in it are written, or none."),
        widget=SizedFile(MAX_LIST_BYTES, {"accept": ".csv,.xlsx"}),
    )
