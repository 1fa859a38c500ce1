"""CiviCRM contributions, as it imports and exports them, with soft credits."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.amounts import is_balanced
from partners.imports.layouts import Cells, Facts, Layout, keys_of

SOURCE = "CIVI"
_TAKEN_BACK = {"refunded": "refund", "chargeback": "chargeback"}
_GIFT = frozenset({"completed", "", "1"}) | frozenset(_TAKEN_BACK)
_NOT_GIVEN = frozenset(
    {"pending", "cancelled", "canceled", "failed", "in progress", "overdue", "template", "2", "3", "4", "5", "6", "11"}
)
"""States, also by their numbers, of what was not given; any other that is none of a gift is asked about."""
_YES = frozenset({"1", "yes", "true", "y"})
_KINDS = {"in kind": "in_kind", "in-kind": "in_kind", "stock": "stock", "securities": "stock"}
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")


def gift_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A completed contribution is a gift; a refunded one went in and out again; every other state is none."""
    if row.text("is_test").casefold() in _YES:
        return [{"no_gift": "test"}]
    status = row.text("status").casefold()
    if status not in _GIFT:
        return [{"no_gift": status, "unknown_category": "" if status in _NOT_GIVEN else row.text("status")}]
    number = row.first("gift_id", "invoice", "contribution")
    came_in = {
        "gift_id": number,
        "gift_date": day_of(row.text("gift_date")),
        "donor_id": row.text("donor_id") or (f"contact {row.text('contact')}" if row.text("contact") else ""),
        "amount": row.text("amount"),
        "designation": row.text("designation") if "designation" in row.bound.named else row.text("financial_type"),
        "type": _KINDS.get(row.text("financial_type").casefold(), "gift"),
        "reference": row.text("reference"),
        "soft_type": soft_kind(row.text("soft_type")),
        "unbalanced": "" if is_balanced(row.text("amount"), row.text("fee"), row.text("net")) else "yes",
    }
    if status not in _TAKEN_BACK:
        return [came_in]
    return [came_in, {**came_in, **went_out(row, number, _TAKEN_BACK[status])}]


def soft_kind(text: str) -> str:
    """The kind of a soft credit in our words, where we have one: whoever gave through a fund has the fund's receipt."""
    word = text.casefold().replace("-", " ")
    if "advised" in word or "daf" in word.split():
        return "advised_by"
    return "matching" if word.startswith("match") else text


def went_out(row: Cells, number: str, kind: str) -> Facts:
    """The way back: on its own day, with a number of its own."""
    amount = row.text("amount")
    return {
        "gift_id": f"{number}/{kind}" if number else "",
        "gift_date": day_of(row.first("cancel_date", "gift_date")),
        "amount": amount[1:] if amount.startswith("-") else f"-{amount}" if amount else "",
        "type": kind,
        "reverses": number,
        "returned": "yes",
        "fmv": "",
    }


def day_of(text: str) -> str:
    """The day of "2025-01-03 10:00:00" or "20250103100000"."""
    if found := _COMPACT.fullmatch(text):
        return "-".join(found.groups())
    return text.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0]


def contributions_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """The rows that are no gifts, by the reason."""
    kept: dict[str, list[int]] = {}
    for row in rows:
        reason = gift_facts(row, context)[0].get("no_gift", "")
        if reason:
            kept.setdefault(reason, []).append(row.record.row)
    return {"not_gifts": dict(sorted(kept.items()))}


CONTRIBUTIONS = Layout(
    "civicrm_contributions",
    "gifts",
    {
        "contribution": "contribution_id",
        "contact": "contact_id",
        "donor_id": "external_identifier",
        "donor_name": "contact_name",
        "financial_type": "financial_type_id",
        "method": "payment_instrument_id",
        "gift_date": "receive_date",
        "amount": "total_amount",
        "currency": "currency",
        "gift_id": "trxn_id",
        "invoice": "invoice_id",
        "reference": "check_number",
        "status": "contribution_status_id",
        "cancel_date": "contribution_cancel_date",
        "fmv": "non_deductible_amount",
        "receipted": "receipt_date",
        "fee": "fee_amount",
        "net": "net_amount",
        "is_test": "is_test",
        "designation": "fund_code",
        "memo": "note",
        "soft_donor_id": "soft_credit.contact.external_identifier",
        "soft_type": "soft_credit_type_id",
        "motivation": "contribution_campaign_id",
    },
    needed=("amount", "gift_date"),
    told_by=frozenset({"status", "gift_id", "financial_type", "soft_donor_id"}),
    also={
        "contribution": ("Contribution ID", "id"),
        "contact": ("Contact ID",),
        "donor_id": ("External Identifier", "contact.external_identifier", "External Identifier (match to contact)"),
        "donor_name": ("display_name", "Display Name", "sort_name"),
        "financial_type": ("financial_type", "Financial Type"),
        "method": ("payment_instrument", "Payment Method", "Paid By"),
        "gift_date": ("Date Received", "Contribution Date", "Received Date"),
        "amount": ("Total Amount",),
        "gift_id": ("Transaction ID",),
        "invoice": ("Invoice Reference",),
        "reference": ("Check Number",),
        "status": ("contribution_status", "Contribution Status", "Contribution Status ID"),
        "cancel_date": ("cancel_date", "Cancelled / Refunded Date", "Contribution Cancel Date"),
        "fmv": ("Non-deductible Amount",),
        "receipted": ("Receipt Date",),
        "fee": ("Fee Amount",),
        "net": ("Net Amount",),
        "is_test": ("Test", "Is Test"),
        "designation": ("fund", "fund_id", "designation"),
        "memo": ("Contribution Note", "Notes"),
        "soft_donor_id": ("Soft Credit External Identifier", "soft_credit.external_identifier"),
        "soft_type": ("soft_credit.soft_credit_type_id", "Soft Credit Type"),
        "motivation": ("Campaign", "campaign_id"),
    },
    known=keys_of(
        *("invoice_number", "cancel_reason", "thankyou_date", "contribution_source", "amount_level"),
        *("is_pay_later", "creditnote_id", "tax_amount", "pledge_id", "Contribution Source", "Cancel Reason"),
        *("soft_credit_2.contact.external_identifier", "soft_credit_2_type_id", "source", "Invoice Number"),
    ),
    signed_types=True,
    source=SOURCE,
    made=(
        *("gift_id", "gift_date", "donor_id", "amount", "designation", "type", "reference", "reverses", "returned"),
        *("soft_type", "unbalanced", "unknown_category", "no_gift"),
    ),
    makes=gift_facts,
    tells=contributions_tell,
)
