"""Agenda and agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import ItemKind


class ItemForm(forms.Form):
    """One sentence of the agenda."""

    kind = forms.ChoiceField(label=_("Part"), choices=ItemKind, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=160)
    text = forms.CharField(label=_("In more words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class AgreementForm(forms.Form):
    """The words of an agreement."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 12}))


class SignForm(forms.Form):
    """A signature: the name, written by who signs."""

    signed_name = forms.CharField(
        label=_("Your full name"), max_length=120, help_text=_("You sign for your organization. This cannot be undone.")
    )
