"""The scorecard in words: each figure with its base, and the two periods it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.downloads import Sheet
from agencies.models import Agency
from core.money import Money
from reports.queries.benefits.frame import (
    Amount,
    Benefit,
    Count,
    Figure,
    Measure,
    Rate,
    Share,
    TooFew,
    Window,
    Windows,
)

NONE = "–"


@dataclass(frozen=True)
class Shown:
    """A figure with what it is taken from."""

    value: str
    base: str = ""


@dataclass(frozen=True)
class MeasureRow:
    """A measure before and now."""

    label: str
    formula: str
    before: Shown
    now: Shown


@dataclass(frozen=True)
class BenefitCard:
    """One of the eight with its rows."""

    number: int
    promise: str
    rows: list[MeasureRow]

    @property
    def anchor(self) -> str:
        return f"benefit-{self.number}"

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.promise}"


def cards(agency: Agency, benefits: Sequence[Benefit]) -> list[BenefitCard]:
    """The scorecard as the page draws it."""
    return [BenefitCard(each.number, each.promise, [row(agency, one) for one in each.measures]) for each in benefits]


def row(agency: Agency, measure: Measure) -> MeasureRow:
    before, now = (in_words(agency, measure, figure) for figure in (measure.before, measure.now))
    return MeasureRow(measure.label, measure.formula, before, now)


def in_words(agency: Agency, measure: Measure, figure: Figure) -> Shown:
    """A figure of a measure: what it is counted in, or why there is none."""
    if figure is None:
        return Shown(NONE, measure.none)
    said = shown(agency, figure)
    if isinstance(figure, Share) and not figure.currency and measure.things:
        return Shown(said.value, measure.things(figure.whole) % {"number": decimal(agency, figure.whole)})
    return said


def shown(agency: Agency, figure: Figure) -> Shown:
    """A figure in the agency's way of writing numbers."""
    match figure:
        case Share(part, whole, currency):
            base = money(agency, whole, currency) if currency else decimal(agency, whole)
            value = format_percent(Decimal(part) / whole, locale=agency.locale) if whole > 0 else NONE
            return Shown(value, _("of %(whole)s") % {"whole": base})
        case Amount(minor, currency, of):
            return Shown(money(agency, minor, currency), gifts(agency, of) if of is not None else "")
        case Count(number, of):
            return Shown(decimal(agency, number), gifts(agency, of) if of is not None else "")
        case Rate(things, each):
            said = {"things": decimal(agency, things), "each": decimal(agency, each)}
            value = format_decimal(round(Decimal(things) / each, 1), locale=agency.locale)
            words = ngettext("%(things)s to %(each)s partner", "%(things)s to %(each)s partners", each)
            return Shown(value, words % said)
        case TooFew(of):
            return Shown(NONE, _("too few to tell: %(gifts)s") % {"gifts": gifts(agency, of)})
        case None:
            return Shown(NONE)


def money(agency: Agency, minor: int, currency: str) -> str:
    return Money(minor, currency).format(agency.locale)


def decimal(agency: Agency, number: int) -> str:
    return str(format_decimal(number, locale=agency.locale))


def gifts(agency: Agency, number: int) -> str:
    said = {"number": decimal(agency, number)}
    return ngettext("of %(number)s gift", "of %(number)s gifts", number) % said


def period(agency: Agency, window: Window | None) -> str:
    """The days of a period, "" for none."""
    if window is None:
        return ""
    said = {"first": day_in_words(agency, window.first), "last": day_in_words(agency, window.last)}
    return _("%(first)s to %(last)s") % said


def sheet(agency: Agency, code: str, windows: Windows, found: Sequence[BenefitCard]) -> Sheet:
    """The scorecard as a file: the words of the screen in its order."""
    head = [_("Number"), _("Benefit"), _("Measure"), _("Before"), _("Before, of"), _("Now"), _("Now, of"), _("Formula")]
    head[3] = f"{head[3]} {period(agency, windows.before)}".strip()
    head[5] = f"{head[5]} {period(agency, windows.now)}"
    rows = [
        [
            str(card.number),
            card.promise,
            each.label,
            each.before.value,
            each.before.base,
            each.now.value,
            each.now.base,
            each.formula,
        ]
        for card in found
        for each in card.rows
    ]
    return Sheet(f"benefits-{code}", head, rows)
