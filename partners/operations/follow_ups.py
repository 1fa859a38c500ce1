"""What is to do for partners: given to somebody, done, taken up again, moved, closed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from delivery.naming import NAME
from delivery.operations import Named, notify, reschedule_tasks, settle_tasks
from partners.models import Contact, FollowUp, Partner
from partners.notice_kinds import FOLLOW_UP, PARTNER
from partners.operations.erased import refuse_erased
from ssu.models import Unit


class HasDied(Refused):
    """Nobody is in touch with a partner who has died."""

    code = "partner_has_died"
    message = "This partner has died. Write to the family through their own record."


class EndedBefore(Refused):
    """A follow-up ends once."""

    code = "follow_up_ended"
    message = "This was done or closed already. Look at the page again."


class OpenStill(Refused):
    """Only what has ended is taken up again."""

    code = "follow_up_open"
    message = "This is still open."


class SettledByContact(Refused):
    """What a contact settled is open again when the contact is withdrawn."""

    code = "follow_up_settled"
    message = "A logged contact settled this. Withdraw the contact if it was not so."


@transaction.atomic
def add_follow_up(
    *,
    agency: Agency,
    actor: User,
    partner: Partner,
    unit: Unit | None,
    channel: str,
    due_on: date,
    assignee: User,
    text: str = "",
    after: Contact | None = None,
) -> FollowUp:
    """Somebody is to be in touch with the partner by a day: it stands on their list of tasks. Raises HasDied."""
    refuse_erased(partner)
    if partner.deceased_on is not None:
        raise HasDied
    made: FollowUp = FollowUp.objects.create(
        agency=agency,
        partner=partner,
        unit=unit,
        channel=channel,
        text=text.strip()[:200],
        due_on=due_on,
        assignee=assignee,
        after=after,
        made_by=actor,
    )
    ask(agency, actor, made)
    note(actor, made, "add follow-up", {"due": str(due_on)})
    return made


def ask(agency: Agency, actor: User, follow_up: FollowUp) -> None:
    """Put it on the list of the assignee, under the name that they know the partner by."""
    notify(
        agency=agency,
        users=[follow_up.assignee],
        kind=FOLLOW_UP.name,
        text=_("%(name)s: be in touch by %(channel)s.") % {"name": NAME, "channel": follow_up.get_channel_display()},
        url=reverse("partner", args=[agency.slug, follow_up.partner_id]),
        named=Named(PARTNER, follow_up.partner_id),
        about=follow_up.matter,
        due_on=follow_up.due_on,
        quiet_for=actor,
    )


def open_one(follow_up: FollowUp) -> FollowUp:
    """The row, locked. Raises EndedBefore."""
    found: FollowUp = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if found.ended_at is not None:
        raise EndedBefore
    return found


def finish(actor: User, follow_up: FollowUp, **how: Any) -> None:
    """End the row and the task."""
    given = {"ended_at": timezone.now(), "ended_by": actor, **how}
    for name, value in given.items():
        setattr(follow_up, name, value)
    follow_up.save(update_fields=[*given])
    settle_tasks(about=[follow_up.matter])


@transaction.atomic
def finish_follow_up(*, agency: Agency, actor: User, follow_up: FollowUp, contact: Contact | None = None) -> FollowUp:
    """It is done, with the contact that shows it. Raises EndedBefore."""
    found = open_one(follow_up)
    finish(actor, found, end=FollowUp.End.DONE, done_with=contact)
    note(actor, found, "finish follow-up")
    return found


@transaction.atomic
def close_follow_up(*, agency: Agency, actor: User, follow_up: FollowUp, reason: str) -> FollowUp:
    """It has lost its matter. Raises EndedBefore."""
    found = open_one(follow_up)
    finish(actor, found, end=FollowUp.End.CLOSED, ended_reason=reason[:200])
    note(actor, found, "close follow-up")
    return found


@transaction.atomic
def reopen_follow_up(*, agency: Agency, actor: User, follow_up: FollowUp) -> FollowUp:
    """It was not done after all. Raises OpenStill, SettledByContact, HasDied."""
    found: FollowUp = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if found.ended_at is None:
        raise OpenStill
    if found.done_with_id is not None:
        raise SettledByContact
    refuse_erased(found.partner)
    if found.partner.deceased_on is not None:
        raise HasDied
    take_up(agency, actor, found)
    return found


def take_up(agency: Agency, actor: User, follow_up: FollowUp) -> None:
    """Open the row and ask again."""
    follow_up.ended_at = follow_up.ended_by = follow_up.done_with = None
    follow_up.end = follow_up.ended_reason = ""
    follow_up.save(update_fields=["ended_at", "ended_by", "done_with", "end", "ended_reason"])
    ask(agency, actor, follow_up)
    note(actor, follow_up, "take up follow-up")


@transaction.atomic
def reopen_settled_by(*, agency: Agency, actor: User, contact: Contact) -> int:
    """What a contact had settled is to do again, for the contact was not so; return how much. Nothing is asked about
    who has died.
    """
    settled = FollowUp.objects.select_for_update(of=("self",)).filter(
        done_with=contact, ended_at__isnull=False, partner__deceased_on=None, partner__erased_at=None
    )
    found = list(settled.select_related("partner", "assignee"))
    for each in found:
        take_up(agency, actor, each)
    return len(found)


@transaction.atomic
def move_follow_up(*, agency: Agency, actor: User, follow_up: FollowUp, due_on: date, assignee: User) -> FollowUp:
    """Another day, or another person. Raises EndedBefore."""
    found = open_one(follow_up)
    changes = {"due": [str(found.due_on), str(due_on)]}
    is_anothers = assignee.pk != found.assignee_id
    found.due_on, found.assignee = due_on, assignee
    found.save(update_fields=["due_on", "assignee"])
    if is_anothers:
        settle_tasks(about=[found.matter])
        ask(agency, actor, found)
    reschedule_tasks(about=found.matter, due_on=due_on)
    note(actor, found, "move follow-up", changes)
    return found


@transaction.atomic
def close_follow_ups(*, agency: Agency, actor: User | None, partner: Partner, reason: str) -> int:
    """Everything that is still to do for a partner has lost its matter; return how much."""
    found: Iterable[FollowUp] = FollowUp.objects.select_for_update(of=("self",)).open().filter(partner=partner)
    closed = list(found)
    for each in closed:
        each.ended_at, each.ended_by, each.end = timezone.now(), actor, FollowUp.End.CLOSED
        each.ended_reason = reason[:200]
    FollowUp.objects.bulk_update(closed, ["ended_at", "ended_by", "end", "ended_reason"])
    settle_tasks(about=[each.matter for each in closed])
    if closed:
        changes = {"closed": len(closed)}
        label = f"partner {partner.pk}"
        audit.record(actor=actor, verb="close follow-ups", of=partner, label=label, changes=changes, reason=reason)
    return len(closed)


def note(actor: User, follow_up: FollowUp, verb: str, changes: dict[str, Any] | None = None) -> None:
    """Write the act down at the partner, without a word of what it is about."""
    told = {"follow_up": follow_up.pk, **(changes or {})}
    audit.record(actor=actor, verb=verb, of=follow_up.partner, label=f"partner {follow_up.partner_id}", changes=told)
