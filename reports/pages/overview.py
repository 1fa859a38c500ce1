"""The statements of a year at a glance: who gets one, who gets none and why, and that it all adds up."""

from dataclasses import dataclass

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from core.money import Money
from reports.models import StatementIssue
from reports.queries.givers import TO_LOOK_AT, WITHOUT, Givers
from reports.queries.standing import Standing


@dataclass(frozen=True)
class Reason:
    """A reason, how many giving units it holds for, and the page that lists them."""

    label: str
    number: str
    url: str


@dataclass(frozen=True)
class SumRow:
    """A line of the sums of a currency."""

    label: str
    amount: str


@dataclass(frozen=True)
class SumTable:
    """What the gift lines of one currency add up to, by what becomes of them."""

    currency: str
    rows: list[SumRow]
    total: str


@dataclass(frozen=True)
class GiverRow:
    """A giving unit in a list."""

    name: str
    url: str
    amounts: list[str]
    number: str
    issued: str


def counted(agency: Agency, number: int) -> str:
    """A number as the agency writes it."""
    return str(format_decimal(number, locale=agency.locale))


def exceptions(agency: Agency, year: int, found: Givers, labels: dict[str, str]) -> list[Reason]:
    """The reasons that hold for somebody, in their order."""
    return [
        Reason(
            str(label),
            counted(agency, len(found.group(reason))),
            reverse("statement_list", args=[agency.slug, year, reason.replace("_", "-")]),
        )
        for reason, label in labels.items()
        if found.group(reason)
    ]


def without(agency: Agency, year: int, found: Givers) -> list[Reason]:
    """Who gets none, and why."""
    return exceptions(agency, year, found, WITHOUT)


def to_look_at(agency: Agency, year: int, found: Givers) -> list[Reason]:
    """Who gets one, but should be looked at first."""
    return exceptions(agency, year, found, TO_LOOK_AT)


def sum_tables(agency: Agency, totals: dict[str, dict[str, Money]]) -> list[SumTable]:
    """Per currency: what stands on statements, what is left out and why, and all gift lines of the year."""
    return [
        SumTable(
            currency,
            [
                SumRow(str(Standing(standing).label), parts[standing].format(agency.locale))
                for standing in Standing.values
                if standing in parts
            ],
            sum(parts.values(), start=Money(0, currency)).format(agency.locale),
        )
        for currency, parts in totals.items()
    ]


def giver_rows(
    agency: Agency,
    year: int,
    givers: list[tuple[int, str]],
    amounts: dict[int, list[Money]],
    issues: dict[int, StatementIssue],
) -> list[GiverRow]:
    """Rows for giving units, given as id and name."""
    return [
        GiverRow(
            name,
            reverse("statement", args=[agency.slug, year, giver]),
            [amount.format(agency.locale) for amount in amounts.get(giver, [])],
            str(issues[giver]) if giver in issues else "",
            day_in_words(agency, issues[giver].issued_on) if giver in issues else _("not issued"),
        )
        for giver, name in givers
    ]
