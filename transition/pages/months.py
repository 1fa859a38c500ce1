"""The month ledger in words and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.downloads import Sheet
from agencies.models import Agency
from core.export import Cell
from core.money import Money
from transition.queries.months import Sum

COLUMNS: dict[str, Any] = {
    "before": _("Before"),
    "moved": _("Moved"),
    "stayed": _("Stayed"),
    "lost": _("Lost"),
    "pending": _("Pending"),
    "new": _("New"),
}
RULE = (
    _("Before = moved + stayed + lost + pending, in every month and currency, to the cent."),
    _(
        "Before is what the commitments of opened waves promised on the day of the opening, as the part that falls on "
        "the month: $100 a quarter is $33.33, $33.33 and $33.34."
    ),
    _("Moved: promised to the unit now, and a gift has come for it. Until the first gift it is pending."),
    _("Stayed: promised to the worker's account still, as the giver was silent, declined, or was not asked."),
    _("Lost: promised no more. Of $100 that became $60, 60 moved and 40 are lost."),
    _("New: promised beyond what was before, or in another currency. It stands outside the sum."),
    _("Each month is looked at on its last day, the present one today. Gifts that came before keep their designation."),
)


@dataclass(frozen=True)
class Figure:
    """A figure; the address leads to the commitments in it, "" where it is nothing."""

    name: str
    label: str
    amount: str
    url: str


@dataclass(frozen=True)
class MonthRow:
    """A month in one currency."""

    month: str
    currency: str
    url: str
    cells: list[Figure]


def month_in_words(agency: Agency, month: date) -> str:
    """ "Nov 2026"."""
    return str(format_date(month, "MMM y", locale=agency.locale))


def month_rows(agency: Agency, plan_id: int, months: Mapping[date, Mapping[str, Sum]]) -> list[MonthRow]:
    """The ledger, the newest month first."""
    return [
        MonthRow(
            month_in_words(agency, month),
            currency,
            month_url(agency, plan_id, month, currency),
            cells(agency, plan_id, month, currency, row),
        )
        for month, sums in sorted(months.items(), reverse=True)
        for currency, row in sums.items()
    ]


def month_url(agency: Agency, plan_id: int, month: date, currency: str, part: str = "") -> str:
    """The page of the commitments behind a figure."""
    path = reverse("transition_month", args=[agency.slug, plan_id, month.year, month.month])
    return f"{path}?currency={currency}" + (f"&part={part}" if part else "")


def cells(agency: Agency, plan_id: int, month: date, currency: str, row: Sum) -> list[Figure]:
    """The figures of one month and currency."""
    return [
        Figure(
            name,
            str(label),
            Money(getattr(row, name), currency).format(agency.locale),
            month_url(agency, plan_id, month, currency, name) if getattr(row, name) else "",
        )
        for name, label in COLUMNS.items()
    ]


@dataclass(frozen=True)
class Glance:
    """This month in one currency, as `components/tiles.html` shows it."""

    currency: str
    tiles: list[dict[str, str]]


def glances(agency: Agency, plan_id: int, month: date, sums: Mapping[str, Sum]) -> list[Glance]:
    """This month at a glance, each currency by itself, the base currency first; one that is only new has no share."""
    codes = sorted(sums, key=lambda code: (code != agency.base_currency, code))
    return [Glance(code, tiles(agency, plan_id, month, code, sums[code])) for code in codes]


def tiles(agency: Agency, plan_id: int, month: date, currency: str, row: Sum) -> list[dict[str, str]]:
    """The parts of one currency. What is new stands here where nothing was before, and else in the table below."""
    names = [name for name in COLUMNS if (name == "new") != bool(row.before)]
    shown = {name: Money(getattr(row, name), currency) for name in names}
    return [
        {
            "label": str(COLUMNS[name]),
            "value": money.format(agency.locale),
            "meta": share(money.minor, row.before) if name not in ("before", "new") else "",
            "url": month_url(agency, plan_id, month, currency, name) if money.minor else "",
        }
        for name, money in shown.items()
    ]


def share(part: int, whole: int) -> str:
    """A part in whole percent, "" of nothing."""
    return f"{part * 100 // whole}%" if whole else ""


def month_sheet(plan_id: int, months: Mapping[date, Mapping[str, Sum]]) -> Sheet:
    """The ledger as a file, the oldest month first."""
    rows: list[tuple[Cell, ...]] = [
        (
            f"{month:%Y-%m}",
            currency,
            *(Money(getattr(row, name), currency).decimal for name in COLUMNS),
        )
        for month, sums in sorted(months.items())
        for currency, row in sums.items()
    ]
    return Sheet(f"transition-{plan_id}", ("month", "currency", *COLUMNS), rows)
