"""What one month brought to a person's work: on the page, and in the mail that is made of the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from babel.dates import format_skeleton
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from core.periods import add_months
from partners.models import CommitmentEvent
from partners.pages.gift_list import line_name
from partners.pages.words import unbroken
from partners.queries.own_giving import OwnTotal, in_days, new_givers, own_events, own_lines, own_totals, own_waiting
from ssu.models.discretion import Discretion

MOST = 200
"""So many lines stand in a digest; the list of gifts has all of them."""


@dataclass(frozen=True)
class DigestLine:
    """One gift, or its part."""

    day: str
    giver: str
    designation: str
    amount: str
    is_new: bool
    is_open: bool


@dataclass(frozen=True)
class Changed:
    """What happened with a promise."""

    giver: str
    day: str
    is_open: bool


@dataclass(frozen=True)
class Digest:
    """One month of one person's giving. `*_open` leaves out what is of units or workers that are careful or closed: a
    mail may not name these.
    """

    month: date
    title: str
    totals: list[str]
    lines: list[DigestLine]
    more: int
    waiting: int
    changes: dict[str, list[Changed]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not any(self.changes.values())

    @property
    def open_lines(self) -> list[DigestLine]:
        return [line for line in self.lines if line.is_open]

    @property
    def guarded(self) -> int:
        """How many lines a mail does not name."""
        return len(self.lines) - len(self.open_lines)


def month_title(seat: Seat, month: date) -> str:
    """ "October 2026", as the agency writes it."""
    return str(format_skeleton("yMMMM", month, locale=seat.agency.locale))


def last_day(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def digest_of(seat: Seat, month: date, since: date | None = None) -> Digest:
    """The digest of a month, of it what happened from a day on. Six queries, whatever the number of gifts."""
    first, last = max(month, since or month), last_day(month)
    mine = in_days(own_lines(seat), first, last)
    found = list(mine.select_related("gift__giving_unit", "designation__unit")[: MOST + 1])
    fresh = new_givers(seat, first, last)
    events: dict[str, list[Changed]] = {}
    for event in own_events(seat, first, last):
        events.setdefault(event.kind, []).append(changed(seat, event))
    return Digest(
        month=month,
        title=month_title(seat, month),
        totals=[total_in_words(seat, each) for each in own_totals(mine)],
        lines=[digest_line(seat, line, fresh) for line in found[:MOST]],
        more=mine.count() - MOST if len(found) > MOST else 0,
        waiting=own_waiting(seat, first, last),
        changes=events,
    )


def total_in_words(seat: Seat, total: OwnTotal) -> str:
    """The sum of a currency, and of how many gifts."""
    words = ngettext("%(sum)s from %(count)s gift", "%(sum)s from %(count)s gifts", total.gifts)
    return words % {"sum": total.amount.format(seat.agency.locale), "count": total.gifts}


def changes_in_words(digest: Digest, *, only_open: bool) -> list[tuple[str, list[str]]]:
    """What happened with promises: each kind with the givers, as far as a mail may name them where it is one."""
    kinds = (
        (CommitmentEvent.Kind.STOPPED, _("Stopped giving as promised")),
        (CommitmentEvent.Kind.LARGER, _("Larger than promised")),
        (CommitmentEvent.Kind.SMALLER, _("Smaller than promised")),
    )
    found = [
        (label, [each.giver for each in digest.changes.get(kind, []) if each.is_open or not only_open])
        for kind, label in kinds
    ]
    return [(label, givers) for label, givers in found if givers]


def is_open(row: Any, unit: Any) -> bool:
    """Whether a mail may say what is of this unit, and of the worker whom the designation may name."""
    return not row.withheld and unit is not None and unit.discretion == Discretion.OPEN


def digest_line(seat: Seat, line: Any, fresh: set[int]) -> DigestLine:
    """One line in words."""
    return DigestLine(
        day=unbroken(day_in_words(seat.agency, line.gift.date)),
        giver=line.shown_giver,
        designation=line_name(line),
        amount=Money(line.amount, line.gift.currency).format(seat.agency.locale),
        is_new=not line.gift.anonymous and line.gift.giving_unit_id in fresh,
        is_open=is_open(line, line.designation.unit if line.designation else None),
    )


def changed(seat: Seat, event: CommitmentEvent) -> Changed:
    """A change in words."""
    promise = event.commitment
    day = day_in_words(seat.agency, event.happened_on)
    return Changed(promise.giving_unit.name, day, is_open(event, promise.designation.unit))


def page_url(seat: Seat, month: date) -> str:
    """The page of a month."""
    return f"{reverse('own_giving', args=[seat.agency.slug])}?month={month:%Y-%m}"
