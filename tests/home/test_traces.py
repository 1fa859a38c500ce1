"""What acts in a closed unit leave behind: notices, tasks, mails, trail, jobs and logs tell it by its alias, and its
people by none of their names.
"""

import json
import logging
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import serializers
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from communications import operations as words
from delivery import kinds
from delivery.channels import Channels
from delivery.models import Notice, OutgoingMessage, Task
from delivery.operations import choose_channels, mail_notices
from jobs.models import Job, JobLog, StoredFile
from jobs.testing import run_due
from reports.operations import start_unit_report
from reports.queries.unit_report import unit_for
from ssu import operations
from ssu.models import CoachingArea
from ssu.operations.reminders import remind, tell_quiet
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, item_of, overdue, seat

MEMBER = "Naomi Bethlehem"
TRUE_WORDS = {TRUE_NAME.split()[0], TRUE_PLACE.split()[0], *MEMBER.split()}
TRACES = (Notice, Task, OutgoingMessage, AuditEntry, Job, JobLog, StoredFile)


def work(agency: Agency, alice: User, bob: User, led: SimpleNamespace) -> None:
    """Something of everything that tells somebody: claims, plans, team, goal, talks, coaching, words, reminders, a
    report.
    """
    unit, today = led.closed, agency.today()
    by_bob: dict[str, Any] = {"agency": agency, "actor": bob}
    by_alice: dict[str, Any] = {"agency": agency, "actor": alice}
    worker = operations.add_worker(**by_alice, name=MEMBER)
    operations.add_team_member(**by_alice, unit=unit, worker=worker, role=Role.MEMBER, joined_on=today)
    item = item_of(unit)
    doer = operations.worker_of(seat(agency, bob).membership)
    planned = operations.plan_item(**by_alice, item=item, due_on=today, assignee=doer)
    overdue(planned, today - timedelta(days=1))
    operations.add_note(**by_bob, item=item, text="The elders agreed.")
    operations.claim_item(**by_bob, item=item_of(unit))
    operations.confirm_item(**by_alice, item=item_of(unit))
    operations.undo_item(**by_alice, item=item_of(unit), reason="Too early")
    said = "Scripture in use in fourteen villages."
    goal = operations.add_goal_version(
        **by_bob, unit=unit, statement=said, indicator="villages", unit_of_measure="villages"
    )
    operations.add_reading(**by_bob, goal=goal, date=today, value=Decimal(5))
    operations.add_leader(**by_bob, unit=unit, worker=worker)
    operations.write_conversation(
        **by_bob, unit=unit, worker=worker, date=today, other_points=f"{MEMBER} asked much.", agreed="yes"
    )
    operations.write_model_text(**by_bob, unit=unit, text=f"{MEMBER} gathers friends in {TRUE_PLACE}.")
    areas = list(CoachingArea.objects.all())
    session: dict[str, Any] = {"unit": unit, "kind": "coached", "date": today, "people": [worker]}
    operations.write_session(**by_alice, **session, areas=areas[:1], note=f"{MEMBER} did well.")
    operations.excuse(
        **by_alice, unit=unit, worker=worker, area=areas[1], reason=f"{MEMBER} wrote the book.", date=today
    )
    remind(agency=agency)
    tell_quiet(agency=agency)
    row = words.begin_guidelines(**by_bob, unit=unit, words={"tone": "Warm."})
    words.submit_guidelines(**by_bob, guidelines=row)
    words.approve_guidelines(**by_alice, guidelines=row)
    mine = seat(agency, alice)
    start_unit_report(**by_alice, seat=mine, unit=unit_for(mine, unit.pk))


@pytest.mark.parametrize("level", ["closed", "open"])
def test_what_is_left_behind_tells_the_alias_only(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    caplog: pytest.LogCaptureFixture,
    level: str,
) -> None:
    """The open unit is the control: its name stands in the trail, which administrators read, and in mails of notices,
    whose words the outbox keeps back; jobs and their files name no unit at all, since it may become closed.
    """
    caplog.set_level(logging.INFO)
    if level == "open":
        type(led.closed).objects.filter(pk=led.closed.pk).update(discretion="open", alias="")
        led.closed.refresh_from_db()
    every = {kind.name: Channels(in_app=True, email=True, task=True) for kind in kinds.kinds()}
    for user in (alice, bob):
        choose_channels(agency=inside, actor=user, chosen=every, hour=7, time_zone="UTC")
    work(inside, alice, bob, led)
    run_due()
    mail_notices(agency=inside, now=timezone.now() + timedelta(days=2))
    left = {model.__name__: serializers.serialize("json", model.objects.all()) for model in TRACES}
    left["log"] = json.dumps([record.getMessage() for record in caplog.records])
    assert {name for name, text in left.items() if text == "[]"} <= {"JobLog", "log"}
    told = {name for name, text in left.items() if any(word in text for word in TRUE_WORDS)}
    if level == "closed":
        assert told == set()
    else:
        assert told == {"AuditEntry", "OutgoingMessage"}
        assert {word for word in TRUE_WORDS if word in left["AuditEntry"]} == TRUE_WORDS
