"""What the pages of letters show, worked out before the templates."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from agencies.days import moment_in_words
from agencies.models import Agency
from agencies.seats import Seat
from communications.letter_languages import languages
from communications.merge import merged
from communications.models import Basis, Exclusion, Letter, LetterMessage, Purpose
from communications.operations.sending import reply_to_of
from communications.queries.audience import Verdict, named_partners
from communications.queries.letters import Sizes
from delivery.models import OutgoingMessage
from delivery.outbox import TONES as OUTBOX_TONES
from partners.models import Partner
from ssu.queries import names_in

State = Letter.State
MORNING = time(9)
TONES = {
    State.DRAFT: "none",
    State.APPROVED: "prog",
    State.SENDING: "prog",
    State.SENT: "done",
    State.CANCELLED: "warn",
}


@dataclass(frozen=True)
class Row:
    """A letter in the list."""

    url: str
    subject: str
    unit: str
    purpose: str
    when: str
    readers: str
    status: str
    tone: str


@dataclass(frozen=True)
class Fact:
    """A label and a value."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Count:
    """How many, of what, and where they are listed."""

    label: str
    count: int
    url: str
    tone: str = "none"


@dataclass(frozen=True)
class Tab:
    """A filter, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Person:
    """A partner in a table about a letter: who, the record if one may open it, what was decided or happened."""

    pk: int
    name: str
    url: str
    words: str
    tone: str
    note: str = ""
    open_url: str = ""
    can_include: bool = False
    is_included_anyway: bool = False


def row(letter: Any, agency: Agency, sizes: Mapping[int, Sizes]) -> Row:
    """A letter, with `unit_name`, as the list shows it. No query."""
    size = sizes.get(letter.pk)
    return Row(
        url=reverse("letter", args=[agency.slug, letter.pk]),
        subject=subject(letter, agency),
        unit=letter.unit_name,
        purpose=str(Purpose(letter.purpose).label),
        when=moment_in_words(agency, letter.sent_at or letter.send_at or letter.written_at),
        readers=_("%(queued)s, %(out)s left out") % {"queued": size.queued, "out": size.excluded} if size else "",
        status=state_words(letter),
        tone=TONES[State(letter.state)],
    )


def state_words(letter: Letter) -> str:
    """Its state; of one that goes out by itself that it does."""
    return _("Goes out by itself") if letter.send_at else str(State(letter.state).label)


def time_chosen(letter: Letter, agency: Agency) -> dict[str, Any]:
    """What the form of its time begins with: the moment that was chosen, or the next morning."""
    if letter.send_at is None:
        return {"day": agency.today() + timedelta(days=1), "clock": MORNING}
    local = agency.local(letter.send_at)
    return {"day": local.date(), "clock": local.time()}


def clock(letter: Letter, agency: Agency) -> dict[str, str]:
    """The time for which it waits, "" for none, and what the agency's clock says now."""
    return {
        "goes_out": moment_in_words(agency, letter.send_at) if letter.send_at else "",
        "zone": agency.time_zone,
        "now": moment_in_words(agency, timezone.now()),
    }


def facts(letter: Any, seat: Seat) -> list[Fact]:
    """Who wrote what for whom; what is not known is left out. Five queries at most."""
    names = names_in(seat, letter.unit_id, {letter.author_id, letter.approved_by_id})
    agency = seat.agency
    known = [
        (seat.agency.unit_word, letter.unit_name),
        (_("Purpose"), str(Purpose(letter.purpose).label)),
        (_("Language"), dict(languages()).get(letter.language, letter.language)),
        (_("Core messages"), core_message_in_words(letter)),
        (_("Impact report"), _("yes") if letter.tells_impact else ""),
        (_("Written by"), names.get(letter.author_id, "")),
        (_("Answers go to"), reply_to_of(letter) or _("nobody")),
        (_("Approved by"), names.get(letter.approved_by_id, "")),
        (_("Approved"), moment_in_words(agency, letter.approved_at) if letter.approved_at else ""),
        (_("Goes out"), moment_in_words(agency, letter.send_at) if letter.send_at else ""),
        (_("Put into the outbox"), moment_in_words(agency, letter.sent_at) if letter.sent_at else ""),
    ]
    return [Fact(label, value) for label, value in known if value]


def core_message_in_words(letter: Letter) -> str:
    """The version whose words a letter says, and whether it still counts; "" for none."""
    message = letter.core_message
    if message is None:
        return ""
    if message.superseded_at is None or letter.state not in Letter.EDITABLE:
        return _("version %(version)s") % {"version": message.version}
    return _("version %(version)s, which was replaced: read the new one and save the letter again") % {
        "version": message.version
    }


def reason_counts(counts: Mapping[str, int], url: str) -> list[Count]:
    """Those who get nothing, by reason, each with its list, or without one when there is no `url`."""
    known = [(reason, counts.get(reason, 0)) for reason in Exclusion]
    return [Count(str(reason.label), count, url and f"{url}?reason={reason.value}") for reason, count in known if count]


def state_counts(states: Counter[str], url: str) -> list[Count]:
    """The messages by what became of them, each state with its list, or without one when there is no `url`."""
    return [
        Count(str(state.label), states[state], url and f"{url}?state={state.value}", OUTBOX_TONES[state])
        for state in OutgoingMessage.State
        if states[state]
    ]


def tabs(here: str, query: str, first: str, counts: Collection[Count]) -> list[Tab]:
    """All, then each count with its list; `query` is the query string of the page."""
    known = [Tab(each.label, each.url, each.url == f"{here}?{query}", each.count) for each in counts]
    return [Tab(first, here, not any(tab.current for tab in known)), *known]


def subject(letter: Letter, agency: Agency) -> str:
    """The subject with what is the same for every reader. The letter's unit must be loaded."""
    return merged(letter.subject, {"unit_name": letter.unit.public_name, "agency_name": agency.name})


def shared_words(html: str, letter: Letter, agency: Agency) -> str:
    """The body likewise, as safe HTML."""
    values = {"unit_name": letter.unit.public_name, "agency_name": agency.name}
    return merged(html, values, lambda value: str(escape(value)))


def seen_partners(seat: Seat, letter: Letter, partner_ids: Collection[int]) -> frozenset[int]:
    """Of these partners of a letter those whom the person may know by name. One query."""
    named = named_partners(seat, letter.unit_id, letter.purpose).filter(pk__in=partner_ids)
    return frozenset(named.values_list("pk", flat=True))


def partner_url(seat: Seat, partner: Partner) -> str:
    """The record of a partner who may be named."""
    return reverse("partner", args=[seat.agency.slug, partner.pk])


def unnamed(*, is_out: bool) -> Person:
    """A partner whose name this person may not know: whether a letter goes there, and nothing that would tell who."""
    words = _("Gets nothing") if is_out else _("Gets the letter")
    return Person(pk=0, name=_("A partner"), url="", words=words, tone="warn" if is_out else "done")


def judged(verdicts: Collection[Verdict], seat: Seat, seen: frozenset[int]) -> list[Person]:
    """Verdicts as the audience page shows them; `seen` are the partners who may be named. No query."""
    return [
        judged_one(each, seat) if each.partner.pk in seen else unnamed(is_out=bool(each.excluded)) for each in verdicts
    ]


def judged_one(verdict: Verdict, seat: Seat) -> Person:
    """The verdict on a partner who may be named."""
    return Person(
        pk=verdict.partner.pk,
        name=verdict.partner.name,
        url=partner_url(seat, verdict.partner),
        words=str(Exclusion(verdict.excluded).label) if verdict.excluded else verdict.address,
        tone="warn" if verdict.excluded else "done",
        note=basis_note(verdict.basis, anyway=verdict.included_anyway),
        can_include=verdict.can_include,
        is_included_anyway=verdict.included_anyway,
    )


def sent(
    rows: Collection[LetterMessage], fates: Mapping[int, OutgoingMessage], seat: Seat, letter: Letter
) -> list[Person]:
    """Rows of a sent letter with what became of them. One query."""
    seen = seen_partners(seat, letter, [each.partner_id for each in rows])
    return [
        sent_to(each, fates.get(each.outgoing_id or 0), seat)
        if each.partner_id in seen
        else unnamed(is_out=bool(each.excluded))
        for each in rows
    ]


def sent_to(each: LetterMessage, fate: OutgoingMessage | None, seat: Seat) -> Person:
    """One row of a sent letter, to a partner who may be named."""
    if fate is None:
        words, tone, open_url = str(Exclusion(each.excluded).label), "warn", ""
    else:
        state = OutgoingMessage.State(fate.state)
        words, tone = str(state.label), OUTBOX_TONES[state]
        open_url = reverse("letter_message", args=[seat.agency.slug, each.letter_id, each.pk])
    note = basis_note(each.basis, anyway=each.included_anyway)
    return Person(
        pk=each.partner_id,
        name=each.partner.name,
        url=partner_url(seat, each.partner),
        words=words,
        tone=tone,
        note=f"{note} {fate.last_error}".strip() if fate is not None else note,
        open_url=open_url,
    )


def basis_note(basis: str, *, anyway: bool) -> str:
    """On what ground, and whether a person put the partner in."""
    ground = str(Basis(basis).label) if basis else ""
    return _("%(ground)s; included by hand") % {"ground": ground} if anyway else ground


def ground(each: LetterMessage) -> Fact:
    """On what ground a message was sent."""
    return Fact(_("Ground"), basis_note(each.basis, anyway=each.included_anyway))
