"""What is sent twice under one key is done once, by program as by form; and what an answer then tells."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from agencies.endpoints import plain
from agencies.models import Agency, IdempotencyKey
from ssu.models import Strategy
from tests.programs import Program
from tests.ssu.conftest import led, make_unit, serve, strategy, units  # noqa: F401 - fixtures

Programs = Callable[[User], Program]
WATER = {"code": "W", "name": "Water"}


def test_the_same_twice_is_done_once(inside: Agency, alice: User, program: Programs) -> None:
    first = program(alice).send("strategies/", key="one", **WATER)
    again = program(alice).send("strategies/", key="one", **WATER)
    assert first == again
    assert first[0] == 201
    assert Strategy.objects.count() == 1


def test_without_a_key_it_is_done_again(inside: Agency, alice: User, program: Programs) -> None:
    """The control."""
    assert program(alice).send("strategies/", **WATER)[0] == 201
    assert program(alice).refused("strategies/", **WATER) == (409, "code_taken", "code")


def test_other_content_under_the_key_is_refused(inside: Agency, alice: User, program: Programs) -> None:
    program(alice).send("strategies/", key="one", **WATER)
    assert program(alice).refused("strategies/", key="one", code="B", name="Bread")[:2] == (409, "idempotency_conflict")
    assert [each.code for each in Strategy.objects.all()] == ["W"]


def test_a_key_is_of_one_person(
    inside: Agency,
    led: SimpleNamespace,  # noqa: F811
    alice: User,
    bob: User,
    program: Programs,
) -> None:
    note = {"text": "Seen."}
    path = f"units/{led.open.pk}/items/1.1/evidence/notes/"
    assert program(bob).send(path, key="one", **note)[0] == 201
    assert program(alice).refused(path, key="one", **note)[:2] == (409, "idempotency_conflict")


def test_a_refused_act_keeps_no_key(inside: Agency, led: SimpleNamespace, bob: User, program: Programs) -> None:  # noqa: F811
    path = f"units/{led.open.pk}/items/1.1/"
    assert program(bob).refused(f"{path}claim/", key="one")[:2] == (409, "no_evidence")
    assert not IdempotencyKey.objects.exists()
    program(bob).send(f"{path}evidence/notes/", text="Seen.")
    assert program(bob).send(f"{path}claim/", key="one")[0] == 200


def test_only_the_id_is_kept(inside: Agency, alice: User, program: Programs) -> None:
    program(alice).send("strategies/", key="one", **WATER)
    assert IdempotencyKey.objects.get().result == {"id": Strategy.objects.get().pk}


def test_a_long_key_is_refused(inside: Agency, alice: User, program: Programs) -> None:
    assert program(alice).refused("strategies/", key="k" * 65, **WATER)[:2] == (400, "idempotency_key_too_long")


@pytest.mark.parametrize(("content", "same"), [(b"a", True), (b"b", False)])
def test_files_are_told_apart_by_their_content(content: bytes, same: bool) -> None:
    one, other = (plain({"file": SimpleUploadedFile("x.txt", each)}) for each in (b"a", content))
    assert (one == other) is same


def test_a_file_can_still_be_read() -> None:
    file = SimpleUploadedFile("x.txt", b"words")
    plain({"file": file})
    assert file.read() == b"words"
