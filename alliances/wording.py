"""Numbers, days and counts of an alliance in words. An alliance has no locale of its own:
it writes in the reader's language.
"""

from datetime import date
from decimal import Decimal

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, ngettext, to_locale


def locale() -> Locale:
    """The locale of the language in which the page is written."""
    return Locale.parse(to_locale(get_language() or "en"))


def written(number: Decimal | int | None) -> str:
    """A count with its groups of three: 2,515. Nothing reported is a dash, never a zero."""
    return "–" if number is None else str(format_decimal(number, locale=locale()))


def signed(number: Decimal) -> str:
    """A change with its sign: +120, −30, 0."""
    return {True: "+", False: "−"}[number > 0] + written(abs(number)) if number else written(number)


def day_words(day: date) -> str:
    """A day: 3 Mar 2026."""
    return str(format_date(day, "d MMM y", locale=locale()))


def due_words(due_on: date, today: date) -> str:
    """When something is due, seen from today: "due in 5 days", "late 30 days"."""
    days = (due_on - today).days
    if days == 0:
        return gettext("due today")
    if days > 0:
        return ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}
    return ngettext("late %(days)d day", "late %(days)d days", -days) % {"days": -days}


def reported_words(reported: int, expected: int) -> str:
    """How complete a number is: "4 of 4 reported"."""
    return gettext("%(reported)d of %(expected)d reported") % {"reported": reported, "expected": expected}
