"""One budget line: what it says, and in which months its amount falls."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from babel.dates import format_date
from django import forms
from django.utils.translation import gettext_lazy as _

from budgets import phasing
from budgets.models import Line
from core.forms import AmountInput, asked, capitalized
from core.money import Money
from core.money_forms import read_amount
from ssu.models import Worker

WHOLE, QUARTERS, MONTHS, AS_BEFORE = "whole", "quarters", "months", "as_before"
SPREADS: Final = [
    (WHOLE, _("Evenly over the year")),
    (QUARTERS, _("By quarter")),
    (MONTHS, _("By month")),
]
KEPT: Final = (AS_BEFORE, _("As it is now, in proportion"))


class LineFields(forms.Form):
    """What a line says, apart from its months. `owners` are those who may look after it; the amount is in the budget's
    currency, and `money` is what was typed, exact.
    """

    impact = forms.CharField(
        label=_("What it makes possible"),
        max_length=250,
        help_text=_("In words a partner understands, for example: Sign-language lessons for forty families"),
    )
    category = forms.CharField(label=_("Category"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalized(Line.Kind.choices))
    amount = forms.CharField(label=_("Amount for the year"), max_length=30)
    priority = forms.IntegerField(
        label=_("Priority"), min_value=1, max_value=32767, initial=1, help_text=_("1 is covered first")
    )
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)

    def __init__(self, *args: Any, currency: str, owners: Mapping[int, Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.owners = currency, owners
        self.fields["amount"].widget = AmountInput(currency=currency)
        names = [(str(pk), getattr(each, "shown_name", str(each))) for pk, each in owners.items()]
        self.fields["owner"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["money"] = read_amount(self, "amount", self.currency)
        if given["money"] is not None and given["money"].minor <= 0:
            self.add_error("amount", _("Enter an amount above zero."))
        return given

    @property
    def said(self) -> dict[str, Any]:
        """What the operations take of a line; the months are not among it."""
        given = self.cleaned_data
        named = {name: given[name] for name in ("impact", "category", "kind", "priority")}
        return named | {"amount": given["money"], "owner": self.owners.get(int(given["owner"] or 0))}


class LineForm(LineFields):
    """One line with its months. `months` are the first days of the twelve months; `line` the one that is changed."""

    spread = forms.ChoiceField(label=_("When it is needed"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, months: Sequence[date], locale: str, line: Line | None = None, **kwargs: Any
    ) -> None:
        if line is not None:
            kwargs["initial"] = initial_of(line, kwargs["currency"]) | {"spread": AS_BEFORE}
        super().__init__(*args, **kwargs)
        self.fields["spread"].choices = [*([KEPT] if line else []), *SPREADS]  # type: ignore[attr-defined]
        if line is None:
            self.fields["spread"].initial = WHOLE
        self.parts = {QUARTERS: [f"quarter_{n}" for n in range(1, 5)], MONTHS: [f"month_{n}" for n in range(1, 13)]}
        amounts = line.months if line else [0] * phasing.MONTHS
        for n, first in enumerate(months):
            self.add_part(f"month_{n + 1}", format_date(first, "MMM y", locale=locale), amounts[n])
        for n in range(4):
            last = months[n * 3 + 2]
            name = f"{format_date(months[n * 3], 'MMM', locale=locale)} – {format_date(last, 'MMM y', locale=locale)}"
            self.add_part(f"quarter_{n + 1}", name, sum(amounts[n * 3 : n * 3 + 3]))

    def add_part(self, name: str, label: str, minor: int) -> None:
        """A field for a part of the year, empty where nothing falls into it."""
        shown = Money(minor, self.currency).decimal_string() if minor else ""
        widget = AmountInput(currency=self.currency)
        field = forms.CharField(label=label, required=False, max_length=30, initial=shown, widget=widget)
        self.fields[name] = asked(field)

    @property
    def quarters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.parts[QUARTERS]]

    @property
    def each_month(self) -> list[forms.BoundField]:
        return [self[name] for name in self.parts[MONTHS]]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        spread, money = given.get("spread"), given.get("money")
        given["months"] = None
        if money is None:
            return given
        if spread == WHOLE:
            given["months"] = phasing.evenly(money.minor)
        elif spread in self.parts:
            amounts = self.amounts(self.parts[spread])
            if amounts is not None and self.adds_up(money, amounts):
                given["months"] = phasing.by_quarters(amounts) if spread == QUARTERS else amounts
        return given

    def amounts(self, names: Sequence[str]) -> list[int] | None:
        """The parts in minor units, what is empty as nothing; None where one is wrong, with that on its field."""
        found = [read_amount(self, name, self.currency) for name in names]
        for name, money in zip(names, found, strict=True):
            if money is not None and money.minor < 0:
                self.add_error(name, _("Write an amount that is not below zero."))
        return None if any(name in self.errors for name in names) else [each.minor if each else 0 for each in found]

    def adds_up(self, money: Money, amounts: Sequence[int]) -> bool:
        """Whether the parts are the amount; what is missing or too much stands beside the choice."""
        over = sum(amounts) - money.minor
        if over:
            said = _("The parts add up to %(sum)s, which is %(over)s too much. Change one of them, or the amount.")
            if over < 0:
                said = _("The parts add up to %(sum)s: %(over)s is missing. Change one of them, or the amount.")
            told = {"sum": Money(sum(amounts), money.currency), "over": Money(abs(over), money.currency)}
            words = {name: f"{each.decimal_string()} {each.currency}" for name, each in told.items()}
            self.add_error("spread", said % words)
        return not over

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"months": self.cleaned_data["months"]}


def initial_of(line: Line, currency: str) -> dict[str, Any]:
    """A line as its fields show it."""
    return {
        "impact": line.impact,
        "category": line.category,
        "kind": line.kind,
        "amount": Money(line.amount, currency).decimal_string(),
        "priority": line.priority,
        "owner": str(line.owner_id or ""),
    }
