"""Opening a public appeal: the emergency that passes the gate with two names, and the unit's public page."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Discretion, EmergencyAppeal, PublicPage, Unit
from ssu.operations.archived import need_at_work
from ssu.operations.second_person import need_another_person
from ssu.queries.gate import gate_of

LONGEST: Final = timedelta(days=92)
"""How long an emergency may hold at most: a quarter of a year. Longer than that it is no emergency."""


class EndNotSoon(Refused):
    """An emergency ends on a day that is near."""

    code = "end_not_soon"
    field = "ends_on"
    message = "Choose a last day from today on, at most 92 days ahead. An appeal that lasts longer waits for its items."


class NoEmergency(Refused):
    """An open gate needs no emergency."""

    code = "no_emergency"
    message = "Everything that an appeal rests on is confirmed, or an emergency holds already. Nothing is asked for."


class EmergencyAsked(Refused):
    """One question at a time."""

    code = "emergency_asked"
    message = "Somebody asked for an emergency already, and it waits for a second person."


class OwnEmergency(Refused):
    """Two different people approve."""

    code = "own_emergency"
    message = "You approved this first, so somebody else approves it second."


class EmergencyOver(Refused):
    """What has ended, or was approved, is not decided again."""

    code = "emergency_over"
    message = "This emergency was approved already, was taken back, or its last day has passed."


class GateShut(Refused):
    """A page for everybody asks for gifts, so it waits for the gate."""

    code = "gate_shut"
    message = (
        "The public page opens when everything that an appeal rests on is confirmed. The unit's page says what is not."
    )


class UnitNotPublic(Refused):
    """Nothing of a closed unit is public."""

    code = "unit_not_public"
    message = "This unit is closed, so it has no public page."


class PageOpenAlready(Refused):
    """One page per unit."""

    code = "page_open_already"
    message = "The public page is open already. Close it first to change how to give."


class PageNotOpen(Refused):
    """What is not open is not closed."""

    code = "page_not_open"
    message = "The public page is not open."


@transaction.atomic
def ask_emergency(*, agency: Agency, actor: User, unit: Unit, reason: str, ends_on: date) -> EmergencyAppeal:
    """Approve an appeal first, saying why it cannot wait and until which day. It holds when a second person approves
    it. Raises UnitArchived, EndNotSoon, NoEmergency, EmergencyAsked.
    """
    row, today = need_at_work(unit.pk), agency.today()
    if not today <= ends_on <= today + LONGEST:
        raise EndNotSoon
    if gate_of(row, today).is_open:
        raise NoEmergency
    if EmergencyAppeal.objects.filter(unit=row, ended_at=None, approved_at=None, ends_on__gte=today).exists():
        raise EmergencyAsked
    EmergencyAppeal.objects.filter(unit=row, ended_at=None, approved_at=None).update(
        ended_by=actor, ended_at=timezone.now(), ended_reason="nobody approved it in time"
    )
    made: EmergencyAppeal = EmergencyAppeal.objects.create(unit=row, reason=reason, ends_on=ends_on, asked_by=actor)
    audit.record(actor=actor, verb="ask for an emergency appeal", of=row, label=row.public_name)
    return made


@transaction.atomic
def approve_emergency(*, agency: Agency, actor: User, emergency: EmergencyAppeal) -> EmergencyAppeal:
    """Approve an appeal second: never whoever asked, nor their spouse. Raises UnitArchived, OwnEmergency, SpouseActed,
    EmergencyOver.
    """
    unit = need_at_work(emergency.unit_id)
    row: EmergencyAppeal = EmergencyAppeal.objects.select_for_update().get(pk=emergency.pk)
    if row.approved_at is not None or row.ended_at is not None or row.ends_on < agency.today():
        raise EmergencyOver
    need_another_person(actor, row.asked_by_id, own=OwnEmergency)
    row.approved_by, row.approved_at = actor, timezone.now()
    row.save(update_fields=["approved_by", "approved_at"])
    audit.record(actor=actor, verb="approve an emergency appeal", of=unit, label=unit.public_name)
    return row


@transaction.atomic
def end_emergency(*, agency: Agency, actor: User, emergency: EmergencyAppeal, reason: str = "") -> EmergencyAppeal:
    """Take an emergency back, whether it holds or still waits. Raises EmergencyOver."""
    row: EmergencyAppeal = EmergencyAppeal.objects.select_for_update().get(pk=emergency.pk)
    if row.ended_at is not None or row.ends_on < agency.today():
        raise EmergencyOver
    row.ended_by, row.ended_at, row.ended_reason = actor, timezone.now(), reason
    row.save(update_fields=["ended_by", "ended_at", "ended_reason"])
    unit = Unit.objects.get(pk=row.unit_id)
    audit.record(actor=actor, verb="take an emergency appeal back", of=unit, label=unit.public_name)
    return row


@transaction.atomic
def open_public_page(*, agency: Agency, actor: User, unit: Unit, how_to_give: str) -> PublicPage:
    """Open a unit's page for everybody. Raises UnitArchived, UnitNotPublic, GateShut, PageOpenAlready."""
    row = need_at_work(unit.pk)
    if row.discretion == Discretion.CLOSED:
        raise UnitNotPublic
    if not gate_of(row, agency.today()).is_open:
        raise GateShut
    if PublicPage.objects.standing().filter(unit=row).exists():
        raise PageOpenAlready
    made: PublicPage = PublicPage.objects.create(unit=row, how_to_give=how_to_give, opened_by=actor)
    audit.record(actor=actor, verb="open the public page", of=row, label=row.public_name)
    return made


@transaction.atomic
def close_public_page(*, agency: Agency, actor: User, unit: Unit) -> PublicPage:
    """Close a unit's public page; it answers nobody from now on. Raises PageNotOpen."""
    row: PublicPage | None = PublicPage.objects.standing().select_for_update().filter(unit=unit.pk).first()
    if row is None:
        raise PageNotOpen
    row.closed_by, row.closed_at = actor, timezone.now()
    row.save(update_fields=["closed_by", "closed_at"])
    of = Unit.objects.get(pk=unit.pk)
    audit.record(actor=actor, verb="close the public page", of=of, label=of.public_name)
    return row
