"""What contacts of other systems tell of one worker's work: what they promised, and where the talk with them stood.
Both are toward a designation, which such a file does not name: a person says it for the whole file, or both stay out.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from core.dates import FAR, DateOrder, WrongDate, parse_date, years_later
from core.money import Money, UnknownCurrency, WrongAmount, parse_amount
from partners.imports.context import Context
from partners.imports.formats.amounts import months_of
from partners.imports.formats.amounts import number as number_of
from partners.imports.judged import JudgedCommitment, JudgedPartner, JudgedStage
from partners.imports.row_notes import Reading
from partners.imports.sentences import ROW_SENTENCES

FREQUENCIES: Final = {
    Decimal("0.23"): "weekly",
    Decimal("0.46"): "two_weekly",
    Decimal(1): "monthly",
    Decimal(2): "two_monthly",
    Decimal(3): "quarterly",
    Decimal(4): "four_monthly",
    Decimal(6): "half_yearly",
    Decimal(12): "yearly",
    Decimal(24): "two_yearly",
}
"""Months between two payments, cut after two places -> our word."""
PHASES: Final = {
    "10": "connection",
    "20": "connection",
    "25": "connection",
    "30": "initiation",
    "40": "appointment",
    "50": "follow_up",
    "60": "partner_care",
    "70": "partner_care",
    "80": "partner_care",
    "90": "archive",
    "95": "archive",
    "100": "archive",
    "110": "archive",
    "130": "archive",
    "nevercontacted": "connection",
    "askinfuture": "connection",
    "cultivaterelationship": "connection",
    "contactforappointment": "initiation",
    "appointmentscheduled": "appointment",
    "callfordecision": "follow_up",
    "partnerfinancial": "partner_care",
    "partnerspecial": "partner_care",
    "partnerpray": "partner_care",
    "notinterested": "archive",
    "unresponsive": "archive",
    "neverask": "archive",
    "researchabandoned": "archive",
    "researchcontactinfo": "connection",
    "expiredreferral": "archive",
}
"""Phase of TntConnect (its number or its words) or status of MPDX -> our stage."""
TWICE_A_MONTH: Final = Decimal("0.5")
_NO_DAY = "1899-12-30"


@dataclass
class Asked:
    """What the contacts of one file promised and where they stood; `waiting` counts what waits for a designation."""

    promises: list[JudgedCommitment] = field(default_factory=list)
    stages: list[JudgedStage] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)

    def look_at(self, reading: Reading, partner: JudgedPartner, context: Context) -> None:
        """Take down what one contact promised and where it stood."""
        if promise := promise_of(reading, partner, context):
            self._take(self.promises, promise, "promises", comes_in=bool(context.toward))
        if kind := PHASES.get(bare(reading.text("phase"))):
            said = reading.text("phase")[:60]
            stage = JudgedStage(reading.record.row, *partner.key, context.toward, kind, said)
            self._take(self.stages, stage, "stages", comes_in=context.toward_unit)

    def _take(self, taken: list[Any], what: Any, name: str, *, comes_in: bool) -> None:
        if comes_in:
            taken.append(what)
        else:
            self.waiting[name] = self.waiting.get(name, 0) + 1

    def facts(self) -> dict[str, Any]:
        """Counts: what comes in, or what asks for a designation."""
        found: dict[str, Any] = {"toward_wanted": dict(self.waiting)} if self.waiting else {}
        found |= {"commitments": len(self.promises)} if self.promises else {}
        return found | ({"stages": len(self.stages)} if self.stages else {})


def bare(text: str) -> str:
    """Small letters and digits alone."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def promise_of(reading: Reading, partner: JudgedPartner, context: Context) -> JudgedCommitment | None:
    """What a contact promised, or None; what cannot be read is said, and the contact comes in all the same."""
    text = reading.text("commitment_amount")
    if not text or number_of(text) == 0:
        return None
    amount = amount_of(reading, text, context)
    frequency = frequency_of(reading.text("commitment_frequency"))
    if not frequency and not is_never(reading.text("commitment_frequency")):
        reading.warn_of("commitment_frequency", "frequency", ROW_SENTENCES["promise_frequency"])
    if amount is None or not frequency:
        return None
    return JudgedCommitment(
        reading.record.row,
        *partner.key,
        context.toward,
        amount,
        frequency,
        first_day(reading, context),
        last_day(reading, context),
        "",
        key_of(partner, reading.text("commitment_key")),
    )


def refuse_frequency(reading: Reading, context: Context) -> None:
    """A promise that is to come in and is given twice a month, or in less than no time, is an error of its row:
    whatever were made of it would be another promise.
    """
    text = reading.text("commitment_frequency")
    if not context.toward or not number_of(reading.text("commitment_amount")) or not is_never(text):
        return
    twice = months_of(text) == TWICE_A_MONTH
    reading.error("commitment_frequency", "frequency", ROW_SENTENCES["twice_a_month" if twice else "less_than_never"])


def is_never(text: str) -> bool:
    """Whether a frequency is one that no commitment has: twice a month, or a number below zero."""
    months = number_of("".join(text.split()))
    return months is not None and (months == TWICE_A_MONTH or months < 0)


def key_of(partner: JudgedPartner, number: str = "") -> str:
    """What tells the promise of a contact from every other, by the number that its system gave to the promise where
    there may be several. A hash: a number may be made of a name.
    """
    told = (number,) if number else ()
    return hashlib.sha256("|".join((*partner.key, "pledge", *told)).encode("utf-8", "backslashreplace")).hexdigest()


def amount_of(reading: Reading, text: str, context: Context) -> Money | None:
    """The amount, more than nothing, in the currency of its column or the base currency."""
    currency = reading.text("commitment_currency").upper() or context.base_currency
    bare_amount = number_of(text)
    try:
        money = parse_amount(text if bare_amount is None else f"{bare_amount:f}", currency)
    except (WrongAmount, UnknownCurrency) as refusal:
        reading.warn_of("commitment_amount", refusal.code, f"{refusal} {ROW_SENTENCES['no_promise']}")
        return None
    if money.minor <= 0:
        reading.warn_of("commitment_amount", "sign", ROW_SENTENCES["promised_less"])
        return None
    return money


def frequency_of(text: str) -> str:
    """Our word for a frequency in months, in a number or in words; "" for none."""
    months = months_of(text)
    return FREQUENCIES.get(months, "") or FREQUENCIES.get(cut(months), "") if months else ""


def cut(months: Decimal) -> Decimal:
    """Two places, the rest left out: a week is 0.23077 months."""
    return Decimal(int(months * 100)) / 100


def first_day(reading: Reading, context: Context) -> dt.date | None:
    """The first day, where the file tells one that can be read."""
    text = reading.text("commitment_start").split(" ")[0]
    if not text or text == _NO_DAY:
        return None
    try:
        return parse_date(text, today=years_later(context.today, FAR), order=DateOrder.MONTH_FIRST)
    except (WrongDate, ValueError):
        reading.warn_of("commitment_start", "date", ROW_SENTENCES["promise_start"])
        return None


def last_day(reading: Reading, context: Context) -> dt.date | None:
    """The last day, where the file tells one that can be read."""
    text = reading.text("commitment_end").split(" ")[0]
    if not text:
        return None
    try:
        return parse_date(text, today=context.today.replace(year=context.today.year + 50), order=DateOrder.MONTH_FIRST)
    except (WrongDate, ValueError):
        reading.warn_of("commitment_end", "date", ROW_SENTENCES["promise_end"])
        return None
