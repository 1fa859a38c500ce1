"""A saved mapping by itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from imports.operations.saved_mappings import LONGEST_NAME


class MappingNameForm(forms.Form):
    """What a mapping is called."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
