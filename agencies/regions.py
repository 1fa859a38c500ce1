"""The countries, locales, time zones and currencies that an agency may choose from. Names: Unicode CLDR, as Babel
ships it.
"""

import zoneinfo
from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from core.currencies import EXPONENTS

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes of CLDR that are unions, pseudo-accents or the unknown."""

Choices = list[tuple[str, str]]
ENGLISH = Locale("en")


@cache
def countries() -> Choices:
    """ISO 3166 codes with English names, by name."""
    names = ENGLISH.territories.items()
    return by_name((code, name) for code, name in names if len(code) == 2 and code not in NO_COUNTRIES)


@cache
def locales() -> Choices:
    """A language and a country, such as en_US: they decide how figures and dates are written."""
    pairs = [name.split("_") for name in locale_identifiers()]
    return by_name(
        (f"{language}_{country}", f"{ENGLISH.languages[language]} ({ENGLISH.territories[country]})")
        for language, country in (pair for pair in pairs if len(pair) == 2)
        if language in ENGLISH.languages and len(country) == 2
    )


@cache
def time_zones() -> Choices:
    """The zones that are named after places, and UTC."""
    return [
        (zone, zone.replace("_", " "))
        for zone in sorted(zoneinfo.available_timezones())
        if "/" in zone or zone == "UTC"
    ]


@cache
def currencies() -> Choices:
    """ISO 4217 codes with English names."""
    return [(code, f"{code}: {ENGLISH.currencies.get(code, code)}") for code in sorted(EXPONENTS)]


def by_name(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: pair[1])
