"""Statements to test with: one agency, one giving unit, lines as a test needs them."""

from datetime import date
from typing import Any

from core.money import Money
from reports.documents.statement import Agency, GoodsOrServices, InReturn, Line, Receiver, Statement

NOTHING = GoodsOrServices(InReturn.NOTHING)
INTANGIBLE = GoodsOrServices(InReturn.INTANGIBLE)
DINNER = GoodsOrServices(InReturn.DESCRIBED, "Benefit dinner for two", Money(6000, "USD"))
AGENCY = Agency(
    "Harbor Light Mission",
    "98-7654321",
    ("4099 Chapel Road", "Port Alderney, WA 98694"),
    contact="giving@harborlight.example",
)
RECEIVER = Receiver("Daniel and Ruth Okafor", ("118 Orchard Lane", "Millbrook, NY 12545"))


def line(minor: int = 5000, currency: str = "USD", day: date = date(2026, 3, 3), **more: Any) -> Line:
    """Return a line of money; `minor` in minor units."""
    given = {"designation": "General Fund", "goods_or_services": NOTHING, "amount": Money(minor, currency), **more}
    return Line(given_on=day, **given)


def statement(*lines: Line, **more: Any) -> Statement:
    """Return a statement of 2026 with these lines."""
    content = {
        "number": "2026-000123",
        "year": 2026,
        "issued_on": date(2027, 1, 12),
        "agency": AGENCY,
        "receiver": RECEIVER,
        "lines": lines,
        **more,
    }
    return Statement(**content)
