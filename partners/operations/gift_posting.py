"""The rows of gifts: posting with entries, gift, lines, and what waits for a person. For every way in that records
gifts of its own accord; the rules of what may be recorded are judged before (`partners.operations.gifts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Account, Designation, Posting
from funds.operations import Leg
from funds.operations.posting import Movement, post_many
from funds.queries import accounts_of, deposit_account, suspense_account
from partners.memos import WorkerNames, may_bind
from partners.models import Gift, GiftLine, GivingUnit, ReviewItem
from partners.operations.telling import tell_posted
from partners.queries.workers import last_names

BY_HAND = "hand"


@dataclass(frozen=True)
class Part:
    """One line of a gift: where it goes, how much, and what the giver wrote. `key` is the file's text for the
    designation, which may be blank; None takes the designation's code.
    """

    designation: Designation | None
    amount: Money
    intent: str = ""
    key: str | None = None

    @property
    def designation_key(self) -> str:
        if self.key is not None:
            return self.key
        return self.designation.code if self.designation else ""


@dataclass(frozen=True)
class NewGift:
    """One gift as it is to stand: `on` is the contribution date, `posted_on` the day in the ledger. `fields` are those
    of the model that need no thought.
    """

    giving_unit: GivingUnit
    on: date
    parts: Sequence[Part]
    external_id: str
    tendered: Money | None = None
    posted_on: date | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> Money:
        return Money(sum(part.amount.minor for part in self.parts), self.parts[0].amount.currency)


def post_gift(
    *,
    agency: Agency,
    actor: User | None,
    giving_unit: GivingUnit,
    on: date,
    parts: Sequence[Part],
    source: str,
    external_id: str,
    tendered: Money | None = None,
    deposit: Account | None = None,
    posted_on: date | None = None,
    asks: bool = True,
    **fields: Any,
) -> Gift:
    """The rows of one gift."""
    new = NewGift(giving_unit, on, parts, external_id, tendered, posted_on, fields)
    (made,) = post_gifts(agency=agency, actor=actor, gifts=[new], source=source, deposit=deposit, asks=asks)
    return made


def post_gifts(
    *,
    agency: Agency,
    actor: User | None,
    gifts: Sequence[NewGift],
    source: str,
    deposit: Account | None = None,
    asks: bool = True,
) -> list[Gift]:
    """The rows of many gifts, each table with one statement. Of gifts by hand it is noted what a person has to look at,
    unless nobody `asks` any more. Raises MonthClosed.
    """
    postings = post_many(
        agency=agency, actor=actor, kind=Posting.Kind.GIFT, movements=movements(gifts, deposit), source=source
    )
    made = Gift.objects.bulk_create(
        gift_of(agency, actor, new, posting, source) for new, posting in zip(gifts, postings, strict=True)
    )
    lines = [
        GiftLine(
            agency=agency,
            gift=gift,
            designation=part.designation,
            designation_key=part.designation_key,
            amount=part.amount.minor,
            intent=part.intent,
            source=source,
            external_id=new.external_id,
        )
        for new, gift in zip(gifts, made, strict=True)
        for part in new.parts
    ]
    GiftLine.objects.bulk_create(lines)
    tell_posted(agency, made)
    if asks and source == BY_HAND:
        ask(agency, lines)
    return list(made)


def movements(gifts: Sequence[NewGift], deposit: Account | None) -> list[Movement]:
    """What each gift moves: into the deposit account, from its designations or suspense. Two queries, or three."""
    account = (deposit or deposit_account()).pk
    parts = [part for new in gifts for part in new.parts]
    accounts = accounts_of({part.designation.pk for part in parts if part.designation})
    suspense = suspense_account().pk if any(part.designation is None for part in parts) else 0

    def credit(part: Part) -> Leg:
        place = accounts[part.designation.pk] if part.designation else suspense
        return Leg(place, Money(-part.amount.minor, part.amount.currency))

    return [
        Movement(new.posted_on or new.on, [Leg(account, new.total), *(credit(part) for part in new.parts)])
        for new in gifts
    ]


def gift_of(agency: Agency, actor: User | None, new: NewGift, posting: Posting, source: str) -> Gift:
    """The row of a gift, with its posting."""
    given = new.tendered or new.total
    return Gift(
        agency=agency,
        giving_unit=new.giving_unit,
        date=new.on,
        amount=new.total.minor,
        currency=new.total.currency,
        tendered_amount=given.minor,
        tendered_currency=given.currency,
        source=source,
        external_id=new.external_id,
        posting=posting,
        recorded_by=actor,
        **new.fields,
    )


def ask(agency: Agency, lines: Sequence[GiftLine]) -> None:
    """Note what waits for a person: a giver whom nobody knows, a memo that makes a worker the condition. Nothing is
    asked of money that went back. A query for the names only where a memo holds such a word.
    """
    received = [line for line in lines if line.amount > 0]
    names = WorkerNames(last_names() if any(may_bind(line.intent) for line in received) else ())
    Reason = ReviewItem.Reason  # noqa: N806 - a short name for the choices
    waiting = [
        ReviewItem(agency=agency, line=each, reason=Reason.EARMARK_WORKER)
        for each in received
        if names.bound_by(each.intent)
    ]
    waiting += [
        ReviewItem(agency=agency, line=each, reason=Reason.UNIDENTIFIED_DONOR)
        for each in received
        if each.gift.giving_unit.is_unidentified
    ]
    if waiting:
        ReviewItem.objects.bulk_create(waiting)
