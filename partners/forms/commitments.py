"""Promises to give."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.currencies import EXPONENTS
from core.forms import AmountInput, DateInput
from core.money import Money, WrongAmount, parse_amount
from funds.models import Designation
from partners.forms.lists import DesignationField
from partners.models import Commitment, GivingUnit, Partner


def currencies(base: str) -> list[tuple[str, str]]:
    """All currencies, the agency's own first."""
    return [(code, code) for code in (base, *(code for code in sorted(EXPONENTS) if code != base))]


def read_amount(form: forms.Form, field: str, currency: str | None) -> Money | None:
    """The amount that was typed, exact; what is wrong with it stands beside its field."""
    text = form.cleaned_data.get(field) or ""
    if not text or not currency:
        return None
    try:
        return parse_amount(text, currency)
    except WrongAmount as refusal:
        form.add_error(field, str(refusal))
        return None


class CommitmentForm(forms.Form):
    """Who promises how much, how often, to what."""

    giving_unit: "forms.ModelChoiceField[GivingUnit]" = forms.ModelChoiceField(
        None, label=_("Gives as"), empty_label=None
    )
    designation = DesignationField(None, label=_("Designation"))
    amount = forms.CharField(label=_("Amount"), max_length=30, widget=AmountInput(currency_field="currency"))
    currency = forms.ChoiceField(label=_("Currency"))
    frequency = forms.ChoiceField(label=_("How often"), choices=Commitment.Frequency.choices, initial="monthly")
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput)
    method = forms.CharField(
        label=_("Method"), max_length=20, required=False, help_text=_("For example, card or check.")
    )

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        givers = GivingUnit.objects.filter(partner=partner).order_by("pk")
        cast("forms.ModelChoiceField[GivingUnit]", self.fields["giving_unit"]).queryset = givers
        open_now = Designation.objects.seen_by(seat).open_on(seat.agency.today())
        cast(DesignationField, self.fields["designation"]).queryset = open_now
        cast(forms.ChoiceField, self.fields["currency"]).choices = currencies(seat.agency.base_currency)
        self.initial.setdefault("giving_unit", givers.first())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", given.get("currency"))
        return given

    def arguments(self) -> dict[str, Any]:
        """What `add_commitment` takes."""
        given = dict(self.cleaned_data)
        amount = given.pop("money")
        del given["currency"]
        return {**given, "amount": amount}


class EndForm(forms.Form):
    """The last day of a promise, and why it ends."""

    on = forms.DateField(label=_("Last day"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
