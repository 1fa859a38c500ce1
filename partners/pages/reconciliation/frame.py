"""What stands around every page of matching with the bank: the period, the figures, the lists beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from funds.models import Account
from partners.forms.reconciliation import PeriodForm, usual_first
from partners.memos import HiddenNames
from partners.pages.statements import names_kept_from
from partners.queries.reconciliation.accounts import BankAccount, bank_accounts
from partners.queries.reconciliation.figures import Figures, figures
from partners.queries.reconciliation.lines import Wanted, days_told, unmatched, wanted_lines

PARTS = ("deposit", "currency", "first", "last")
"""What of the address says the period: it goes along from list to list."""


@dataclass(frozen=True)
class FigureRow:
    """One deposit account and currency, in words."""

    account: str
    url: str
    currency: str
    at_bank: str
    gifts: str
    fees: str
    aside: str
    unmatched: str
    open_lines: str
    posted: str
    not_at_bank: str
    open_items: str


@dataclass
class Desk:
    """A period at the bank and in the books, asked for by one seat. What is asked is asked once."""

    seat: Seat
    query: QueryDict
    accounts: list[BankAccount] = field(init=False)
    deposits: list[Account] = field(init=False)
    form: PeriodForm = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = bank_accounts()
        self.deposits = list(Account.objects.filter(kind=Account.Kind.DEPOSIT).order_by("name", "pk"))
        self.form = PeriodForm(self.query, deposits=self.deposits, first=usual_first(days_told()))

    @cached_property
    def wanted(self) -> Wanted:
        """The period; everything where the form is wrong."""
        return self.form.wanted() if self.form.is_valid() else Wanted()

    @cached_property
    def figures(self) -> list[Figures]:
        """By deposit account and currency."""
        return figures(self.wanted, self.accounts, self.deposits)

    @cached_property
    def hidden(self) -> HiddenNames:
        """The names that this seat may not read."""
        return names_kept_from(self.seat)

    @cached_property
    def earlier(self) -> int:
        """How many lines before the period are not matched yet."""
        if self.wanted.first is None:
            return 0
        before = Wanted(deposit_id=self.wanted.deposit_id, currency=self.wanted.currency)
        return int(unmatched(wanted_lines(before, self.accounts)).filter(date__lt=self.wanted.first).count())

    @property
    def deposit_of(self) -> dict[str, Account]:
        """Account of statements → deposit account."""
        return {each.account: each.deposit for each in self.accounts}

    def url(self, page: str, **changes: Any) -> str:
        """A page of the same period."""
        kept = {name: self.form.data.get(name) for name in PARTS} | changes
        query = urlencode({name: value for name, value in kept.items() if value not in (None, "")})
        if "first" not in kept or kept["first"] in (None, ""):
            query += "&first="  # all there is, which is not the usual period
        return f"{reverse(page, args=[self.seat.agency.slug])}?{query}"

    def day(self, day: Any) -> str:
        """A day in words."""
        return day_in_words(self.seat.agency, day)

    def money(self, minor: int, currency: str) -> str:
        """An amount in words."""
        return Money(minor, currency).format(self.seat.agency.locale)

    def number(self, number: int) -> str:
        """A count in words."""
        return str(format_decimal(number, locale=self.seat.agency.locale))

    def shown(self, text: str) -> str:
        """What somebody wrote, unless it names a closed unit."""
        return _("kept back") if self.hidden.found_in(text) else text

    def tabs(self, page: str) -> list[dict[str, Any]]:
        """The three lists beside each other, with what is to do in the first two."""
        lines = sum(each.open_lines for each in self.figures)
        items = sum(each.open_items for each in self.figures)
        named = (
            (_("At the bank, not matched"), "reconcile", lines),
            (_("Posted, not at the bank"), "reconcile_books", items),
            (_("Matched"), "reconcile_matched", None),
        )
        return [
            {"label": label, "url": self.url(name), "current": name == page, "count": count}
            for label, name, count in named
        ]

    def frame(self, page: str) -> dict[str, Any]:
        """What every template takes."""
        wanted = self.wanted
        return {
            "form": self.form,
            "lists": self.tabs(page),
            "figures": [self.figure_row(each, page) for each in self.figures],
            "statement_url": self.url("reconcile_statement"),
            "accounts_url": reverse("reconcile_accounts", args=[self.seat.agency.slug]),
            "earlier": self.number(self.earlier) if self.earlier else "",
            "earlier_url": self.url(page, first=""),
            "take_url": self.url("reconcile_take"),
            "has_lines": bool(self.accounts),
            "unsaid": any(not each.is_said for each in self.accounts) and len(self.deposits) > 1,
            "first": self.day(wanted.first) if wanted.first else "",
            "last": self.day(wanted.last) if wanted.last else "",
        }

    def figure_row(self, row: Figures, page: str) -> FigureRow:
        """One row of the figures."""

        def money(minor: int) -> str:
            return self.money(minor, row.currency) if minor else ""

        return FigureRow(
            account=row.deposit.name,
            url=self.url(page, deposit=row.deposit.pk, currency=row.currency),
            currency=row.currency,
            at_bank=self.money(row.at_bank, row.currency),
            gifts=money(row.gifts),
            fees=money(row.fees),
            aside=money(row.aside),
            unmatched=money(row.unmatched),
            open_lines=self.number(row.open_lines) if row.open_lines else "",
            posted=self.money(row.posted, row.currency),
            not_at_bank=money(row.not_at_bank),
            open_items=self.number(row.open_items) if row.open_items else "",
        )


def joined(*words: str) -> str:
    """Words with a point between, empty ones left out."""
    return " · ".join(word for word in words if word)


Rows = Sequence[Sequence[Cell]]
