"""What is taken back through the API: evidence and readings put back, a declaration, a service, a couple; refused where
the pages refuse.
"""

from collections.abc import Callable
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import RollOut, State, TeamMember, Worker
from tests.agencies.conftest import confirm
from tests.programs import Program
from tests.ssu.conftest import claimed, item_of

Programs = Callable[[User], Program]


def test_evidence(
    inside: Agency, led: SimpleNamespace, carol: User, dan: User, mallory: User, program: Programs
) -> None:
    claimed(inside, carol, item_of(led.open))
    path = f"units/{led.open.pk}/items/1.1/evidence/"
    (piece,) = program(carol).get(path)["results"]
    place = f"{path}{piece['id']}/"
    program(carol).send(f"{place}remove/", reason="The wrong village.")
    assert [program(each).send(f"{place}restore/")[0] for each in (dan, mallory)] == [403, 404]
    for _time in range(2):
        assert program(carol).send(f"{place}restore/", key="k") == (200, [piece])
    assert item_of(led.open).state == State.READY
    assert program(carol).refused(f"{place}restore/")[:2] == (409, "not_removed")
    closed = claimed(inside, carol, item_of(led.closed)).evidence.get()
    assert program(dan).send(f"units/{led.closed.pk}/items/1.1/evidence/{closed.pk}/restore/")[0] == 404


def test_readings(inside: Agency, led: SimpleNamespace, carol: User, dan: User, bob: User, program: Programs) -> None:
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="All hear.", indicator="families")
    path, day = f"units/{led.open.pk}/readings/", inside.today().isoformat()
    _status, made = program(carol).send(path, date=day, value="7.00")
    program(carol).send(f"{path}{made['id']}/withdraw/")
    assert program(dan).send(f"{path}{made['id']}/restore/")[0] == 403
    assert program(carol).send(f"{path}{made['id']}/restore/") == (200, made)
    assert program(carol).get(path)["results"] == [made]
    program(carol).send(f"{path}{made['id']}/withdraw/")
    program(carol).send(path, date=day, value="8.00")
    assert program(carol).refused(f"{path}{made['id']}/restore/")[:2] == (409, "reading_there")


def test_a_declaration(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    path = f"units/{led.open.pk}/roll-out/back/"
    assert program(alice).refused(path, reason="None.")[:2] == (409, "not_declared")
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=alice)
    assert [program(each).send(path, reason="Step 4.")[0] for each in (bob, carol)] == [403, 403]
    RollOut.objects.update(taken_back_by=alice, taken_back_at=inside.created_at, taken_back_reason="x")
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=bob)
    assert program(alice).refused(path) == (422, "take_back_reason", "reason")
    status, told = program(alice).send(path, reason="Step 4 is open.")
    assert (status, told["declared_on"], told["declared_by"]) == (200, None, None)


def test_a_service_that_was_written_down_wrongly(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    service = TeamMember.objects.get(worker__membership__user=carol, unit=led.open)
    path, right = f"units/{led.open.pk}/team/{service.pk}/correct/", {"role": "coach", "joined_on": "2024-03-01"}
    assert program(bob).send(path, **right)[0] == 403
    mine = program(alice)
    assert mine.refused(path, **right)[:2] == (403, "password_first")
    confirm(mine.browser)
    status, told = mine.send(path, **right)
    assert (status, told["role"], told["joined_on"], told["name"]) == (200, "coach", "2024-03-01", "Carol")
    assert mine.send(path, role="king", joined_on="2024-03-01")[0] == 400


def test_a_couple(inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs) -> None:
    one, other = (Worker.objects.get(membership__user=user).pk for user in (bob, carol))
    path = "workers/spouses/separate/"
    assert program(alice).refused(path, one=one, other=other)[:2] == (409, "not_married")
    program(alice).send("workers/spouses/", one=one, other=other)
    assert program(bob).send(path, one=one, other=other)[0] == 403
    assert program(alice).send(path, one=one, other=other) == (204, None)
    assert not Worker.objects.exclude(spouse=None).exists()
