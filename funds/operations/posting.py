"""Writing the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Entry, Posting
from funds.queries.periods import open_from


class NotBalanced(Refused):
    """The entries of a posting sum to zero in each currency."""

    code = "not_balanced"
    message = "The amounts do not add up: what comes in must equal what is designated, in each currency."


class ReversedAlready(Refused):
    """A posting is reversed once."""

    code = "reversed_already"
    message = "This was reversed before. Open the page again to see what stands."


class MonthClosed(Refused):
    """A closed month takes no postings."""

    code = "month_closed"
    field = "on"

    def __init__(self, agency: Agency, first: date, field: str = "on") -> None:
        self.field = field
        super().__init__(
            f"The ledger takes postings from {day_in_words(agency, first)} on; the months before are closed. Choose "
            "that day or a later one, or open the month again with a reason."
        )


class NotYet(Refused):
    """What is posted has happened."""

    code = "posting_in_the_future"
    field = "on"
    message = "The date is in the future. Enter the day on which it took place."


class ReasonMissing(Refused):
    """Whoever reads the ledger later wants to know why."""

    code = "reason_missing"
    field = "reason"
    message = "Say in a few words why."


@dataclass(frozen=True)
class Leg:
    """One account's part: positive is a debit, negative a credit."""

    account_id: int
    amount: Money


def check_month(agency: Agency, on: date, field: str = "on") -> None:
    """Raises MonthClosed when the ledger takes no postings of this day."""
    first = open_from()
    if first is not None and on < first:
        raise MonthClosed(agency, first, field)


def check_day(agency: Agency, on: date) -> None:
    """Raises NotYet and MonthClosed for a day on which nothing can be posted by hand."""
    if on > agency.today():
        raise NotYet
    check_month(agency, on)


@transaction.atomic
def post(
    *,
    agency: Agency,
    actor: User | None,
    on: date,
    kind: str,
    legs: Sequence[Leg],
    source: str,
    reason: str = "",
    reverses: Posting | None = None,
) -> Posting:
    """Append a posting with all its entries. Raises NotBalanced and MonthClosed before PostgreSQL would."""
    if not legs or any(sums_of(legs).values()):
        raise NotBalanced
    check_month(agency, on)
    posting: Posting = Posting.objects.create(
        agency=agency, date=on, kind=kind, source=source, reason=reason[:250], reverses=reverses, posted_by=actor
    )
    Entry.objects.bulk_create(entry_of(posting, leg) for leg in legs if leg.amount.minor)
    return posting


@dataclass(frozen=True)
class Movement:
    """A posting to be written: its day and its legs, which sum to zero per currency."""

    on: date
    legs: Sequence[Leg]
    reason: str = ""


@transaction.atomic
def post_many(
    *, agency: Agency, actor: User | None, kind: str, movements: Sequence[Movement], source: str
) -> list[Posting]:
    """Append many postings of one kind, all entries with one statement. Raises NotBalanced, MonthClosed."""
    for each in movements:
        if not each.legs or any(sums_of(each.legs).values()):
            raise NotBalanced
    if movements:
        check_month(agency, min(each.on for each in movements))
    postings = Posting.objects.bulk_create(
        Posting(agency=agency, date=m.on, kind=kind, source=source, reason=m.reason[:250], posted_by=actor)
        for m in movements
    )
    Entry.objects.bulk_create(
        entry_of(posting, leg)
        for posting, each in zip(postings, movements, strict=True)
        for leg in each.legs
        if leg.amount.minor
    )
    return list(postings)


def sums_of(legs: Sequence[Leg]) -> Counter[str]:
    """What legs sum to, per currency."""
    sums: Counter[str] = Counter()
    for leg in legs:
        sums[leg.amount.currency] += leg.amount.minor
    return sums


def entry_of(posting: Posting, leg: Leg) -> Entry:
    """The entry of a leg."""
    return Entry(
        agency_id=posting.agency_id,
        posting=posting,
        account_id=leg.account_id,
        amount=leg.amount.minor,
        currency=leg.amount.currency,
    )


@transaction.atomic
def reverse(*, agency: Agency, actor: User | None, posting: Posting, on: date, reason: str) -> Posting:
    """Append the mirror of a posting. Once only: raises ReversedAlready. The accounts are locked, so two senders
    cannot both pass.
    """
    entries = list(Entry.objects.filter(posting=posting))
    list(Account.objects.select_for_update().filter(pk__in=[e.account_id for e in entries]).order_by("pk"))
    if Posting.objects.filter(reverses=posting).exists():
        raise ReversedAlready
    legs = [Leg(entry.account_id, Money(-entry.amount, entry.currency)) for entry in entries]
    return post(
        agency=agency,
        actor=actor,
        on=on,
        kind=Posting.Kind.REVERSAL,
        legs=legs,
        source=posting.source,
        reason=reason,
        reverses=posting,
    )
