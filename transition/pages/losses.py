"""What is lost of what was promised before, month by month, and why: as it stood when the month was looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from core.periods import add_months
from transition.documents.report import LossPart
from transition.models import Kind, Plan
from transition.pages.months import month_in_words
from transition.pages.wave import label_of, terms_in_words
from transition.queries.lists import givers_of
from transition.queries.months import Looked, looked_at, looked_on, months_until, opened_shifts, parts_of
from transition.states import acts_in_order, runs_on


@dataclass(frozen=True)
class Lost:
    """What is lost of one commitment in one month, in minor units."""

    month: date
    shift_id: int
    currency: str
    amount: int
    why: str


def losses_of(seat: Seat, plan: Plan, *, withheld: bool) -> list[LossPart]:
    """What is lost of each giver, the sum of months that follow each other for one reason; together they are the
    column of the ledger. Eight queries, whatever the number of months.
    """
    agency, shifts = seat.agency, opened_shifts([plan])
    looked = {each.shift.pk: each for each in (looked_at(agency, shifts) if shifts else [])}
    givers = givers_of(seat, {each.shift.commitment_id for each in looked.values()})
    known = {pk: each for pk, each in looked.items() if each.shift.commitment_id in givers}
    hidden = {pk for pk, each in known.items() if withheld or givers[each.shift.commitment_id].is_hidden}
    found = sorted(lost(seat, known, hidden), key=lambda each: (each.shift_id, each.why, each.month))
    made = []
    for run in runs(found):
        giver = givers[known[run[0].shift_id].shift.commitment_id]
        money = Money(sum(each.amount for each in run), run[0].currency).format(agency.locale)
        made.append((run[0].month, LossPart(giver.name, months_in_words(agency, run), money, run[0].why)))
    made.sort(key=lambda each: (each[1].giver.casefold(), each[0], each[1].amount))
    return [part for _month, part in made]


def lost(seat: Seat, looked: dict[int, Looked], hidden: set[int]) -> list[Lost]:
    """Each loss of each month since the first wave opened; without the words about those who are hidden."""
    today = seat.agency.today()
    first = min((each.shift.wave.opened_on or today for each in looked.values()), default=today)
    return [
        Lost(month, part.shift_id, part.currency, part.lost, why)
        for month in months_until(first, today)
        for day in [looked_on(month, today)]
        for part in parts_of(looked.values(), month, today)
        if part.lost and (why := why_lost(seat, looked[part.shift_id], day, withheld=part.shift_id in hidden))
    ]


def runs(found: Iterable[Lost]) -> list[list[Lost]]:
    """Losses of one commitment for one reason, in months that follow each other."""
    made: list[list[Lost]] = []
    for _key, group in groupby(found, key=lambda each: (each.shift_id, each.why)):
        run: list[Lost] = []
        for each in group:
            if run and add_months(run[-1].month, 1) != each.month:
                made.append(run)
                run = []
            run.append(each)
        made.append(run)
    return made


def months_in_words(agency: Agency, run: list[Lost]) -> str:
    """ "Nov 2026", or "Mar 2026 – Nov 2026"."""
    first, last = (month_in_words(agency, each.month) for each in (run[0], run[-1]))
    return first if first == last else f"{first} – {last}"


def why_lost(seat: Seat, looked: Looked, day: date, *, withheld: bool) -> str:
    """Why a commitment brought less than before on a day, by what had happened until then; what was said is kept back
    with the words of a closed unit, and of a giver who is hidden.
    """
    now: Any = next((each for each in reversed(looked.chain) if runs_on(each, day)), None)
    if now is not None:
        return _("Promises less: %(terms)s") % {"terms": terms_in_words(seat, now.amount, now.currency, now.frequency)}
    acts = [each for each in acts_in_order(looked.shift.acts.all()) if each.on <= day]
    if acts and acts[-1].kind == Kind.STOPPED:
        words = "" if withheld else acts[-1].words
        return f"{label_of(Kind.STOPPED)}: {words}" if words else label_of(Kind.STOPPED)
    begun = [each for each in looked.chain if each.starts_on <= day]
    reason = "" if withheld or not begun else begun[-1].ended_reason
    return reason or _("The commitment ended")
