"""Batches in words: their list, their page, and what is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from partners.models import GiftBatch
from partners.pages.partner import Fact
from partners.pages.words import unbroken
from partners.queries.batches import Difference, KeyedSoFar, difference, keyed_so_far

TONES = {"open": "prog", "posted": "done", "discarded": "none"}


@dataclass(frozen=True)
class BatchRowShown:
    """A batch in the list."""

    number: int
    url: str
    title: str
    day: str
    account: str
    state: str
    tone: str
    expected: str
    keyed: str
    missing: str
    who: str


def batch_rows(seat: Seat, batches: Sequence[Any]) -> list[BatchRowShown]:
    """Rows for the list. One query, and one for names that are closed."""
    keyed = keyed_so_far(batches)
    return [batch_row(seat, each, keyed.get(each.pk, KeyedSoFar())) for each in batches]


def batch_row(seat: Seat, batch: Any, keyed: KeyedSoFar) -> BatchRowShown:
    """One batch in words."""
    agency = seat.agency
    state, tone = state_of(batch, keyed)
    return BatchRowShown(
        number=batch.number,
        url=reverse("batch", args=[agency.slug, batch.pk]),
        title=batch.title,
        day=unbroken(day_in_words(agency, batch.deposited_on)),
        account=batch.deposit.name,
        state=state,
        tone=tone,
        expected=sum_in_words(agency, batch.expected_count, Money(batch.expected_total, batch.currency)),
        keyed=sum_in_words(agency, keyed.count, Money(keyed.total, batch.currency)),
        missing=in_words(agency, difference(batch, keyed)) if batch.state == GiftBatch.State.OPEN else "",
        who=seat.name_of(batch.posted_by or batch.made_by, _("the system")),
    )


def state_of(batch: GiftBatch, keyed: KeyedSoFar) -> tuple[str, str]:
    """Where a batch stands, and its tone; an open one that matches says so."""
    if batch.state == GiftBatch.State.OPEN and difference(batch, keyed).matches:
        return _("Matches"), "done"
    return capfirst(str(GiftBatch.State(batch.state).label)), TONES[batch.state]


def sum_in_words(agency: Agency, count: int, money: Money) -> str:
    """ "12 gifts, $340.00"."""
    number = format_decimal(count, locale=agency.locale)
    gifts = ngettext("%(number)s gift", "%(number)s gifts", count) % {"number": number}
    return f"{gifts}, {money.format(agency.locale)}"


def in_words(agency: Agency, missing: Difference) -> str:
    """ "2 gifts and $45.00 missing", "1 gift too many, $5.00 missing", or that it matches."""
    if missing.matches:
        return _("Count and total match.")
    parts = [
        (missing.gifts, gifts_in_words(agency, missing.gifts)),
        (missing.money.minor, money_in_words(agency, missing.money)),
    ]
    short = [words for amount, words in parts if amount > 0]
    over = [words for amount, words in parts if amount < 0]
    said = [_("%(what)s missing") % {"what": _(" and ").join(short)}] if short else []
    said += [_("%(what)s too much") % {"what": _(" and ").join(over)}] if over else []
    return _("%(first)s, %(second)s") % {"first": said[0], "second": said[1]} if len(said) > 1 else said[0]


def gifts_in_words(agency: Agency, number: int) -> str:
    """How many gifts, without a sign."""
    words = {"number": format_decimal(abs(number), locale=agency.locale)}
    return ngettext("%(number)s gift", "%(number)s gifts", abs(number)) % words


def money_in_words(agency: Agency, money: Money) -> str:
    """How much, without a sign."""
    return Money(abs(money.minor), money.currency).format(agency.locale)


def facts(seat: Seat, batch: Any) -> list[Fact]:
    """What is said of a batch."""
    agency = seat.agency
    posted = _("%(day)s, %(who)s") % {
        "day": day_in_words(agency, batch.posted_at) if batch.posted_at else "",
        "who": seat.name_of(batch.posted_by, _("the system")),
    }
    gone = f"{day_in_words(agency, batch.discarded_at)}: {batch.discard_reason}" if batch.discarded_at else ""
    known = (
        Fact(_("Deposited on"), day_in_words(agency, batch.deposited_on)),
        Fact(_("Deposit account"), batch.deposit.name),
        Fact(_("Opened"), f"{day_in_words(agency, batch.made_at)}, {seat.name_of(batch.made_by, _('the system'))}"),
        Fact(_("Posted"), posted if batch.posted_at else ""),
        Fact(_("Discarded"), gone),
    )
    return [fact for fact in known if fact.value]


def header() -> list[str]:
    """The columns of the file of the list."""
    names = (_("Title"), _("Deposited on"), _("Deposit account"), _("State"), _("Counted"), _("Counted total"))
    more = (_("Keyed"), _("Keyed total"), _("Currency"), _("Missing"), _("Who"), _("Link"))
    return [_("Number"), *names, *more]


def cells(seat: Seat, batches: Sequence[Any], site: str) -> list[list[Cell]]:
    """Rows for the file. One query, and one for names that are closed."""
    keyed = keyed_so_far(batches)
    return [row_of_cells(seat, each, keyed.get(each.pk, KeyedSoFar()), site) for each in batches]


def row_of_cells(seat: Seat, batch: Any, keyed: KeyedSoFar, site: str) -> list[Cell]:
    """One batch in cells; amounts are numbers."""
    shown = batch_row(seat, batch, keyed)
    counted, there = Money(batch.expected_total, batch.currency), Money(keyed.total, batch.currency)
    return [
        *(batch.number, batch.title, batch.deposited_on, shown.account, shown.state),
        *(batch.expected_count, counted.decimal, keyed.count, there.decimal, batch.currency),
        *(shown.missing, shown.who, site + shown.url),
    ]


def totals_shown(agency: Agency, sums: Iterable[tuple[str, int, Money]]) -> list[tuple[str, str]]:
    """(Currency, "12 gifts, $340.00")."""
    return [(currency, sum_in_words(agency, count, money)) for currency, count, money in sums]
