"""Putting messages into the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from agencies.models.owned import in_force
from core.errors import Refused
from delivery.addresses import normal
from delivery.models import OutgoingMessage
from delivery.queries import suppressed
from jobs.nudge import nudge_on_commit


class BadAddress(Refused):
    """Not an address to which mail can go."""

    code = "bad_address"
    status = 422
    field = "to"
    message = "This is not an e-mail address. Write it like name@example.org."


@dataclass(frozen=True)
class Draft:
    """A message before it is queued. `reference` is what it is part of (kind and id): the handle for pause, resume
    and cancel.

    `key`, when given, is the sender's own: a second draft with the same key in the same scope is not queued.
    """

    to: str
    subject: str
    text: str
    purpose: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    reference_kind: str = ""
    reference_id: int | None = None
    sender: str = ""
    reply_to: str = ""
    key: str = ""
    not_before: datetime | None = None


def queue(
    *,
    to: str,
    subject: str,
    text: str,
    purpose: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    reference_kind: str = "",
    reference_id: int | None = None,
    sender: str = "",
    reply_to: str = "",
    key: str = "",
    not_before: datetime | None = None,
) -> OutgoingMessage:
    """Put one message to one address into the outbox of the scope in force; a worker sends it after the commit.

    A suppressed address gets a row too, in the state `suppressed`, which is never sent. With a `key` that was used
    before, the message queued then is returned. `sender` defaults to the installation's From address. Raises
    BadAddress.
    """
    draft = Draft(
        to=to,
        subject=subject,
        text=text,
        purpose=purpose,
        html=html,
        headers=headers or {},
        reference_kind=reference_kind,
        reference_id=reference_id,
        sender=sender,
        reply_to=reply_to,
        key=key,
        not_before=not_before,
    )
    made = queue_many([draft])
    if made:
        return made[0]
    known: OutgoingMessage = OutgoingMessage.objects.get(key=key)
    return known


@transaction.atomic
def queue_many(drafts: Iterable[Draft]) -> list[OutgoingMessage]:
    """Put many messages into the outbox in a few statements; return those that are new. Raises BadAddress before
    anything is written.
    """
    wanted = list(drafts)
    for draft in wanted:
        check_address(draft.to)
    keys, wanted = [draft.key for draft in wanted if draft.key], without_twins(wanted)
    used = keys_in_use(keys)
    while True:
        try:
            made = put_in([draft for draft in wanted if draft.key not in used])
            break
        except IntegrityError:  # another used a key at the same instant, and has committed by now
            before, used = used, keys_in_use(keys)
            if used == before:
                raise
    if made:
        nudge_on_commit("delivery.tasks.send_due")
    return made


@transaction.atomic
def put_in(drafts: list[Draft]) -> list[OutgoingMessage]:
    """The rows of these drafts, all or none. Raises IntegrityError for a key that is there."""
    closed = suppressed([(draft.to, draft.purpose) for draft in drafts])
    rows = [row_of(draft, is_suppressed=(normal(draft.to), draft.purpose) in closed) for draft in drafts]
    made: list[OutgoingMessage] = OutgoingMessage.objects.bulk_create(rows, batch_size=500)
    return made


def check_address(to: str) -> None:
    """Raise BadAddress unless mail can go there."""
    try:
        validate_email(to.strip())
    except ValidationError:
        raise BadAddress from None


def keys_in_use(keys: list[str]) -> set[str]:
    """Which of these keys the outbox of this scope has."""
    return set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()


def without_twins(drafts: list[Draft]) -> list[Draft]:
    """The first draft of each key, and all without one."""
    first = {draft.key: draft for draft in reversed(drafts) if draft.key}
    return [draft for draft in drafts if not draft.key or first[draft.key] is draft]


def row_of(draft: Draft, *, is_suppressed: bool) -> OutgoingMessage:
    """The row of a draft, in the scope in force."""
    state = OutgoingMessage.State.SUPPRESSED if is_suppressed else OutgoingMessage.State.QUEUED
    return OutgoingMessage(
        **in_force(),
        to=draft.to.strip(),
        sender=draft.sender or settings.DEFAULT_FROM_EMAIL,
        reply_to=draft.reply_to,
        subject=" ".join(draft.subject.split())[:300],
        text=draft.text,
        html=draft.html,
        headers=draft.headers,
        purpose=draft.purpose,
        reference_kind=draft.reference_kind,
        reference_id=draft.reference_id,
        key=draft.key,
        not_before=draft.not_before,
        state=state,
    )
