"""Promises to give."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import AmountInput, DateInput, DayField
from core.money import Money
from core.money_forms import currencies, read_amount
from funds.models import Designation
from partners.forms.lists import DesignationField
from partners.models import Commitment, GivingUnit, Partner


class CommitmentForm(forms.Form):
    """Who promises how much, how often, to what."""

    giving_unit: "forms.ModelChoiceField[GivingUnit]" = forms.ModelChoiceField(
        None, label=_("Gives as"), empty_label=None
    )
    designation = DesignationField(None, label=_("Designation"))
    amount = forms.CharField(label=_("Amount"), max_length=30, widget=AmountInput(currency_field="currency"))
    currency = forms.ChoiceField(label=_("Currency"))
    frequency = forms.ChoiceField(label=_("How often"), choices=Commitment.Frequency.choices, initial="monthly")
    starts_on = DayField(label=_("From"), widget=DateInput)
    ends_on = DayField(label=_("Last day"), required=False, widget=DateInput)
    method = forms.CharField(
        label=_("Method"), max_length=20, required=False, help_text=_("For example, card or check.")
    )

    again = forms.BooleanField(label=_("Yes, this is another commitment"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        givers = GivingUnit.objects.filter(partner=partner).own_first()
        cast("forms.ModelChoiceField[GivingUnit]", self.fields["giving_unit"]).queryset = givers
        open_now = Designation.objects.seen_by(seat).open_on(seat.agency.today())
        cast(DesignationField, self.fields["designation"]).queryset = open_now
        cast(forms.ChoiceField, self.fields["currency"]).choices = currencies(seat.agency.base_currency)
        self.initial.setdefault("giving_unit", givers.first())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", given.get("currency"))
        return given

    def ask(self) -> None:
        """Show the question whether it is another commitment, once it was asked."""
        if "again" in self.errors:
            self.fields["again"].widget = forms.CheckboxInput()

    def arguments(self) -> dict[str, Any]:
        """What `add_commitment` takes."""
        given = dict(self.cleaned_data)
        amount = given.pop("money")
        del given["currency"]
        return {**given, "amount": amount}


class ChangeForm(forms.Form):
    """What is promised from a day on, in the currency of the promise."""

    amount = forms.CharField(label=_("Amount"), max_length=30)
    frequency = forms.ChoiceField(label=_("How often"), choices=Commitment.Frequency.choices)
    starts_on = DayField(label=_("From"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = commitment.currency
        self.fields["amount"].widget = AmountInput(currency=commitment.currency)
        self.initial.setdefault("amount", Money(commitment.amount, commitment.currency).decimal_string())
        self.initial.setdefault("frequency", commitment.frequency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", self.currency)
        return given

    def arguments(self) -> dict[str, Any]:
        """What `change_commitment` and `resume_commitment` take."""
        given = dict(self.cleaned_data)
        amount = given.pop("money")
        return {**given, "amount": amount}


class EndForm(forms.Form):
    """The last day of a promise, and why it ends."""

    on = DayField(label=_("Last day"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
