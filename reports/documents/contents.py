"""What a statement says, as plain data: made from gift lines by the hundred, kept with the issue, printed from there.

A content is a dict of text and whole numbers only, so it is stored as JSON, hashed, and read back as the same thing:
`agency`, `receiver`, `lines` and `credits`. It holds everything that is printed but number, version and date.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from operator import attrgetter
from typing import Any

from agencies.models import Agency
from reports.queries.credits import Credit, credits_of
from reports.queries.lines import GivenLine, lines_of
from reports.queries.naming import PublicName, public_names
from reports.queries.receivers import Addressed, receivers_of
from reports.queries.standing import Standing

Content = dict[str, Any]
Names = Mapping[int, PublicName]
UNDECIDED = "Designation to be confirmed"
GOODS = {"in_kind": "Goods", "stock": "Securities"}
GIVEN_IN_RETURN = "Goods or services"
DESCRIBED = Standing.GOODS.value
INTANGIBLE = "intangible"
"""In place of a description: all that was given in return were intangible religious benefits."""


def contents_of(agency: Agency, year: int, givers: Collection[int], names: Names | None = None) -> dict[int, Content]:
    """The content of the statement of each of these giving units, by id, also where nothing is left to state.

    The gifts of who is stated with another are told there. Six queries for any number of giving units (five when the
    `names` of designations are handed in).
    """
    names = public_names() if names is None else names
    receivers = receivers_of(agency, givers)
    lines: dict[int, list[GivenLine]] = defaultdict(list)
    for line in lines_of(year, givers):
        if line.is_stated:
            lines[line.giver].append(line)
    thanks: dict[int, list[Credit]] = defaultdict(list)
    for credit in credits_of(year, givers):
        thanks[credit.giver].append(credit)
    sender = sender_of(agency)
    return {
        giver: content(sender, receiver, lines.get(giver, []), thanks.get(giver, []), names)
        for giver, receiver in receivers.items()
    }


def content(
    sender: Content, receiver: Addressed, lines: list[GivenLine], thanks: list[Credit], names: Names
) -> Content:
    """One giving unit's content."""
    return {
        "agency": sender,
        "receiver": {"name": receiver.name, "language": receiver.language, "address": list(receiver.address)},
        "lines": stated_lines(lines, names),
        "credits": [
            {
                "on": credit.given_on.isoformat(),
                "designation": name_of(credit.designation, names),
                "designation_id": credit.designation,
                "through": credit.through,
                "amount": [credit.amount, credit.currency],
            }
            for credit in thanks
        ],
    }


def sender_of(agency: Agency) -> Content:
    """The agency as it stands on receipts."""
    return {
        "name": agency.legal_name or agency.name,
        "ein": agency.tax_number,
        "address": [line for line in agency.address.splitlines() if line.strip()],
        "locale": agency.locale,
        "country": agency.country,
    }


def stated_lines(lines: list[GivenLine], names: Names) -> list[Content]:
    """The lines in their order. Lines of one payment share a key, which counts from 1 within the statement."""
    payments: dict[int, list[GivenLine]] = defaultdict(list)
    for line in lines:
        payments[line.gift].append(line)
    found: list[Content] = []
    for place, parts in enumerate(payments.values(), start=1):
        valued = max(parts, key=attrgetter("amount")) if len(parts) > 1 else parts[0]
        shared = str(place) if len(parts) > 1 else ""
        found += [stated_line(part, names, shared, is_valued=part is valued) for part in parts]
    return found


def stated_line(line: GivenLine, names: Names, shared: str, *, is_valued: bool) -> Content:
    """One line. The largest line of a payment carries what the giver got in return for it, so it is told once;
    that it was intangible is true of every line.
    """
    is_goods = line.standing == DESCRIBED
    return {
        "on": line.given_on.isoformat(),
        "designation": name_of(line.designation, names),
        "designation_id": line.designation,
        "amount": None if is_goods else [line.amount, line.currency],
        "goods": goods(line, names) if is_goods else "",
        "tendered": None if is_goods else tendered(line),
        "in_return": in_return(line) if is_valued or line.intangible else None,
        "payment": shared,
    }


def name_of(designation: int | None, names: Names) -> str:
    """What anybody may call a designation; a line in suspense waits for one."""
    return names[designation].name if designation is not None else UNDECIDED


def goods(line: GivenLine, names: Names) -> str:
    """The description of goods, never their value. The giver's own words stay back where the unit is closed."""
    closed = line.designation is not None and names[line.designation].is_closed
    words = (
        line.description.strip() or ("" if closed else line.intent.strip()) or GOODS.get(line.kind, GOODS["in_kind"])
    )
    return f"Returned: {words}" if line.amount < 0 else words


def tendered(line: GivenLine) -> list[Any] | None:
    """What the giver paid for this line where that was another currency; None where it cannot be told per line."""
    if line.line_tendered is not None:
        amount, currency = line.line_tendered, line.line_tendered_currency or line.gift_tendered_currency
    elif line.amount == line.gift_amount:
        amount, currency = line.gift_tendered, line.gift_tendered_currency
    else:
        return None
    return [amount, currency] if currency != line.currency else None


def in_return(line: GivenLine) -> list[Any] | str | None:
    """Description and good-faith estimate of what the giver got, or INTANGIBLE; None where that is nothing. Before the
    words had a field of their own they stood in that of goods given.
    """
    if line.intangible and line.amount > 0:
        return INTANGIBLE
    value = line.fair_market_value
    if not value or value < 0 or line.amount < 0:
        return None
    words = line.got.strip() or (line.description.strip() if line.standing != DESCRIBED else "")
    return [words or GIVEN_IN_RETURN, value, line.currency]


def content_hash(said: Content) -> str:
    """SHA-256 of a content: two statements that say the same have the same one."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def totals(said: Content) -> dict[str, int]:
    """The sum of the money lines per currency, in minor units."""
    found: dict[str, int] = {}
    for minor, currency in (line["amount"] for line in said["lines"] if line["amount"]):
        found[currency] = found.get(currency, 0) + minor
    return found
