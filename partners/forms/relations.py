"""How partners belong together."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import capitalized
from partners.models import Partner, Relation
from partners.operations.relations import FITS

THIS, OTHER = "this", "other"


class FindPartnerForm(forms.Form):
    """Words to find a partner by."""

    q = forms.CharField(
        label=_("Name, e-mail, phone or number of the other partner"),
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )


class RelationForm(forms.Form):
    """What the partner is to the other one, or the other to the partner: only what fits the two is offered."""

    other = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(label=_("How they belong together"), widget=forms.RadioSelect)
    role = forms.CharField(
        label=_("Role"), max_length=80, required=False, help_text=_("Of a contact person: pastor, treasurer.")
    )

    def __init__(self, *args: Any, partner: Partner, other: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {THIS: (partner, other), OTHER: (other, partner)}
        names = {"one": partner.name, "two": other.name}
        choices = []
        for kind, (first, second) in FITS.items():
            if partner.kind in first and other.kind in second:
                choices.append((f"{kind}.{THIS}", _("%(one)s – %(how)s – %(two)s") % {**names, "how": label(kind)}))
            if kind != Relation.Kind.SPOUSE and other.kind in first and partner.kind in second:
                swapped = {"one": other.name, "two": partner.name, "how": label(kind)}
                choices.append((f"{kind}.{OTHER}", _("%(one)s – %(how)s – %(two)s") % swapped))
        cast(forms.ChoiceField, self.fields["how"]).choices = capitalized(choices)

    def arguments(self) -> dict[str, Any]:
        """What `relate` takes."""
        kind, _dot, side = self.cleaned_data["how"].partition(".")
        partner, other = self.sides[side]
        return {"partner": partner, "other": other, "kind": kind, "role": self.cleaned_data["role"]}


def label(kind: str) -> str:
    """A relation, said from its first side."""
    return str(Relation.Kind(kind).label)
