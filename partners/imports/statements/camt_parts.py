"""How an entry of a CAMT statement is divided among its details: what each of them moved, less what the bank kept."""

from core.money import Money
from imports.reading.camt import CamtDetail, CamtEntry
from imports.reading.findings import FileRefused
from partners.imports.statements import AGAIN
from partners.imports.statements.camt_amounts import money_of, signed

Parts = list[tuple[CamtDetail, Money]]


def parts_of(entry: CamtEntry, amount: Money) -> Parts:
    """Each detail with what it moves; they add up to the entry. An entry whose details do not tell their amounts stays
    one, under the names of all of them. Raises FileRefused amount, currency, balance.
    """
    details, currency = entry.details, amount.currency
    if len(details) == 1 and details[0].currency not in {"", currency}:
        return [(details[0], amount)]
    told = [
        (each, _moved(entry, place, each.amount, each.currency, currency))
        for place, each in enumerate(details, start=1)
        if each.amount
    ]
    if told and len(told) == len(details):
        return _proved(entry, told, amount)
    if details and all(each.instructed and each.instructed_currency == currency for each in details):
        parts = [
            (each, _moved(entry, place, each.instructed, currency, currency))
            for place, each in enumerate(details, start=1)
        ]
        if _adds_up(parts, amount):
            return parts
    return [(together(details), amount)]


def _proved(entry: CamtEntry, told: Parts, amount: Money) -> Parts:
    """The parts when they add up to the entry, as they stand or less the charges that it tells."""
    if _adds_up(told, amount):
        return told
    less = [(detail, moved + _charged(entry, detail.charges, amount.currency)) for detail, moved in told]
    if _adds_up(less, amount):
        return less
    if len(told) == 1 and told[0][1] + _charged(entry, entry.charges, amount.currency) == amount:
        return [(told[0][0], amount)]
    found = Money(sum(moved.minor for _, moved in told), amount.currency).decimal_string()
    sentence = f"Entry {entry.place}, TxDtls: its details come to {found}, the entry to {amount.decimal_string()}."
    raise FileRefused("balance", f"{sentence} {AGAIN}")


def _adds_up(parts: Parts, amount: Money) -> bool:
    return sum(moved.minor for _, moved in parts) == amount.minor


def _moved(entry: CamtEntry, place: int, text: str, currency: str, of_account: str) -> Money:
    """What the detail at this place, counted from 1, moves."""
    where = f"Entry {entry.place}, TxDtls {place}"
    direction = entry.details[place - 1].direction or entry.direction
    return signed(money_of(text, currency, of_account, where), direction, where)


def _charged(entry: CamtEntry, charges: tuple[tuple[str, str, str], ...], currency: str) -> Money:
    """What charges take from the account; those in another currency are no part of the amount."""
    where = f"Entry {entry.place}, Chrgs"
    taken = [
        signed(money_of(text, of, currency, where), direction or "DBIT", where)
        for text, of, direction in charges
        if of in {"", currency}
    ]
    return Money(sum(each.minor for each in taken), currency)


def together(details: tuple[CamtDetail, ...]) -> CamtDetail:
    """Several details as one: the first, under the names and words of all, so that nobody stands for the others."""
    if len(details) < 2:
        return details[0] if details else CamtDetail()
    return details[0]._replace(
        end_to_end="",
        mandate="",
        party_account="",
        party="; ".join(dict.fromkeys(each.party for each in details if each.party)),
        text="; ".join(dict.fromkeys(each.text for each in details if each.text)),
        is_return=all(each.is_return for each in details),
    )
