"""What partners undertake besides giving: taken up, changed, ended, continued, taken back. Free words and reasons are
kept with the row and not in the trail: the unit may be closed to who reads the trail.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Contact, Partner, Undertaking
from partners.operations.follow_ups import HasDied
from partners.operations.holders import held_still, refuse_anonymous
from partners.operations.telling import tell_changed
from ssu.models import Unit
from ssu.operations import need_at_work


class UndertakenAlready(Refused):
    """A partner prays for a unit once, and promotes it once."""

    code = "undertaking_stands"
    field = "kind"
    message = "This is noted already. Change what stands there, or end it first."


class UndertakenAhead(Refused):
    """What is noted is so already."""

    code = "undertaking_ahead"
    field = "starts_on"
    message = "This day is still to come. Enter the day since which it is so."


class EndedAhead(Refused):
    """An end is noted when it has come."""

    code = "undertaking_end_ahead"
    field = "on"
    message = "This day is still to come. End it when it is so."


class EndsBeforeItBegan(Refused):
    """The days are the wrong way round."""

    code = "undertaking_dates"
    field = "on"
    message = "This is before the day on which it began. Correct the day, or take it back if it was never so."


class UndertakingOver(Refused):
    """What has ended, or was taken back, stays as it is."""

    code = "undertaking_over"
    message = "This was ended or taken back already. Look at the page again."


class UndertakingRuns(Refused):
    """Only what has ended goes on again."""

    code = "undertaking_runs"
    message = "This has not ended."


@transaction.atomic
def take_up(
    *,
    agency: Agency,
    actor: User,
    partner: Partner,
    unit: Unit | None,
    kind: str,
    starts_on: date,
    about: str = "",
    rhythm: str = "",
    basis: str = Undertaking.Basis.CONTACT,
    contact: Contact | None = None,
) -> Undertaking:
    """The partner prays for the unit or promotes it since a day; without a unit, the agency as a whole. Raises
    UndertakenAhead, HasDied, UnitArchived, GivesAnonymously, UndertakenAlready.
    """
    if starts_on > agency.today():
        raise UndertakenAhead
    now = held_still(partner).now
    refuse_beside(now, unit, kind)
    made: Undertaking = Undertaking.objects.create(
        agency=agency,
        partner=now,
        unit=unit,
        kind=kind,
        about=about.strip()[:200],
        rhythm=rhythm,
        starts_on=starts_on,
        basis=basis,
        contact=contact,
        taken_up_by=actor,
    )
    note(agency, actor, made, "take up undertaking")
    return made


def refuse_beside(partner: Partner, unit: Unit | None, kind: str) -> None:
    """Raise what keeps this from standing from now on."""
    if partner.deceased_on is not None:
        raise HasDied
    if unit is not None:
        need_at_work(unit.pk)
        refuse_anonymous(partner, unit)
    if Undertaking.objects.standing().filter(partner=partner, unit=unit, kind=kind).exists():
        raise UndertakenAlready


@transaction.atomic
def change_undertaking(
    *, agency: Agency, actor: User, undertaking: Undertaking, about: str, rhythm: str
) -> Undertaking:
    """What they pray for or how they promote, and how often, is other than it was. Raises UndertakingOver,
    UnitArchived.
    """
    found = standing(undertaking)
    if found.unit_id is not None:
        need_at_work(found.unit_id)
    found.about, found.rhythm = about.strip()[:200], rhythm
    found.save(update_fields=["about", "rhythm"])
    note(agency, actor, found, "change undertaking")
    return found


@transaction.atomic
def end_undertaking(
    *, agency: Agency, actor: User, undertaking: Undertaking, on: date, reason: str = ""
) -> Undertaking:
    """From this day the partner does so no more, also for a unit that is archived. Raises EndedAhead,
    EndsBeforeItBegan, UndertakingOver.
    """
    if on > agency.today():
        raise EndedAhead
    found = standing(undertaking)
    if on < found.starts_on:
        raise EndsBeforeItBegan
    found.ends_on, found.ended_reason = on, reason.strip()[:200]
    found.ended_by, found.ended_at = actor, timezone.now()
    found.save(update_fields=["ends_on", "ended_reason", "ended_by", "ended_at"])
    note(agency, actor, found, "end undertaking")
    return found


@transaction.atomic
def continue_undertaking(*, agency: Agency, actor: User, undertaking: Undertaking) -> Undertaking:
    """It did not end after all. Raises UndertakingRuns, UndertakingOver, and what `take_up` raises for its partner and
    unit.
    """
    found = locked(undertaking)
    if found.withdrawn_at is not None:
        raise UndertakingOver
    if found.ends_on is None:
        raise UndertakingRuns
    refuse_beside(found.partner, found.unit, found.kind)
    found.ends_on, found.ended_reason, found.ended_by, found.ended_at = None, "", None, None
    found.save(update_fields=["ends_on", "ended_reason", "ended_by", "ended_at"])
    note(agency, actor, found, "continue undertaking")
    return found


@transaction.atomic
def withdraw_undertaking(*, agency: Agency, actor: User, undertaking: Undertaking, reason: str = "") -> Undertaking:
    """It was never so: it stands in no list and no timeline any more. Raises UndertakingOver."""
    found = locked(undertaking)
    if found.withdrawn_at is not None:
        raise UndertakingOver
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = timezone.now(), actor, reason.strip()[:200]
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note(agency, actor, found, "withdraw undertaking")
    return found


def withdraw_taken_from(*, agency: Agency, actor: User, contact: Contact) -> list[int]:
    """Take back what was taken from a contact that was not so; return which."""
    rows = list(Undertaking.objects.kept().filter(contact=contact))
    for each in rows:
        withdraw_undertaking(agency=agency, actor=actor, undertaking=each)
    return [each.pk for each in rows]


def locked(undertaking: Undertaking) -> Undertaking:
    """The row, behind its partner's: acts on one partner come one after the other. Raises PartnersBusy."""
    held_still(undertaking.partner)
    found: Undertaking = Undertaking.objects.select_for_update(of=("self",)).get(pk=undertaking.pk)
    return found


def standing(undertaking: Undertaking) -> Undertaking:
    """The row, locked, while it holds. Raises UndertakingOver."""
    found = locked(undertaking)
    if found.ends_on is not None or found.withdrawn_at is not None:
        raise UndertakingOver
    return found


def note(agency: Agency, actor: User, undertaking: Undertaking, verb: str) -> None:
    """Write the act down at the partner, without its words, and tell webhooks."""
    changes: dict[str, Any] = {
        "unit": undertaking.unit_id,
        "undertaking": undertaking.pk,
        "kind": undertaking.kind,
        "rhythm": undertaking.rhythm,
    }
    label = f"partner {undertaking.partner_id}"
    audit.record(actor=actor, verb=verb, of=undertaking.partner, label=label, changes=changes)
    tell_changed(agency, [undertaking.partner_id])
