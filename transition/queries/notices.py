"""Whom the letters of a wave are for, what became of them, and to whom somebody talks instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agencies.models import Agency
from agencies.seats import Seat
from communications.models import Channel, Exclusion, Letter, LetterMessage, Purpose
from communications.queries import standing
from communications.queries.audience import READER, facts_of, tongue
from communications.queries.readers import would_get
from communications.queries.series import Mailed as MailedInSeries
from communications.queries.series import letters_in, mailed_in, one_more
from communications.series import name_of
from partners.models import Address, Partner
from transition.models import PostedNotice, Shift, ShiftAct, Wave

KIND = "transition.wave"
"""The kind of series that the letters of a wave are."""
GIVER = "commitment__giving_unit__partner"
ON_PAPER = frozenset({Exclusion.NO_EMAIL, Exclusion.NOT_VALID, Exclusion.SUPPRESSED})
"""Whom no e-mail reaches: they get the letter by post where there is an address and nothing speaks against it."""
WRITTEN = (Letter.State.APPROVED, Letter.State.SENDING, Letter.State.SENT)


def may_name_all(seat: Seat) -> bool:
    """Whether the seat may know every partner by name: letters on paper name them."""
    return seat.unit_ids("partners.view") is None


def series_of(wave: Wave) -> str:
    """How the letters of a wave are called."""
    return name_of(KIND, wave.pk)


def listed(wave_id: int) -> Any:
    """The commitments of a wave to whose givers nothing was told."""
    standing_acts = ShiftAct.objects.filter(shift=OuterRef("pk"), taken_back_at=None)
    return Shift.objects.filter(~Exists(standing_acts), wave=wave_id)


def readers(wave_id: int) -> Any:
    """The givers of a wave."""
    return Shift.objects.filter(wave=wave_id).values(GIVER)


def talked_to(wave_id: int) -> Any:
    """The key donors of a wave who were not told yet: they hear it from somebody first."""
    return listed(wave_id).filter(is_key=True).values(GIVER)


def told(wave_id: int) -> Any:
    """The givers of a wave of whose commitments none waits for a notice, and those who have it on paper."""
    posted = PostedNotice.objects.filter(letter__series=name_of(KIND, wave_id)).values(reader=READER)
    heard = Q(pk__in=readers(wave_id)) & ~Q(pk__in=listed(wave_id).values(GIVER))
    return Partner.objects.filter(heard | Q(pk__in=posted)).values("pk")


def letters_of(wave: Wave) -> list[Letter]:
    """The letters of a wave, the first written first, without those that were cancelled. One query."""
    return letters_in([series_of(wave)])


def is_wanted(agency: Agency, wave: Wave, letters: Iterable[Letter]) -> bool:
    """Whether a letter in one more language than these would reach anybody, by e-mail or on paper. Ten queries."""
    languages = [each.language for each in letters]
    draft, found = one_more(wave.plan.unit, series_of(wave), languages)
    if found.exists():
        return True
    unreached = would_get(agency, draft, in_turn=False).filter(reason__in=ON_PAPER)
    if languages:
        unreached = unreached.exclude(tongue__in=["", *(tongue(each) for each in languages)])
    return bool(on_paper(agency, draft, list(unreached)))


@dataclass(frozen=True)
class Mailed(MailedInSeries):
    """What became of the letters of a wave; `posted` is who has it on paper."""

    posted: dict[int, PostedNotice] = field(default_factory=dict)


def mailed(wave: Wave) -> Mailed:
    """Three queries."""
    found = mailed_in([series_of(wave)])[series_of(wave)]
    posted = {row.reader: row for row in read_by(PostedNotice, letter__series=series_of(wave))}
    return Mailed(found.fates, found.left_out, found.counts, posted)


def read_by(rows: Any, **conditions: str) -> Any:
    """Rows of letters, each with `reader`: the id of who reads it now, also where records were merged since."""
    return rows.objects.filter(**conditions).annotate(reader=READER).order_by("pk")


def printed(wave: Wave) -> Any:
    """The letters that wait to be posted."""
    return read_by(PostedNotice, letter__series=series_of(wave)).filter(posted_on=None)


def to_print(agency: Agency, wave: Wave) -> list[tuple[Letter, Partner]]:
    """Who gets which letter of the wave on paper and has it not yet: partners whom no e-mail reaches, with a postal
    address, to whom news may be written by post. Key donors are talked to. About ten queries per language.
    """
    letters = [each for each in letters_of(wave) if each.state in WRITTEN]
    if not letters:
        return []
    waiting = Partner.objects.filter(pk__in=listed(wave.pk).values(GIVER)).exclude(pk__in=talked_to(wave.pk))
    mail = LetterMessage.objects.filter(series=series_of(wave), excluded="").values(reader=READER)
    waiting = waiting.exclude(pk__in=told(wave.pk)).exclude(pk__in=mail).order_by("pk")
    by_letter: dict[Letter, list[Partner]] = {}
    for partner in waiting:
        letter = letter_for(letters, partner)
        if letter is not None:
            by_letter.setdefault(letter, []).append(partner)
    return [pair for letter, group in by_letter.items() for pair in on_paper(agency, letter, group)]


def letter_for(letters: Iterable[Letter], partner: Partner) -> Letter | None:
    """The letter in the partner's language; the first for who named none."""
    theirs = tongue(partner.language)
    return next((each for each in letters if not theirs or tongue(each.language) == theirs), None)


def on_paper(agency: Agency, letter: Letter, partners: list[Partner]) -> list[tuple[Letter, Partner]]:
    """Those of these partners who get this letter by post."""
    known, ids = facts_of(agency, letter, partners), [each.pk for each in partners]
    by_post = replace(known, entries=standing(ids, Channel.POST, Purpose.NEWS))
    at_home = set(Address.objects.filter(partner__in=ids, not_valid_since=None).values_list("partner_id", flat=True))
    return [
        (letter, each)
        for each in partners
        if each.pk in at_home
        and known.hard_reason(each, known.address_of(each)) in ON_PAPER
        and not by_post.objected(each)
        and not by_post.reason_of_basis(each)
    ]
