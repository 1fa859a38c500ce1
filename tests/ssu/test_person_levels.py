"""A person's level: raised at once on the person's page, lowered by two people."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry, Role
from agencies.operations import add_member
from ssu import operations
from ssu.models import PersonLowering, Worker
from ssu.operations.discretion import AnsweredAlready, AskedAlready, NotLower, OwnLowering
from ssu.operations.team import NotLowered
from tests.cast import Visitor
from tests.ssu.conftest import seat

Visit = Callable[[User], Visitor]


@pytest.fixture
def ann(inside: Agency, alice: User) -> Worker:
    return operations.add_worker(agency=inside, actor=alice, name="Ann Marlowe", last_name="Marlowe")


@pytest.fixture
def closed(ann: Worker, inside: Agency, alice: User) -> Worker:
    return operations.edit_worker(
        agency=inside, actor=alice, worker=ann, name=ann.name, last_name="Marlowe", alias="Finch", discretion="closed"
    )


@pytest.fixture
def other_administrator(inside: Agency, alice: User, carol: User) -> User:
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.ADMINISTRATOR,))
    return carol


def shown_to(agency: Agency, who: User, worker: Worker) -> str:
    return str(Worker.objects.seen_by(seat(agency, who)).get(pk=worker.pk).shown_name)


def test_raising_works_at_once_and_lowering_alone_never(closed: Worker, inside: Agency, alice: User, dan: User) -> None:
    assert shown_to(inside, dan, closed) == "Finch"
    with pytest.raises(NotLowered):
        operations.edit_worker(
            agency=inside, actor=alice, worker=closed, name="Ann", last_name="", alias="Finch", discretion="open"
        )


def test_lowering_needs_two_people(closed: Worker, inside: Agency, alice: User, bob: User, dan: User) -> None:
    with pytest.raises(NotLower):
        operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="closed", reason="x")
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="open", reason="home now")
    with pytest.raises(AskedAlready):
        operations.ask_person_lowering(agency=inside, actor=bob, worker=closed, level="careful", reason="x")
    with pytest.raises(OwnLowering):
        operations.answer_person_lowering(agency=inside, actor=alice, lowering=asked, agree=True)
    assert shown_to(inside, dan, closed) == "Finch"
    operations.answer_person_lowering(agency=inside, actor=bob, lowering=asked, agree=True)
    assert shown_to(inside, dan, closed) == "Ann Marlowe"
    with pytest.raises(AnsweredAlready):
        operations.answer_person_lowering(agency=inside, actor=bob, lowering=asked, agree=False)
    told = AuditEntry.objects.filter(kind="ssu.worker", verb__contains="lower").order_by("pk")
    assert [(entry.verb, entry.label) for entry in told] == [
        ("ask for a lower discretion level", "Finch"),
        ("lower the discretion level", "Finch"),
    ]


def test_who_asked_may_withdraw(closed: Worker, inside: Agency, alice: User) -> None:
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="open", reason="x")
    operations.answer_person_lowering(agency=inside, actor=alice, lowering=asked, agree=False)
    closed.refresh_from_db()
    assert closed.discretion == "closed"
    operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="open", reason="again")


def test_postgresql_wants_two_people_too(closed: Worker, alice: User, bob: User) -> None:
    row = {"worker": closed, "level": "open", "reason": "x", "asked_by": alice, "answered_at": timezone.now()}
    with pytest.raises(IntegrityError, match="person_lowering_needs_two_people"), transaction.atomic():
        PersonLowering.objects.create(**row, answered_by=alice, agreed=True)
    PersonLowering.objects.create(**row, answered_by=bob, agreed=True)


def test_service_in_a_closed_unit_stays_above_the_own_level(
    closed: Worker, units: SimpleNamespace, inside: Agency, alice: User, bob: User, dan: User
) -> None:
    operations.add_team_member(
        agency=inside, actor=alice, unit=units.closed, worker=closed, role="member", joined_on=inside.today()
    )
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="open", reason="x")
    operations.answer_person_lowering(agency=inside, actor=bob, lowering=asked, agree=True)
    assert shown_to(inside, dan, closed) == "Finch"


def test_on_the_page_one_asks_and_another_agrees(
    ann: Worker, inside: Agency, alice: User, other_administrator: User, visit: Visit
) -> None:
    one, other = visit(alice), visit(other_administrator)
    page = reverse("worker_edit", args=["harbor", ann.pk])
    assert "Make it less guarded" not in one.get(page).content.decode()
    raised = {"name": "Ann Marlowe", "last_name": "Marlowe", "alias": "Finch", "discretion": "closed"}
    assert one.post(page, raised).status_code == 302
    assert "Make it less guarded" in one.get(page).content.decode()
    ask = reverse("person_lowering_ask", args=["harbor", ann.pk])
    assert one.post(ask, {"level": "closed", "reason": "x"}).status_code == 422
    assert one.post(ask, {"level": "open", "reason": "Home for good"}).status_code == 302
    asked = PersonLowering.objects.get()
    answer = reverse("person_lowering_answer", args=["harbor", ann.pk, asked.pk])
    assert "Withdraw" in one.get(page).content.decode()
    assert one.post(answer, {"answer": "agree"}).status_code == 409
    shown = other.get(page).content.decode()
    assert ("Home for good" in shown, 'value="agree"' in shown) == (True, True)
    assert other.post(answer, {"answer": "agree"}).status_code == 302
    ann.refresh_from_db()
    assert ann.discretion == "open"


def test_only_administrators_and_only_of_this_agency(
    closed: Worker, elsewhere: Agency, mallory: User, alice: User, dan: User, visit: Visit, inside: Agency
) -> None:
    ask = reverse("person_lowering_ask", args=["harbor", closed.pk])
    assert visit(dan).post(ask, {"level": "open", "reason": "x"}).status_code == 403
    with scope.of_agency(elsewhere.pk):
        theirs = operations.add_worker(agency=elsewhere, actor=mallory, name="Secret")
    answers = [
        visit(alice).post(reverse("person_lowering_ask", args=["harbor", pk]), {"level": "open", "reason": "x"})
        for pk in (theirs.pk, 987654321)
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert PersonLowering.objects.count() == 0


def test_answering_another_persons_question_is_not_found(
    closed: Worker, inside: Agency, alice: User, other_administrator: User, visit: Any
) -> None:
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=closed, level="open", reason="x")
    someone = operations.add_worker(agency=inside, actor=alice, name="Else")
    path = reverse("person_lowering_answer", args=["harbor", someone.pk, asked.pk])
    assert visit(other_administrator).post(path, {"answer": "agree"}).status_code == 404


def test_a_stricter_level_voids_what_was_asked_before(ann: Worker, inside: Agency, alice: User, bob: User) -> None:
    """Who agrees later would undo a raise that nobody had in mind when the question was put."""
    given: dict[str, Any] = {"agency": inside, "actor": alice, "worker": ann, "name": ann.name, "last_name": "Marlowe"}
    operations.edit_worker(**given, alias="Finch", discretion="careful")
    asked = operations.ask_person_lowering(agency=inside, actor=alice, worker=ann, level="open", reason="home")
    operations.edit_worker(**given, alias="Wren", discretion="careful")
    assert PersonLowering.objects.get().answered_at is None
    operations.edit_worker(**{**given, "actor": bob}, alias="Wren", discretion="closed")
    with pytest.raises(AnsweredAlready):
        operations.answer_person_lowering(agency=inside, actor=bob, lowering=asked, agree=True)
    ann.refresh_from_db()
    row = PersonLowering.objects.get()
    assert (ann.discretion, row.answered_by, row.agreed) == ("closed", bob, False)


def test_a_stricter_level_of_a_unit_voids_what_was_asked_before(
    units: SimpleNamespace, inside: Agency, alice: User, bob: User
) -> None:
    unit = units.careful
    asked = operations.ask_lowering(agency=inside, actor=alice, unit=unit, level="open", reason="calm now")
    operations.edit_unit(agency=inside, actor=bob, unit=unit, alias="Project Fir", discretion="closed")
    with pytest.raises(AnsweredAlready):
        operations.answer_lowering(agency=inside, actor=bob, lowering=asked, agree=True)
    unit.refresh_from_db()
    assert unit.discretion == "closed"


@pytest.mark.parametrize("name", ["worker_edit", "unit_edit"])
def test_the_only_administrator_is_told_that_two_are_needed(
    closed: Worker, units: SimpleNamespace, inside: Agency, alice: User, carol: User, visit: Visit, name: str
) -> None:
    page = reverse(name, args=[inside.slug, closed.pk if name == "worker_edit" else units.closed.pk])
    way = reverse("invite", args=[inside.slug])

    def card() -> str:
        return visit(alice).get(page).content.decode().partition('id="lower"')[2].partition("</section>")[0]

    assert ("you are the only one" in card(), way in card()) == (True, True)
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.ADMINISTRATOR,))
    assert "you are the only one" not in card()
