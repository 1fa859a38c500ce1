"""Periods and definitions."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from agencies import scope
from agencies.models import AuditEntry
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    Indicator,
    IndicatorVersion,
    Obligation,
    Period,
    PeriodState,
)
from alliances.operations import indicator as indicators
from alliances.operations import period as periods


def test_a_period_asks_active_implementing_members_and_no_others(trio: Built, asked: Period) -> None:
    with scope.within(trio.scope()):
        owing = Obligation.objects.filter(period=asked).order_by("member_id").values_list("member_id", flat=True)
        assert list(owing) == [member.pk for member in trio.members]


def test_periods_of_one_measure_do_not_overlap(founded: Built, indicator: Indicator, period: Period) -> None:
    with scope.within(founded.scope()), pytest.raises(periods.PeriodOpened):
        operations.open_period(
            alliance=founded.alliance,
            actor=founded.coordinator,
            indicator=indicator,
            starts=period.starts.replace(month=period.starts.month + 1),
        )


def test_a_paused_alliance_asks_for_nothing(founded: Built, indicator: Indicator) -> None:
    with scope.within(founded.scope()):
        paused = operations.move_alliance(alliance=founded.alliance, actor=founded.coordinator, state="paused")
        first, _ = demo.quarters(paused.today())
        with pytest.raises(periods.NotActive):
            operations.open_period(alliance=paused, actor=founded.coordinator, indicator=indicator, starts=first)


def test_a_draft_definition_asks_for_nothing(backbone: Built) -> None:
    everybody: dict[str, Any] = {"alliance": backbone.alliance, "actor": backbone.coordinator}
    made = operations.define_indicator(**everybody, name="Draft", **demo.DEFINITION)
    first, _ = demo.quarters(backbone.alliance.today())
    with pytest.raises(periods.NoDefinition):
        operations.open_period(**everybody, indicator=made, starts=first)


@pytest.mark.parametrize("kind", ["ratio", "mean", "unique_people", "entity_set", "ordinal", "text"])
def test_what_one_number_cannot_report_cannot_be_defined(backbone: Built, kind: str) -> None:
    with pytest.raises(indicators.NeedsMoreThanANumber):
        operations.define_indicator(
            alliance=backbone.alliance, actor=backbone.coordinator, name="x", **{**demo.DEFINITION, "kind": kind}
        )


@pytest.mark.parametrize(
    ("frequency", "start", "last", "label"),
    [
        ("monthly", "2028-02-01", "2028-02-29", "February 2028"),
        ("quarterly", "2026-10-01", "2026-12-31", "Q4 2026"),
        ("half_yearly", "2026-07-01", "2026-12-31", "Jul 2026 – Dec 2026"),
        ("yearly", "2026-01-01", "2026-12-31", "2026"),
        ("yearly", "2026-07-01", "2027-06-30", "Jul 2026 – Jun 2027"),
    ],
)
def test_a_period_lasts_whole_months(frequency: str, start: str, last: str, label: str) -> None:
    starts = date.fromisoformat(start)
    ends = periods.last_day(starts, IndicatorVersion.MONTHS[frequency])
    assert (ends.isoformat(), Period(starts=starts, ends=ends).label) == (last, label)


def test_the_state_of_a_period_follows_the_days() -> None:
    period = Period(starts=date(2026, 1, 1), ends=date(2026, 3, 31), due_on=date(2026, 4, 21))
    assert period.state(date(2026, 3, 31)) == PeriodState.OPEN
    assert period.state(date(2026, 4, 1)) == PeriodState.DUE
    period.locked_at = datetime(2026, 4, 2, tzinfo=UTC)
    assert period.state(date(2026, 4, 1)) == PeriodState.LOCKED
    period.published_at = datetime(2026, 4, 3, tzinfo=UTC)
    assert period.state(date(2026, 4, 1)) == PeriodState.PUBLISHED


def test_the_audit_trail_tells_the_acts_and_no_value(built: Built) -> None:
    with scope.within(built.scope()):
        entries = list(AuditEntry.objects.all())
    assert {"write report", "approve report", "hand in report", "accept report", "publish"} <= {e.verb for e in entries}
    told = " ".join(f"{entry.label} {entry.changes} {entry.reason}" for entry in entries)
    assert [value for value in ("4318", "2764", "1953") if value in told] == []
    assert {entry.alliance_id for entry in entries} == {built.alliance.pk}
    assert {entry.agency_id for entry in entries} == {None}
