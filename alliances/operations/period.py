"""Opening a period for reports, and closing its intake."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from alliances.models import (
    Alliance,
    AllianceState,
    Indicator,
    IndicatorVersion,
    Member,
    MemberKind,
    MemberState,
    Obligation,
    Period,
    VersionState,
)
from core.errors import Refused


class NoDefinition(Refused):
    """Reports need a definition that everybody agreed on."""

    code = "no_definition"
    message = "This indicator has no adopted definition yet. Adopt one first."


class NotActive(Refused):
    """Only an active alliance asks its members for reports."""

    code = "not_active"
    message = "The alliance is not active, so no reports can be asked for."


class PeriodOpened(Refused):
    """Periods of one indicator do not overlap."""

    code = "period_opened"
    field = "starts"
    message = "Another period of this indicator covers some of these days. Choose the month after it."


class NobodyReports(Refused):
    """A period without an implementing member has nobody to ask."""

    code = "nobody_reports"
    message = "No implementing member is active, so nobody would be asked."


class CannotLock(Refused):
    """An intake is closed once, before the first publication."""

    code = "cannot_lock"
    message = "The intake of this period is closed or published already."


class CannotUnlock(Refused):
    """What was published stays published."""

    code = "cannot_unlock"
    message = "This period is not locked, or it is published. Later reports come into a further revision."


def last_day(starts: date, months: int) -> date:
    """The last day of a stretch of whole months that begins in the month of `starts`."""
    month = starts.month - 1 + months
    return date(starts.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@transaction.atomic
def open_period(*, alliance: Alliance, actor: User | None, indicator: Indicator, starts: date) -> Period:
    """Ask every active implementing member for a report on the period that begins in the month of `starts`.

    Its length and due day come from the adopted definition. Raises NotActive, NoDefinition, PeriodOpened,
    NobodyReports.
    """
    if alliance.state != AllianceState.ACTIVE:
        raise NotActive
    version = IndicatorVersion.objects.filter(indicator=indicator, state=VersionState.ADOPTED).first()
    if version is None:
        raise NoDefinition
    starts = starts.replace(day=1)
    ends = last_day(starts, IndicatorVersion.MONTHS[version.frequency])
    if Period.objects.filter(indicator=indicator, starts__lte=ends, ends__gte=starts).exists():
        raise PeriodOpened
    due_on = ends + timedelta(days=version.due_days)
    period: Period = Period.objects.create(
        indicator=indicator, version=version, starts=starts, ends=ends, due_on=due_on, opened_by=actor
    )
    ask_everybody(period)
    audit.record(actor=actor, verb="open period", of=period, label=f"{indicator.name}, {period.label}")
    return period


def ask_everybody(period: Period) -> None:
    """One obligation per active implementing member."""
    reporting = Member.objects.filter(state=MemberState.ACTIVE, kind=MemberKind.IMPLEMENTING).order_by("pk")
    if not reporting:
        raise NobodyReports
    Obligation.objects.bulk_create(Obligation(period=period, member=member) for member in reporting)


@transaction.atomic
def lock_period(*, alliance: Alliance, actor: User | None, period: Period) -> Period:
    """Close the intake while a publication is prepared: nothing more is accepted until it is out. Raises CannotLock."""
    locked: Period = Period.objects.select_for_update().get(pk=period.pk)
    if locked.locked_at is not None:
        raise CannotLock
    locked.locked_at, locked.locked_by = timezone.now(), actor
    locked.save(update_fields=["locked_at", "locked_by"])
    audit.record(actor=actor, verb="lock period", of=locked, label=locked.label)
    return locked


@transaction.atomic
def unlock_period(*, alliance: Alliance, actor: User | None, period: Period) -> Period:
    """Take reports again. Raises CannotUnlock once something is published."""
    locked: Period = Period.objects.select_for_update().get(pk=period.pk)
    if locked.locked_at is None or locked.published_at is not None:
        raise CannotUnlock
    locked.locked_at = locked.locked_by = None
    locked.save(update_fields=["locked_at", "locked_by"])
    audit.record(actor=actor, verb="unlock period", of=locked, label=locked.label)
    return locked
