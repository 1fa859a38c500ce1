"""The lists of who may be one partner, of who is not, and of what was merged."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from partners.forms.merges import CERTAINTIES, SCORES
from partners.models import DuplicateCandidate, Merge, Partner
from partners.queries.duplicates import candidates_wanted, merges_seen

TONES = {"certain": "warn", "likely": "prog", "possible": "none"}


@dataclass(frozen=True)
class Side:
    """One of two partners."""

    pk: int
    name: str
    kind: str
    url: str


@dataclass(frozen=True)
class CandidateRow:
    """Two who may be one, and why."""

    one: Side
    two: Side
    certainty: str
    tone: str
    reasons: str
    compare_url: str


@dataclass(frozen=True)
class ApartRow:
    """Two who are not the same."""

    pk: int
    one: Side
    two: Side
    day: str
    by: str


@dataclass(frozen=True)
class MergedRow:
    """A record that was merged into this one."""

    name: str
    day: str
    by: str
    reason: str
    undo_url: str


def side(agency: Agency, partner: Partner) -> Side:
    kind = capfirst(str(Partner.Kind(partner.kind).label))
    return Side(partner.pk, partner.name, kind, reverse("partner", args=[agency.slug, partner.pk]))


def compare_url(agency: Agency, *partner_ids: int) -> str:
    """The address of the page on which these records stand side by side."""
    query = urlencode([("partner", pk) for pk in partner_ids])
    return f"{reverse('partners_compare', args=[agency.slug])}?{query}"


def candidate_row(agency: Agency, each: DuplicateCandidate) -> CandidateRow:
    """A pair in words."""
    level = certainty(each.score)
    return CandidateRow(
        one=side(agency, each.first),
        two=side(agency, each.second),
        certainty=capfirst(str(dict(CERTAINTIES)[level])),
        tone=TONES[level],
        reasons=capfirst(", ".join(reason_in_words(word, number) for word, number in each.reasons)),
        compare_url=compare_url(agency, each.first_id, each.second_id),
    )


def certainty(score: int) -> str:
    """How certain a score is, in a word."""
    return next((name for name, (first, last) in SCORES.items() if first <= score <= last), "possible")


def reason_in_words(word: str, number: int) -> str:
    """One reason for a pair: the names with how alike they are, else what both have."""
    said = {
        "names": _("names alike %(number)s %%"),
        "spouse": _("alike %(number)s %% to the spouse on the other record"),
        "email": ngettext("same e-mail", "%(number)s same e-mails", number),
        "phone": ngettext("same phone", "%(number)s same phones", number),
        "address": ngettext("same address", "%(number)s same addresses", number),
        "number": ngettext("same number in two systems", "%(number)s same numbers in two systems", number),
    }
    return said[word] % {"number": number}


def apart_row(agency: Agency, each: Any) -> ApartRow:
    """A decision in words."""
    return ApartRow(
        pk=each.pk,
        one=side(agency, each.first.now),
        two=side(agency, each.second.now),
        day=day_in_words(agency, each.at),
        by=str(each.by) if each.by else "",
    )


def merged_rows(seat: Seat, partner: Partner) -> list[MergedRow]:
    """What was merged into a record and stands, for who may undo it. One query."""
    found = merges_seen(seat).filter(undone_at=None, survivor=partner) if seat.can("partners.merge") else []
    return [merged_row(seat.agency, each) for each in found]


def merged_row(agency: Agency, each: Merge) -> MergedRow:
    """A merge in words."""
    return MergedRow(
        name=each.loser.name,
        day=day_in_words(agency, each.at),
        by=str(each.by) if each.by else "",
        reason=each.reason,
        undo_url=reverse("merge_undo", args=[agency.slug, each.pk]),
    )


def may_be_same(seat: Seat, partner: Partner) -> dict[str, Any]:
    """How many records may be the same as this one, and where they stand. One query for who may merge."""
    if not seat.can("partners.merge"):
        return {"number": 0, "url": ""}
    number = candidates_wanted(seat, partner=partner.pk).count()
    url = f"{reverse('duplicates', args=[seat.agency.slug])}?{urlencode({'partner': partner.pk})}"
    return {"number": number, "url": url}
