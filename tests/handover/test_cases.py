"""A case from the exit to the last introduction, and what stands in its way."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership
from agencies.seats import seat_of
from core.errors import Refused
from handover import operations, tasks
from handover.models import Case, Check, Passing, PassingAct
from handover.queries.retention import checks_due, outcomes, survival
from handover.queries.risk import foreseen, risks
from home.archive.rows import columns_of, rows_of, tables
from partners.models import FollowUp, Partner
from partners.operations import add_partner, appoint_holder
from ssu.models import TeamMember, Unit, Worker
from tests.handover.conftest import holders

DAY = timedelta(days=1)
Make = Callable[..., Any]


def test_a_partner_gets_a_new_holder_and_both_are_asked_to_meet(
    act: dict[str, Any], inside: Agency, held: Make, leaves: Make, anna: Worker, ben: TeamMember
) -> None:
    partner = held("Moab")
    case = leaves(leaves_on=inside.today() + 30 * DAY)
    passing = Passing.objects.get()
    due = inside.today() + 9 * DAY
    operations.pass_on(**act, case=case, passings=[passing], service=ben, due_on=due, letter=True)
    assert holders(partner) == [(ben.worker_id, True), (anna.pk, False)] or holders(partner)[-1] == (
        ben.worker_id,
        True,
    )
    tasks = FollowUp.objects.open().filter(partner=partner).order_by("pk")
    assert [(each.channel, each.due_on) for each in tasks] == [("meeting", due), ("letter", due)]
    with pytest.raises(Refused, match="still to come"):
        operations.note_introduced(**act, case=case, passing=passing, on=inside.today() + DAY)
    operations.note_introduced(**act, case=case, passing=passing, on=inside.today())
    assert holders(partner) == [(ben.worker_id, True)]
    operations.close_case(**act, case=case)
    assert Case.objects.get().closed_at is not None


def test_an_undo_brings_the_holder_back_and_closes_the_tasks(
    act: dict[str, Any], inside: Agency, held: Make, leaves: Make, anna: Worker, ben: TeamMember
) -> None:
    partner = held("Moab")
    case = leaves()
    [made] = operations.pass_on(**act, case=case, passings=Passing.objects.all(), service=ben, due_on=inside.today())
    assert holders(partner) == [(ben.worker_id, True)]
    operations.take_back_act(**act, case=case, act=made)
    assert holders(partner) == [(anna.pk, True)]
    assert not FollowUp.objects.open().exists()
    with pytest.raises(Refused, match="taken back, and once"):
        operations.take_back_act(**act, case=case, act=made)


def test_after_a_death_the_leader_introduces_and_access_ends(
    act: dict[str, Any], inside: Agency, held: Make, leaves: Make, anna: Worker, ben: TeamMember
) -> None:
    held("Moab")
    with pytest.raises(Refused, match="who introduces"):
        leaves(how="death")
    with pytest.raises(Refused, match="at once"):
        leaves(how="dismissal", introducer=ben.worker, leaves_on=inside.today() + DAY)
    leaves(how="death", introducer=ben.worker, reason="Malaria")
    assert not TeamMember.objects.serving().filter(worker=anna).exists()
    told = [f"{each.label} {each.changes} {each.reason}" for each in AuditEntry.objects.all()]
    assert not [line for line in told if "Malaria" in line or "death" in line]


def test_what_stands_in_the_way(
    act: dict[str, Any], inside: Agency, unit: Unit, held: Make, leaves: Make, ben: TeamMember, serves: Make
) -> None:
    with pytest.raises(Refused, match="holds no partner"):
        leaves()
    held("Moab")
    case = leaves(is_told=False)
    with pytest.raises(Refused, match="has begun"):
        leaves()
    rows, today = Passing.objects.all(), inside.today()
    given: dict[str, Any] = {**act, "case": case, "passings": rows, "due_on": today}
    with pytest.raises(Refused, match="Nobody else knows"):
        operations.pass_on(**given, service=ben)
    operations.tell_case(**act, case=case)
    with pytest.raises(Refused, match="told already"):
        operations.tell_case(**act, case=case)
    with pytest.raises(Refused, match="who leaves"):
        operations.pass_on(**given, service=TeamMember.objects.get(worker=case.worker))
    with pytest.raises(Refused, match="at least one"):
        operations.pass_on(**{**given, "passings": []}, service=ben)
    with pytest.raises(Refused, match="Name the new holder"):
        operations.note_introduced(**act, case=case, passing=rows[0], on=today)
    with pytest.raises(Refused, match="Finish them"):
        operations.close_case(**act, case=case)
    operations.skip_passings(**act, case=case, passings=rows, why="office")
    with pytest.raises(Refused, match="was left out"):
        operations.pass_on(**given, service=ben)
    operations.close_case(**act, case=case)
    with pytest.raises(Refused, match="was closed"):
        operations.take_back_act(**act, case=case, act=PassingAct.objects.get())


def test_support_at_risk_and_the_bus_factor(
    act: dict[str, Any], inside: Agency, unit: Unit, held: Make, give: Make, anna: Worker, ben: TeamMember
) -> None:
    today = inside.today()
    give(held("Alone"), 6000, today)
    give(held("Too old"), 9900, today - 366 * DAY)
    give(held("Bens", by=ben.worker), 3000, today)
    give(add_partner(**act, kind="person", last_name="Nobodys"), 1000, today)
    [risk] = risks(inside, [unit.pk])
    assert (risk.currency, risk.whole, risk.single, risk.unheld, risk.bus_factor) == ("USD", 10000, 9000, 1000, 1)
    give(add_partner(**act, kind="person", last_name="Abroad"), 500, today, "EUR")
    [loss] = foreseen(inside, anna.pk)
    assert (loss.held, loss.alone, loss.partners) == (6000, 6000, 1)


def test_what_became_of_giving_is_checked_once(
    act: dict[str, Any], inside: Agency, held: Make, give: Make, leaves: Make
) -> None:
    left = inside.today() - 95 * DAY
    kept, less, gone, idle = (held(name) for name in ("Kept", "Less", "Gone", "Idle"))
    for partner in (kept, less, gone):
        give(partner, 5000, left - 360 * DAY)
    give(kept, 5000, left + 3 * DAY)
    give(less, 4000, left + 3 * DAY)
    case = leaves(leaves_on=left)
    assert [after for _case, after in checks_due(inside)] == [30, 90]
    made = operations.make_check(agency=inside, actor=None, case=case, after=30)
    names = {each.passing.holder.partner.last_name: each.outcome for each in made}
    assert names == {"Kept": "kept", "Less": "smaller", "Gone": "stopped", "Idle": "not_due"}
    assert operations.make_check(agency=inside, actor=None, case=case, after=30) == []
    assert [after for _case, after in checks_due(inside)] == [90]
    assert (Check.objects.count(), idle.pk in [each.passing.holder.partner_id for each in made]) == (4, True)


def test_the_curve_counts_each_partner_once_per_exit(
    act: dict[str, Any], inside: Agency, alice: User, held: Make, give: Make, serves: Make
) -> None:
    left, cases = inside.today() - 95 * DAY, []
    for name in ("Amos", "Boaz", "Caleb"):
        worker = serves(name).worker
        partner: Partner = held(f"{name}s", by=worker)
        for month in range(1, 13):
            give(partner, 1000, left - (month * 30 + 5) * DAY)
        give(partner, 500, (left.replace(day=1) + 32 * DAY).replace(day=2))
        cases.append(operations.open_case(**act, worker=worker, leaves_on=left))
    seat = seat_of(inside, Membership.objects.get(user=alice))
    first = survival(seat, cases)["USD"][0]
    assert (first.month, first.exits, first.came * 100 // first.before in {50, 54}) == (1, 3, True)
    assert outcomes(list(Passing.objects.select_related("holder")), left, 30)


def test_the_archive_holds_what_was_told_and_never_why(inside: Agency, alice: User, held: Make, leaves: Make) -> None:
    held("Moab")
    case = leaves(is_told=False, reason="Burnt out")
    found = {model._meta.label: model for model in tables()}
    own = [label for label in found if label.startswith("handover.")]
    assert sum(rows_of(inside, alice, found[label]).count() for label in own) == 0
    operations.tell_case(agency=inside, actor=alice, case=case)
    assert {label for label in own if rows_of(inside, alice, found[label]).exists()} >= {
        "handover.Case",
        "handover.Passing",
    }
    assert not {"reason", "how"} & set(columns_of(found["handover.Case"]))


def test_who_left_holds_none_of_those_who_were_left_out(
    act: dict[str, Any], inside: Agency, held: Make, leaves: Make, anna: Worker
) -> None:
    """With the end of the case, and where the worker serves still, in the night after the service has ended."""
    partner = held("Moab")
    case = leaves()
    operations.skip_passings(**act, case=case, passings=list(Passing.objects.all()), why="office")
    operations.close_case(**act, case=case)
    checks: Any = SimpleNamespace(agency=inside, unit=transaction.atomic, stop_if_cancelled=lambda: None)
    tasks.checks(checks)
    assert holders(partner) == [(anna.pk, True)]
    TeamMember.objects.filter(worker=anna).update(left_on=inside.today())
    tasks.checks(checks)
    assert holders(partner) == []
    TeamMember.objects.filter(worker=anna).update(left_on=None)
    appoint_holder(**act, partner=partner, unit=case.passings.get().holder.unit, worker=anna)
    case = leaves(leaves_on=inside.today())
    operations.skip_passings(**act, case=case, passings=list(case.passings.all()), why="office")
    TeamMember.objects.filter(worker=anna).update(left_on=inside.today())
    operations.close_case(**act, case=case)
    assert holders(partner) == []
