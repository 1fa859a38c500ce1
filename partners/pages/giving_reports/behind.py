"""Explain a number: the formula in words, and the very lines that it is made of, which sum up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from funds.models.discretion import shown_designation_name
from partners.forms.giving_reports import Asked
from partners.models.discretion import shown_giver
from partners.pages.gift_list import line_name
from partners.pages.giving_reports.givers import soft_span
from partners.pages.giving_reports.registry import question_of
from partners.pages.giving_reports.tables import Cell, Column, Row, Sums, Table, Ways
from partners.pages.giving_reports.words import days
from partners.queries.giving_reports.beside import soft_lines
from partners.queries.giving_reports.figures import Figure, Question
from partners.queries.giving_reports.givers import lines_behind

SOFT = "soft"


@dataclass(frozen=True)
class Behind:
    """What is behind a figure: its name, how it is counted, and its lines."""

    label: str
    formula: str
    lines: Any


def behind(seat: Seat, key: str, asked: Asked, figure: str, giver: int | None, currency: str) -> Behind | None:
    """What a figure is made of; None where the report has no such figure."""
    question = question_of(seat, key, asked)
    if question is None:
        return None
    if figure == SOFT:
        return soft_behind(seat, question, giver, currency)
    found = question.figure(figure)
    if found is None:
        return None
    lines = lines_behind(question, found, giver, currency)
    return Behind(found.label, formula(seat, question, found), named(seat, lines))


def soft_behind(seat: Seat, question: Question, giver: int | None, currency: str) -> Behind | None:
    """The gifts of others that are credited to a partner."""
    span = soft_span(question)
    lines = soft_lines(seat, question.wanted, span).filter(gift__soft_partner=giver).annotate(weight=Value(1))
    if currency:
        lines = lines.filter(gift__currency=currency)
    said = _("Gifts of others, such as a fund, that are credited to this partner: %(days)s. They are in no sum.")
    words = said % {"days": days(seat.agency, span)}
    return Behind(_("Soft credit"), words, named(seat, lines.order_by("-gift__date", "-gift_id", "pk")))


def formula(seat: Seat, question: Question, figure: Figure) -> str:
    """A figure in words: what is added, and what is taken off."""
    parts = [
        (_("gifts of %(days)s") if sign > 0 else _("less gifts of %(days)s")) % {"days": days(seat.agency, span)}
        for sign, span in figure.terms
    ]
    return _("%(label)s = %(parts)s") % {"label": figure.label, "parts": ", ".join(parts)}


def named(seat: Seat, lines: Any) -> Any:
    """The lines with the names that the reader may know."""
    return lines.annotate(
        shown_name=shown_designation_name(seat, "designation"), shown_giver=shown_giver(seat, "gift__")
    ).select_related("gift")


def sums_of(found: Behind) -> list[tuple[str, int]]:
    """What the lines come to, by currency: the figure itself. One query."""
    rows = (
        found.lines.order_by("gift__currency").values("gift__currency").annotate(total=Sum(F("amount") * F("weight")))
    )
    return [(row["gift__currency"], int(row["total"])) for row in rows]


def lines_table(seat: Seat, ways: Ways, found: Behind, lines: Sequence[Any]) -> Table:
    """A page of the lines. One query."""
    columns = [
        Column("day", _("Date")),
        Column("giver", _("Giver")),
        Column("designation", _("Designation")),
        Column("currency", _("Currency")),
        Column("amount", _("Counts as"), numeric=True),
    ]
    sums = [
        Sums(_("Sum"), [Cell("", None), Cell("", None), Cell(code, code), ways.money(total, code)])
        for code, total in sums_of(found)
    ]
    return Table(columns, [line_row(ways, line) for line in lines], sums)


def line_row(ways: Ways, line: Any) -> Row:
    """One line, as it counts in the figure."""
    gift, code, name = reverse("gift", args=[ways.agency.slug, line.gift_id]), line.gift.currency, line_name(line)
    day = ways.day(line.gift.date)
    minor = line.amount * line.weight
    cells = [
        Cell(day.words, day.value, gift),
        Cell(line.shown_giver, line.shown_giver),
        Cell(name, name),
        Cell(code, code),
        ways.money(minor, code, kind="minus" if minor < 0 else ""),
    ]
    return Row(cells, line.gift_id, gift)
