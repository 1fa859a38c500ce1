"""An issued statement as the document that is printed."""

from datetime import date
from typing import Any

from core.money import Money
from reports.documents.contents import Content
from reports.documents.statement import (
    Agency,
    GoodsOrServices,
    InReturn,
    Line,
    Receiver,
    Replaced,
    SoftCredit,
    Statement,
)
from reports.models import StatementIssue

NOTHING = GoodsOrServices(InReturn.NOTHING)


def statement_of(issue: StatementIssue) -> Statement:
    """The document of an issue, from what was kept with it: the same whenever it is made. Raises StatementRefused.

    `issue.replaces` is read where there is one: select it along.
    """
    replaced = issue.replaces
    return document(
        issue.content,
        number=issue.label,
        year=issue.year,
        version=issue.version,
        issued_on=issue.issued_on,
        replaces=Replaced(replaced.version, replaced.issued_on) if replaced else None,
    )


def document(said: Content, **frame: Any) -> Statement:
    """The document of a content; `frame` is number, year, version, date and what it replaces."""
    sender, receiver = said["agency"], said["receiver"]
    return Statement(
        agency=Agency(**{**sender, "address": tuple(sender["address"])}),
        receiver=Receiver(receiver["name"], tuple(receiver["address"]), receiver["language"]),
        lines=tuple(line_of(line) for line in said["lines"]),
        soft_credits=tuple(
            SoftCredit(
                date.fromisoformat(credit["on"]), credit["designation"], credit["through"], Money(*credit["amount"])
            )
            for credit in said["credits"]
        ),
        **frame,
    )


def line_of(line: Content) -> Line:
    """One line of the document."""
    return Line(
        given_on=date.fromisoformat(line["on"]),
        designation=line["designation"],
        goods_or_services=in_return_of(line["in_return"]),
        amount=Money(*line["amount"]) if line["amount"] else None,
        in_kind=line["goods"],
        tendered=Money(*line["tendered"]) if line["tendered"] else None,
        gift=line["payment"],
    )


def in_return_of(described: list[Any] | str | None) -> GoodsOrServices:
    """One of the three statements: nothing, only intangible, or goods or services with their good-faith estimate."""
    if described is None:
        return NOTHING
    if isinstance(described, str):
        return GoodsOrServices(InReturn(described))
    words, minor, currency = described
    return GoodsOrServices(InReturn.DESCRIBED, words, Money(minor, currency))
