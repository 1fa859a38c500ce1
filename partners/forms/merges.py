"""Looking at records that may be one partner, and merging them."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import capitalized
from partners.matching import CERTAIN, LEAST, LIKELY
from partners.models import Partner
from partners.operations.merging import FIELDS

CERTAINTIES = (("certain", _("almost certain")), ("likely", _("likely")), ("possible", _("possible")))
SCORES = {"certain": (CERTAIN, 100), "likely": (LIKELY, CERTAIN - 1), "possible": (LEAST, LIKELY - 1)}
"""Certainty → the first and the last score."""
REASONS = (
    ("email", _("same e-mail")),
    ("phone", _("same phone")),
    ("address", _("same address")),
    ("number", _("same number in two systems")),
)
ANY = ("", _("any"))


class DuplicateFilter(forms.Form):
    """By certainty, by what both have, and by words of a name; `partner` is one of the two."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100, widget=forms.TextInput({"type": "search"}))
    certainty = forms.ChoiceField(label=_("How certain"), required=False, choices=capitalized([ANY, *CERTAINTIES]))
    reason = forms.ChoiceField(label=_("Why"), required=False, choices=capitalized([ANY, *REASONS]))
    partner = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class ChoosePartnerForm(forms.Form):
    """Words to find the other record by."""

    q = forms.CharField(
        label=_("Name, e-mail, phone or number of the other record"),
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )


class MergePartnersForm(forms.Form):
    """Which record stays, and of which record each field's value does: `take_<field>` for those that differ."""

    survivor = forms.ChoiceField(label=_("This record stays"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, help_text=_("How you know that they are one. Kept for ever.")
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, partners: Sequence[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {partner.pk: partner for partner in partners}
        numbers = [(str(pk), partner.name) for pk, partner in self.partners.items()]
        cast(forms.ChoiceField, self.fields["survivor"]).choices = numbers
        self.differing = [name for name in FIELDS if len({getattr(each, name) for each in partners}) > 1]
        for name in self.differing:
            label = Partner._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[f"take_{name}"] = forms.ChoiceField(label=label, choices=numbers, widget=forms.RadioSelect)
            self.initial.setdefault(f"take_{name}", self.first_told(name))

    def first_told(self, name: str) -> int:
        """The first record that says anything of a field."""
        return next((pk for pk, partner in self.partners.items() if getattr(partner, name)), next(iter(self.partners)))

    def arguments(self) -> dict[str, Any]:
        """What `merge_partners` takes."""
        stays = int(self.cleaned_data["survivor"])
        return {
            "survivor": self.partners[stays],
            "losers": [partner for pk, partner in self.partners.items() if pk != stays],
            "take": {name: int(self.cleaned_data[f"take_{name}"]) for name in self.differing},
            "reason": self.cleaned_data["reason"],
        }


class UndoMergeForm(forms.Form):
    """Why they are two after all."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)
