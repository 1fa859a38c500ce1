"""Stripe's payout reconciliation report: every movement of one or several payouts, read by the names of its columns."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from core.dates import DateOrder
from partners.imports.context import Context
from partners.imports.formats.amounts import is_balanced, number
from partners.imports.formats.processors import day_or_none, money_or_none
from partners.imports.layouts import Cells, Facts, Layout, keys_of
from partners.imports.movements import Movement

SOURCE = "STRIPE"
_KINDS = {
    "charge": "gift",
    "payment": "gift",
    "refund": "refund",
    "charge_failure": "refund",
    "dispute": "chargeback",
    "refund_failure": "gift",
    "dispute_reversal": "gift",
    "payment_refund": "refund",
    "payment_failure_refund": "refund",
}
"""The categories that are gifts or take gifts back; what failed to go back has come in again."""
_ANEW = frozenset({"charge_failure", "dispute_reversal", "refund_failure"})
"""What undoes an object of Stripe and so has the same source: its own number is that of the balance transaction."""
_OTHERS = frozenset(
    {
        *("fee", "payout", "payout_reversal", "transfer", "transfer_reversal", "topup", "topup_reversal", "tax"),
        *("other_adjustment", "adjustment", "network_cost", "risk_reserved_funds", "connect_reserved_funds"),
        *("connect_collection_transfer", "platform_earning", "platform_earning_refund", "contribution", "advance"),
        *("advance_funding", "anticipation_repayment", "financing_paydown", "financing_paydown_reversal"),
        *(
            "stripe_fee",
            "application_fee",
            "application_fee_refund",
            "payout_failure",
            "payout_cancel",
            "transfer_refund",
        ),
        *("partial_capture_reversal", "unreconciled_customer_funds", "climate_order_purchase", "climate_order_refund"),
    }
)


def gift_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A charge is a gift, refunds and disputes take one back; fees and payouts move money and are none."""
    category = category_of(row)
    gross, fee, net = (row.text(fact) for fact in ("amount", "fee", "net"))
    unbalanced = "" if is_balanced(gross, fee, net) else "yes"
    if category not in _KINDS:
        unknown = "" if category in _OTHERS else category or "none"
        return [{"no_gift": category or "none", "unbalanced": unbalanced, "unknown_category": unknown}]
    kind = _KINDS[category]
    return [
        {
            "gift_id": number_of(row),
            "gift_date": row.text("gift_date").split(" ")[0].split("T")[0],
            "donor_id": row.first("donor_id", "email"),
            "type": kind,
            "reverses": "" if kind == "gift" else row.text("charge"),
            "unbalanced": unbalanced,
        }
    ]


def number_of(row: Cells) -> str:
    """What the gift line is called: its object at Stripe, which another row may take back under the same name."""
    first = "balance_transaction" if category_of(row) in _ANEW else "gift_id"
    return row.first(first, "balance_transaction")


def category_of(row: Cells) -> str:
    """As the reports call it; the history of the balance calls a dispute an adjustment of it."""
    return row.text("category").casefold().replace(" ", "_")


def giver_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """The customer of a charge."""
    key = row.first("donor_id", "email")
    return [{"donor_id": key, "display_name": row.first("donor_name", "email") or key}] if key else []


def movement(row: Cells, context: Context, order: DateOrder) -> Movement | None:
    """What the row moves on the balance at Stripe."""
    currency = row.text("currency").upper() or context.base_currency
    net, gross = (money_or_none(row.text(fact), currency) for fact in ("net", "amount"))
    fee = money_or_none(row.text("fee"), currency)
    moved = net or (gross - fee if gross and fee else gross)
    day = day_or_none(row.text("gift_date"), context.today)
    if moved is None or day is None or not row.text("balance_transaction"):
        return None
    return Movement(
        account=SOURCE,
        reference=row.text("balance_transaction"),
        date=day,
        amount=moved,
        gross=gross,
        fee=fee,
        category=category_of(row),
        party=row.first("donor_name", "email"),
        text=row.text("memo"),
        payout=row.text("payout"),
        payout_date=day_or_none(row.text("payout_date"), context.today),
        gift_number=number_of(row) if category_of(row) in _KINDS else "",
        returned=_KINDS.get(category_of(row)) in {"refund", "chargeback"},
    )


def payouts_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """What each payout comes to, and how many rows each category has."""
    categories: Counter[str] = Counter()
    sums: defaultdict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(("gross", "fee", "net"), Decimal(0)))
    counts: Counter[str] = Counter()
    days: dict[str, str] = {}
    for row in rows:
        categories[category_of(row)] += 1
        if not (payout := row.text("payout")):  # not paid out yet, or by hand: rows of any currency
            continue
        counts[payout] += 1
        days[payout] = row.text("payout_date").split(" ")[0].split("T")[0]
        for name, fact in (("gross", "amount"), ("fee", "fee"), ("net", "net")):
            sums[payout][name] += number(row.text(fact)) or 0
    told = {
        payout: {
            "date": days[payout],
            "rows": counts[payout],
            **{name: f"{each}" for name, each in sums[payout].items()},
        }
        for payout in counts
    }
    return {"payouts": told, "by_category": dict(sorted(categories.items()))}


_COLUMNS = {
    "payout": "automatic_payout_id",
    "payout_date": "automatic_payout_effective_at_utc",
    "balance_transaction": "balance_transaction_id",
    "told": "balance_transaction_id",
    "available": "available_on_utc",
    "gift_date": "created_utc",
    "currency": "currency",
    "amount": "gross",
    "fee": "fee",
    "net": "net",
    "category": "reporting_category",
    "gift_id": "source_id",
    "memo": "description",
    "donor_id": "customer_id",
    "email": "customer_email",
    "donor_name": "customer_name",
    "charge": "charge_id",
    "method": "payment_method_type",
    "designation": "payment_metadata[ssu]",
}
_ALSO = {
    "payout": ("payout_id", "Transfer"),
    "balance_transaction": ("id",),
    "available": ("available_on", "Available On (UTC)"),
    "amount": ("Amount",),
    "category": ("Type",),
    "gift_id": ("Source",),
    "email": ("Customer Email (metadata)", "email (metadata)"),
    "payout_date": (
        "automatic_payout_effective_at",
        "payout_effective_at_utc",
        "payout_effective_at",
        "Transfer Date (UTC)",
    ),
    "gift_date": ("created", "Created (UTC)"),
    "designation": (
        "ssu (metadata)",
        "designation (metadata)",
        "fund (metadata)",
        "payment_metadata[designation]",
        "payment_metadata[fund]",
        "payment_metadata[unit]",
    ),
}
PAYOUTS = Layout(
    "stripe_payouts",
    "gifts",
    _COLUMNS,
    needed=("balance_transaction", "gift_date", "amount", "category"),
    told_by=frozenset({"told", "payout_date", "available"}),
    also=_ALSO,
    known=keys_of(
        *("customer_facing_amount", "customer_facing_currency", "invoice_id", "destination_platform_fee"),
        *("transfer_group",),
        *("payment_intent_id", "card_brand", "card_funding", "card_country", "connected_account_id", "trace_id"),
        *("payment_metadata[commitment]", "refund_metadata[reason]", "statement_descriptor", "dispute_reason"),
        *("customer_description", "subscription_id", "order_id", "destination_payment_id", "transfer_id"),
    ),
    signed_types=True,
    source=SOURCE,
    own_donors=True,
    made=(*("gift_id", "gift_date", "donor_id", "type", "reverses", "unbalanced", "unknown_category", "no_gift"),),
    makes=gift_facts,
    moves=movement,
    tells=payouts_tell,
    brings=Layout(
        "stripe_payouts",
        "partners",
        {"donor_id": "customer_id", "email": "customer_email", "donor_name": "customer_name"},
        needed=(),
        told_by=frozenset(),
        source=SOURCE,
        made=("donor_id", "display_name"),
        makes=giver_facts,
    ),
)
