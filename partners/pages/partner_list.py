"""Rows of the list of partners, on the screen and in files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from partners.models import Partner
from partners.pages.words import unbroken
from partners.queries.figures import Figures, figures_of


@dataclass(frozen=True)
class PartnerRow:
    """A row of the list."""

    name: str
    url: str
    kind: str
    last_gift: str
    promised: list[str]
    this_year: list[str]


def partner_rows(seat: Seat, partners: Sequence[Any]) -> list[PartnerRow]:
    """Rows for the screen: two queries more, whatever their number."""
    figures = figures_of(seat, [each.pk for each in partners])
    return [partner_row(seat.agency, each, figures.get(each.pk, Figures())) for each in partners]


def partner_row(agency: Agency, each: Any, figures: Figures) -> PartnerRow:
    """One partner in words."""
    return PartnerRow(
        name=each.name,
        url=reverse("partner", args=[agency.slug, each.pk]),
        kind=capfirst(str(Partner.Kind(each.kind).label)),
        last_gift=unbroken(day_in_words(agency, figures.last_gift)) if figures.last_gift else "",
        promised=[f"{amount.format(agency.locale)} {often}" for amount, often in figures.promised],
        this_year=[amount.format(agency.locale) for amount in figures.this_year],
    )


def header(seat: Seat) -> list[str]:
    """The columns of the file: those of the screen, the number of the record before and its address behind."""
    amounts = [_("Last gift"), _("Commitment"), _("This year")] if seat.can("partners.amounts") else []
    return [_("ID"), _("Name"), _("Kind"), *amounts, _("Link")]


def cells(seat: Seat, partners: Sequence[Any], site: str) -> list[list[Cell]]:
    """Rows for the file. Amounts carry their currency, for a partner may have several."""
    figures = figures_of(seat, [each.pk for each in partners])
    return [row_of_cells(seat, each, figures.get(each.pk, Figures()), site) for each in partners]


def row_of_cells(seat: Seat, each: Any, figures: Figures, site: str) -> list[Cell]:
    """One partner in cells."""
    amounts: list[Cell] = [
        figures.last_gift,
        "; ".join(f"{exact(amount)} {often}" for amount, often in figures.promised),
        "; ".join(exact(amount) for amount in figures.this_year),
    ]
    link = site + reverse("partner", args=[seat.agency.slug, each.pk])
    shown = amounts if seat.can("partners.amounts") else []
    return [each.pk, each.name, capfirst(str(Partner.Kind(each.kind).label)), *shown, link]


def exact(amount: Money) -> str:
    """An amount for machines: "1240.00 USD"."""
    return f"{amount.decimal_string()} {amount.currency}"
