"""Evidence through the API: notes, links, files, objects of the app; refused, kept back and removed as on the page."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu import file_types, operations
from ssu.models import Evidence, ItemEvent
from tests.cast import person
from tests.programs import Program
from tests.ssu.conftest import claimed, item_of, noted

Programs = Callable[[User], Program]


def at(unit: object, rest: str = "", key: str = "1.1") -> str:
    return f"units/{unit.pk}/items/{key}/evidence/{rest}"  # type: ignore[attr-defined]


def pdf(content: bytes = b"%PDF-1.7 seen", name: str = "Seen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_notes_and_links(inside: Agency, led: SimpleNamespace, carol: User, program: Programs) -> None:
    mine = program(carol)
    status, (note,) = mine.send(at(led.open, "notes/"), text="We walked.\nFar.")
    assert (status, note["kind"], note["title"], note["text"]) == (201, "note", "We walked.", "We walked.\nFar.")
    assert (note["added_by"], note["withheld"], note["trouble"]) == ("Carol", False, "")
    _status, (_note, link) = mine.send(at(led.open, "links/"), url="https://example.org/map", title="The map")
    assert (link["kind"], link["title"], link["url"]) == ("link", "The map", "https://example.org/map")
    assert mine.get(at(led.open))["results"] == [note, link]
    assert mine.send(at(led.open, "links/"), url="javascript:alert(1)")[0] == 400
    assert mine.send(at(led.open, "notes/"), text=" ")[0] == 400


def test_a_file_goes_up_and_comes_down_whole(
    inside: Agency, led: SimpleNamespace, carol: User, program: Programs
) -> None:
    status, (piece,) = program(carol).upload(at(led.open, "files/"), file=pdf())
    assert (status, piece["kind"], piece["title"], piece["size"]) == (201, "file", "Seen.pdf", 13)
    answer = program(carol).browser.get(program(carol).root + at(led.open, f"{piece['id']}/"))
    assert (answer.getvalue(), answer["Content-Type"]) == (b"%PDF-1.7 seen", "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="Seen.pdf"'


def test_a_file_sent_twice_under_a_key_is_one_piece(
    inside: Agency, led: SimpleNamespace, carol: User, program: Programs
) -> None:
    for _time in range(2):
        assert program(carol).upload(at(led.open, "files/"), key="k", file=pdf())[0] == 201
    other = program(carol).upload(at(led.open, "files/"), key="k", file=pdf(b"%PDF-1.7 else"))
    assert (other[0], other[1]["code"]) == (409, "idempotency_conflict")
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"MZ\x90\x00 a program", 422, "file_type"),
        ("a.png", b"%PDF-1.7 ...", 422, "file_type"),
        ("a.pdf", b"", 422, "file_empty"),
        ("a.pdf", b"%PDF-1.7 " + b"x" * 100, 413, "file_too_large"),
    ],
)
def test_files_are_refused_as_on_the_page(
    inside: Agency,
    led: SimpleNamespace,
    carol: User,
    program: Programs,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes,
    status: int,
    code: str,
) -> None:
    monkeypatch.setattr(file_types, "MAX_BYTES", 50)
    answer = program(carol).upload(at(led.open, "files/"), file=pdf(content, name))
    assert (answer[0], answer[1]["code"], answer[1]["field"]) == (status, code, "file")
    assert not Evidence.objects.exists()


def test_objects_of_the_app_are_offered_and_attached(
    inside: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    goal = operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Read.")
    path = at(led.open, "objects/", key="2.1")
    (offered,) = [each for each in program(bob).get(path) if each["thing"] == f"ssu.goal:{goal.pk}"]
    assert offered["title"] == "Impact goal: version 1"
    assert program(bob).refused(path, thing="ssu.goal:987654321") == (422, "not_there", "thing")
    assert program(bob).refused(path, thing=offered["thing"])[:2] == (422, "not_there")  # it cannot be measured yet


def test_an_attached_object_names_its_page_and_is_attached_once(
    inside: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    operations.begin_inventory(agency=inside, actor=bob, unit=led.open)
    for row in program(bob).get(f"units/{led.open.pk}/tactics/")["results"]:
        program(bob).patch(f"units/{led.open.pk}/tactics/{row['id']}/", decision="keep")
    path, thing = at(led.open, "objects/"), f"ssu.inventory:{led.open.pk}"
    status, (piece,) = program(bob).send(path, thing=thing)
    assert (status, piece["kind"], piece["trouble"]) == (201, "object", "")
    assert program(bob).refused(path, thing=thing) == (409, "already_attached", "thing")


def test_removing_opens_the_item_again_and_keeps_the_reason(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    claimed(inside, carol, item_of(led.open))
    (piece,) = program(bob).get(at(led.open))["results"]
    assert program(carol).send(at(led.open, f"{piece['id']}/remove/"), reason="The wrong village.") == (200, [])
    assert item_of(led.open).state == "not_started"
    told = ItemEvent.objects.filter(kind="evidence_removed").values_list("reason", flat=True)
    assert list(told) == ["“We walked through the villages.”: The wrong village."]
    assert program(carol).refused(at(led.open, f"{piece['id']}/remove/")) == (409, "already_removed", None)


def test_an_item_that_is_set_aside_takes_none(
    inside: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    operations.set_not_applicable(agency=inside, actor=bob, item=item_of(led.open), reason="None.")
    assert program(bob).refused(at(led.open, "notes/"), text="Seen.") == (409, "set_aside", None)


def test_who_may(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, dan: User, mallory: User, program: Programs
) -> None:
    noted(inside, carol, item_of(led.open))
    pk = Evidence.objects.get().pk
    for user, status in ((dan, 403), (mallory, 404)):
        asked = program(user)
        sent = {"notes/": {"text": "Seen."}, "links/": {"url": "https://example.org"}, f"{pk}/remove/": {}}
        assert {asked.send(at(led.open, rest), **body)[0] for rest, body in sent.items()} == {status}
        assert asked.upload(at(led.open, "files/"), file=pdf())[0] == status
        assert asked.status(at(led.open, "objects/")) == status
    assert program(bob).status(at(led.careful)) == 404
    assert Evidence.objects.get().removed_at is None


def test_what_a_closed_unit_rests_on_is_kept_back(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, program: Programs
) -> None:
    gina = person("Gina")
    people.add_member(agency=inside, actor=alice, user=gina, roles=(Role.STAFF,))
    program(bob).send(at(led.closed, "links/"), url="https://tamrin.example.org", title="Tamrin")
    program(bob).upload(at(led.closed, "files/"), file=pdf(name="Tamrin.pdf"))
    for reader in (dan, gina):
        shown = program(reader).get(at(led.closed))["results"]
        assert [(each["title"], each["text"], each["url"], each["size"]) for each in shown] == [("", "", "", None)] * 2
        assert "amrin" not in str(shown)
        assert program(reader).status(at(led.closed, f"{shown[1]['id']}/")) == 404
    assert program(gina).status(at(led.closed, "objects/")) == 404
    assert program(gina).send(at(led.closed, "notes/"), text="Seen.")[0] == 404
    assert program(bob).status(at(led.closed, f"{shown[1]['id']}/")) == 200


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        noted(inside, bob, item_of(led.open))
        if number in (0, 2):
            counts.append(program(dan).queries(at(led.open)))
    assert counts[0] == counts[1]
