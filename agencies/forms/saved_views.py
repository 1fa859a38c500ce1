"""The name of a saved view, and whom it is for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedViewForm(forms.Form):
    """A new view of a list, or a change of one."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    shared = forms.BooleanField(
        label=_("Share with everybody here"),
        required=False,
        help_text=_("Each sees only what they may see anyway. Use no name of a closed place."),
    )


class NewViewForm(SavedViewForm):
    """With the address that is to be kept."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
