"""PayPal's activity download, English or German: payments, refunds, fees, and what only moves between accounts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from core.currencies import EXPONENTS
from core.dates import AmbiguousDate, DateOrder, order_of
from partners.imports.context import Context
from partners.imports.formats.amounts import decimal_mark, is_balanced, number, with_point
from partners.imports.formats.paypal_words import (
    COLUMNS,
    ENGLISH_TOO,
    GERMAN,
    GERMAN_STATES,
    GERMAN_TYPES,
    NO_GIFTS,
    OTHERS,
    WAITING,
)
from partners.imports.formats.processors import day_or_none, money_or_none
from partners.imports.layouts import Bound, Cells, Facts, Layout, keys_of
from partners.imports.movements import Movement

SOURCE = "PAYPAL"
_KINDS = {
    "donation payment": "gift",
    "donation received": "gift",
    "payment received": "gift",
    "recurring payment received": "gift",
    "subscription payment received": "gift",
    "web accept payment received": "gift",
    "website payments pro payment received": "gift",
    "express checkout payment received": "gift",
    "mobile payment received": "gift",
    "refund": "refund",
    "subscription payment": "gift",
    "website payment": "gift",
    "payment refund": "refund",
    "payment reversal": "chargeback",
    "chargeback": "chargeback",
}
_WITHDRAWALS = frozenset({"general withdrawal", "withdraw funds to a bank account", "withdraw funds to bank account"})
_PLAIN = str.maketrans({"\u00a0": "", "\u202f": "", "\u2009": "", "\u2212": "-"})
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")


def is_german(bound: Bound) -> bool:
    """The language of the download, by the name of its column of types."""
    return bound.column("category").casefold() == "typ"


def mark_of(row: Cells) -> str:
    """The decimal mark: a comma in German downloads, and in others where an amount can be read in no other way."""
    if is_german(row.bound):
        return ","
    return decimal_mark([written_of(row, fact) for fact in ("amount", "fee", "net")])


def written_of(row: Cells, fact: str) -> str:
    """The amount without blanks between its groups, which do not break a line, and with a plain minus."""
    return row.text(fact).translate(_PLAIN)


def amount_of(row: Cells, fact: str) -> str:
    """The amount with a decimal point. Where a currency has no decimals, signs between groups of three are none."""
    text = written_of(row, fact)
    if _GROUPED.fullmatch(text) and EXPONENTS.get(row.text("currency").upper()) == 0:
        return text.replace(".", "").replace(",", "")
    return with_point(text, mark_of(row))


def type_of(row: Cells) -> str:
    """The type of a row in English, as PayPal writes it there."""
    return GERMAN_TYPES.get(row.text("category").casefold(), row.text("category"))


def state_of(row: Cells) -> str:
    return GERMAN_STATES.get(row.text("state").casefold(), row.text("state"))


def label_of(row: Cells) -> str:
    """What a row that is no gift is called: its type, and its state when it did not come to an end."""
    return type_of(row) if state_of(row).casefold() == "completed" else f"{type_of(row)} ({state_of(row)})"


def kind_of(row: Cells) -> str:
    """gift, refund, chargeback, or "" for what is no gift."""
    return _KINDS.get(type_of(row).casefold(), "") if state_of(row).casefold() == "completed" else ""


def is_asked_for(row: Cells, amounts: list[str]) -> bool:
    """Whether money came in by a row of which nobody knows whether it is a gift: a type or a state that is not known,
    or a payment that was given back, whose refund has a row of its own.
    """
    came_in = (number(amounts[2] or amounts[0]) or 0) > 0 and row.text("impact").casefold() != "memo"
    return came_in and type_of(row).casefold() not in NO_GIFTS and state_of(row).casefold() not in WAITING


def payer_of(row: Cells, kind: str) -> str:
    """The address of who paid; of a refund, of who got it back. Without one, the name has to do."""
    return row.text("from" if kind == "gift" else "to").casefold() or row.text("donor_name").casefold()


def gift_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A completed payment is a gift, a refund points back to it; holds, conversions and withdrawals are no gifts."""
    amounts = [amount_of(row, fact) for fact in ("amount", "fee", "net")]
    unbalanced = "" if is_balanced(*amounts, fee_is_negative=True) else "yes"
    kind = kind_of(row)
    if not kind:
        asked = label_of(row) if is_asked_for(row, amounts) else ""
        return [{"no_gift": label_of(row) or "none", "unbalanced": unbalanced, "unknown_category": asked}]
    return [
        {
            "donor_id": payer_of(row, kind),
            "amount": amounts[0],
            "type": kind,
            "reverses": "" if kind == "gift" else row.text("named"),
            "unbalanced": unbalanced,
        }
    ]


def giver_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """The payer, with the address that PayPal tells."""
    kind = kind_of(row)
    key = payer_of(row, kind) if kind else ""
    if not key:
        return []
    email = row.text("from" if kind == "gift" else "to")
    return [
        {
            "donor_id": key,
            "display_name": row.text("donor_name") or email,
            "email": email,
            "state": row.text("state_of"),
        }
    ]


def movement(row: Cells, context: Context, order: DateOrder) -> Movement | None:
    """What the row moves on the balance at PayPal; a memo moves nothing."""
    currency = row.text("currency").upper()
    net, gross, fee = (amount_of(row, fact) for fact in ("net", "amount", "fee"))
    memo = row.text("impact").casefold() == "memo" or state_of(row).casefold() != "completed"
    moved = money_or_none(net or gross, currency) if currency and not memo else None
    day = day_or_none(row.text("gift_date"), context.today, order)
    if moved is None or day is None or not row.text("gift_id"):
        return None
    charged = money_or_none(fee, currency)
    withdrawn = type_of(row).casefold() in _WITHDRAWALS
    return Movement(
        account=SOURCE,
        reference=row.text("gift_id"),
        date=day,
        amount=moved,
        gross=money_or_none(gross, currency),
        fee=-charged if charged else None,
        category=type_of(row),
        party=row.text("donor_name"),
        text=row.first("memo", "subject", "designation"),
        payout=row.text("gift_id") if withdrawn else "",
        payout_date=day if withdrawn else None,
        gift_number=row.text("gift_id") if kind_of(row) else "",
        returned=kind_of(row) in {"refund", "chargeback"},
    )


def activity_tells(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """Who paid, fees of what is a gift, what is none, and what went to the bank."""
    payers: set[str] = set()
    fees: defaultdict[str, Decimal] = defaultdict(Decimal)
    others: Counter[str] = Counter()
    withdrawals: list[Cells] = []
    days: set[str] = set()
    marks: set[str] = set()
    german = False
    for row in rows:
        german = is_german(row.bound)
        days.add(row.text("gift_date"))
        marks.add(mark_of(row))
        kind = kind_of(row)
        if kind:
            if kind == "gift":
                payers.add(payer_of(row, kind))
            fees[row.text("currency").upper()] += number(amount_of(row, "fee")) or Decimal(0)
            continue
        others[label_of(row)] += 1
        if type_of(row).casefold() in _WITHDRAWALS:
            withdrawals.append(row)
    order = settled(days, context)
    return {
        "language": "de" if german else "en",
        "decimal_mark": "," if "," in marks else ".",
        "payers": len(payers),
        "fees": {currency: f"{total}" for currency, total in sorted(fees.items())},
        "not_gifts": dict(sorted(others.items())),
        "withdrawals": [withdrawal(row, context, order) for row in withdrawals],
    }


def settled(days: set[str], context: Context) -> DateOrder:
    """How the slash dates of the file are read; one that leaves it open is refused elsewhere."""
    try:
        return order_of(days, today=context.today) or DateOrder.MONTH_FIRST
    except AmbiguousDate:
        return DateOrder.MONTH_FIRST


def withdrawal(row: Cells, context: Context, order: DateOrder) -> dict[str, str]:
    """What went to the bank, on its day."""
    day = day_or_none(row.text("gift_date"), context.today, order)
    return {
        "date": day.isoformat() if day else row.text("gift_date"),
        "amount": amount_of(row, "amount").replace(",", "").removeprefix("-"),
        "currency": row.text("currency").upper(),
    }


_ALSO = {fact: (name, *ENGLISH_TOO.get(fact, ())) for fact, name in GERMAN.items()}
_PAYER = {fact: COLUMNS[fact] for fact in ("donor_name", "category", "state", "from", "to", "state_of")} | {
    fact: COLUMNS[fact] for fact in ("address1", "address2", "city", "postal_code", "country", "phone")
}
ACTIVITY = Layout(
    "paypal_activity",
    "gifts",
    COLUMNS,
    needed=("gift_date", "category", "state", "currency", "amount", "gift_id"),
    told_by=frozenset({"impact", "from", "gift_id"}),
    also=_ALSO,
    known=keys_of(*OTHERS),
    signed_types=True,
    source=SOURCE,
    own_donors=True,
    made=("donor_id", "amount", "type", "reverses", "unbalanced", "unknown_category", "no_gift"),
    makes=gift_facts,
    moves=movement,
    tells=activity_tells,
    brings=Layout(
        "paypal_activity",
        "partners",
        _PAYER,
        needed=(),
        told_by=frozenset(),
        also=_ALSO,
        source=SOURCE,
        made=("donor_id", "display_name", "email", "state"),
        makes=giver_facts,
    ),
)
