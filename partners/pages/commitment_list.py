"""Rows of the list of commitments, on the screen and in files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from partners.lateness import Bucket
from partners.models import Commitment
from partners.pages.words import unbroken
from partners.queries.commitments import holders_of
from partners.queries.fulfilment import Standing

TONES = {
    Bucket.ON_TIME: "done",
    Bucket.LATE_30: "none",
    Bucket.LATE_60: "warn",
    Bucket.LATE_90: "warn",
    Bucket.LATE_MORE: "bad",
    Bucket.TO_COME: "none",
    Bucket.ENDED: "none",
}


@dataclass(frozen=True)
class CommitmentRow:
    """A row of the list. `kept` is what came and what was due in the last 365 days."""

    pk: int
    giver: str
    url: str
    designation: str
    amount: str
    often: str
    last_gift: str
    next_due: str
    kept: str
    holder: str
    state: str
    tone: str


def commitment_rows(seat: Seat, commitments: Sequence[Any], standing: dict[int, Standing]) -> list[CommitmentRow]:
    """Rows for commitments from `commitments_wanted`. One query more, for those who hold."""
    holders = holders_of(seat, commitments)
    return [row(seat.agency, each, standing[each.pk], holders.get(each.pk, "")) for each in commitments]


def row(agency: Agency, each: Any, now: Standing, holder: str) -> CommitmentRow:
    """One commitment in words."""
    return CommitmentRow(
        pk=each.pk,
        giver=each.shown_giver,
        url=reverse("commitment", args=[agency.slug, each.pk]),
        designation=each.shown_name,
        amount=Money(each.amount, each.currency).format(agency.locale),
        often=str(Commitment.Frequency(each.frequency).label),
        last_gift=day(agency, now.last_gift),
        next_due=day(agency, now.next_due),
        kept=kept(agency, each.currency, now),
        holder=holder,
        state=state_of(now),
        tone=TONES[now.bucket],
    )


def day(agency: Agency, on: date | None) -> str:
    return unbroken(day_in_words(agency, on)) if on else ""


def kept(agency: Agency, currency: str, now: Standing) -> str:
    """What came of what was due."""
    paid, due = (Money(minor, currency).format(agency.locale) for minor in (now.paid, now.expected))
    return _("%(paid)s of %(due)s") % {"paid": paid, "due": due}


def state_of(now: Standing) -> str:
    """How late, in days where it is late."""
    if now.days_late:
        return _("late %(days)s days") % {"days": now.days_late} if now.days_late > 1 else _("late 1 day")
    return str(now.bucket.label)


@dataclass(frozen=True)
class LateTab:
    """One bucket, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None


def late_tabs(query: Any, late: str, counts: dict[Bucket, int]) -> list[LateTab]:
    """The buckets, each with the address of the list with the other filters kept."""
    names = {
        Bucket.ON_TIME: _("On time"),
        Bucket.LATE_30: _("Late up to 30"),
        Bucket.LATE_60: _("31–60"),
        Bucket.LATE_90: _("61–90"),
        Bucket.LATE_MORE: _("Over 90 days"),
        Bucket.TO_COME: _("Not begun"),
        Bucket.ENDED: _("Ended"),
    }
    running = sum(count for bucket, count in counts.items() if bucket != Bucket.ENDED)

    def tab(value: str, label: str, count: int) -> LateTab:
        kept = query.copy()
        for name in ("page", "export", "late"):
            kept.pop(name, None)
        if value:
            kept["late"] = value
        return LateTab(label, f"?{kept.urlencode()}", value == late, count)

    few = [each for each in Bucket if each != Bucket.TO_COME or counts[each] or late == each]
    return [tab("", _("All that run"), running), *(tab(each.value, names[each], counts[each]) for each in few)]


def header() -> list[str]:
    """The columns of the file: those of the screen, the number before and the address behind."""
    names = (_("Giver"), _("Designation"), _("Amount"), _("Currency"), _("How often"), _("Last gift"), _("Next due"))
    more = (_("Paid, last 12 months"), _("Promised, last 12 months"), _("Who cares"), _("Days late"), _("State"))
    return [_("ID"), *names, *more, _("Link")]


def cells(seat: Seat, commitments: Iterable[Any], standing: dict[int, Standing], site: str) -> list[list[Cell]]:
    """Rows for the file; amounts are numbers."""
    rows = list(commitments)
    holders = holders_of(seat, rows)
    return [row_of_cells(seat, each, standing[each.pk], holders.get(each.pk, ""), site) for each in rows]


def row_of_cells(seat: Seat, each: Any, now: Standing, holder: str, site: str) -> list[Cell]:
    """One commitment in cells."""

    def amount(minor: int) -> Cell:
        return Money(minor, each.currency).decimal

    words: list[Cell] = [each.shown_giver, each.shown_name, amount(each.amount), each.currency]
    days: list[Cell] = [str(Commitment.Frequency(each.frequency).label), now.last_gift, now.next_due]
    sums: list[Cell] = [amount(now.paid), amount(now.expected)]
    link = site + reverse("commitment", args=[seat.agency.slug, each.pk])
    return [each.pk, *words, *days, *sums, holder, now.days_late, capfirst(str(now.bucket.label)), link]
