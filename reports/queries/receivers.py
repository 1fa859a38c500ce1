"""Whom statements address, and where."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from babel import Locale
from django.db.models import Q

from agencies.models import Agency
from partners.models import Address, GivingUnit

CODE_BEFORE_CITY = frozenset({"AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "NO", "PL", "PT", "SE"})
"""Countries that write the postal code in front of the city. Source: Universal Postal Union, addressing systems."""


class Addressed(NamedTuple):
    """A giving unit as the envelope shows it. `language` is a BCP 47 tag."""

    name: str
    language: str
    address: tuple[str, ...]


class Place(NamedTuple):
    """An address as it is kept."""

    lines: str
    city: str
    region: str
    postal_code: str
    country: str


def valid_addresses(agency: Agency) -> Q:
    """Addresses of the partner that hold today."""
    still = Q(not_valid_since=None) | Q(not_valid_since__gt=agency.today())
    return still & Q(whose=Address.Whose.PARTNER)


def receivers_of(agency: Agency, givers: Collection[int]) -> dict[int, Addressed]:
    """Name, language and newest valid address of these giving units. Two queries."""
    rows = list(GivingUnit.objects.filter(pk__in=givers).values_list("pk", "name", "partner_id", "partner__language"))
    partners = [partner for _, _, partner, _ in rows if partner]
    valid = Address.objects.filter(valid_addresses(agency), partner__in=partners)
    columns = ("partner_id", "lines", "city", "region", "postal_code", "country")
    newest = {partner: Place._make(rest) for partner, *rest in valid.order_by("pk").values_list(*columns)}
    spoken = agency.locale.partition("_")[0]
    return {
        pk: Addressed(name, language or spoken, postal_lines(newest.get(partner), agency))
        for pk, name, partner, language in rows
    }


def postal_lines(address: Place | None, sender: Agency) -> tuple[str, ...]:
    """The lines of an address; its country only where it is not the sender's, in the sender's language and capitals, as
    the Universal Postal Union asks.
    """
    if address is None:
        return ()
    country = country_code(address.country.strip(), sender.country)
    if country in CODE_BEFORE_CITY:
        town = f"{address.postal_code} {address.city}"
    else:
        place = ", ".join(part for part in (address.city, address.region) if part)
        town = f"{place} {address.postal_code}"
    abroad = "" if country == sender.country else country_name(country, sender.locale)
    return tuple(line for line in (*address.lines.splitlines(), town.strip(), abroad) if line.strip())


def country_code(given: str, home: str) -> str:
    """The ISO 3166 code of a country given by code or by its English name; as it was given, where neither is known."""
    return codes().get(given.upper(), given) if given else home


@cache
def codes() -> dict[str, str]:
    """Codes by code, by English name and by what Americans write."""
    territories = {code: name for code, name in Locale.parse("en").territories.items() if len(code) == 2}
    by_name = {str(name).upper(): code for code, name in territories.items()}
    return {**by_name, **{code: code for code in territories}, "USA": "US", "U.S.A.": "US"}


def country_name(country: str, locale: str) -> str:
    """The name of a country for the last line of an address, in capitals."""
    return str(Locale.parse(locale).territories.get(country, country)).upper()
