"""Deposit accounts and categories of expenses."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField, capitalized
from core.money_forms import currencies
from funds.models import Account

CODE_HINT = _("What your accounting system calls it. It stands in the journals.")


class DepositForm(forms.Form):
    """A new deposit account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    holder = forms.ChoiceField(
        label=_("Where the money lies"), choices=capitalized(Account.Holder.choices), widget=forms.RadioSelect
    )
    institution = forms.CharField(label=_("Bank or processor"), max_length=120, required=False)
    last_digits = forms.CharField(
        label=_("Last four signs of the number"), max_length=4, required=False, help_text=_("Never more of it.")
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, help_text=_("It stays. Without one the account takes any currency.")
    )
    ledger_code = forms.CharField(label=_("Code for accounting"), max_length=40, required=False, help_text=CODE_HINT)

    def __init__(self, *args: Any, base: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["currency"]).choices = [("", _("Any")), *currencies(base)]


class CategoryForm(forms.Form):
    """A new category of expenses."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As in the budgets, so that plan and expense can be compared.")
    )
    ledger_code = forms.CharField(label=_("Code for accounting"), max_length=40, required=False, help_text=CODE_HINT)


class AccountForm(forms.Form):
    """An account as it stands: a deposit account with all but its currency, a category with its name, any other with
    its code alone.
    """

    name = forms.CharField(label=_("Name"), max_length=120)
    holder = forms.ChoiceField(
        label=_("Where the money lies"), choices=capitalized(Account.Holder.choices), required=False
    )
    institution = forms.CharField(label=_("Bank or processor"), max_length=120, required=False)
    last_digits = forms.CharField(label=_("Last four signs of the number"), max_length=4, required=False)
    ledger_code = forms.CharField(label=_("Code for accounting"), max_length=40, required=False, help_text=CODE_HINT)
    closed_on = DayField(
        label=_("Closed from"), widget=DateInput, required=False, help_text=_("Leave it empty while it is open.")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(account, name) for name in self.fields}
        kept = {"deposit": set(self.fields), "expense": {"name", "ledger_code", "closed_on"}}
        for name in set(self.fields) - kept.get(account.kind, {"ledger_code"}):
            del self.fields[name]
