"""The letters on the page of a wave: how far each is, who gets paper, and to whom somebody talks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from communications.letter_languages import languages
from communications.models import CoreMessage, Exclusion, Letter
from communications.queries.letters import core_message_of
from communications.sources import starter_values
from delivery.models import OutgoingMessage
from ssu import starter
from transition.models import Shift, Wave
from transition.queries.lists import givers_of
from transition.queries.notices import LOST, SENT, Mailed, letters_of, listed, mailed, may_name_all, to_print

MERGED = ("greeting", "partner_name", "agency_name", "unit_name")
"""What is filled in for each reader, and so stays in braces."""
TONES = {Letter.State.DRAFT: "none", Letter.State.APPROVED: "prog", Letter.State.SENDING: "prog"}


@dataclass(frozen=True)
class LetterRow:
    """A letter of the wave."""

    name: str
    url: str
    state: str
    tone: str
    counts: str


@dataclass(frozen=True)
class TalkRow:
    """Somebody whom no letter tells, and why."""

    giver: str
    url: str
    why: str


def beginning(seat: Seat, wave: Wave) -> dict[str, Any]:
    """What the letter begins from: the starter pack's words with the unit's goal and core messages."""
    unit = wave.plan.unit
    standing = core_message_of(unit.pk)
    known = {**starter_values(seat, unit), **{name: f"{{{{{name}}}}}" for name in MERGED}}
    known["core_message"] = heart_of(standing)
    body = starter.filled(starter.text(seat.agency, "transition_notice"), known)
    return {"subject": _("What changes, and what does not"), "body": body, "language": "en"}


def heart_of(standing: CoreMessage | None) -> str:
    """What every partner should hear, in a few sentences."""
    return standing.text.strip() if standing else ""


def notices_of(seat: Seat, wave: Wave, *, withheld: bool) -> dict[str, Any]:
    """Everything about the letters of a wave. The number of queries depends on the languages alone."""
    agency, unit_id, state = seat.agency, wave.plan.unit_id, wave.state
    letters, known = letters_of(wave), mailed(wave)
    runs = wave.plan.ended_at is None and not withheld
    may_talk = runs and seat.can("transition.talk", unit_id)
    paper = to_print(agency, wave) if letters and may_talk and state == Wave.State.OPEN else []
    unposted = sum(1 for each in known.posted.values() if each.posted_on is None)
    may_print = may_talk and may_name_all(seat)
    return {
        "letters": [letter_row(seat, each, known) for each in letters],
        "talks": talks(seat, wave, known, {partner.pk for _letter, partner in paper}) if may_talk else [],
        "to_print": len(paper) + unposted,
        "unposted": unposted,
        "posted": len(known.posted) - unposted,
        "may_write": may_talk and state != Wave.State.CLOSED and seat.can("letters.write", unit_id),
        "may_print": may_print and state == Wave.State.OPEN and bool(paper or unposted),
        "may_post": may_print and unposted > 0,
    }


def letter_row(seat: Seat, letter: Letter, known: Mailed) -> LetterRow:
    """A letter in words: its language, and what became of its messages."""
    return LetterRow(
        name=dict(languages()).get(letter.language, letter.language),
        url=reverse("letter", args=[seat.agency.slug, letter.pk]),
        state=str(Letter.State(letter.state).label),
        tone=TONES.get(Letter.State(letter.state), "done"),
        counts=counts_in_words(known.counts.get(letter.pk, {})),
    )


def counts_in_words(counts: dict[str, int]) -> str:
    """ "12 sent, 3 waiting, 1 did not arrive, 2 left out"."""
    sent = sum(counts.get(each, 0) for each in SENT)
    lost = sum(counts.get(each, 0) for each in (*LOST, OutgoingMessage.State.COMPLAINED))
    left_out = counts.get("left_out", 0)
    waiting = sum(counts.values()) - sent - lost - left_out
    said = [
        (sent, ngettext("%(n)s sent", "%(n)s sent", sent)),
        (waiting, ngettext("%(n)s waiting", "%(n)s waiting", waiting)),
        (lost, ngettext("%(n)s did not arrive", "%(n)s did not arrive", lost)),
        (left_out, ngettext("%(n)s left out", "%(n)s left out", left_out)),
    ]
    return ", ".join(words % {"n": number} for number, words in said if number)


def talks(seat: Seat, wave: Wave, known: Mailed, paper: set[int]) -> list[TalkRow]:
    """To whom nothing was told and whom no letter tells, with the reason, by giver. Two queries."""
    if wave.opened_on is None:
        return []
    found = list(Shift.objects.seen_by(seat).filter(pk__in=listed(wave.pk)).select_related("commitment__giving_unit"))
    why = {each: words for each in found if (words := why_talked_to(each, known, paper))}
    givers = givers_of(seat, [each.commitment_id for each in why])
    rows = [
        TalkRow(givers[each.commitment_id].name, reverse("shift", args=[seat.agency.slug, each.pk]), words)
        for each, words in why.items()
        if each.commitment_id in givers
    ]
    return sorted(rows, key=lambda row: (row.giver.casefold(), row.url))


def why_talked_to(shift: Any, known: Mailed, paper: set[int]) -> str:
    """Why somebody talks to the giver of this commitment; "" while a letter is on its way or still to come."""
    partner = shift.commitment.giving_unit.partner_id
    if shift.is_key:
        return _("Key donor: hears it from somebody first")
    if known.fates.get(partner) in LOST:
        return _("The e-mail did not arrive")
    reason = known.left_out.get(partner, "")
    if not reason or partner in known.fates or partner in known.posted or partner in paper:
        return ""
    return str(Exclusion(reason).label)
