"""How long the law asks to keep what a receipt was issued for."""

from datetime import date
from typing import Final

YEARS: Final[dict[str, int]] = {"AT": 7, "CH": 10, "DE": 10, "GB": 6, "NL": 7, "US": 7}
"""Full years after the year of issue. Austria: BAO § 132. Switzerland: OR art. 958f. Germany: EStDV § 50, AO § 147.
United Kingdom: Gift Aid records, six years (HMRC). Netherlands: AWR art. 52. United States: no fixed period; seven
years cover IRC § 6501. An agency asks its counsel.
"""
OTHERWISE: Final = 10


def last_legal_day(issued_on: date, country: str) -> date:
    """The last day on which the copy of a receipt must be there: the end of the last full year."""
    return date(issued_on.year + YEARS.get(country, OTHERWISE), 12, 31)
