"""The way of core messages and guidelines through the API: the same steps, refusals and check of wording."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Role
from communications import operations
from communications.models import Acknowledgement, CoreMessage, Guidelines
from ssu import operations as ssu
from ssu.models import Worker
from tests.programs import Program

Programs = Callable[[User], Program]
MESSAGE = {"headline": "Water", "body": "Wells last.", "answers": "What lasts?"}


def begun(asked: Program, unit: Any, kind: str = "core-messages", source: str = "empty") -> str:
    """The address of a version that was begun."""
    status, row = asked.send(f"units/{unit.pk}/{kind}/begin/", begin_from=source)
    assert status == 201
    return f"{kind}/{row['id']}/"


def test_core_messages_from_begin_to_agreement(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    mine, other = program(bob), program(alice)
    assert [each["key"] for each in mine.get(f"units/{led.open.pk}/core-messages/begin/")] == ["starter", "empty"]
    path = begun(mine, led.open)
    status, row = mine.send(f"{path}write/", text="We walk along.", messages=[MESSAGE])
    assert (status, row["text"], row["messages"], row["state"]) == (200, "We walk along.", [MESSAGE], "draft")
    assert other.refused(f"{path}write/", text="Mine.", messages=[], revision=0)[:2] == (409, "edited_meanwhile")
    assert mine.send(f"{path}submit/")[1]["state"] == "submitted"
    assert mine.refused(f"{path}write/", text="More.", messages=[])[:2] == (409, "words_not_a_draft")
    assert mine.refused(f"{path}approve/")[:2] == (409, "own_words")
    assert other.refused(f"{path}return/") == (422, "return_reason", "reason")
    assert other.send(f"{path}return/", reason="Shorter.")[1]["return_reason"] == "Shorter."
    mine.send(f"{path}submit/")
    assert other.send(f"{path}approve/")[1]["state"] == "approved"
    assert mine.refused(f"{path}draft/", method="delete")[:2] == (409, "words_not_a_draft")
    assert CoreMessage.objects.get().approved_by == alice


def test_they_begin_from_the_pack_and_from_another_version(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    path = begun(program(bob), led.open, source="starter")
    assert program(bob).get(path)["messages"] != []
    program(bob).send(f"{path}submit/")
    program(alice).send(f"{path}approve/")
    offered = program(bob).get(f"units/{led.open.pk}/core-messages/begin/")
    assert offered[0] == {"key": path.split("/")[1], "title": "version 1"}
    copy = begun(program(bob), led.open, source=offered[0]["key"])
    assert program(bob).get(copy)["messages"] == program(bob).get(path)["messages"]
    assert program(bob).refused(f"units/{led.open.pk}/core-messages/begin/", begin_from="starter")[:2] == (
        409,
        "words_draft_there",
    )
    answer = program(alice).send(f"units/{led.closed.pk}/core-messages/begin/", begin_from="987654321")
    assert answer == (400, {"begin_from": [{"code": "invalid", "detail": "Choose one of the offered sources."}]})


def test_names_that_must_not_be_told_are_refused(
    posted: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    path = begun(program(bob), led.open)
    status, said = program(bob).send(f"{path}write/", text="Pray for the Tamrin People.", messages=[])
    assert (status, said["code"]) == (422, "word_blocked")
    assert CoreMessage.objects.get().text == ""


def test_a_draft_is_dropped(posted: Agency, led: SimpleNamespace, bob: User, program: Programs) -> None:
    for kind in ("core-messages", "guidelines"):
        path = begun(program(bob), led.open, kind)
        assert program(bob).send(f"{path}draft/", method="delete") == (204, None)
        assert program(bob).status(path) == 404


def test_guidelines_are_agreed_read_and_signed(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    naomi = ssu.add_worker(agency=posted, actor=alice, name="Naomi")
    ssu.add_team_member(
        agency=posted, actor=alice, unit=led.open, worker=naomi, role=Role.MEMBER, joined_on=posted.today()
    )
    mine = program(bob)
    path = begun(mine, led.open, "guidelines")
    assert mine.refused(f"{path}submit/")[:2] == (422, "words_empty")
    status, row = mine.send(f"{path}write/", tone="Warm.")
    assert (status, row["sections"]["tone"], row["sections"]["more"]) == (200, "Warm.", "")
    assert mine.refused(f"{path}remind/")[:2] == (409, "words_not_counting")
    mine.send(f"{path}submit/")
    program(alice).send(f"{path}approve/")
    assert mine.send(f"{path}remind/") == (200, {"asked": 0})
    program(carol).send(f"{path}acknowledge/")
    today, signs = posted.today().isoformat(), f"{path}signature/"
    carols = Worker.objects.get(membership__user=carol).pk
    assert mine.refused(signs, person=carols, signed_on=today)[:2] == (409, "has_sign_in")
    assert mine.refused(signs, person=987_654_321, signed_on=today)[:2] == (409, "not_a_reader")
    assert mine.refused(signs, person=naomi.pk, signed_on="2999-01-01") == (422, "signed_in_future", "signed_on")
    status, readers = mine.send(signs, person=naomi.pk, signed_on=today)
    told = [(each["name"], each["signs_in"], each["read_at"] is not None, each["signed_on"]) for each in readers]
    assert status == 201
    assert told == [("Bob", True, False, None), ("Carol", True, True, None), ("Naomi", False, True, today)]
    assert mine.get(f"{path}readers/") == readers
    assert Acknowledgement.objects.count() == 2


def test_twice_with_one_key_is_one_version(posted: Agency, led: SimpleNamespace, bob: User, program: Programs) -> None:
    path = f"units/{led.open.pk}/guidelines/begin/"
    first = program(bob).send(path, key="k", begin_from="empty")
    assert (first[0], first) == (201, program(bob).send(path, key="k", begin_from="empty"))
    assert Guidelines.objects.count() == 1


@pytest.mark.parametrize("kind", ["core-messages", "guidelines"])
def test_who_may(
    posted: Agency,
    led: SimpleNamespace,
    bob: User,
    carol: User,
    dan: User,
    mallory: User,
    program: Programs,
    kind: str,
) -> None:
    path = begun(program(bob), led.open, kind)
    words: dict[str, Any] = {"text": "Mine.", "messages": []}
    for user, status in ((carol, 403), (dan, 403), (mallory, 404)):
        asked = program(user)
        acts = [asked.send(f"{path}{act}/", **words)[0] for act in ("write", "submit", "return", "remind")]
        assert acts == [status] * 4
        assert asked.send(f"{path}draft/", method="delete")[0] == status
        assert asked.status(f"units/{led.open.pk}/{kind}/begin/") == status
    assert program(bob).send(f"units/{led.careful.pk}/{kind}/begin/", begin_from="empty")[0] == 403


def test_of_a_closed_unit_nothing_is_told_or_written(
    posted: Agency, led: SimpleNamespace, bob: User, staff: User, program: Programs
) -> None:
    path = begun(program(bob), led.closed)
    program(bob).send(f"{path}write/", text="Tamrinhouse", messages=[])
    assert program(staff).get(path)["text"] is None
    assert program(staff).get(path)["return_reason"] is None
    assert program(staff).send(f"{path}write/", text="Mine.", messages=[])[0] == 404
    paths = [f"{path}readers/", f"units/{led.closed.pk}/core-messages/begin/"]
    assert [program(staff).status(each) for each in paths] == [404, 404]


def test_core_messages_are_signed_on_paper_too(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, program: Programs
) -> None:
    naomi = ssu.add_worker(agency=posted, actor=alice, name="Naomi")
    today = posted.today()
    ssu.add_team_member(agency=posted, actor=alice, unit=led.open, worker=naomi, role=Role.MEMBER, joined_on=today)
    row = operations.write_core_message(agency=posted, actor=bob, unit=led.open, text="Many hear.")
    operations.approve(agency=posted, actor=alice, words=row)
    signs = f"core-messages/{row.pk}/signature/"
    said: dict[str, Any] = {"person": naomi.pk, "signed_on": today.isoformat()}
    assert program(dan).send(signs, **said)[0] == 403
    for _time in range(2):
        status, readers = program(bob).send(signs, key="k", **said)
        assert (status, [each["name"] for each in readers if each["signed_on"]]) == (201, ["Naomi"])
    assert Acknowledgement.objects.filter(core_message=row, worker=naomi).count() == 1
