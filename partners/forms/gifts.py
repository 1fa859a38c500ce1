"""Recording, correcting and refunding gifts."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import AmountInput, DateInput, DayField, capitalized
from core.money import Money
from core.money_forms import KeyedForm, currencies, read_amount
from funds.models import Account, Designation
from funds.queries import MAIN_DEPOSIT, other_deposits
from partners.forms.soft_credits import SoftCredited
from partners.models import Gift, GivingUnit
from partners.operations import Part
from partners.operations.gifts import KINDS_BY_HAND, InTheFuture

METHODS = capitalized([("", _("not said")), *Gift.Method.choices])
KINDS = capitalized((kind.value, kind.label) for kind in KINDS_BY_HAND)
WITHDRAW, REPLACE = "withdraw", "replace"
MOST_LINES = 50
GIVEN_IN_KIND = _("What was given in kind")
GOT_IN_RETURN = _("What the giver got in return")
VALUE_IN_RETURN = _("Value of what the giver got in return")
ONLY_INTANGIBLE = _("All that the giver got were intangible religious benefits")


FIRST = ("date", "currency", "method", "reference")
"""What each gift has; the page asks for it before the lines, and for all else behind them."""


class HeadForm(SoftCredited, forms.Form):
    """The head of a gift; its lines are a formset of LineForm beside it."""

    giving_unit: "forms.ModelChoiceField[GivingUnit]" = forms.ModelChoiceField(
        None, label=_("Giver"), widget=forms.HiddenInput
    )
    date = DayField(
        label=_("Date"), widget=DateInput, help_text=_("The day of giving: of a mailed check, its postmark.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial="gift")
    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("The currency of the lines, as the bank booked them.")
    )
    method = forms.ChoiceField(label=_("Method"), choices=METHODS, required=False)
    reference = forms.CharField(label=_("Check or transaction number"), max_length=80, required=False)
    tendered_amount = forms.CharField(
        label=_("Tendered amount"),
        max_length=30,
        required=False,
        widget=AmountInput(currency_field="tendered_currency"),
        help_text=_("Only where the giver gave in another currency than was booked. It is kept, never posted."),
    )
    tendered_currency = forms.ChoiceField(label=_("Tendered currency"), required=False)
    description = forms.CharField(
        label=GIVEN_IN_KIND,
        max_length=250,
        required=False,
        help_text=_("Needed for a gift in kind. The receipt describes goods and names no value."),
    )
    in_return = forms.CharField(
        label=GOT_IN_RETURN,
        max_length=250,
        required=False,
        help_text=_("A dinner, a book. Empty where nothing was given in return."),
    )
    fair_market_value = forms.CharField(
        label=VALUE_IN_RETURN,
        max_length=30,
        required=False,
        widget=AmountInput(currency_field="currency"),
        help_text=_("Your good-faith estimate. It stands on the statement beside the words; it is never posted."),
    )
    intangible = forms.BooleanField(label=ONLY_INTANGIBLE, required=False)
    anonymous = forms.BooleanField(label=_("Anonymous: nobody in the field learns who gave"), required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat, self.today = seat, seat.agency.today()
        self.order_fields([name for name in self.fields if not name.startswith("soft_")])
        known = currencies(seat.agency.base_currency)
        givers = GivingUnit.objects.all()
        cast("forms.ModelChoiceField[GivingUnit]", self.fields["giving_unit"]).queryset = givers
        cast(forms.ChoiceField, self.fields["currency"]).choices = known
        cast(forms.ChoiceField, self.fields["tendered_currency"]).choices = [("", _("The same")), *known]
        keep_choice(self.fields["method"], self.initial.get("method"))
        keep_choice(self.fields["kind"], self.initial.get("kind"))
        self.offer_kind(self.initial)

    def first_fields(self) -> list[forms.BoundField]:
        """What is asked before the lines."""
        return [self[name] for name in FIRST]

    def other_fields(self) -> list[forms.BoundField]:
        """What is asked behind them."""
        return [field for field in self.visible_fields() if field.name not in FIRST]

    def clean_date(self) -> dt.date:
        """A day that has come; told with what else is wrong, though the operation keeps the rule."""
        day: dt.date = self.cleaned_data["date"]
        if day > self.today:
            raise ValidationError(InTheFuture.message, code=InTheFuture.code)
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("tendered_amount") and not given.get("tendered_currency"):
            self.add_error("tendered_currency", _("Say in which currency it was given."))
        given["tendered"] = read_amount(self, "tendered_amount", given.get("tendered_currency"))
        given["value"] = read_amount(self, "fair_market_value", given.get("currency"))
        given["credited"] = self.credited(given)
        return given

    def head(self) -> dict[str, Any]:
        """What `record_gift` takes, but for the lines."""
        given = self.cleaned_data
        same = {name: given[name] for name in ("kind", "method", "reference", "tendered", "anonymous")}
        same |= {name: given[name].strip() for name in ("description", "in_return")}
        value = given["value"].minor if given["value"] else None
        same |= {"fair_market_value": value, "intangible": given["intangible"]}
        return {**same, **self.soft_credit(), "giving_unit": given["giving_unit"], "on": given["date"]}


class GiftForm(KeyedForm, HeadForm):
    """The head of a new gift."""

    deposit: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        None, label=_("Deposit account"), required=False, empty_label=MAIN_DEPOSIT
    )
    posted_on = DayField(
        label=_("Deposited on"),
        widget=DateInput,
        required=False,
        help_text=_("Only where it differs from the date. It decides the month of the ledger, never the statement."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        cast("forms.ModelChoiceField[Account]", self.fields["deposit"]).queryset = other_deposits(self.today)

    def head(self) -> dict[str, Any]:
        return {**super().head(), **{name: self.cleaned_data[name] for name in ("deposit", "posted_on")}}


def keep_choice(field: Any, value: Any) -> None:
    """Offer the value that stands, also where it came from a file and is none of ours."""
    if value and value not in dict(field.choices):
        field.choices = [(value, value), *field.choices]


class OfferedField(forms.ChoiceField):
    """A designation among those offered, which are read once for all lines. Any other id is refused alike."""

    default_error_messages = {"invalid_choice": _("Select a designation of the list.")}
    offered: Mapping[str, Any]

    def offer(self, offered: Mapping[str, Any]) -> None:
        """Let these be chosen: id → designation with `shown_name`."""
        self.choices = [("", _("Choose…")), *((pk, f"{each.code} {each.shown_name}") for pk, each in offered.items())]
        self.offered = offered

    def clean(self, value: Any) -> Any:
        """The designation, None for an empty choice."""
        return self.offered.get(super().clean(value))


class LineForm(forms.Form):
    """One line of a gift; an empty one is passed over."""

    designation = OfferedField(label=_("Designation"), required=False)
    amount = forms.CharField(label=_("Amount"), max_length=30, required=False, widget=AmountInput())
    intent = forms.CharField(
        label=_("What the giver wrote"), max_length=1000, required=False, help_text=_("Word for word.")
    )

    def __init__(self, *args: Any, offered: Mapping[str, Any], first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(OfferedField, self.fields["designation"]).offer(offered)
        self.fields["designation"].required = self.fields["amount"].required = first

    def clean(self) -> dict[str, Any]:
        """A line that was begun has a designation and an amount."""
        given = super().clean() or {}
        begun = any(given.get(name) for name in self.fields)
        for name, sentence in (("designation", _("Choose a designation.")), ("amount", _("Enter an amount."))):
            if begun and not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return given

    def part(self, currency: str) -> Part | None:
        """The line as the operation takes it; None for an empty one, and for an amount that is none."""
        amount: Money | None = read_amount(self, "amount", currency)
        if amount is None or not self.is_valid():
            return None
        return Part(self.cleaned_data["designation"], amount, self.cleaned_data["intent"])


def designations_offered(seat: Seat, *, also: Collection[int] = ()) -> dict[str, Any]:
    """Designations that are open today, and those that a gift has already or that were sent, by id as the form sends
    it: whether one is open on the day of the gift is judged when it is recorded. One query.
    """
    today = seat.agency.today()
    wanted = Q(opened_on__lte=today) & (Q(closed_on=None) | Q(closed_on__gt=today)) | Q(pk__in=also)
    return {str(each.pk): each for each in Designation.objects.seen_by(seat).filter(wanted)}


def designations_sent(sent: Mapping[str, str]) -> set[int]:
    """The ids of designations that lines carry, whatever they are."""
    ids = {value for name, value in sent.items() if name.startswith("lines-") and name.endswith("-designation")}
    return {int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 19}


class BaseLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of a gift. The first one is not optional."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "first": index == 0}

    def parts(self, currency: str) -> list[Part]:
        """The lines that were filled in. What is wrong stands on its line: look at `is_sound` afterwards."""
        found = (form.part(currency) for form in self.forms)
        return [part for part in found if part is not None]

    @property
    def is_sound(self) -> bool:
        """Whether no line has a mistake, also after `parts`."""
        return not self.non_form_errors() and not any(form.errors for form in self.forms)


def lines_formset(extra: int) -> Any:
    """The formset with this many empty lines."""
    return forms.formset_factory(
        LineForm, BaseLines, extra=extra, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
    )


class CorrectionForm(KeyedForm):
    """Why a gift is wrong, and whether something stands in its place."""

    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("It stands in the ledger for good."))
    how = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (REPLACE, _("Replace it: reverse it whole and record it as below")),
            (WITHDRAW, _("Withdraw it: reverse it whole, nothing in its place")),
        ],
        widget=forms.RadioSelect,
        initial=REPLACE,
    )


class WithdrawForm(KeyedForm):
    """Withdrawing alone, for what cannot be recorded anew by hand: refunds."""

    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("It stands in the ledger for good."))


class RefundForm(KeyedForm):
    """Money that goes back."""

    amount = forms.CharField(label=_("Amount"), max_length=30)
    on = DayField(label=_("Date"), widget=DateInput)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=capitalized((kind.value, kind.label) for kind in (Gift.Kind.REFUND, Gift.Kind.CHARGEBACK)),
        widget=forms.RadioSelect,
        initial="refund",
    )
    reason = forms.CharField(label=_("Reason"), max_length=250)

    def __init__(self, *args: Any, gift: Gift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gift = gift
        self.fields["amount"].widget = AmountInput(currency=gift.currency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", self.gift.currency)
        return given


class FindGiverForm(forms.Form):
    """Who gave: by name, e-mail, telephone or number."""

    q = forms.CharField(
        label=_("Name, e-mail, phone or number"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
