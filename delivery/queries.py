"""What is read from the outbox. Nothing here writes."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F

from agencies.scope import current
from agencies.seats import Seat
from delivery.addresses import address_hash, normal
from delivery.models import MailHour, Notice, OutgoingMessage, Suppression, Task

Pair = tuple[str, str]


def suppressed(pairs: Iterable[Pair]) -> set[Pair]:
    """Which of these (address, purpose) may not be written to in the scope in force; addresses come back in their
    normal form.
    """
    wanted = {(normal(to), purpose) for to, purpose in pairs}
    by_hash = {address_hash(current().agency_id, to): to for to, _ in wanted}
    rows = Suppression.objects.filter(address_hash__in=by_hash, lifted_at=None).values_list("address_hash", "purpose")
    closed = {(by_hash[found], purpose) for found, purpose in rows}
    return {(to, purpose) for to, purpose in wanted if {(to, ""), (to, purpose)} & closed}


def is_suppressed(to: str, purpose: str) -> bool:
    """Whether an address may not be written to for a purpose."""
    return bool(suppressed([(to, purpose)]))


def new_notices(seat: Seat) -> int:
    """How many notices this person has not read: for the bell, from a partial index."""
    count: int = Notice.objects.filter(user_id=seat.user_id, read_at=None, in_app=True).count()
    return count


def counts_by_state() -> Counter[str]:
    """How many messages of the scope are in each state."""
    rows = OutgoingMessage.objects.named().order_by().values_list("state").annotate(number=Count("id"))
    return Counter(dict(rows))


def undecided() -> Any:
    """The unknown messages that wait for a person's decision, the oldest first."""
    return OutgoingMessage.objects.named().filter(state=OutgoingMessage.State.UNKNOWN, settled_at=None).order_by("id")


def sent_to(address: str = "", states: Iterable[str] = ()) -> Any:
    """The outbox, the newest first: all of it, or one address, or some states. The words themselves are left in the
    database.
    """
    rows = OutgoingMessage.objects.named().defer("text", "html", "headers").order_by("-id")
    if address:
        rows = rows.filter(to=address)
    return rows.filter(state__in=states) if states else rows


def notices_of(seat: Seat) -> Any:
    """What a person was told in this workspace, the newest first."""
    return Notice.objects.filter(user_id=seat.user_id, in_app=True).order_by("-id")


def tasks_of(seat: Seat) -> Any:
    """What a person is asked to do in this workspace, done or not."""
    return Task.objects.filter(user_id=seat.user_id)


def open_tasks(seat: Seat) -> Any:
    """What a person has still to do: what is due first, then what has no day, the older first."""
    return tasks_of(seat).filter(done_at=None).order_by(F("due_on").asc(nulls_last=True), "pk")


def mail_hour_of(seat: Seat) -> MailHour | None:
    """The hour at which a person gets the notices by mail, None for who chose none."""
    found: MailHour | None = MailHour.objects.filter(user_id=seat.user_id).first()
    return found
