"""Taking a declaration back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import asked


class TakeBackForm(forms.Form):
    """Why a declaration is taken back; whoever declared just now need not say."""

    reason = asked(
        forms.CharField(
            label=_("Why it is taken back"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
        )
    )
