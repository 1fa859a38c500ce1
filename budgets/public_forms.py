"""Opening a unit's public page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublicPageForm(forms.Form):
    """How to give, in the agency's words."""

    how_to_give = forms.CharField(
        label=_("How to give"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Everybody reads this: the address for checks, a link, the name of the designation."),
    )
