"""A file of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SizedFile
from imports.reading.sheets import MAX_LIST_BYTES


class PeopleFileForm(forms.Form):
    """The file alone."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, up to 8 MB. Either all of it comes in, or nothing."),
        widget=SizedFile(MAX_LIST_BYTES, {"accept": ".csv,.xlsx"}),
    )
