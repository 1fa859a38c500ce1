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
from partners.queries.relationships import Relationship, relationships_of


@dataclass(frozen=True)
class PartnerRow:
    """A row of the list."""

    pk: int
    name: str
    url: str
    panel_url: str
    kind: str
    by: list[str]
    stages: list[str]
    last_contact: str
    last_gift: str
    promised: list[str]
    this_year: list[str]


def partner_rows(seat: Seat, partners: Sequence[Any]) -> list[PartnerRow]:
    """Rows for the screen: five queries more, whatever their number."""
    ids = [each.pk for each in partners]
    figures, known = figures_of(seat, ids), relationships_of(seat, ids)
    return [
        partner_row(seat.agency, each, figures.get(each.pk, Figures()), known.get(each.pk, Relationship()))
        for each in partners
    ]


def partner_row(agency: Agency, each: Any, figures: Figures, known: Relationship) -> PartnerRow:
    """One partner in words."""
    return PartnerRow(
        pk=each.pk,
        name=each.name,
        url=reverse("partner", args=[agency.slug, each.pk]),
        panel_url=reverse("partner_panel", args=[agency.slug, each.pk]),
        kind=capfirst(str(Partner.Kind(each.kind).label)),
        by=known.by,
        stages=known.stages,
        last_contact=unbroken(day_in_words(agency, known.last_contact)) if known.last_contact else "",
        last_gift=unbroken(day_in_words(agency, figures.last_gift)) if figures.last_gift else "",
        promised=[f"{amount.format(agency.locale)} {often}" for amount, often in figures.promised],
        this_year=[amount.format(agency.locale) for amount in figures.this_year],
    )


def header(seat: Seat) -> list[str]:
    """The columns of the file: those of the screen, the number of the record before and its address behind."""
    amounts = [_("Last gift"), _("Commitment"), _("This year")] if seat.can("partners.amounts") else []
    return [_("ID"), _("Name"), _("Kind"), _("Partner by"), _("Stage"), _("Last contact"), *amounts, _("Link")]


def cells(seat: Seat, partners: Sequence[Any], site: str) -> list[list[Cell]]:
    """Rows for the file. Amounts carry their currency, for a partner may have several."""
    ids = [each.pk for each in partners]
    figures, known = figures_of(seat, ids), relationships_of(seat, ids)
    return [
        row_of_cells(seat, each, figures.get(each.pk, Figures()), known.get(each.pk, Relationship()), site)
        for each in partners
    ]


def row_of_cells(seat: Seat, each: Any, figures: Figures, known: Relationship, site: str) -> list[Cell]:
    """One partner in cells."""
    amounts: list[Cell] = [
        figures.last_gift,
        "; ".join(f"{exact(amount)} {often}" for amount, often in figures.promised),
        "; ".join(exact(amount) for amount in figures.this_year),
    ]
    link = site + reverse("partner", args=[seat.agency.slug, each.pk])
    shown = amounts if seat.can("partners.amounts") else []
    kind, by, stages = capfirst(str(Partner.Kind(each.kind).label)), "; ".join(known.by), "; ".join(known.stages)
    return [each.pk, each.name, kind, by, stages, known.last_contact, *shown, link]


def exact(amount: Money) -> str:
    """An amount for machines: "1240.00 USD"."""
    return f"{amount.decimal_string()} {amount.currency}"
