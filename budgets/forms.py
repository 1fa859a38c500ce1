"""The shape of what people enter about budgets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.models import Line
from core.errors import Refused
from core.forms import AmountInput
from core.money import Money, parse_amount
from core.money_forms import read_amount


class LineForm(forms.ModelForm[Line]):
    """One budget line; the amount is entered in the budget's currency."""

    amount = forms.CharField(label=_("Amount for the year"), max_length=30)

    class Meta:
        model = Line
        fields = ("impact", "category", "kind", "amount", "priority")
        labels = {
            "impact": _("What it makes possible"),
            "category": _("Category"),
            "kind": _("Kind"),
            "priority": _("Priority"),
        }
        help_texts = {
            "impact": _("In words a partner understands, for example: Sign-language lessons for forty families"),
            "priority": _("1 is covered first"),
        }

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].widget = AmountInput(currency=currency)
        if self.instance.pk:
            self.initial["amount"] = Money(self.instance.amount, currency).decimal_string()

    def clean_amount(self) -> Money:
        """The amount as exact money."""
        try:
            return parse_amount(self.cleaned_data["amount"], self.currency)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def _post_clean(self) -> None:
        """Operations write, not the form: the instance stays as it is."""


class WouldForm(forms.Form):
    """How much more somebody thinks of giving; `money` is what was typed, exact and above zero."""

    amount = forms.CharField(label=_("A gift of"), max_length=30)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].widget = AmountInput(currency=currency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", self.currency)
        if given["money"] is not None and given["money"].minor <= 0:
            self.add_error("amount", _("Write an amount above zero."))
        return given
