"""The letters on the page of a wave: how far each is, who gets paper, and to whom somebody talks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from communications.models import Exclusion, Letter
from communications.queries.series import LOST
from communications.series_pages import begun_from, letter_row
from partners.models import Partner
from transition.models import Shift, Wave
from transition.queries.lists import givers_of
from transition.queries.notices import Mailed, is_wanted, letters_of, listed, mailed, may_name_all, to_print


@dataclass(frozen=True)
class TalkRow:
    """Somebody whom no letter tells, and why."""

    shift_id: int
    is_key: bool
    giver: str
    url: str
    why: str


def beginning(seat: Seat, wave: Wave) -> dict[str, Any]:
    """What the letter begins from: the starter pack's words with the unit's goal and core messages."""
    body = begun_from(seat, wave.plan.unit, "transition_notice")
    return {"subject": _("What changes, and what does not"), "body": body, "language": "en"}


def notices_of(seat: Seat, wave: Wave, *, withheld: bool) -> dict[str, Any]:
    """Everything about the letters of a wave. The number of queries depends on the languages alone."""
    agency, unit_id, state = seat.agency, wave.plan.unit_id, wave.state
    letters, known = letters_of(wave), mailed(wave)
    runs = wave.plan.ended_at is None and not withheld
    may_talk = runs and seat.can("transition.talk", unit_id)
    paper = paper_of(agency, wave) if letters and may_talk else []
    unposted = sum(1 for each in known.posted.values() if each.posted_on is None)
    may_print = may_talk and may_name_all(seat)
    return {
        "letters": [letter_row(seat, each, known.counts.get(each.pk, {})) for each in letters],
        "talks": talks(seat, wave, known, {partner.pk for _letter, partner in paper}) if may_talk else [],
        "to_print": len(paper) + unposted,
        "unposted": unposted,
        "posted": len(known.posted) - unposted,
        "may_write": may_talk
        and state != Wave.State.CLOSED
        and seat.can("letters.write", unit_id)
        and is_wanted(agency, wave, letters),
        "may_print": may_print and state == Wave.State.OPEN and bool(paper or unposted),
        "office_prints": may_talk and not may_print and state == Wave.State.OPEN and bool(paper or unposted),
        "may_post": may_print and unposted > 0,
    }


def paper_of(agency: Agency, wave: Wave) -> list[tuple[Letter, Partner]]:
    """Who is to get a letter of an open wave on paper."""
    return to_print(agency, wave) if wave.state == Wave.State.OPEN else []


def talk_list(seat: Seat, wave: Wave) -> list[TalkRow]:
    """The same list by itself, for who talks to givers. The number of queries depends on the languages alone."""
    return talks(seat, wave, mailed(wave), {partner.pk for _letter, partner in paper_of(seat.agency, wave)})


def talks(seat: Seat, wave: Wave, known: Mailed, paper: set[int]) -> list[TalkRow]:
    """To whom nothing was told and whom no letter tells, with the reason, by giver. Two queries."""
    if wave.opened_on is None:
        return []
    found = list(Shift.objects.seen_by(seat).filter(pk__in=listed(wave.pk)).select_related("commitment__giving_unit"))
    why = {each: words for each in found if (words := why_talked_to(each, known, paper))}
    givers = givers_of(seat, [each.commitment_id for each in why])
    rows = [
        TalkRow(
            each.pk,
            each.is_key,
            givers[each.commitment_id].name,
            reverse("shift", args=[seat.agency.slug, each.pk]),
            words,
        )
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
