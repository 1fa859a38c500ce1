"""Writing and approving letters."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.written import need_as_seen, wrote
from communications.letter_check import NOBODY, Known, check_words, refuse_unsafe
from communications.models import CoreMessage, Letter, Purpose
from communications.operations.locking import lock
from communications.operations.waiting import forget_time, lock_with_job
from communications.wording import refuse_blocked
from core.errors import Refused
from ssu.models import Unit
from ssu.models.discretion import Discretion
from ssu.operations import need_at_work, need_no_author
from ssu.queries.gate import Gate, gate_of

State = Letter.State


class OnItsWay(Refused):
    """What went out cannot be changed."""

    code = "letter_on_its_way"
    message = "This letter is on its way or was cancelled, so its words stand. Write a new letter."


class NotADraft(Refused):
    """Approval is given once for one text."""

    code = "letter_not_a_draft"
    message = "Only a draft can be approved. Look at the letter again: somebody has approved, sent or cancelled it."


class SecondPersonNeeded(Refused):
    """Letters of closed units are read by two."""

    code = "letter_needs_second_person"
    message = "You wrote words of this letter, and its unit is closed, so somebody else reads and approves it."


class NoCoreMessages(Refused):
    """A letter says core messages that somebody agreed to."""

    code = "no_core_messages"
    message = (
        "This unit has no core messages that somebody agreed to, so no letter can say them. "
        "Write them first, or take the mark off the letter."
    )


class OtherWords(Refused):
    """A letter of a unit says words that the unit agreed to."""

    code = "letter_message"
    field = "message"
    message = "Choose a version of this unit's core messages that was agreed to."


class AppealWaits(Refused):
    """A letter that asks for gifts to a unit is a public appeal (ssu.queries.gate)."""

    code = "appeal_waits"

    def __init__(self, gate: Gate) -> None:
        items = ", ".join(each.key for each in gate.blockers)
        super().__init__(
            f"This letter is an appeal, and an appeal for this unit waits until its items {items} are confirmed. "
            "Settle them, or have an emergency approved by two people on the unit's page of appeals."
        )


class NoPostalAddress(Refused):
    """Bulk mail carries the sender's postal address (CAN-SPAM Act)."""

    code = "no_postal_address"
    message = (
        "The agency's postal address is missing, and every letter must carry it. "
        "An administrator enters it in the settings."
    )


@transaction.atomic
def write_letter(
    *,
    agency: Agency,
    actor: User | None,
    unit: Unit,
    subject: str,
    body: str,
    purpose: str,
    language: str = "en",
    unmasked: Known = NOBODY,
    series: str = "",
    core_message: CoreMessage | None = None,
    says_core: bool = False,
    tells_impact: bool = False,
) -> Letter:
    """A draft, of a series where nobody is to get two of them. `unmasked` are the units whose true name the actor may
    see, so that a message may name the word that is wrong. `says_core`: its words are those of the core messages that
    count now. `tells_impact`: it is an impact report. Raises UnitArchived, NoCoreMessages, OtherWords,
    UnknownMergeField and WordBlocked.
    """
    need_at_work(unit.pk)
    if core_message is not None and (core_message.unit_id != unit.pk or core_message.approved_at is None):
        raise OtherWords
    refuse_blocked(check_words(unit=unit, subject=subject, body=body, unmasked=unmasked))
    letter = Letter(
        agency=agency, unit=unit, subject=subject, body=body, purpose=purpose, language=language, author=actor
    )
    letter.series, letter.tells_impact = series, tells_impact
    letter.core_message = counting(unit.pk) if says_core else core_message
    letter.add_writers(letter.author_id)
    letter.save()
    audit.record(actor=actor, verb="write letter", of=letter, label=unit.public_name)
    return letter


@transaction.atomic
def edit_letter(
    *,
    agency: Agency,
    actor: User | None,
    letter: Letter,
    subject: str,
    body: str,
    purpose: str,
    language: str,
    unmasked: Known = NOBODY,
    says_core: bool | None = None,
    tells_impact: bool | None = None,
) -> Letter:
    """Other words; an approval ends, and so does the time for which it waits. A letter that says the core messages was
    held against those that count now; None leaves it as it is. Raises UnitArchived, OnItsWay, NoCoreMessages,
    UnknownMergeField and WordBlocked.
    """
    need_at_work(letter.unit_id)
    row = lock_with_job(letter)
    if row.state not in Letter.EDITABLE:
        raise OnItsWay
    refuse_blocked(check_words(unit=row.unit, subject=subject, body=body, unmasked=unmasked))
    given: dict[str, Any] = {"subject": subject, "body": body, "purpose": purpose, "language": language}
    if says_core is not None:
        given["core_message"] = counting(row.unit_id) if says_core else None
    if tells_impact is not None:
        given["tells_impact"] = tells_impact
    changed = sorted(name for name, value in given.items() if getattr(row, name) != value)
    if not changed:
        return row
    forget_time(row, actor)
    for name, value in given.items():
        setattr(row, name, value)
    row.state, row.approved_by, row.approved_at = State.DRAFT, None, None
    wrote(row, actor)
    row.save()
    audit.record(actor=actor, verb="change letter", of=row, label=row.unit.public_name, changes={"fields": changed})
    return row


@transaction.atomic
def approve_letter(
    *, agency: Agency, actor: User, letter: Letter, unmasked: Known = NOBODY, revision: int | None = None
) -> Letter:
    """The words stand and may go out. Who may send may approve, also an own letter, unless its unit is closed: then
    somebody who wrote none of it. `revision` is that of the words which were read.

    Raises UnitArchived, NotADraft, ChangedSinceSeen, SecondPersonNeeded, SpouseActed, NoPostalAddress, AppealWaits,
    UnknownMergeField and WordBlocked.
    """
    need_at_work(letter.unit_id)
    row = lock(letter)
    if row.state != State.DRAFT:
        raise NotADraft
    need_as_seen(row, revision)
    if row.unit.discretion == Discretion.CLOSED:
        need_no_author(actor, row, own=SecondPersonNeeded)
    refuse_without_address(agency)
    refuse_at_the_gate(agency, row)
    refuse_unsafe(row, unmasked)
    row.state, row.approved_by, row.approved_at = State.APPROVED, actor, timezone.now()
    row.save()
    audit.record(actor=actor, verb="approve letter", of=row, label=row.unit.public_name)
    return row


def counting(unit_id: int) -> CoreMessage:
    """The version of the unit's core messages that counts. Raises NoCoreMessages."""
    found: CoreMessage | None = CoreMessage.objects.standing().filter(unit=unit_id).first()
    if found is None:
        raise NoCoreMessages
    return found


def refuse_without_address(agency: Agency) -> None:
    """Raise NoPostalAddress if the agency has none."""
    if not agency.address.strip():
        raise NoPostalAddress


def refuse_at_the_gate(agency: Agency, letter: Letter) -> None:
    """Raise AppealWaits if the letter is an appeal and the gate of its unit is shut today. Its unit must be loaded."""
    if letter.purpose == Purpose.APPEAL and not (gate := gate_of(letter.unit, agency.today())).is_open:
        raise AppealWaits(gate)
