"""Saying why a partner is erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import capitalized
from partners.models import Erasure


class ErasePartnerForm(forms.Form):
    """The ground, and a sign that one has read what goes."""

    ground = forms.ChoiceField(
        label=_("Why"), choices=capitalized(list(Erasure.Ground.choices)), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("Kept for ever: without the name of the person."),
    )
    is_sure = forms.BooleanField(
        label=_("I have read what goes, and that nobody brings it back."),
        error_messages={"required": _("Tick this after you have read what goes.")},
    )

    def arguments(self) -> dict[str, Any]:
        """What `erase_partner` takes."""
        return {"ground": self.cleaned_data["ground"], "words": self.cleaned_data["words"]}
