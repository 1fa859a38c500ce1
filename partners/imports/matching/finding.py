"""Looking for partners who are like the givers that a file would add, set by set, by indexed look-ups."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from partners.imports.judged import JudgedPartner
from partners.keys import SOURCE_LENGTH, short_key
from partners.models import Address, EmailAddress, ImportMatch, Partner, Phone
from partners.same_name import plain

Reason = ImportMatch.Reason
RANKS = {reason: rank for rank, reason in enumerate(Reason.values)}
FEWEST_DIGITS = 7
"""A shorter number is an extension, and many share it."""


class Match(NamedTuple):
    """A giver, the partner who is most like them, and why. told and fields: what the partner is to take, where that is
    known beforehand. is_sure: number and name are the same, so that an answer may be proposed.
    """

    giver: JudgedPartner
    partner: int
    reason: str
    told: dict[str, str] | None = None
    fields: tuple[str, ...] = ()
    is_sure: bool = False


@dataclass
class Known:
    """The partners that some givers may be: their names, and who they are by e-mail, phone and name; postal codes."""

    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    by_email: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_phone: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def matches_of(batches: Iterable[list[JudgedPartner]]) -> Iterator[Match]:
    """The givers who are like a partner, each with the one who is most like them. Five queries for each batch."""
    for batch in batches:
        givers = [giver for giver in batch if not giver.known]
        known = known_of(givers) if givers else Known()
        for giver in givers:
            if best := min(reasons_for(giver, known), default=None):
                rank, partner = best
                yield Match(giver, partner, Reason.values[rank])


def known_of(givers: list[JudgedPartner]) -> Known:
    """Look up every partner who shares an e-mail address, a phone or a name with one of them."""
    known = Known()
    emails = {email.strip().lower() for giver in givers for email in giver.emails}
    for norm, partner in EmailAddress.objects.filter(norm__in=emails).values_list("norm", "partner_id"):
        known.by_email[norm].add(partner)
    phones = {number for giver in givers for number in phones_of(giver)}
    for number, partner in Phone.objects.filter(digits__in=phones).values_list("digits", "partner_id"):
        known.by_phone[number].add(partner)
    names = {giver.display_name.lower() for giver in givers}
    of_name = Partner.objects.filter(search_name__in=names).values_list("pk", flat=True)
    ids = set(of_name).union(*known.by_email.values(), *known.by_phone.values())
    standing = Partner.objects.filter(pk__in=ids, merged_into=None)
    for pk, name, last in standing.values_list("pk", "name", "last_name"):
        known.names[pk] = plain(name), plain(last or name)
        known.by_name[plain(name)].add(pk)
    for pk, place in Address.objects.filter(partner__in=ids).values_list("partner_id", "postal_code"):
        known.places[pk].add(plain(place))
    return known


def phones_of(giver: JudgedPartner) -> set[str]:
    """The numbers of a giver by their digits."""
    found = {"".join(sign for sign in phone if sign.isdigit()) for phone in giver.phones}
    return {digits for digits in found if len(digits) >= FEWEST_DIGITS}


def reasons_for(giver: JudgedPartner, known: Known) -> Iterator[tuple[int, int]]:
    """(Rank of the reason, partner) of each who is like a giver."""
    name, last = plain(giver.display_name), plain(giver.person.last or giver.display_name)
    place = plain(giver.postal_code)
    for email in giver.emails:
        for partner in known.by_email.get(email.strip().lower(), set()) & known.names.keys():
            same = known.names[partner][0] == name
            yield RANKS[Reason.NAME_AND_EMAIL if same else Reason.EMAIL], partner
    for number in phones_of(giver):
        for partner in known.by_phone.get(number, set()) & known.names.keys():
            if known.names[partner][1] == last:
                yield RANKS[Reason.NAME_AND_PHONE], partner
    for partner in known.by_name.get(name, ()):
        yield RANKS[Reason.NAME_AND_PLACE if place and place in known.places[partner] else Reason.NAME], partner


def key_of(giver: JudgedPartner) -> tuple[str, str]:
    """Source and number of a giver as they fit their columns."""
    return short_key(giver.source, SOURCE_LENGTH), short_key(giver.number)
