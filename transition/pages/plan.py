"""The page of a unit's transition."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from core.periods import month_start
from transition.models import Plan, Wave
from transition.pages.balances import balance_rows
from transition.pages.months import glances, month_rows
from transition.pages.wave import title_of
from transition.queries.lists import accounts_of, givers_of, other_plans, standing_guarantees, waves_of
from transition.queries.months import ledger
from transition.queries.old_accounts import StillThere, still_on_old_accounts

TONES = {Wave.State.PLANNED: "none", Wave.State.OPEN: "prog", Wave.State.CLOSED: "done"}


@dataclass(frozen=True)
class WaveRow:
    """A wave in the list."""

    name: str
    url: str
    state: str
    tone: str
    size: str
    days: str


@dataclass(frozen=True)
class AccountRow:
    """A worker's account: how many commitments are in no wave, and the agency's word to the worker."""

    name: str
    code: str
    waiting: int
    word: str
    until: str
    told: str
    is_over: bool
    url: str


@dataclass(frozen=True)
class StillRow:
    """A gift on an old account."""

    giver: str
    day: str
    amount: str
    account: str
    url: str


def plan_page(seat: Seat, plan: Plan, *, withheld: bool) -> dict[str, Any]:
    """Everything on the page. The number of queries is constant."""
    agency = seat.agency
    months = ledger(agency, [plan])
    this_month = month_start(agency.today())
    still = still_on_old_accounts(plan)
    runs = plan.ended_at is None and plan.unit.status != "archived" and not withheld
    accounts, may_guarantee = (
        account_rows(seat, plan, withheld=withheld),
        seat.can("transition.guarantee", plan.unit_id),
    )
    return {
        "plan": plan,
        "glances": glances(agency, plan.pk, this_month, months.get(this_month, {})),
        "months": month_rows(agency, plan.pk, months),
        "waves": [wave_row(seat, each, withheld=withheld) for each in waves_of(plan)],
        "accounts": accounts,
        "balances": balance_rows(seat, plan, withheld=withheld),
        "still": still_rows(seat, still),
        "others": [other_row(seat, each, withheld=withheld) for each in other_plans(plan)],
        "why_ended": "" if withheld else plan.ended_reason,
        "ended": day_in_words(agency, plan.ended_at) if plan.ended_at else "",
        "may_plan": runs and seat.can("transition.plan", plan.unit_id),
        "may_guarantee": runs and may_guarantee,
        "others_guarantee": runs and not may_guarantee and any(each.is_over for each in accounts),
    }


def other_row(seat: Seat, plan: Plan, *, withheld: bool) -> dict[str, str]:
    """Another transition of the unit: one that ended, or the one that runs."""
    day = day_in_words(seat.agency, plan.ended_at) if plan.ended_at else ""
    return {
        "words": _("ended on %(day)s") % {"day": day} if day else _("runs now"),
        "why": "" if withheld else plan.ended_reason,
        "url": f"{reverse('transition', args=[seat.agency.slug, plan.unit_id])}?plan={plan.pk}",
        "begun": day_in_words(seat.agency, plan.made_at),
    }


def wave_row(seat: Seat, wave: Any, *, withheld: bool) -> WaveRow:
    """A wave in words."""
    agency = seat.agency
    keys = _("%(count)s of them key donors") % {"count": wave.keys} if wave.keys else ""
    size = ngettext("%(count)s commitment", "%(count)s commitments", wave.size) % {"count": wave.size}
    days = _("replies until %(day)s") % {"day": day_in_words(agency, wave.reply_by)}
    if wave.closed_on:
        days = _("closed %(day)s") % {"day": day_in_words(agency, wave.closed_on)}
    return WaveRow(
        name=title_of(wave, withheld=withheld),
        url=reverse("wave", args=[agency.slug, wave.pk]),
        state=str(wave.state.label),
        tone=TONES[wave.state],
        size=f"{size}, {keys}" if keys else size,
        days=days,
    )


def account_rows(seat: Seat, plan: Plan, *, withheld: bool) -> list[AccountRow]:
    """The workers' accounts. Three queries."""
    agency, words = seat.agency, standing_guarantees(plan)
    rows = []
    for each in accounts_of(seat, plan):
        word = words.get(each.pk)
        shown = _("Written down; its words are for those who may know the unit") if withheld else word and word.how
        rows.append(
            AccountRow(
                name=each.shown_name,
                code=each.code,
                waiting=each.waiting,
                word=str(shown) if word else "",
                until=day_in_words(agency, word.until) if word else "",
                told=day_in_words(agency, word.told_on) if word else "",
                is_over=word is None or word.until < agency.today(),
                url=reverse("guarantee_add", args=[agency.slug, plan.pk, each.pk]),
            )
        )
    return rows


def still_rows(seat: Seat, still: list[StillThere]) -> list[StillRow]:
    """Gifts on old accounts to talk about. One query."""
    agency, givers = seat.agency, givers_of(seat, {each.commitment_id for each in still})
    return [
        StillRow(
            giver=givers[each.commitment_id].name,
            day=day_in_words(agency, each.day),
            amount=Money(each.amount, each.currency).format(agency.locale),
            account=givers[each.commitment_id].designation,
            url=reverse("transition_talk", args=[agency.slug, each.shift_id, each.line_id]),
        )
        for each in still
        if each.commitment_id in givers
    ]
