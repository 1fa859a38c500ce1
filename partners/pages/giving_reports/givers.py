"""The reports with a line per giver and currency, as tables."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from core.money import Money
from partners.forms.giving_reports import COLUMNS, Asked
from partners.pages.giving_reports.tables import Cell, Column, Row, Sums, Table, Ways
from partners.queries.giving_reports.beside import Beside, beside
from partners.queries.giving_reports.figures import Question
from partners.queries.giving_reports.givers import GiverRows
from partners.queries.giving_reports.lines import ANONYMOUS, UNIDENTIFIED, Span

SIGNED = frozenset({"change"})
MONTH = re.compile(r"\d{4}-\d{2}")
"""Figures of single months: fourteen heads to sort by would be noise."""


def giver_table(seat: Seat, ways: Ways, found: GiverRows, asked: Asked, rows: Sequence[Any]) -> Table:
    """A page of a report, its sums those of all pages. At most four queries, however many rows."""
    question, more = found.question, [name for name in COLUMNS if name in asked.columns]
    span, ids = soft_span(question) if "soft" in more else None, {row["giver"] for row in rows}
    known = beside(seat, question, ids, span, lasts="latest" in more)
    shown = [giver_row(ways, question, more, row, known[row["giver"]]) for row in rows]
    number = found.givers
    words = ngettext("%(number)s giver", "%(number)s givers", number) % {"number": number}
    return Table(columns(question, more), shown, sums(ways, found, more), finding=words)


def columns(question: Question, more: Sequence[str]) -> list[Column]:
    """Who, in which currency, the figures, and what was chosen to stand beside them."""
    figures = [
        Column(each.key, each.label, numeric=True, sort="" if MONTH.fullmatch(each.key) else each.key)
        for each in question.figures
    ]
    beside_them = [Column(name, str(COLUMNS[name]), numeric=name == "soft") for name in more]
    return [Column("giver", _("Giver"), sort="giver"), Column("currency", _("Currency")), *figures, *beside_them]


def soft_span(question: Question) -> Span:
    """The days over which soft credits are told: those of the main figure's first term."""
    return question.size().terms[0][1]


def giver_row(ways: Ways, question: Question, more: Sequence[str], row: dict[str, Any], known: Beside) -> Row:
    """One giver in one currency."""
    giver, currency = row["giver"], row["currency"]
    url = reverse("partner", args=[ways.agency.slug, giver]) if giver > 0 else ""
    figures = [figure_cell(ways, each.key, row["figures"][each.key], giver, currency) for each in question.figures]
    name = name_of(giver, known)
    cells = [Cell(name, name, url), Cell(currency, currency), *figures]
    return Row(
        [*cells, *(beside_cell(ways, each, known, giver, currency) for each in more)], max(giver, 0) or None, url
    )


def name_of(giver: int, known: Beside) -> str:
    """What the reader may call a giver."""
    return {ANONYMOUS: _("Anonymous givers"), UNIDENTIFIED: _("Not identified yet")}.get(giver, known.name)


def figure_cell(ways: Ways, key: str, minor: int, giver: int, currency: str) -> Cell:
    """A sum that leads to its lines; a hole is a dash."""
    if not minor:
        return Cell("–", Money(0, currency).decimal, kind="hole")
    kind = "minus" if minor < 0 else ""
    cell = money_of(ways, key)(minor, currency, ways.behind(key, giver=giver, currency=currency), kind)
    return Cell(f"+{cell.words}", cell.value, cell.url) if key in SIGNED and minor > 0 else cell


def money_of(ways: Ways, key: str) -> Callable[..., Cell]:
    """How the amounts of a column are written: fourteen months stand beside each other when they are short."""
    return ways.short_money if MONTH.fullmatch(key) else ways.money


def beside_cell(ways: Ways, name: str, known: Beside, giver: int, currency: str) -> Cell:
    """What stands beside the figures."""
    if name == "latest":
        return ways.day(known.last)
    if name == "kind":
        return Cell(capfirst(known.kind), capfirst(known.kind))
    if name == "promised":
        said = ", ".join(f"{money.format(ways.agency.locale)} {often}" for money, often in known.promised[currency])
        return Cell(said, said, kind="told")
    return ways.money(known.soft[currency], currency, ways.behind("soft", giver=giver, currency=currency))


def sums(ways: Ways, found: GiverRows, more: Sequence[str]) -> list[Sums]:
    """The sums of all pages, each currency by itself."""
    shown = []
    for total in found.totals:
        code = total.currency
        figures = [
            money_of(ways, key)(minor, code, ways.behind(key, currency=code)) for key, minor in total.figures.items()
        ]
        shown.append(Sums(_("Total"), [Cell(code, code), *figures, *(Cell("", None) for _name in more)]))
    return shown
