"""What a report shows: columns, rows, sums. Words for people and values for files and programs stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django.http import QueryDict
from django.urls import reverse

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell as Value
from core.money import Money, exponent
from partners.pages.words import unbroken

MANY = 12
"""More columns than this are set small, so that fourteen months fit a usual screen."""


@dataclass(frozen=True)
class Column:
    """A column; one with `sort` orders the report by it."""

    key: str
    label: str
    numeric: bool = False
    sort: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: words with an address, and the value that files and programs get. `full` is what short words mean."""

    words: str
    value: Value
    url: str = ""
    kind: str = ""
    full: str = ""

    @property
    def plain(self) -> str | None:
        """The value as programs read it."""
        if self.value is None:
            return None
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)


@dataclass(frozen=True)
class Row:
    """A line of a report. `pk` and `url` lead to what it is about; `act` is what can be done with it."""

    cells: Sequence[Cell]
    pk: int | None = None
    url: str = ""
    act: str = ""


@dataclass(frozen=True)
class Sums:
    """The last lines: the sums of all pages."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A report, or a page of it. `sums` have a cell for each column but the first."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    sums: Sequence[Sums] = ()
    finding: str = ""
    charts: Sequence[Any] = field(default_factory=tuple)

    @property
    def is_many(self) -> bool:
        """Whether so many columns stand beside each other that their figures are set smaller."""
        return len(self.columns) > MANY

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, Column]]]]:
        """Each row with its cells beside their columns, as the template draws them."""
        return [(row, list(zip(row.cells, self.columns, strict=True))) for row in self.rows]

    @property
    def last_lines(self) -> list[tuple[Sums, list[tuple[Cell, Column]]]]:
        """The same for the sums, whose label stands under the first column."""
        return [(each, list(zip(each.cells, self.columns[1:], strict=True))) for each in self.sums]


@dataclass(frozen=True)
class Ways:
    """How figures lead to what is behind them: the addresses of a report with the filter of the page."""

    seat: Seat
    report: str
    query: str

    @property
    def agency(self) -> Agency:
        return self.seat.agency

    def behind(self, figure: str, *, giver: int | None = None, currency: str = "") -> str:
        """The lines behind a figure, of one giver or of all, in one currency."""
        more = {"figure": figure, "giver": "" if giver is None else str(giver), "of": currency}
        address = reverse("giving_behind", args=[self.agency.slug, self.report])
        return f"{address}?{joined(self.query, more)}"

    def narrowed(self, **more: str) -> str:
        """The filter of the page with other values for some of its parameters."""
        query = QueryDict(self.query, mutable=True)
        for name, value in more.items():
            query[name] = value
        return str(query.urlencode())

    def page(self, page: str, **more: str) -> str:
        """Another report with the same filter, and other values for some of its parameters."""
        return f"{reverse(page, args=[self.agency.slug])}?{self.narrowed(**more)}"

    def money(self, minor: int, currency: str, url: str = "", kind: str = "") -> Cell:
        """An amount."""
        amount = Money(minor, currency)
        return Cell(unbroken(amount.format(self.agency.locale)), amount.decimal, url if minor else "", kind)

    def short_money(self, minor: int, currency: str, url: str = "", kind: str = "") -> Cell:
        """An amount in a narrow column, beside one that names the currency: without its sign, and without decimals that
        are all zero. Nothing is rounded.
        """
        amount = Money(minor, currency)
        places = exponent(currency)
        whole = not minor % 10**places
        form = "#,##0" if whole else f"#,##0.{'0' * places}"
        words = format_decimal(amount.decimal, format=form, locale=self.agency.locale)
        full = unbroken(amount.format(self.agency.locale))
        return Cell(unbroken(words), amount.decimal, url if minor else "", kind, full)

    def number(self, number: int, url: str = "") -> Cell:
        """How many."""
        return Cell(format_decimal(number, locale=self.agency.locale), number, url if number else "")

    def day(self, day: date | None) -> Cell:
        """A day."""
        return Cell(unbroken(day_in_words(self.agency, day)) if day else "", day)


def joined(query: str, more: dict[str, str]) -> str:
    """A query string and what comes to it."""
    added = urlencode({name: value for name, value in more.items() if value})
    return "&".join(part for part in (query, added) if part)
