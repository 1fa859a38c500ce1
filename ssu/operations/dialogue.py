"""Step 3: whom the model is talked over with, and what was said. Nothing that was written down is changed."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu import starter
from ssu.models import Conversation, DialogueLeader, DiscussedPoint, PlannedTalk, Unit, Worker
from ssu.operations.archived import need_at_work
from ssu.operations.dialogue_notices import follow_next, follow_plan, forget_next
from ssu.operations.evidence import reopen_resting_on
from ssu.operations.team import public_name
from ssu.operations.withdrawing import AlreadyWithdrawn, withdraw
from ssu.queries.dialogue import (
    CONVERSATIONS_KIND,
    LEADERS_KIND,
    conversations_trouble,
    leaders_to_talk_with,
    leaders_trouble,
    talked_with,
)

NO_LONGER_LISTED = "The person was taken off the list."


class AlreadyListed(Refused):
    """Once on the list."""

    code = "already_listed"
    field = "worker"
    message = "This person is on the list of leaders already."


class NotListed(Refused):
    """Conversations are held with those on the list; a foreign person is answered like one that does not exist."""

    code = "not_listed"
    status = 422
    field = "worker"
    message = "This person is not on the list of leaders of this unit. Add the person to the list first."


class ConversationAhead(Refused):
    """A conversation has happened."""

    code = "conversation_ahead"
    status = 422
    field = "date"
    message = "This day is still to come. Plan the conversation instead, and write it down when it was held."


class NextBefore(Refused):
    """Dates in order."""

    code = "next_before"
    status = 422
    field = "next_on"
    message = "The next conversation cannot be before this one. Choose a later day, or leave it empty."


class OwnConversation(Refused):
    """Step 3 is a talk with the leaders, so there are two."""

    code = "own_conversation"
    status = 422
    field = "worker"
    message = "This is you. Whoever talked with you writes the conversation down."


class NoPoints(Refused):
    """A conversation was about something."""

    code = "no_points"
    status = 422
    field = "points"
    message = "Tick at least one point, or write under other points what you talked about."


class PointUnknown(Refused):
    """Only points of the agency's list are ticked."""

    code = "point_unknown"
    status = 422
    field = "points"
    message = "One of the points is not on the agency's list. Write it under other points instead."


class AlreadyCorrected(Refused):
    """Only the version that stands is corrected or withdrawn."""

    code = "already_corrected"
    message = "Somebody corrected this conversation already. Look at the newest version."


class Said(TypedDict, total=False):
    """What is written down of a conversation; the meaning is on the model. `points` are titles of the agency's list."""

    date: date
    points: Sequence[str]
    other_points: str
    outcome: str
    agreed: str
    next_on: date | None


@transaction.atomic
def add_leader(*, agency: Agency, actor: User, unit: Unit, worker: Worker) -> DialogueLeader:
    """Put somebody on the list beside those who lead the unit. Raises AlreadyListed."""
    need_at_work(unit.pk)
    if worker.pk in {leader.worker_id for leader in leaders_to_talk_with([unit.pk])[unit.pk]}:
        raise AlreadyListed
    made: DialogueLeader = DialogueLeader.objects.create(unit=unit, worker=worker, added_by=actor)
    audit.record(
        actor=actor, verb="add leader to talk with", of=made, label=f"{unit.public_name}: {public_name(worker)}"
    )
    return made


@transaction.atomic
def remove_leader(*, agency: Agency, actor: User, leader: DialogueLeader) -> None:
    """Take somebody off the list who was added to it. What was talked over stays. Removing twice changes nothing."""
    unit = need_at_work(leader.unit_id)
    taken = DialogueLeader.objects.filter(pk=leader.pk, removed_at=None).update(
        removed_by=actor, removed_at=timezone.now()
    )
    if taken:
        forget_next(leader.unit_id, leader.worker_id)
        for plan in PlannedTalk.objects.standing().filter(unit=unit, worker=leader.worker_id):
            withdraw(actor, plan, NO_LONGER_LISTED)
        follow_plan(agency, leader.unit_id, leader.worker_id)
        label = f"{unit.public_name}: {public_name(leader.worker)}"
        audit.record(actor=actor, verb="remove leader to talk with", of=leader, label=label)
        reopen_where_needed(agency, actor, unit)


@transaction.atomic
def write_conversation(
    *, agency: Agency, actor: User, unit: Unit, worker: Worker, **said: Unpack[Said]
) -> Conversation:
    """Write down a conversation with somebody on the list.

    Raises NotListed, OwnConversation, ConversationAhead, NextBefore, NoPoints, PointUnknown.
    """
    need_at_work(unit.pk)
    if worker.pk not in {leader.worker_id for leader in leaders_to_talk_with([unit.pk])[unit.pk]}:
        raise NotListed
    refuse_oneself(actor, worker)
    made = keep(agency, actor, unit, worker, None, said)
    audit.record(actor=actor, verb="write conversation", of=made, label=label_of(made))
    return made


@transaction.atomic
def correct_conversation(
    *, agency: Agency, actor: User, conversation: Conversation, **said: Unpack[Said]
) -> Conversation:
    """Write a new version of a conversation with the same person; the old one stays readable.

    Raises AlreadyWithdrawn, AlreadyCorrected, OwnConversation, ConversationAhead, NextBefore, NoPoints, PointUnknown.
    """
    need_at_work(conversation.unit_id)
    row = standing(conversation)
    refuse_oneself(actor, row.worker)
    made = keep(agency, actor, row.unit, row.worker, row, said)
    audit.record(actor=actor, verb="correct conversation", of=made, label=label_of(made))
    return made


@transaction.atomic
def withdraw_conversation(*, agency: Agency, actor: User, conversation: Conversation, reason: str) -> Conversation:
    """Take a conversation out of the list with the reason; its row stays. What no longer has what it rested on opens
    again.

    Raises WithdrawalReasonMissing, AlreadyWithdrawn, AlreadyCorrected.
    """
    unit = need_at_work(conversation.unit_id)
    row = standing(conversation)
    withdraw(actor, row, reason)
    follow_next(agency, row.unit_id, row.worker_id)
    follow_plan(agency, row.unit_id, row.worker_id)
    audit.record(actor=actor, verb="withdraw conversation", of=row, label=label_of(row), reason=row.withdrawn_reason)
    reopen_where_needed(agency, actor, unit)
    return row


def standing(conversation: Conversation) -> Conversation:
    """The conversation as it stands now, its row held. Raises AlreadyWithdrawn, AlreadyCorrected."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("unit", "worker")
    row: Conversation = rows.get(pk=conversation.pk)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if Conversation.objects.filter(replaces=row).exists():
        raise AlreadyCorrected
    return row


def refuse_oneself(actor: User, worker: Worker) -> None:
    """Raise OwnConversation when the actor is the person who was talked with."""
    if worker.membership is not None and worker.membership.user_id == actor.pk:
        raise OwnConversation


def keep(
    agency: Agency, actor: User, unit: Unit, worker: Worker, replaces: Conversation | None, said: Said
) -> Conversation:
    """Judge what was said, and write it with its points."""
    points = list(dict.fromkeys(said.get("points", ())))
    judge(agency, said, points, replaces)
    fields = {name: value for name, value in said.items() if name != "points"}
    made: Conversation = Conversation.objects.create(
        unit=unit, worker=worker, replaces=replaces, written_by=actor, written_on=agency.today(), **fields
    )
    DiscussedPoint.objects.bulk_create(
        DiscussedPoint(conversation=made, position=place, title=title) for place, title in enumerate(points, start=1)
    )
    follow_next(agency, unit.pk, worker.pk)
    follow_plan(agency, unit.pk, worker.pk)
    return made


def judge(agency: Agency, said: Said, points: list[str], replaces: Conversation | None) -> None:
    """Raise the refusal that the conversation as it would be written deserves."""
    on, next_on = said["date"], said.get("next_on")
    if on > agency.today():
        raise ConversationAhead
    if next_on is not None and next_on < on:
        raise NextBefore
    if not points and not said.get("other_points", "").strip():
        raise NoPoints
    if not set(points) <= set(points_known(agency, replaces)):
        raise PointUnknown


def points_known(agency: Agency, replaces: Conversation | None = None) -> list[str]:
    """What may be ticked: the agency's points, and those that the version before had ticked."""
    titles = [entry.title[:160] for entry in starter.entries(agency, "discussion_points")]
    if replaces is not None:
        titles += replaces.points.order_by("position").values_list("title", flat=True)
    return list(dict.fromkeys(titles))


def reopen_where_needed(agency: Agency, actor: User, unit: Unit) -> None:
    """Open the items of step 3 again whose list or conversations no longer prove anything."""
    leaders = leaders_to_talk_with([unit.pk])[unit.pk]
    troubles = {
        LEADERS_KIND: leaders_trouble(leaders),
        CONVERSATIONS_KIND: conversations_trouble(unit.pk, leaders, talked_with([unit.pk])),
    }
    for kind, trouble in troubles.items():
        if trouble:
            reopen_resting_on(agency=agency, actor=actor, kind=kind, object_ids=[unit.pk], reason=trouble)


def label_of(conversation: Conversation) -> str:
    """What the audit trail calls a conversation."""
    unit, worker = conversation.unit.public_name, public_name(conversation.worker)
    return f"{unit}: {worker}, {conversation.date}"
