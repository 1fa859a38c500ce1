"""Givers whose number is known and whom the file reaches otherwise than the record: what differs, and no more. A blank
cell says nothing, and what the record calls no longer valid is not proposed again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from partners.imports.judged import JudgedPartner
from partners.imports.matching.finding import Match, key_of
from partners.models import Address, EmailAddress, ExternalId, ImportMatch, Phone
from partners.models.contact import Reach
from partners.same_name import plain

FEWEST_DIGITS = 7
"""Telephones are the same when they end in the same digits, this many at least: prefixes are written in many ways."""


@dataclass
class Ways:
    """How some partners are reached, and were."""

    partners: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    emails: defaultdict[int, list[EmailAddress]] = field(default_factory=lambda: defaultdict(list))
    phones: defaultdict[int, list[Phone]] = field(default_factory=lambda: defaultdict(list))
    addresses: defaultdict[int, list[Address]] = field(default_factory=lambda: defaultdict(list))
    told: dict[int, date | None] = field(default_factory=dict)
    """Since when an address holds that a file brought to a known giver, by its id."""


def differences_of(batches: Iterable[Sequence[JudgedPartner]]) -> Iterator[Match]:
    """The known givers who are reached otherwise, with what is new. Five queries for each batch."""
    for givers in batches:
        known = [giver for giver in givers if giver.known]
        ways = ways_of(known) if known else Ways()
        for giver in known:
            partner = ways.partners.get(key_of(giver))
            told = told_otherwise(giver, partner, ways) if partner else {}
            if partner and told:
                fields = tuple(name for name in ("email", "phone", "address") if name in told)
                said = {"name": giver.display_name[:200], **told}
                is_sure = plain(giver.display_name) == ways.names.get(partner)
                yield Match(giver, partner, ImportMatch.Reason.NUMBER, said, fields, is_sure)


def ways_of(givers: Sequence[JudgedPartner]) -> Ways:
    """The partners behind the numbers, without those who died or were erased, and all their ways."""
    ways, keys = Ways(), {key_of(giver) for giver in givers}
    numbers = ExternalId.objects.filter(norm__in={number for _, number in keys}, partner__merged_into=None)
    living = numbers.filter(partner__deceased_on=None, partner__erased_at=None)
    for source, norm, partner, name in living.values_list("source", "norm", "partner_id", "partner__name"):
        if (source, norm) in keys:
            ways.partners[source, norm], ways.names[partner] = partner, plain(name)
    ids = set(ways.partners.values())
    for email in EmailAddress.objects.filter(partner__in=ids).order_by("pk"):
        ways.emails[email.partner_id].append(email)
    for phone in Phone.objects.filter(partner__in=ids).order_by("pk"):
        ways.phones[phone.partner_id].append(phone)
    for address in Address.objects.filter(partner__in=ids, whose=Reach.Whose.PARTNER).order_by("pk"):
        ways.addresses[address.partner_id].append(address)
    ways.told = told_days(ids)
    return ways


def told_days(partner_ids: Iterable[int]) -> dict[int, date | None]:
    """What earlier files told of the addresses that they brought to these partners: since when they hold, if they said.
    One query.
    """
    applied = ImportMatch.objects.filter(partner__in=partner_ids, before__has_key="addresses").exclude(applied_at=None)
    found = applied.values_list("before__addresses", "told__changed")
    return {pk: date.fromisoformat(day) if day else None for brought, day in found for pk in brought}


def told_otherwise(giver: JudgedPartner, partner: int, ways: Ways) -> dict[str, str]:
    """What the file says and the record does not, by field."""
    return {
        **new_emails(giver, ways.emails[partner]),
        **new_phones(giver, ways.phones[partner]),
        **new_address(giver, ways.addresses[partner], ways.told),
    }


def new_emails(giver: JudgedPartner, ours: Sequence[EmailAddress]) -> dict[str, str]:
    """E-mail addresses that the record has never had, and those of files that they stand in for."""
    known = {each.norm for each in ours}
    new = [each for each in giver.emails if each.strip().lower() not in known]
    told = {each.strip().lower() for each in giver.emails}
    gone = [each.email for each in replaced(ours) if each.norm not in told]
    return lines("email", new, gone)


def new_phones(giver: JudgedPartner, ours: Sequence[Phone]) -> dict[str, str]:
    """The same of telephones."""
    new = [each for each in giver.phones if not any(is_same_phone(digits_of(each), way.digits) for way in ours)]
    told = [digits_of(each) for each in giver.phones]
    gone = [each.number for each in replaced(ours) if not any(is_same_phone(each.digits, digits) for digits in told)]
    return lines("phone", new, gone)


W = TypeVar("W", EmailAddress, Phone)


def replaced(ours: Sequence[W]) -> list[W]:
    """The partner's own ways that hold and that a file brought: what a person wrote down stays."""
    return [each for each in ours if each.whose == "partner" and not each.not_valid_since and not each.added_at]


def lines(name: str, new: list[str], gone: list[str]) -> dict[str, str]:
    """What is new, line by line, and as many of the old as it stands in for."""
    ends = {f"{name}_ends": "\n".join(gone[: len(new)])} if new and gone else {}
    return {name: "\n".join(new), **ends} if new else {}


def digits_of(number: str) -> str:
    """The digits of a telephone number."""
    return "".join(sign for sign in number if sign.isascii() and sign.isdigit())


def is_same_phone(one: str, other: str) -> bool:
    """Whether two numbers by their digits are one; with less than FEWEST_DIGITS only when they are equal."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= FEWEST_DIGITS and long.endswith(short))


def new_address(giver: JudgedPartner, ours: Sequence[Address], told: dict[int, date | None]) -> dict[str, str]:
    """The address, unless it is there, was there and ended, fails, or is older than what a person wrote down or what
    another file told.
    """
    if not giver.street or giver.address_fails or is_there(giver, ours):
        return {}
    since, held = giver.address_changed, [known_since(each, told) for each in ours if not each.not_valid_since]
    if since and any(day and day >= since for day in held):
        return {}
    parts = {
        "lines": "\n".join(giver.street),
        "city": giver.city[:100],
        "region": giver.state[:100],
        "postal_code": giver.postal_code[:20],
        "country": giver.country[:60],
        "changed": since.isoformat() if since else "",
    }
    places = (*giver.street, giver.postal_code, giver.city, giver.state, giver.country)
    return {"address": ", ".join(filter(None, places)), **{name: text for name, text in parts.items() if text}}


def known_since(address: Address, told: dict[int, date | None]) -> date | None:
    """Since when an address holds as far as is known: the day that its file told, else when a person wrote it down."""
    if address.pk in told:
        return told[address.pk]
    return address.added_at.date() if address.added_at else None


def is_there(giver: JudgedPartner, ours: Sequence[Address]) -> bool:
    """Whether the record has the address; one that ended counts, unless the file says that it changed since."""
    since = giver.address_changed
    return any(
        is_same_address(giver, each)
        for each in ours
        if not each.not_valid_since or not since or since <= each.not_valid_since
    )


def is_same_address(giver: JudgedPartner, ours: Address) -> bool:
    """Whether street, place and postal code are the same, however written; what the file leaves blank is."""
    pairs = (
        (" ".join(giver.street), " ".join(ours.lines.split("\n"))),
        (giver.city, ours.city),
        (giver.postal_code, ours.postal_code),
    )
    return all(not told or plain(told) == plain(has) for told, has in pairs)
