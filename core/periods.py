"""Months and fiscal years as plain dates."""

import calendar
from datetime import date, timedelta
from fractions import Fraction


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fiscal_year_bounds(year: int, first_month: int) -> tuple[date, date]:
    """First and last day of the fiscal year that is named after the calendar year in which it ends."""
    first = date(year if first_month == 1 else year - 1, first_month, 1)
    return first, add_months(first, 12) - timedelta(days=1)


def elapsed(first: date, last: date, today: date) -> Fraction:
    """The part of a period that is over at the end of today, 0 to 1."""
    days = (last - first).days + 1
    return Fraction(min(max((today - first).days + 1, 0), days), days)


def last_month(today: date) -> date:
    """The first day of the month before that of a day."""
    return add_months(today.replace(day=1), -1)
