"""Nobody approves words that were changed while they read them: a letter, core messages, through page and API."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.models import CoreMessage, Letter
from core.errors import Refused
from ssu import operations as ssu
from tests.cast import Visitor, make_agency, person

GIVEN: dict[str, Any] = {"subject": "Water", "purpose": "news", "unmasked": None}
Write = Callable[..., Letter]


def test_a_letter(
    posted: Agency,
    units: SimpleNamespace,
    write: Write,
    alice: User,
    staff: User,
    visit: Callable[[User], Visitor],
) -> None:
    letter, reader = write(units.closed), visit(staff)
    page, approve = (reverse(name, args=[posted.slug, letter.pk]) for name in ("letter", "letter_approve"))
    assert 'name="revision" value="0"' in reader.get(page).content.decode()
    operations.edit_letter(agency=posted, actor=alice, letter=letter, body="Other words.", language="en", **GIVEN)
    assert reader.post(approve, {"revision": 0}).status_code == 409
    assert reader.post(approve, {"revision": 1}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "approved"


def test_who_may_not_approve_is_told_whom_it_waits_for(
    posted: Agency, units: SimpleNamespace, write: Write, alice: User, visit: Callable[[User], Visitor]
) -> None:
    letter = write(units.closed)
    page = visit(alice).get(reverse("letter", args=[posted.slug, letter.pk])).content.decode()
    assert "somebody who wrote none of it reads and approves it" in page
    assert "Approve letter" not in page


def test_core_messages_by_program(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Callable[[User], Visitor]
) -> None:
    row = operations.write_core_message(agency=posted, actor=bob, unit=led.open, text="Many hear.")
    operations.send_back(agency=posted, actor=bob, words=row, reason="")
    operations.save_core_message(agency=posted, actor=bob, message=row, text="All hear.", messages=[])
    operations.submit_core_message(agency=posted, actor=bob, message=row)
    address = reverse("api_core_message_approve", args=[posted.slug, row.pk])

    def approve(revision: int) -> Any:
        return visit(alice).post(address, {"revision": revision}, content_type="application/json")

    answer = approve(row.revision)
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_since_seen")
    assert approve(CoreMessage.objects.get(pk=row.pk).revision).json()["state"] == "approved"


@pytest.fixture
def committed(transactional_db: None) -> Letter:
    """A letter of a closed unit by Alice, in an agency whose administrator Bob is too."""
    agency = make_agency("harbor", person("Alice"), address="1 Harbor Street\nPortland, ME 04101")
    alice, bob = User.objects.get(name="Alice"), person("Bob")
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=None, user=bob, roles=("administrator",))
        strategy = ssu.add_strategy(agency=agency, actor=None, code="S", name="S")
        given: dict[str, Any] = {"name": "Tamrin", "alias": "Cedar", "discretion": "closed", "kind": "community"}
        unit = ssu.add_unit(agency=agency, actor=None, strategy=strategy, code="U", **given)
        return operations.write_letter(agency=agency, actor=alice, unit=unit, body="It rains.", **GIVEN)


def approving(letter: Letter, seen: int | None, answers: list[str]) -> threading.Thread:
    """Bob approves, on a connection of his own."""

    def run() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(letter.agency_id):
                bob = User.objects.get(name="Bob")
                operations.approve_letter(agency=letter.agency, actor=bob, letter=letter, unmasked=None, revision=seen)
            answers.append("done")
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    return threading.Thread(target=run)


@pytest.mark.parametrize(("seen", "answer"), [(0, "changed_since_seen"), (None, "done")])
def test_an_approval_waits_for_a_change_under_way_and_then_asks_what_was_seen(
    committed: Letter, seen: int | None, answer: str
) -> None:
    """The second case is the control: who does not say what they saw approves the words that they never read."""
    answers: list[str] = []
    approval = approving(committed, seen, answers)
    with transaction.atomic(), scope.of_agency(committed.agency_id):
        alice = User.objects.get(name="Alice")
        agency = committed.agency
        operations.edit_letter(agency=agency, actor=alice, letter=committed, body="Snow.", language="en", **GIVEN)
        approval.start()
        approval.join(1)
        assert answers == []
    approval.join()
    assert answers == [answer]
