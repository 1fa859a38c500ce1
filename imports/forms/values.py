"""Saying what values of a file are."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ValuesForm(forms.Form):
    """What belongs to a list of values beside them."""

    remember = forms.BooleanField(
        label=_("Remember it in the saved mapping"), required=False, help_text=_("The next file knows these values.")
    )
