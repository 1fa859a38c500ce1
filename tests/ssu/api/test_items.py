"""Action items through the API beyond claim and confirm: undo, setting aside, plans, and declaring complete."""

from collections.abc import Callable
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import RollOut, Worker
from ssu.models.discretion import SOMEBODY
from tests.programs import Program
from tests.ssu.conftest import claimed, item_of
from tests.ssu.test_rollout import complete

Programs = Callable[[User], Program]


def at(unit: object, act: str = "") -> str:
    return f"units/{unit.pk}/items/1.1/{act}"  # type: ignore[attr-defined]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def test_a_claim_is_taken_back_by_its_claimant_and_by_who_confirms(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, dan: User, program: Programs
) -> None:
    claimed(inside, carol, item_of(led.open))
    assert program(dan).send(at(led.open, "undo/"))[0] == 403
    assert program(carol).send(at(led.open, "undo/"), reason="Too early.")[1]["state"] == "in_progress"
    assert program(carol).send(at(led.open, "claim/"))[0] == 200
    assert program(bob).refused(at(led.open, "undo/")) == (422, "undo_reason", "reason")
    assert program(bob).send(at(led.open, "undo/"), reason="Whose?")[1]["state"] == "in_progress"
    assert program(bob).refused(at(led.open, "undo/")) == (409, "nothing_to_undo", None)
    assert program(carol).send(at(led.open, "undo/"))[0] == 403


def test_taking_back_twice_with_one_key_does_it_once(
    inside: Agency, led: SimpleNamespace, carol: User, program: Programs
) -> None:
    """The line broke after the first answer: Carol's claim is gone, and the same request is no new one."""
    claimed(inside, carol, item_of(led.open))
    answers = [program(carol).send(at(led.open, "undo/"), key="broken-line") for _ in range(2)]
    assert [status for status, _item in answers] == [200, 200]
    assert program(carol).send(at(led.open, "undo/"), key="another")[0] == 403


def test_an_item_is_set_aside_with_the_reason(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, dan: User, program: Programs
) -> None:
    assert program(bob).refused(at(led.open, "not-applicable/")) == (409, "reason_missing", "reason")
    status, item = program(bob).send(at(led.open, "not-applicable/"), reason="No families here.")
    assert (status, item["state"], item["reason"]) == (200, "not_applicable", "No families here.")
    assert program(bob).refused(at(led.open, "not-applicable/"), reason="Again.") == (409, "already_completed", None)
    assert [program(user).send(at(led.open, "not-applicable/"))[0] for user in (carol, dan)] == [403, 403]


def test_the_reason_of_a_closed_unit_is_kept_back(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs
) -> None:
    program(bob).send(at(led.closed, "not-applicable/"), reason="No families in Tamrin.")
    assert program(dan).get(at(led.closed))["reason"] is None
    assert program(bob).get(at(led.closed))["reason"] == "No families in Tamrin."


def test_an_item_is_planned_field_by_field(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    path, who = at(led.open, "plan/"), worker(carol).pk
    assert program(bob).patch(path, due_on="2030-05-01")[1]["due_on"] == "2030-05-01"
    status, item = program(carol).patch(path, assignee=who)
    told = (status, item["due_on"], item["assignee"], item["assignee_name"])
    assert told == (200, "2030-05-01", who, "Carol")
    assert program(bob).patch(path, assignee=None)[1]["assignee_name"] is None
    assert item_of(led.open).due_on is not None


def test_only_who_serves_here_is_given_an_item(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    elsewhere = operations.add_worker(agency=inside, actor=alice, name="Naomi")
    answers = [program(bob).patch(at(led.open, "plan/"), assignee=pk) for pk in (elsewhere.pk, 987_654_321)]
    sentence = "Choose somebody who serves in this unit today, or nobody."
    assert answers == [(400, {"assignee": [{"code": "invalid", "detail": sentence}]})] * 2


def test_who_may_plan(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs
) -> None:
    answers = {user: program(user).patch(at(led.open, "plan/"), due_on=None)[0] for user in (bob, dan, mallory)}
    assert answers == {bob: 200, dan: 403, mallory: 404}
    assert program(bob).patch(at(led.careful, "plan/"), due_on=None)[0] == 404


def test_a_rollout_is_declared_complete(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    path = f"units/{led.open.pk}/roll-out/"
    assert program(bob).refused(path) == (409, "not_all_confirmed", None)
    assert program(carol).send(path)[0] == 403
    complete(inside, led.open, carol, alice)
    status, said = program(bob).send(path)
    assert (status, said["declared_on"], said["declared_by"]) == (201, inside.today().isoformat(), "Bob")
    assert [(step["step"], step["items"], step["items_settled"]) for step in said["steps"]] == [
        (1, 1, 1),
        (2, 1, 1),
        (3, 2, 2),
        (4, 2, 2),
        (5, 3, 3),
        (6, 2, 2),
    ]
    assert program(carol).get(path) == said
    assert program(alice).refused(path) == (409, "already_declared", None)
    assert RollOut.objects.count() == 1


def test_steps_say_what_they_wait_for(inside: Agency, led: SimpleNamespace, carol: User, program: Programs) -> None:
    first, second, *_rest = program(carol).get(f"units/{led.open.pk}/roll-out/")["steps"]
    assert first["waits_for"] == ""
    assert second["waits_for"].endswith(".")


def test_the_history_of_an_item_keeps_words_of_closed_units_back(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs
) -> None:
    program(bob).send(at(led.closed, "not-applicable/"), reason="No families in Tamrin.")
    (mine,) = program(bob).get(at(led.closed, "history/"))["results"]
    assert (mine["kind"], mine["by"], mine["reason"]) == ("not_applicable", "Bob", "No families in Tamrin.")
    (theirs,) = program(dan).get(at(led.closed, "history/"))["results"]
    assert (theirs["by"], theirs["reason"]) == (str(SOMEBODY), None)
    assert program(mallory).status(at(led.closed, "history/")) == 404


def test_twice_with_one_key_is_one_claim(inside: Agency, led: SimpleNamespace, carol: User, program: Programs) -> None:
    program(carol).send(at(led.open, "evidence/notes/"), text="Seen.")
    first = program(carol).send(at(led.open, "claim/"), key="k")
    assert (first[0], first) == (200, program(carol).send(at(led.open, "claim/"), key="k"))
    assert item_of(led.open).events.filter(kind="claimed").count() == 1
    assert program(carol).refused(at(led.open, "claim/"))[:2] == (409, "already_claimed")


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, dan: User, program: Programs
) -> None:
    counts, who = [], worker(carol).pk
    for number, key in enumerate(("1.1", "2.1", "3.1")):
        claimed(inside, bob, item_of(led.open, key))
        program(bob).patch(f"units/{led.open.pk}/items/{key}/plan/", assignee=who)
        if number in (0, 2):
            counts.append(program(dan).queries(f"units/{led.open.pk}/items/"))
    assert counts[0] == counts[1]
