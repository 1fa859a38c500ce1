"""What the letters of a series look like on the page of what they are about, and what one begins from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from agencies.seats import Seat
from communications.letter_languages import languages
from communications.models import Letter
from communications.queries.letters import core_message_of
from communications.queries.series import LOST, SENT
from communications.sources import starter_values
from delivery.models import OutgoingMessage
from ssu import starter

MERGED = ("greeting", "partner_name", "agency_name", "unit_name")
"""What is filled in for each reader, and so stays in braces."""
TONES = {Letter.State.DRAFT: "none", Letter.State.APPROVED: "prog", Letter.State.SENDING: "prog"}


@dataclass(frozen=True)
class LetterRow:
    """A letter of a series; `url` is "" for who reads no letters."""

    name: str
    url: str
    state: str
    tone: str
    counts: str


def begun_from(seat: Seat, unit: Any, part: str, **values: str) -> str:
    """The words of a part of the starter pack with the unit's goal and core messages, and these values; a line that
    names what is not known is left out.
    """
    standing = core_message_of(unit.pk)
    known = {**starter_values(seat, unit), **values, **{name: f"{{{{{name}}}}}" for name in MERGED}}
    known["core_message"] = standing.text.strip() if standing else ""
    return starter.filled(starter.text(seat.agency, part), known)


def letter_row(seat: Seat, letter: Letter, counts: Mapping[str, int]) -> LetterRow:
    """A letter in words: its language, and what became of its messages."""
    return LetterRow(
        name=dict(languages()).get(letter.language, letter.language),
        url=reverse("letter", args=[seat.agency.slug, letter.pk]) if seat.can("letters.view", letter.unit_id) else "",
        state=str(Letter.State(letter.state).label),
        tone=TONES.get(Letter.State(letter.state), "done"),
        counts=counts_in_words(counts),
    )


def counts_in_words(counts: Mapping[str, int]) -> str:
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
