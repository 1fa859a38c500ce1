"""Amounts as CAMT writes them: digits and a point, the sign in an element of its own."""

import re

from core.errors import Refused
from core.money import Money, parse_amount
from core.quoting import quoted
from imports.reading.findings import FileRefused

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,17})?")


def money_of(text: str, currency: str, of_account: str, where: str) -> Money:
    """An amount as CAMT writes it: digits and a point, no sign. Raises FileRefused amount, currency."""
    if currency and currency != of_account:
        raise FileRefused("currency", f"{where}: the amount is in {currency[:10]}, the account in {of_account}.")
    if not _AMOUNT.fullmatch(text):
        raise FileRefused("amount", f"{where}: {quoted(text)} is not an amount without a sign.")
    try:
        return parse_amount(text, of_account)
    except Refused as refusal:
        raise FileRefused("amount", f"{where}: {refusal}") from refusal


def signed(money: Money, direction: str, where: str) -> Money:
    """The amount with the sign that its direction says. Raises FileRefused amount."""
    if direction not in {"CRDT", "DBIT"}:
        raise FileRefused("amount", f"{where}: it is not said whether money came in (CRDT) or went out (DBIT).")
    return money if direction == "CRDT" else -money
