"""The filter of statement lines."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.queries.statements import NO_NUMBER, AccountFound


class StatementFilter(forms.Form):
    """By account, payout and import."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    payout = forms.CharField(label=_("Payout"), required=False, max_length=80)
    run = forms.IntegerField(label=_("Import"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, accounts: Sequence[AccountFound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((each.account or NO_NUMBER, each.name) for each in accounts)]
        cast(forms.ChoiceField, self.fields["account"]).choices = choices

    def wanted(self) -> dict[str, Any]:
        """The filter, from a valid form."""
        return {name: self.cleaned_data[name] for name in ("account", "payout", "run")}
