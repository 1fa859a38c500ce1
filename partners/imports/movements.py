"""What moves money at a bank or a payment processor, as a file tells it; whether it is a gift is another question."""

import datetime as dt
from typing import NamedTuple

from core.money import Money
from partners.keys import short_key

ACCOUNT_LENGTH = 60

LineId = tuple[str, str, str]
"""("line", account, reference): what tells one line of a statement from every other."""


class Movement(NamedTuple):  # travels between processes by the ten thousand
    """One line of a bank statement, or one movement of a balance at a processor.

    account: its number at the bank, or the processor. reference: what the bank or processor calls this line. amount:
    what the account gained or lost; gross and fee where the processor tells them, so that amount is gross less fee.
    payout: what went to the bank together, with its day. gift_number: of the gift that the line is about. corrects:
    the reference of an earlier line that this one replaces or deletes. returned: money that came back.
    """

    account: str
    reference: str
    date: dt.date
    amount: Money
    gross: Money | None = None
    fee: Money | None = None
    category: str = ""
    party: str = ""
    text: str = ""
    payout: str = ""
    payout_date: dt.date | None = None
    gift_number: str = ""
    corrects: str = ""
    returned: bool = False

    @property
    def line_id(self) -> LineId:
        """Account and reference as they fit their columns."""
        return "line", short_key(self.account, ACCOUNT_LENGTH), short_key(self.reference)


class Payout(NamedTuple):
    """What a processor paid to the bank: which, when, and how much."""

    account: str
    payout: str
    date: dt.date
    amount: Money
