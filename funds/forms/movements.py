"""Opening balances, transfers, expenses."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import AmountInput, DateInput, DayField, SizedFile
from core.money_forms import KeyedForm, currencies, read_amount
from funds.models import Account, Designation
from funds.queries import deposit_account
from imports.reading.sheets import MAX_LIST_BYTES


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A designation by its code and the name that its reader may know."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.shown_name}"


def accounts(kind: str) -> Any:
    """Accounts of a kind, by name; whether one is open on the day is judged when money is posted."""
    return Account.objects.filter(kind=kind).order_by("name")


class MoneyForm(KeyedForm):
    """An amount in a currency; `money` is what was typed, exact."""

    amount = forms.CharField(label=_("Amount"), max_length=30, widget=AmountInput(currency_field="currency"))
    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = seat.agency.today()
        cast(forms.ChoiceField, self.fields["currency"]).choices = currencies(seat.agency.base_currency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", given.get("currency"))
        return given

    def said(self, *names: str) -> dict[str, Any]:
        """What an operation takes, with the amount and the key."""
        given = self.cleaned_data
        return {**{name: given[name] for name in names}, "amount": given["money"], "key": given["key"]}


class OpeningForm(MoneyForm):
    """What a designation held before."""

    on = DayField(label=_("Date"), widget=DateInput, help_text=_("The day on which it held this."))
    deposit: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        None, label=_("Where the money lies"), empty_label=None
    )
    reason = forms.CharField(label=_("Note"), max_length=250, required=False)
    field_order = ("amount", "currency", "on", "deposit", "reason")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        self.fields["amount"].help_text = _("Below zero for a deficit, like -250.00.")
        deposit_account()
        cast(Any, self.fields["deposit"]).queryset = accounts(Account.Kind.DEPOSIT)


class OriginForm(forms.Form):
    """From which designation, in which currency: then the page says how much may move."""

    origin = NamedField(None, label=_("From"))
    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["origin"]).queryset = Designation.objects.seen_by(seat)
        cast(forms.ChoiceField, self.fields["currency"]).choices = currencies(seat.agency.base_currency)


class TransferForm(MoneyForm):
    """A transfer from a designation that was chosen before."""

    destination = NamedField(None, label=_("To"))
    on = DayField(label=_("Effective on"), widget=DateInput)
    resolution = forms.CharField(
        label=_("The board's resolution"), max_length=120, help_text=_("Its number or title, as in the minutes.")
    )
    resolved_on = DayField(label=_("Resolved on"), widget=DateInput)
    reason = forms.CharField(label=_("Note"), max_length=250, required=False)
    field_order = ("destination", "amount", "currency", "on", "resolution", "resolved_on", "reason")

    def __init__(self, *args: Any, seat: Seat, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        cast(Any, self.fields["destination"]).queryset = Designation.objects.seen_by(seat).open_on(self.today)
        cast(forms.ChoiceField, self.fields["currency"]).choices = [(currency, currency)]


class ExpenseForm(MoneyForm):
    """What a designation spent."""

    designation = NamedField(None, label=_("Designation"))
    category: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(None, label=_("Category"))
    paid_from: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(None, label=_("Paid from"), empty_label=None)
    on = DayField(label=_("Date"), widget=DateInput, help_text=_("The day on which it was paid."))
    payee = forms.CharField(label=_("Paid to"), max_length=120, required=False)
    description = forms.CharField(label=_("What for"), max_length=250, required=False)
    reference = forms.CharField(label=_("Receipt or document number"), max_length=80, required=False)
    field_order = ("designation", "category", "amount", "currency", "on", "paid_from", "payee", "description")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        deposit_account()
        cast(Any, self.fields["designation"]).queryset = Designation.objects.seen_by(seat)
        cast(Any, self.fields["category"]).queryset = accounts(Account.Kind.EXPENSE)
        cast(Any, self.fields["paid_from"]).queryset = accounts(Account.Kind.DEPOSIT)


class ExpenseFileForm(forms.Form):
    """The file alone."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, up to 8 MB. Either all of it comes in, or nothing."),
        widget=SizedFile(MAX_LIST_BYTES, {"accept": ".csv,.xlsx"}),
    )


class RuleForm(forms.Form):
    """A rule of assessment."""

    name = forms.CharField(label=_("Name"), max_length=80)
    percent = forms.DecimalField(
        label=_("Percent"), max_digits=7, decimal_places=4, help_text=_("Of what is given. Like 10 or 7.5.")
    )
    kind = forms.ChoiceField(
        label=_("Of designations of a kind"), required=False, choices=[("", _("All")), *Designation.Kind.choices]
    )
    designation = NamedField(
        None, label=_("Of one designation"), required=False, help_text=_("It goes before a rule for a kind or for all.")
    )
    destination = NamedField(None, label=_("Goes to"))
    starts_on = DayField(label=_("From"), widget=DateInput)
    ends_on = DayField(label=_("Last day"), widget=DateInput, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("designation", "destination"):
            cast(Any, self.fields[name]).queryset = Designation.objects.seen_by(seat)


class RuleEndForm(forms.Form):
    """The last day of a rule."""

    ends_on = DayField(label=_("Last day"), widget=DateInput)
