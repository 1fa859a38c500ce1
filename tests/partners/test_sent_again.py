"""A request that is sent again with its key gets its first answer, whatever became of what it named."""

from types import SimpleNamespace
from typing import Any

from agencies.models import Agency
from partners import operations
from partners.models import FollowUp, Partner, Stage
from ssu.models import TeamMember
from tests.partners.test_acts_by_api import Program, Visit, program

__all__ = ["Visit", "program"]


def twice(program: Program, name: str, content: dict[str, Any], *parts: int, between: Any) -> None:
    first = program.send(name, content, *parts, key="again")
    assert first.status_code == 201, first.content
    between(first.json()["id"])
    again = program.send(name, content, *parts, key="again")
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


def test_keeping_apart_that_was_ended_since(inside: Agency, alice: Any, add: Any, program: Program) -> None:
    one, two = add("Moab"), add("Moabi")

    def end(pk: int) -> None:
        assert program.send("kept_apart_end", {}, pk).status_code == 200

    twice(program, "kept_apart", {"kept": one.pk, "lookalike": two.pk}, between=end)


def test_a_relation_whose_other_side_was_merged(inside: Agency, alice: Any, add: Any, program: Program) -> None:
    one, two, third = add("Moab"), add("Naomi"), add("Boaz")

    def merge(pk: int) -> None:
        operations.merge_partners(agency=inside, actor=alice, survivor=third, losers=[two])

    twice(program, "relations", {"related": two.pk, "kind": "introduced"}, one.pk, between=merge)


def test_a_holder_who_serves_no_more(
    inside: Agency, alice: Any, add: Any, places: SimpleNamespace, led: SimpleNamespace, giving: Any, program: Program
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 6000))
    service = TeamMember.objects.filter(unit=led.open).order_by("pk")[0]

    def leave(pk: int) -> None:
        TeamMember.objects.filter(pk=service.pk).update(left_on=inside.today())

    twice(program, "holders", {"service": service.pk}, ruth.pk, between=leave)


def test_a_stage_and_a_follow_up_that_were_left_since(
    inside: Agency, alice: Any, add: Any, places: SimpleNamespace, led: SimpleNamespace, giving: Any, program: Program
) -> None:
    ruth: Partner = add("Moab")
    giving(ruth, (places.mine, 6000))

    def leave(pk: int) -> None:
        operations.set_stage(agency=inside, actor=alice, partner=ruth, unit=led.open, kind="archive")
        assert Stage.objects.get(pk=pk).left_at

    twice(program, "stages", {"unit": led.open.pk, "kind": "initiation"}, ruth.pk, between=leave)
    said = {"unit": led.open.pk, "channel": "call", "due_on": str(inside.today())}

    def done(pk: int) -> None:
        operations.finish_follow_up(agency=inside, actor=alice, follow_up=FollowUp.objects.get(pk=pk))

    program_again = Program(program.browser)
    program_again.sent = 100
    first = program_again.send("partner_follow_ups", said, ruth.pk, key="other")
    assert first.status_code == 201, first.content
    done(first.json()["id"])
    again = program_again.send("partner_follow_ups", said, ruth.pk, key="other")
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
