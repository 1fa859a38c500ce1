"""What forms about money share: a key of their own, currencies, and amounts as people type them."""

import uuid

from django import forms

from core.currencies import EXPONENTS
from core.money import Money, WrongAmount, parse_amount


def new_key() -> str:
    """A key that tells this form from every other one (trust rule T8)."""
    return uuid.uuid4().hex


class KeyedForm(forms.Form):
    """A money form: sending it twice does it once."""

    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput, initial=new_key)


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
