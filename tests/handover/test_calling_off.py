"""The worker stays after all."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from handover import operations
from handover.models import Case, Passing
from handover.operations import cases
from handover.operations.cases import CaseClosed
from handover.queries.progress import left_out_and_held
from handover.queries.retention import checks_due
from partners.models import FollowUp, GivingUnit, Holder, Partner
from partners.operations import Part, appoint_holder, end_holder, erase_partner, record_gift
from ssu.models import TeamMember, Unit, Worker
from tests.cast import Visitor
from tests.handover.conftest import holders

DAY = timedelta(days=1)
Visit = Callable[[User], Visitor]


def passing(case: Case, partner: Partner) -> Passing:
    return Passing.objects.get(case=case, holder__partner=partner)


def test_who_was_only_named_holds_nobody_and_who_was_introduced_stays(
    act: dict[str, Any],
    inside: Agency,
    anna: Worker,
    ben: TeamMember,
    held: Callable[..., Partner],
    leaves: Callable[..., Case],
) -> None:
    named, introduced, waits, out = (held(name) for name in ("Named", "Introduced", "Waits", "Out"))
    today = inside.today()
    case = leaves(leaves_on=today + 30 * DAY)
    rows = [passing(case, named), passing(case, introduced)]
    operations.pass_on(**act, case=case, passings=rows, service=ben, due_on=today + DAY)
    operations.note_introduced(**act, case=case, passing=rows[1], on=today)
    operations.skip_passings(**act, case=case, passings=[passing(case, out)], why="office")
    operations.call_off(**act, case=case)
    assert [holders(each) for each in (named, introduced, waits, out)] == [
        [(anna.pk, True)],
        [(ben.worker_id, True)],
        [(anna.pk, True)],
        [(anna.pk, True)],
    ]
    assert not FollowUp.objects.open().filter(partner=named).exists()
    with pytest.raises(CaseClosed):
        operations.call_off(**act, case=case)


def test_nothing_follows_from_it(
    act: dict[str, Any], inside: Agency, anna: Worker, held: Callable[..., Partner], leaves: Callable[..., Case]
) -> None:
    partner = held("Out")
    case, stays = leaves(leaves_on=inside.today() - 40 * DAY), TeamMember.objects.get(worker=anna)
    operations.skip_passings(**act, case=case, passings=list(case.passings.all()), why="office")
    assert [after for _case, after in checks_due(inside)] == [30]
    operations.call_off(**act, case=case)
    assert checks_due(inside) == []
    again = leaves(leaves_on=inside.today())
    operations.skip_passings(**act, case=again, passings=list(again.passings.all()), why="office")
    TeamMember.objects.filter(pk=stays.pk).update(left_on=inside.today() - DAY)
    assert list(left_out_and_held()) == []
    operations.close_case(**act, case=again)  # the control: this one ended it
    assert holders(partner) == []


@pytest.fixture
def only_named(
    act: dict[str, Any], inside: Agency, ben: TeamMember, held: Callable[..., Partner], leaves: Callable[..., Case]
) -> Callable[[], tuple[Partner, Case]]:
    """A partner whom Anna holds, for whom Ben is named in the case."""

    def make() -> tuple[Partner, Case]:
        partner = Partner.objects.first() or held("Moab")
        case, day = leaves(leaves_on=inside.today() + 30 * DAY), inside.today() + DAY
        operations.pass_on(**act, case=case, passings=[passing(case, partner)], service=ben, due_on=day)
        return partner, case

    return make


Named = Callable[[], tuple[Partner, Case]]


def test_who_was_another_holder_is_so_again(
    act: dict[str, Any],
    unit: Unit,
    anna: Worker,
    ben: TeamMember,
    held: Callable[..., Partner],
    only_named: Named,
) -> None:
    appoint_holder(**act, partner=held("Moab"), unit=unit, worker=ben.worker, is_primary=False)
    partner, case = only_named()
    assert holders(partner) == [(anna.pk, False), (ben.worker_id, True)]
    operations.call_off(**act, case=case)
    assert sorted(holders(partner)) == [(anna.pk, True), (ben.worker_id, False)]


def test_who_is_a_coach_now_holds_nobody_again(act: dict[str, Any], anna: Worker, only_named: Named) -> None:
    partner, case = only_named()
    TeamMember.objects.filter(worker=anna).update(role="coach")
    operations.call_off(**act, case=case)
    assert anna.pk in [worker for worker, _first in holders(partner)]
    assert (Case.objects.get(pk=case.pk).called_off_at is None) is False


def test_of_whom_the_team_may_not_know_any_more_nobody_is_the_first_holder(
    act: dict[str, Any], inside: Agency, money: Designation, anna: Worker, only_named: Named
) -> None:
    partner, case = only_named()
    giver, part = GivingUnit.objects.get(partner=partner), Part(money, Money(500, "USD"))
    record_gift(**act, giving_unit=giver, on=inside.today(), parts=[part], key="unnamed", anonymous=True)
    operations.call_off(**act, case=case)
    assert holders(partner) == [(anna.pk, False)]


def test_a_partner_who_was_erased_hinders_nothing(act: dict[str, Any], only_named: Named) -> None:
    partner, case = only_named()
    erase_partner(**act, partner=partner, ground="asked")
    operations.call_off(**act, case=case)
    assert Case.objects.get(pk=case.pk).called_off_at


def test_what_somebody_ended_in_the_same_moment_hinders_no_closing(
    act: dict[str, Any], inside: Agency, held: Callable[..., Partner], leaves: Callable[..., Case], monkeypatch: Any
) -> None:
    for name in ("Out", "Gone"):
        held(name)
    case = leaves(leaves_on=inside.today())
    operations.skip_passings(**act, case=case, passings=list(case.passings.all()), why="office")
    read = list(Holder.objects.order_by("pk"))
    end_holder(**act, holder=read[0])
    monkeypatch.setattr(cases, "left_out_and_held", lambda: SimpleNamespace(filter=lambda **_of: read))
    assert operations.close_case(**act, case=case).closed_at
    assert not Holder.objects.filter(ends_on=None).exists()


def test_by_page_and_program(
    inside: Agency, alice: User, held: Callable[..., Partner], leaves: Callable[..., Case], visit: Visit
) -> None:
    held("Moab")
    case, hers = leaves(), visit(alice)
    page = reverse("handover", args=[inside.slug, case.pk])
    assert "Call the hand-over off" in hers.get(page).content.decode()
    assert hers.post(f"{page}call-off/").status_code == 302
    shown = hers.get(page).content.decode()
    assert ("Called off" in shown, "Was to leave on" in shown, "Call the hand-over off" in shown) == (True, True, False)
    again = hers.post(reverse("api_handover_call_off", args=[inside.slug, case.pk]))
    assert (again.status_code, again.json()["code"]) == (409, "handover_closed")
    assert hers.get(reverse("api_handover", args=[inside.slug, case.pk])).json()["called_off_at"]
    assert leaves().pk != case.pk  # and who leaves later gets a case
