"""The report of a transition in words, as one person may read it."""

from collections import Counter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.letterhead import STANDARD, Letterhead
from agencies.queries.look import logo_as_address, look_now
from agencies.seats import Seat
from core.money import Money
from core.pdf.paper import paper_of
from core.periods import month_start
from ssu.pages.parts import KEPT_BACK
from transition.documents.report import (
    AccountPart,
    KeyPart,
    Labelled,
    MonthPart,
    Months,
    TransitionReport,
    WavePart,
)
from transition.models import Plan, Wave
from transition.pages.balances import balance_rows
from transition.pages.losses import losses_of
from transition.pages.months import COLUMNS, RULE, glances, month_in_words
from transition.pages.plan import account_rows, wave_row
from transition.pages.wave import ORDER, label_of, shift_rows
from transition.queries.lists import waves_of
from transition.queries.months import ledger


def report_of(seat: Seat, plan: Plan, unit: Any) -> TransitionReport:
    """What the report says to this seat; who may follow the sums alone reads of no giver. The number of queries grows
    with the waves alone.
    """
    agency, withheld = seat.agency, unit.is_withheld
    months, look = ledger(agency, [plan]), look_now(agency)
    whole = seat.can("transition.view", plan.unit_id)
    by_wave = [(wave, shift_rows(seat, wave) if whole else []) for wave in waves_of(plan)]
    keys = [row for _wave, rows in by_wave for row in rows if row.is_key]
    losses = losses_of(seat, plan, withheld=withheld) if whole else None
    accounts = accounts_of(seat, plan, withheld=withheld) if whole else None
    this_month = month_start(agency.today())
    named = [
        *(name for row in keys for name in (row.giver, row.talker)),
        *(each.giver for each in losses or ()),
        *(each.name for each in accounts or ()),
    ]
    return TransitionReport(
        letterhead=Letterhead(agency.name, look.accent or STANDARD, logo_as_address(look), width=None, height=None),
        accent=look.accent,
        lang=get_language() or "en",
        paper=paper_of(agency.country),
        name=unit.shown_name,
        as_of=day_in_words(agency, agency.today()),
        summary=[
            Labelled(each["label"], " · ".join(filter(None, (each["value"], each["meta"]))))
            for glance in glances(agency, plan.pk, this_month, months.get(this_month, {}))
            for each in glance.tiles
        ],
        waves=[wave_part(seat, wave, rows, withheld=withheld) for wave, rows in by_wave],
        columns=[str(label) for label in COLUMNS.values()],
        months=months_of(seat, months),
        keys=[KeyPart(row.giver, row.amount, row.state, row.since, row.talker) for row in keys] if whole else None,
        losses=losses,
        accounts=accounts,
        rule=[str(line) for line in RULE],
        kept_back=str(KEPT_BACK) if withheld else "",
        names=sorted({unit.shown_name, *may_read(seat, plan, withheld=withheld), *filter(None, named)}),
    )


def may_read(seat: Seat, plan: Plan, *, withheld: bool) -> list[str]:
    """What more than names the report tells this seat: who may not read it any more does not get the file."""
    known = {
        "#givers": seat.can("transition.view", plan.unit_id),
        "#ledger": seat.can("ledger.view", plan.unit_id),
        "#words": not withheld,
    }
    return [mark for mark, holds in known.items() if holds]


def wave_part(seat: Seat, wave: Wave, rows: list[Any], *, withheld: bool) -> WavePart:
    """A wave with how far its commitments are."""
    shown, counts = wave_row(seat, wave, withheld=withheld), Counter(row.kind for row in rows)
    said = [f"{label_of(kind)}: {counts[kind]}" for kind in ORDER if counts[kind]]
    opened = _("opened %(day)s") % {"day": day_in_words(seat.agency, wave.opened_on)} if wave.opened_on else ""
    days = ", ".join(each for each in (opened, shown.days) if each)
    return WavePart(shown.name, shown.state, days, shown.size, ", ".join(said))


def months_of(seat: Seat, months: Any) -> list[Months]:
    """The ledger by currency, the newest month first."""
    agency = seat.agency
    found: dict[str, list[MonthPart]] = {}
    for month, sums in sorted(months.items(), reverse=True):
        for currency, row in sums.items():
            cells = [Money(getattr(row, name), currency).format(agency.locale) for name in COLUMNS]
            found.setdefault(currency, []).append(MonthPart(month_in_words(agency, month), cells))
    return [Months(currency, rows) for currency, rows in sorted(found.items())]


def accounts_of(seat: Seat, plan: Plan, *, withheld: bool) -> list[AccountPart]:
    """How the workers are paid meanwhile, and for who reads the ledger what became of the balances."""
    held: dict[str, list[str]] = {}
    for row in balance_rows(seat, plan, withheld=withheld):
        words = _("holds %(held)s, of which %(stays)s must stay (%(state)s)") % {
            "held": row.held,
            "stays": row.stays,
            "state": row.state,
        }
        held.setdefault(row.code, []).extend([words, *(f"{each.words} ({each.meta})" for each in row.resolved)])
    return [
        AccountPart(
            name=f"{row.name} {row.code}",
            guarantee=_("%(word)s (until %(until)s)") % {"word": row.word, "until": row.until}
            if row.word
            else _("Pay not guaranteed"),
            balances=held.get(row.code, []),
        )
        for row in account_rows(seat, plan, withheld=withheld)
    ]
