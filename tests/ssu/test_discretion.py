"""Closed and careful units, and closed people, for those who may not unmask them (trust rule T6)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, AuditEntry, Role
from agencies.search import ask
from ssu import operations
from ssu.models import Unit, Worker
from ssu.operations import discretion
from ssu.operations import units as unit_operations
from ssu.queries import public_unit_name, public_worker_name, shown_unit_name
from tests.agencies.conftest import confirm
from tests.ssu.conftest import LONG_AGO, TRUE_NAME, TRUE_PLACE, claimed, item_of, seat

Visit = Callable[[User], Any]
SHOWN_TO_BOARD = [
    ("Kareth Valley", "South", True, False),
    ("Project Cedar", "Central Asia", True, True),
    ("Riverbend", "Riverbend Town", False, False),
]
SHOWN_TO_ADMINISTRATOR = [
    ("Kareth Valley", "Kareth Town", False, False),
    ("Riverbend", "Riverbend Town", False, False),
    (TRUE_NAME, TRUE_PLACE, False, False),
]


def shown(agency: Agency, user: User) -> list[tuple[str, str, bool, bool]]:
    seen = Unit.objects.seen_by(seat(agency, user))
    return list(seen.values_list("shown_name", "shown_place", "is_masked", "is_withheld"))


def test_board_sees_aliases_and_regions_sorted_by_them(inside: Agency, units: SimpleNamespace, dan: User) -> None:
    assert shown(inside, dan) == SHOWN_TO_BOARD


def test_administrator_sees_names_and_places(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    assert shown(inside, alice) == SHOWN_TO_ADMINISTRATOR


def test_leader_unmasks_the_own_units_only(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    assert shown(inside, bob) == [SHOWN_TO_BOARD[0], SHOWN_TO_BOARD[2], SHOWN_TO_ADMINISTRATOR[2]]


def test_member_sees_only_the_own_unit(inside: Agency, led: SimpleNamespace, carol: User) -> None:
    assert shown(inside, carol) == [SHOWN_TO_BOARD[2]]


def test_raising_works_at_once(inside: Agency, units: SimpleNamespace, alice: User, dan: User) -> None:
    operations.edit_unit(agency=inside, actor=alice, unit=units.open, discretion="closed", alias="Project Oak")
    assert ("Project Oak", "North", True, True) in shown(inside, dan)


def test_names_along_a_path(inside: Agency, led: SimpleNamespace, dan: User, alice: User) -> None:
    items = item_of(led.closed).__class__.objects.filter(unit=led.closed, key="1.1")
    named = items.annotate(
        board=shown_unit_name("unit", seat(inside, dan)),
        administrator=shown_unit_name("unit__", seat(inside, alice)),
        public=public_unit_name("unit"),
    )
    assert named.values_list("board", "administrator", "public").get() == ("Project Cedar", TRUE_NAME, "Project Cedar")


def test_public_name_is_the_alias_of_careful_units_that_have_one(
    inside: Agency, units: SimpleNamespace, alice: User
) -> None:
    named = Unit.objects.annotate(public=public_unit_name(""))
    assert set(named.values_list("public", flat=True)) == {"Riverbend", "Kareth Valley", "Project Cedar"}
    operations.edit_unit(agency=inside, actor=alice, unit=units.careful, alias="Project Elm")
    assert set(named.values_list("public", flat=True)) == {"Riverbend", "Project Elm", "Project Cedar"}
    assert {unit.public_name for unit in named} == {"Riverbend", "Project Elm", "Project Cedar"}


@pytest.mark.parametrize("words", [TRUE_NAME, "tamrin", TRUE_PLACE, "Kareth Town"])
def test_search_finds_nothing_by_what_is_masked(
    inside: Agency, units: SimpleNamespace, dan: User, alice: User, words: str
) -> None:
    def found(user: User) -> int:
        return Unit.objects.seen_by(seat(inside, user)).naming(words).count()

    assert (found(dan), found(alice)) == (0, 1)
    hits = [hit.title for group in ask(seat(inside, dan), words) for hit in group.hits]
    assert [title for title in hits if title in (TRUE_NAME, "Project Cedar", "Kareth Valley")] == []


def test_who_knows_the_true_name_finds_the_unit_by_its_alias_too_and_sees_both(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User, visit: Any
) -> None:
    hits = [(hit.title, hit.hint) for group in ask(seat(inside, alice), "cedar") for hit in group.hits]
    assert hits == [(TRUE_NAME, f"Project Cedar · {TRUE_PLACE}")]
    browser = visit(alice)
    assert [row.name for row in browser.get("/a/harbor/units/?q=Cedar").context["rows"]] == [TRUE_NAME]
    assert [row.level for row in browser.get("/a/harbor/units/?q=Cedar").context["rows"]] == ["Closed · Project Cedar"]
    facts = {fact.label: fact.value for fact in browser.get(f"/a/harbor/units/{units.closed.pk}/").context["facts"]}
    assert facts["What others call it"] == "Project Cedar"
    told = {fact.label for fact in visit(dan).get(f"/a/harbor/units/{units.closed.pk}/").context["facts"]}
    assert "What others call it" not in told


def test_people_who_serve_are_found_by_the_name_that_one_may_know(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User, bob: User, serve: Any
) -> None:
    tess = operations.add_worker(agency=inside, actor=alice, name="Tess Hartman")
    hidden = operations.add_worker(agency=inside, actor=alice, name="Tess Quiet")
    gone = operations.add_worker(agency=inside, actor=alice, name="Tess Gone")
    for worker, unit in ((tess, units.open), (hidden, units.closed), (gone, units.open)):
        member = operations.add_team_member(
            agency=inside, actor=alice, unit=unit, worker=worker, role="member", joined_on=LONG_AGO
        )
        if worker is gone:
            operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())
    serve(bob, units.open, "leader")

    def found(user: User, words: str) -> list[tuple[str, str, str]]:
        groups = {group.label: group.hits for group in ask(seat(inside, user), words)}
        return [(hit.title, hit.hint, hit.url) for hit in groups.get("People who serve", [])]

    def team(unit: Unit) -> str:
        return reverse("team", args=[inside.slug, unit.pk])

    page = [reverse("worker_edit", args=[inside.slug, worker.pk]) for worker in (tess, hidden)]
    assert found(alice, "tess") == [("Tess Hartman", "Riverbend", page[0]), ("Tess Quiet", TRUE_NAME, page[1])]
    assert found(dan, "tess") == [("Tess Hartman", "Riverbend", team(units.open))]
    assert found(dan, f"member {hidden.pk}") == []  # who serves in a closed unit is told to nobody outside
    assert found(bob, "tess") == [("Tess Hartman", "Riverbend", team(units.open))]


def test_global_search_by_alias(inside: Agency, units: SimpleNamespace, dan: User) -> None:
    groups = {group.label: [hit.title for hit in group.hits] for group in ask(seat(inside, dan), "cedar")}
    assert groups["Units"] == ["Project Cedar"]


@pytest.fixture
def canary(inside: Agency, led: SimpleNamespace, bob: User, serve: Callable[..., Worker]) -> SimpleNamespace:
    """The closed unit with free text everywhere that tells its name, and a leader and a member whose names must not
    show.
    """
    told = f"About the {TRUE_NAME}."
    operations.add_note(agency=inside, actor=bob, item=item_of(led.closed), text=told)
    operations.claim_item(agency=inside, actor=bob, item=item_of(led.closed), note=told)
    unknown = operations.add_worker(agency=inside, actor=bob, name="Oliver Lindqvistad")
    for role in (Role.MEMBER, Role.LEADER):
        operations.add_team_member(
            agency=inside, actor=bob, unit=led.closed, worker=unknown, role=role, joined_on=inside.today()
        )
    operations.set_not_applicable(agency=inside, actor=bob, item=item_of(led.closed, "3.1"), reason=told)
    operations.plan_item(
        agency=inside, actor=bob, item=item_of(led.closed, "4.1"), due_on=inside.today(), assignee=unknown
    )
    operations.add_goal_version(agency=inside, actor=bob, unit=led.closed, statement=told)
    return led


def closed_addresses(agency: Agency, unit_id: int) -> list[str]:
    slug = agency.slug
    keyed = [reverse("item", args=[slug, unit_id, key]) for key in ("1.1", "2.1", "3.1", "4.1")]
    api = [f"/api/a/{slug}/units/", f"/api/a/{slug}/units/{unit_id}/", f"/api/a/{slug}/units/{unit_id}/items/"]
    lists = [reverse(name, args=[slug]) for name in ("units", "matrix", "strategies")]
    found = [f"{reverse('units', args=[slug])}?q=Cedar", f"{reverse('matrix', args=[slug])}?export=csv"]
    search = [f"{reverse('search', args=[slug])}?q=cedar"]
    pages = [reverse(name, args=[slug, unit_id]) for name in ("unit", "rollout", "team", "goal")]
    return [*lists, *found, *search, *pages, *keyed, *api]


TELLING = [TRUE_NAME, TRUE_PLACE, "Lindqvistad", "Oliver", "Bob"]


def test_nothing_tells_about_a_closed_unit(inside: Agency, canary: SimpleNamespace, dan: User, visit: Visit) -> None:
    browser = confirm(visit(dan))
    told = {}
    for url in closed_addresses(inside, canary.closed.pk):
        answer = browser.get(url)
        assert answer.status_code == 200, url
        body = answer.content.decode()
        told[url] = [word for word in TELLING if word in body]
    # Bob leads the open unit too, but having served in a closed one he is closed everywhere.
    assert {url: words for url, words in told.items() if words} == {}


def test_the_same_addresses_tell_the_administrator(
    inside: Agency, canary: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = confirm(visit(alice))
    bodies = "".join(browser.get(url).content.decode() for url in closed_addresses(inside, canary.closed.pk))
    assert [word for word in TELLING if word not in bodies] == []


def test_audit_labels_and_changes_tell_nothing(inside: Agency, canary: SimpleNamespace, alice: User) -> None:
    operations.edit_unit(agency=inside, actor=alice, unit=canary.closed, name="Tamrin Folk", place="Tamrin Hills")
    rows = AuditEntry.objects.filter(kind__startswith="ssu.")
    written = [f"{row.label} {row.changes}" for row in rows]
    about_it = [line for line in written if "Project Cedar" in line]
    assert len(about_it) > 5
    assert [line for line in about_it if "Lindqvistad" in line or "Bob" in line] == []
    assert [line for line in written if "Tamrin" in line] == []


def test_person_who_ever_served_in_a_closed_unit_stays_closed(
    inside: Agency, canary: SimpleNamespace, dan: User, alice: User
) -> None:
    worker = Worker.objects.get(name="Oliver Lindqvistad")
    for member in worker.service.filter(left_on=None):
        operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())
    names = {user: Worker.objects.seen_by(seat(inside, user)).get(pk=worker.pk).shown_name for user in (dan, alice)}
    assert names == {dan: f"Team member {worker.pk}", alice: "Oliver Lindqvistad"}
    public = Worker.objects.annotate(public=public_worker_name("")).get(pk=worker.pk).public
    assert public == f"Team member {worker.pk}"


def test_closed_unit_without_alias_is_refused_by_the_database_too(inside: Agency, units: SimpleNamespace) -> None:
    with pytest.raises(DatabaseError, match="closed_unit_has_alias"), transaction.atomic():
        Unit.objects.filter(pk=units.open.pk).update(discretion="closed", alias="")


def test_alias_that_tells_is_refused(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    with pytest.raises(unit_operations.AliasTells):
        operations.edit_unit(agency=inside, actor=alice, unit=units.closed, alias=f"The {TRUE_NAME}")


def test_lowering_needs_two_people(inside: Agency, units: SimpleNamespace, alice: User, bob: User) -> None:
    with pytest.raises(unit_operations.LoweringNeedsTwo):
        operations.edit_unit(agency=inside, actor=alice, unit=units.closed, discretion="open")
    asked = operations.ask_lowering(
        agency=inside, actor=alice, unit=units.closed, level="careful", reason="They asked for it."
    )
    with pytest.raises(discretion.OwnLowering):
        operations.answer_lowering(agency=inside, actor=alice, lowering=asked, agree=True)
    assert Unit.objects.get(pk=units.closed.pk).discretion == "closed"
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.ADMINISTRATOR,))
    operations.answer_lowering(agency=inside, actor=bob, lowering=asked, agree=True)
    assert Unit.objects.get(pk=units.closed.pk).discretion == "careful"


def test_evidence_file_of_a_closed_unit_is_not_served(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, visit: Visit
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("map.txt", b"river and hills")
    piece = operations.add_file(agency=inside, actor=bob, item=item_of(led.closed), file=file)
    url = reverse("evidence_file", args=[inside.slug, led.closed.pk, "1.1", piece.pk])
    assert visit(dan).get(url).status_code == 404
    answer = visit(bob).get(url)
    assert b"".join(answer.streaming_content) == b"river and hills"
    assert claimed(inside, bob, item_of(led.closed)).state == "ready"
