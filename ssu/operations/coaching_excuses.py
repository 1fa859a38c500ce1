"""Excusing somebody from coaching in an area, with the reason, and taking that back. Rows are dated, never changed."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import CoachingArea, CoachingExcuse, Unit, Worker
from ssu.operations.archived import need_at_work
from ssu.operations.coaching import reopen_where_left
from ssu.operations.coaching_notices import settle_joiners
from ssu.operations.coaching_people import check_areas, check_people
from ssu.operations.team import public_name
from ssu.operations.withdrawing import withdraw
from ssu.queries.coaching import coaching_of


class ExcuseReasonMissing(Refused):
    """An excuse needs a reason."""

    code = "reason_missing"
    status = 422
    field = "reason"
    message = "Say why this person need not be coached in this area. Whoever confirms step 4 reads it."


class ExcuseAhead(Refused):
    """An excuse counts from its day on."""

    code = "excuse_ahead"
    status = 422
    field = "date"
    message = "The day of an excuse cannot be in the future."


class AlreadyExcused(Refused):
    """One excuse at a time."""

    code = "already_excused"
    message = "This person is excused from this area already. Withdraw that first if it is wrong."


@transaction.atomic
def excuse(
    *, agency: Agency, actor: User, unit: Unit, worker: Worker, area: CoachingArea, reason: str, date: date
) -> CoachingExcuse:
    """Say why somebody need not be coached in an area, from a day on.

    Raises ExcuseReasonMissing, ExcuseAhead, AlreadyExcused, and what `coaching_people` refuses.
    """
    need_at_work(unit.pk)
    if not reason.strip():
        raise ExcuseReasonMissing
    if date > agency.today():
        raise ExcuseAhead
    check_people(unit, [worker], date)
    check_areas(unit, [area])
    if CoachingExcuse.objects.filter(unit=unit, worker=worker, area=area, withdrawn_at=None).exists():
        raise AlreadyExcused
    made: CoachingExcuse = CoachingExcuse.objects.create(
        unit=unit, worker=worker, area=area, date=date, reason=reason.strip(), written_by=actor
    )
    audit.record(
        actor=actor, verb="excuse from coaching", of=made, label=f"{unit.public_name}: {public_name(worker)}, {date}"
    )
    settle_joiners(unit.pk, coaching_of([unit.pk])[unit.pk])
    return made


@transaction.atomic
def withdraw_excuse(*, agency: Agency, actor: User, excused: CoachingExcuse, reason: str) -> CoachingExcuse:
    """Take an excuse back with the reason. Raises WithdrawalReasonMissing, AlreadyWithdrawn."""
    need_at_work(excused.unit_id)
    rows = CoachingExcuse.objects.select_for_update(of=("self",)).select_related("unit", "worker")
    row: CoachingExcuse = rows.get(pk=excused.pk)
    withdraw(actor, row, reason)
    label = f"{row.unit.public_name}: {public_name(row.worker)}, {row.date}"
    audit.record(actor=actor, verb="withdraw excuse", of=row, label=label, reason=row.withdrawn_reason)
    reopen_where_left(agency, actor, row.unit_id)
    return row
