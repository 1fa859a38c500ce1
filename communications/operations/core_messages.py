"""Core messages: a set written by one, agreed to by another."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from communications.guarded import guarded_words
from communications.kinds import CORE_MESSAGES
from communications.letter_check import NOBODY, Known
from communications.models import CoreMessage, SetMessage
from communications.operations import versions
from communications.queries.letters import people_of
from communications.wording import Finding, findings, refuse_blocked
from ssu.models import Unit


@dataclass(frozen=True)
class Said:
    """A single message of a set."""

    headline: str
    body: str = ""
    answers: str = ""


Messages = Sequence[Said]


@transaction.atomic
def begin_core_message(
    *,
    agency: Agency,
    actor: User | None,
    unit: Unit,
    text: str = "",
    messages: Messages = (),
    copied_from: CoreMessage | None = None,
    unmasked: Known = NOBODY,
) -> CoreMessage:
    """The next version of a unit's core messages, as a draft. Raises DraftThere, WordBlocked."""
    refuse_blocked(check_core_message(unit, text, messages, unmasked))
    row: CoreMessage = versions.begin(
        CORE_MESSAGES, agency=agency, actor=actor, unit=unit, text=text, copied_from=copied_from
    )
    put(row, messages)
    return row


@transaction.atomic
def save_core_message(
    *,
    agency: Agency,
    actor: User,
    message: CoreMessage,
    text: str,
    messages: Messages,
    revision: int | None = None,
    unmasked: Known = NOBODY,
) -> CoreMessage:
    """Save a draft while it is written. Raises NotADraft, EditedMeanwhile, WordBlocked."""
    row = versions.locked(message)
    refuse_blocked(check_core_message(row.unit, text, messages, unmasked))

    def write(draft: Any) -> None:
        draft.text = text
        put(draft, messages)

    said = {"text": text, "messages": [asdict(each) for each in messages]}
    saved: CoreMessage = versions.keep(
        row, actor=actor, revision=revision, stands=said_by(row), words=said, write=write
    )
    return saved


@transaction.atomic
def write_core_message(
    *,
    agency: Agency,
    actor: User | None,
    unit: Unit,
    text: str,
    messages: Messages = (),
    unmasked: Known = NOBODY,
) -> CoreMessage:
    """Write and submit the next version in one go. Raises DraftThere, NothingSaid, WordBlocked."""
    row = begin_core_message(agency=agency, actor=actor, unit=unit, text=text, messages=messages, unmasked=unmasked)
    return submit_core_message(agency=agency, actor=actor, message=row, unmasked=unmasked)


@transaction.atomic
def submit_core_message(
    *, agency: Agency, actor: User | None, message: CoreMessage, unmasked: Known = NOBODY
) -> CoreMessage:
    """Ask for somebody else's agreement. Raises NotADraft, NothingSaid, WordBlocked."""
    row = versions.locked(message)
    said = said_by(row)
    refuse_blocked(check_core_message(row.unit, row.text, [Said(**each) for each in said["messages"]], unmasked))
    made: CoreMessage = versions.submit(
        agency=agency, actor=actor, words=message, is_empty=lambda draft: not (draft.text.strip() or said["messages"])
    )
    return made


@transaction.atomic
def approve_core_message(
    *, agency: Agency, actor: User, message: CoreMessage, revision: int | None = None
) -> CoreMessage:
    """Agree to a version; items that rest on an earlier one open again. Raises what `versions.approve` does."""
    row: CoreMessage = versions.approve(agency=agency, actor=actor, words=message, revision=revision)
    return row


def check_core_message(unit: Unit, text: str, messages: Messages, unmasked: Known = NOBODY) -> list[Finding]:
    """What is wrong with the words of a set, the blocking first."""
    texts = [text, *(part for each in messages for part in (each.headline, each.body, each.answers))]
    return findings(texts, guarded_words(), unmasked, people_of(unit))


def said_by(row: CoreMessage) -> dict[str, Any]:
    """What a version says, as plain values."""
    messages = SetMessage.objects.filter(core_message=row).order_by("place")
    fields = ("headline", "body", "answers")
    return {"text": row.text, "messages": list(messages.values(*fields))}


def put(row: CoreMessage, messages: Messages) -> None:
    """Let these be the messages of a set."""
    SetMessage.objects.filter(core_message=row).delete()
    SetMessage.objects.bulk_create(
        SetMessage(core_message=row, place=place, **asdict(each)) for place, each in enumerate(messages, start=1)
    )
