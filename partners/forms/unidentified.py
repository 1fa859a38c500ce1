"""Saying who gave, and taking it back."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.money_forms import KeyedForm
from partners.models import GivingUnit


class AssignGiverForm(KeyedForm):
    """Who gave, and how that was found out."""

    giving_unit: "forms.ModelChoiceField[GivingUnit]" = forms.ModelChoiceField(
        None, label=_("Giver"), widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("How you found out. It is kept with the gifts and your name.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = GivingUnit.objects.filter(is_unidentified=False)
        cast("forms.ModelChoiceField[GivingUnit]", self.fields["giving_unit"]).queryset = known


class TakeGiverBackForm(KeyedForm):
    """Why it was somebody else."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It is kept with the gifts and your name."))
