"""The page of a wave, and of what may be put into it."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment
from partners.month_value import PAYMENTS
from ssu.models.discretion import shown_member_name
from transition.models import Kind, Plan, Shift, Wave
from transition.queries.lists import givers_of, in_no_wave
from transition.states import ANSWERED, LISTED, acts_in_order

TONES: dict[str, str] = {
    LISTED: "none",
    Kind.NOTICED: "prog",
    Kind.AGREED: "prog",
    Kind.SILENT: "none",
    Kind.DECLINED: "none",
    Kind.STOPPED: "warn",
    Kind.MOVED: "done",
    Kind.ROLLED_BACK: "warn",
    Kind.LEFT: "none",
}
ORDER = (LISTED, *(Kind(each) for each in TONES if each != LISTED))


@dataclass(frozen=True)
class ShiftRow:
    """A commitment of a wave in the list."""

    pk: int
    giver: str
    url: str
    amount: str
    account: str
    state: str
    tone: str
    since: str
    is_key: bool
    talker: str
    kind: str


def title_of(wave: Wave, *, withheld: bool) -> str:
    """What a wave is called: its name may name people and places, and is kept back with the words of a closed unit."""
    return _("Wave %(number)s") % {"number": wave.number} if withheld else str(wave)


def label_of(kind: str) -> str:
    """How far a shift is, in words."""
    return str(Kind(kind).label) if kind != LISTED else _("Not told yet")


def terms_in_words(seat: Seat, amount: int, currency: str, frequency: str) -> str:
    """ "$50.00 monthly"."""
    return f"{Money(amount, currency).format(seat.agency.locale)} {Commitment.Frequency(frequency).label}"


def shifts_of(seat: Seat, wave: Wave) -> list[Any]:
    """The commitments of a wave with their acts, and `talker_name`. Two queries."""
    found = (
        Shift.objects.seen_by(seat)
        .filter(wave=wave)
        .annotate(talker_name=shown_member_name("talker", seat, "wave__plan__unit"))
    )
    return list(found.select_related("commitment").prefetch_related("acts"))


def shift_rows(seat: Seat, wave: Wave) -> list[ShiftRow]:
    """The rows: key donors first, then by giver. Three queries."""
    shifts = shifts_of(seat, wave)
    givers = givers_of(seat, [each.commitment_id for each in shifts])
    rows = [shift_row(seat, each, givers) for each in shifts if each.commitment_id in givers]
    return sorted(rows, key=lambda row: (not row.is_key, row.giver.casefold(), row.url))


def shift_row(seat: Seat, shift: Any, givers: dict[int, Any]) -> ShiftRow:
    """One commitment in words; before the opening with what is promised now."""
    acts = acts_in_order(shift.acts.all())
    kind = acts[-1].kind if acts else LISTED
    terms = shift if shift.amount is not None else shift.commitment
    giver = givers[shift.commitment_id]
    return ShiftRow(
        pk=shift.pk,
        giver=giver.name,
        url=reverse("shift", args=[seat.agency.slug, shift.pk]),
        amount=terms_in_words(seat, terms.amount, terms.currency, terms.frequency),
        account=giver.designation,
        state=label_of(kind),
        tone=TONES[kind],
        since=day_in_words(seat.agency, acts[-1].on) if acts else "",
        is_key=shift.is_key,
        talker=(shift.talker_name or "") if shift.talker_id else "",
        kind=kind,
    )


def wave_page(seat: Seat, wave: Wave, *, withheld: bool) -> dict[str, Any]:
    """Everything on the page."""
    rows, agency = shift_rows(seat, wave), seat.agency
    counts = Counter(row.kind for row in rows)
    state, runs = wave.state, wave.plan.ended_at is None and not withheld
    may_plan = runs and seat.can("transition.plan", wave.plan.unit_id)
    may_talk = runs and seat.can("transition.talk", wave.plan.unit_id) and state != Wave.State.PLANNED
    told = sum(1 for row in rows if row.kind == Kind.NOTICED and not row.is_key)
    return {
        "wave": wave,
        "title": title_of(wave, withheld=withheld),
        "rows": rows,
        "state": state.label,
        "counts": [{"label": label_of(kind), "value": counts[kind]} for kind in ORDER if counts[kind]],
        "reply_by": day_in_words(agency, wave.reply_by),
        "opened": day_in_words(agency, wave.opened_on) if wave.opened_on else "",
        "closed": day_in_words(agency, wave.closed_on) if wave.closed_on else "",
        "open_count": sum(1 for row in rows if row.kind not in ANSWERED),
        "may_add": may_plan and state == Wave.State.PLANNED,
        "may_open": may_plan and state == Wave.State.PLANNED and bool(rows),
        "may_close": may_plan and state == Wave.State.OPEN,
        "may_change": may_plan and state != Wave.State.CLOSED,
        "may_bring_replies": may_talk and bool(rows),
        "may_tell_all": may_talk and any(row.kind == LISTED and not row.is_key for row in rows),
        "may_note_silence": may_talk and told > 0 and wave.reply_by < agency.today(),
    }


@dataclass(frozen=True)
class Candidate:
    """A commitment that may be put into a wave."""

    pk: int
    giver: str
    amount: str
    account: str


def a_year(promise: Commitment) -> Fraction:
    """What a promise comes to in a year, in minor units."""
    payments, months = PAYMENTS[promise.frequency]
    return Fraction(promise.amount * payments * 12, months)


def candidates(seat: Seat, plan: Plan) -> list[Candidate]:
    """Commitments on workers' accounts of the unit that are in no wave, by currency those first that come to most in
    a year. Two queries.
    """
    found = list(in_no_wave(plan))
    givers = givers_of(seat, [each.pk for each in found])
    shown = [each for each in found if each.pk in givers]
    shown.sort(key=lambda each: (each.currency, -a_year(each), givers[each.pk].name.casefold(), each.pk))
    return [
        Candidate(
            each.pk,
            givers[each.pk].name,
            terms_in_words(seat, each.amount, each.currency, each.frequency),
            givers[each.pk].designation,
        )
        for each in shown
    ]
