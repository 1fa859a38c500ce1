"""Opening, changing and discarding batches of gifts. Posting them is in `batch_posting`, their rows in `batch_rows`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds import locks
from funds.models import Account, Designation
from funds.queries import deposit_account
from partners.models import BatchRow, Gift, GiftBatch, StatementLine
from partners.operations.gifts import InTheFuture, UnknownMethod, check_deposit, check_open

State = GiftBatch.State


class ExpectsNothing(Refused):
    """What lies on the desk is counted before it is keyed."""

    code = "batch_expects_nothing"
    status = 422
    field = "expected_count"
    message = "Count the gifts and add them up first: enter how many there are and what they come to, both above zero."


class TitleMissing(Refused):
    """A batch is found again by what it is called."""

    code = "batch_title"
    status = 422
    field = "title"
    message = "Say in a few words where these gifts came from."


class NotOpen(Refused):
    """A batch that was posted or discarded takes nothing any more."""

    code = "batch_not_open"

    def __init__(self, batch: GiftBatch) -> None:
        super().__init__(
            f"Batch {batch.number} was posted. Correct the gift instead: open it from the page of the batch."
            if batch.state == State.POSTED
            else f"Batch {batch.number} was discarded. Take it up again first."
        )


class CurrencyStays(Refused):
    """Rows are amounts of the batch's currency."""

    code = "batch_currency"
    field = "currency"
    message = "Gifts were keyed in this currency already. Take them out first, or open another batch."


class DiscardReason(Refused):
    """Whoever looks for the batch wants to know why it is gone."""

    code = "batch_discard_reason"
    status = 422
    field = "reason"
    message = "Say in a few words why the batch is discarded."


class NotDiscarded(Refused):
    """Only what was discarded is taken up again."""

    code = "batch_not_discarded"
    message = "This batch was not discarded. Open the page again to see where it stands."


@dataclass(frozen=True)
class Head:
    """What is said of a batch before keying; the meaning is on the model. `deposit` None is the main account."""

    title: str
    deposited_on: date
    expected_count: int
    expected_total: Money
    deposit: Account | None = None
    method: str = ""
    designation: Designation | None = None
    contributed_on: date | None = None

    def fields(self) -> dict[str, Any]:
        """The columns of the batch."""
        return {
            "title": self.title.strip()[:120],
            "deposited_on": self.deposited_on,
            "expected_count": self.expected_count,
            "expected_total": self.expected_total.minor,
            "currency": self.expected_total.currency,
            "deposit": self.deposit or deposit_account(),
            "method": self.method,
            "designation": self.designation,
            "contributed_on": self.contributed_on,
        }

    def content(self) -> dict[str, Any]:
        """What is compared when the form comes twice."""
        return {name: getattr(value, "pk", value) for name, value in self.fields().items()}


def check(agency: Agency, head: Head) -> None:
    """Raises what is wrong with a head: a closed month, too, before anything is keyed."""
    if not head.title.strip():
        raise TitleMissing
    if head.expected_count <= 0 or head.expected_total.minor <= 0:
        raise ExpectsNothing
    check_deposit(agency, head.expected_total.currency, head.deposit, head.deposited_on, "deposited_on")
    if head.method and head.method not in Gift.Method.values:
        raise UnknownMethod
    if head.contributed_on and head.contributed_on > agency.today():
        refusal = InTheFuture()
        refusal.field = "contributed_on"
        raise refusal
    check_open([head.designation], head.contributed_on or head.deposited_on)


@transaction.atomic
def open_batch(
    *, agency: Agency, actor: User | None, head: Head, key: str, brought_by: StatementLine | None = None
) -> GiftBatch:
    """Open a batch under the next number, once per idempotency `key`. `brought_by` is the line of the bank from which
    it is entered: the line is matched with the batch when that is posted. Raises TitleMissing, ExpectsNothing,
    DepositedLater, MonthClosed, NotThisAccount, UnknownMethod, InTheFuture, DesignationClosed.
    """
    check(agency, head)

    def effect() -> dict[str, Any]:
        locks.hold("batch numbers", agency)
        number = 1 + (GiftBatch.objects.aggregate(last=Max("number"))["last"] or 0)
        said = {**head.fields(), "brought_by": brought_by}
        batch = GiftBatch.objects.create(agency=agency, number=number, made_by=actor, **said)
        audit.record(actor=actor, verb="open batch", of=batch, label=f"batch {number}")
        return {"batch": batch.pk}

    content = {**head.content(), **({"line": brought_by.pk} if brought_by else {})}
    made = once(agency=agency, endpoint="open_batch", key=key, content=content, effect=effect)
    found: GiftBatch = GiftBatch.objects.get(pk=made["batch"])
    return found


def held(batch: GiftBatch) -> GiftBatch:
    """The batch, locked until the transaction ends: two senders cannot both pass."""
    row: GiftBatch = GiftBatch.objects.select_for_update().get(pk=batch.pk)
    return row


def held_open(batch: GiftBatch) -> GiftBatch:
    """The same, still open. Raises NotOpen."""
    row = held(batch)
    if row.state != State.OPEN:
        raise NotOpen(row)
    return row


@transaction.atomic
def change_batch(*, agency: Agency, actor: User | None, batch: GiftBatch, head: Head) -> GiftBatch:
    """Change what is said of an open batch; rows that were keyed stay as they are. Nothing is written when nothing
    changed. Raises NotOpen, CurrencyStays, and what `open_batch` raises.
    """
    row = held_open(batch)
    check(agency, head)
    given = head.fields()
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    if "currency" in changed and BatchRow.objects.standing().filter(batch=row).exists():
        raise CurrencyStays
    changes = {name: [str(getattr(row, name)), str(given[name])] for name in changed if name != "designation"}
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        row.save(update_fields=changed)
        audit.record(actor=actor, verb="change batch", of=row, label=f"batch {row.number}", changes=changes)
    return row


@transaction.atomic
def discard_batch(*, agency: Agency, actor: User | None, batch: GiftBatch, reason: str) -> GiftBatch:
    """Put an open batch away with what was keyed; it can be taken up again. Raises NotOpen, DiscardReason."""
    row = held_open(batch)
    if not reason.strip():
        raise DiscardReason
    row.state, row.discarded_by, row.discarded_at, row.discard_reason = (
        State.DISCARDED,
        actor,
        timezone.now(),
        reason[:250],
    )
    row.save(update_fields=["state", "discarded_by", "discarded_at", "discard_reason"])
    audit.record(actor=actor, verb="discard batch", of=row, label=f"batch {row.number}", reason=reason)
    return row


@transaction.atomic
def take_up_batch(*, agency: Agency, actor: User | None, batch: GiftBatch) -> GiftBatch:
    """Open a discarded batch again, as it was. Raises NotDiscarded."""
    row = held(batch)
    if row.state != State.DISCARDED:
        raise NotDiscarded
    row.state, row.discarded_by, row.discarded_at, row.discard_reason = State.OPEN, None, None, ""
    row.save(update_fields=["state", "discarded_by", "discarded_at", "discard_reason"])
    audit.record(actor=actor, verb="take up batch again", of=row, label=f"batch {row.number}")
    return row
