"""The page of one commitment on its way."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.sources import starter_values
from partners.models import Commitment
from ssu import starter
from ssu.queries import names_in
from transition.models import Kind, Shift, ShiftAct, Wave
from transition.pages.wave import TONES, label_of, terms_in_words, title_of
from transition.queries.chains import last_of
from transition.queries.lists import givers_of
from transition.queries.months import looked_at
from transition.states import BEFORE, LISTED, acts_in_order

WORDS: dict[str, Any] = {
    Kind.NOTICED: ("notice", lazy("Note that they were told")),
    Kind.AGREED: ("agree", lazy("They agreed")),
    Kind.MOVED: ("move", lazy("Move the commitment")),
    Kind.DECLINED: ("decline", lazy("They declined")),
    Kind.SILENT: ("silence", lazy("No reply came")),
    Kind.STOPPED: ("stop", lazy("They asked to stop")),
    Kind.ROLLED_BACK: ("back", lazy("Roll the move back")),
    Kind.LEFT: ("leave", lazy("Leave it where it is")),
}
"""Each act: its word in addresses, and the button, in the order in which people need them."""
FORWARD = frozenset({Kind.NOTICED, Kind.AGREED, Kind.MOVED})
"""What leads on; the rest is offered beside it."""


@dataclass(frozen=True)
class ActRow:
    """What happened on a day."""

    title: str
    day: str
    meta: str
    words: str
    struck: str
    undo_url: str


@dataclass(frozen=True)
class Button:
    """What may be noted next."""

    label: str
    url: str
    is_next: bool


@dataclass(frozen=True)
class Fact:
    """A line of facts."""

    label: str
    value: str
    url: str = ""


def shift_page(seat: Seat, shift: Shift, *, withheld: bool) -> dict[str, Any] | None:
    """Everything on the page; None where the seat may not know the commitment."""
    giver = givers_of(seat, [shift.commitment_id]).get(shift.commitment_id)
    if giver is None:
        return None
    acts = acts_in_order(shift.acts.all())
    kind = acts[-1].kind if acts else LISTED
    wave, runs = shift.wave, shift.wave.plan.ended_at is None and not withheld
    may_talk = runs and wave.state != Wave.State.PLANNED and seat.can("transition.talk", wave.plan.unit_id)
    may_set = runs and wave.state != Wave.State.CLOSED and seat.can("transition.talk", wave.plan.unit_id)
    return {
        "shift": shift,
        "wave": wave,
        "wave_title": title_of(wave, withheld=withheld),
        "giver": giver,
        "state": label_of(kind),
        "tone": TONES[kind],
        "facts": facts(seat, shift, giver),
        "acts": act_rows(seat, shift, acts if may_talk else [], withheld=withheld or giver.is_hidden),
        "buttons": buttons(seat, shift, kind) if may_talk else [],
        "script": script_for(seat, wave.plan.unit) if may_talk and shift.is_key else [],
        "may_set": may_set,
        "may_remove": runs and wave.state == Wave.State.PLANNED and seat.can("transition.plan", wave.plan.unit_id),
    }


def script_for(seat: Seat, unit: Any) -> list[starter.Section]:
    """The words for the talk with a key donor, with what the unit is for. What must stay untold is left out."""
    words = starter.filled(starter.text(seat.agency, "key_donor_script"), starter_values(seat, unit))
    return starter.sections_of(words)


def facts(seat: Seat, shift: Shift, giver: Any) -> list[Fact]:
    """What one asks first. Three queries."""
    slug, now = seat.agency.slug, last_of(shift.commitment)
    partner = reverse("partner", args=[slug, giver.partner_id]) if giver.partner_id else ""
    known = [Fact(_("Giver"), giver.name, partner), Fact(_("Account"), giver.designation)]
    if shift.amount is not None:
        before = terms_in_words(seat, shift.amount, shift.currency, shift.frequency)
        known.append(Fact(_("Promised before"), before))
    page = "" if giver.is_hidden else reverse("commitment", args=[slug, now.pk])
    known.append(Fact(_("Promised now"), promised_now(seat, now), page))
    if now.designation_id == shift.wave.plan.designation_id:
        first = looked_at(seat.agency, [shift])[0].first_gift(now, seat.agency.today())
        known.append(Fact(_("First gift for the unit"), day_in_words(seat.agency, first) if first else _("Not yet")))
    return known


def promised_now(seat: Seat, now: Commitment) -> str:
    """What stands in the place of the commitment now."""
    if now.ends_on is not None and now.ends_on < seat.agency.today():
        return _("Nothing: it ended on %(day)s") % {"day": day_in_words(seat.agency, now.ends_on)}
    words = terms_in_words(seat, now.amount, now.currency, now.frequency)
    if now.starts_on > seat.agency.today():
        return _("%(terms)s from %(day)s") % {"terms": words, "day": day_in_words(seat.agency, now.starts_on)}
    return words


def act_rows(seat: Seat, shift: Shift, standing: list[ShiftAct], *, withheld: bool) -> list[ActRow]:
    """All that happened, the newest first; what was struck out stays readable."""
    every = sorted(shift.acts.select_related("message"), key=lambda act: (act.on, act.pk), reverse=True)
    names = names_in(seat, shift.wave.plan.unit_id, [each.by_id for each in every])
    last = standing[-1].pk if standing else None
    return [act_row(seat, shift, each, names, last, withheld=withheld) for each in every]


def act_row(
    seat: Seat, shift: Shift, act: ShiftAct, names: dict[int, str], last: int | None, *, withheld: bool
) -> ActRow:
    """One act in words; the last that stands may be taken back."""
    how = str(ShiftAct.How(act.how).label) if act.how else ""
    since = day_in_words(seat.agency, act.effective_on) if act.effective_on else ""
    effect = {
        Kind.MOVED: _("to the unit from %(day)s"),
        Kind.ROLLED_BACK: _("back from %(day)s"),
        Kind.STOPPED: _("last day %(day)s"),
    }.get(Kind(act.kind), "") % {"day": since}
    version = _("core messages, version %(n)s") % {"n": act.message.version} if act.message else ""
    why = _("a slip") if withheld or not act.taken_back_reason else act.taken_back_reason
    who = names.get(act.by_id or 0, _("the system"))
    undo = reverse("shift_take_back", args=[seat.agency.slug, shift.pk, act.pk]) if act.pk == last else ""
    return ActRow(
        title=label_of(act.kind),
        day=day_in_words(seat.agency, act.on),
        meta=" · ".join(each for each in (how, version, effect, who) if each),
        words="" if withheld else act.words,
        struck=_("Struck out: %(why)s") % {"why": why} if act.taken_back_at else "",
        undo_url=undo,
    )


def buttons(seat: Seat, shift: Shift, kind: str) -> list[Button]:
    """What may be noted next. Silence is for after the day of the wave, and never for key donors."""
    today = seat.agency.today()
    silence_over = shift.is_key or shift.wave.reply_by >= today
    return [
        Button(str(label), reverse("shift_act", args=[seat.agency.slug, shift.pk, word]), act in FORWARD)
        for act, (word, label) in WORDS.items()
        if kind in BEFORE[act] and not (act == Kind.SILENT and silence_over)
    ]
