"""Amounts as CAMT writes them: digits and a point, the sign in an element of its own."""

import re

from core.errors import Refused
from core.money import Money, parse_amount
from core.quoting import quoted
from imports.reading.findings import FileRefused
from partners.imports.statements import AGAIN

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,17})?")


def money_of(text: str, currency: str, of_account: str, where: str) -> Money:
    """An amount as CAMT writes it: digits and a point, no sign. Raises FileRefused amount, currency."""
    if currency and currency != of_account:
        sentence = f"{where}, Amt: the amount is in {quoted(currency)}, the account in {of_account}. {AGAIN}"
        raise FileRefused("currency", sentence)
    if not _AMOUNT.fullmatch(text):
        wrong = f"{quoted(text)} is not an amount" if text else "there is no amount"
        sentence = f"{where}, Amt: {wrong}. It is written with a point and without a sign, like 1234.50. {AGAIN}"
        raise FileRefused("amount", sentence)
    try:
        return parse_amount(text, of_account)
    except Refused as refusal:
        raise FileRefused("amount", f"{where}, Amt: {refusal} {AGAIN}") from refusal


def signed(money: Money, direction: str, where: str) -> Money:
    """The amount with the sign that its direction says. Raises FileRefused amount."""
    if direction not in {"CRDT", "DBIT"}:
        sentence = f"{where}, CdtDbtInd: it is not said whether money came in (CRDT) or went out (DBIT). {AGAIN}"
        raise FileRefused("amount", sentence)
    return money if direction == "CRDT" else -money
