"""Logging thanks from the list of gifts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import capitalized
from partners.models import Channel


class ThankForm(forms.Form):
    """How thanks were said, and the filter of the list to go back to."""

    channel = forms.ChoiceField(label=_("How"), choices=capitalized(Channel.choices))
    back = forms.CharField(required=False, max_length=1000)
