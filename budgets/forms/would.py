"""A gift that somebody thinks of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AmountInput
from core.money_forms import read_amount


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
