"""The matrix of addresses, people, whose ids stand in the address, and methods (trust rule T5, test 2 of the list).

Outsiders get 404 whatever they ask for; another agency's id and an id that does not exist get the same answer; a right
that reaches own units only ends there. Every request is undone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.models import Role
from agencies.rights import ALL, RIGHTS
from tests.factories.addresses import Address, addresses
from tests.factories.browser import Browser
from tests.factories.parameters import Filled, Unexplained, below, fill_in, space_of, unexplained
from tests.factories.rows import provisioner
from tests.factories.world import Chain, World
from tests.guards.conftest import leaky

pytestmark = pytest.mark.django_db
PLAIN = ("GET", "POST")
REFUSED = (404, 405)  # 405: the view takes no such method from anybody, which is said before anything is looked up
# What differs between two answers of the same page: marks and keys of forms, and the minute at the foot of the paper.
MARKS = re.compile(r'name="(?:csrfmiddlewaretoken|space|key|once|opened)" value="[^"]*"|Printed [^·]+·')
NOWHERE = 987_654_321
# Doors that have nothing to do in the world as it stands, and say 404 to an empty form. Foreign ids are still tried.
NOTHING_TO_DO = {
    "letter_proof": "an empty form names no partner",
    "statement_run_start": "an empty form names no year",
    "measure_definition_adopt": "no definition is in draft",
    "measure_report_approve": "every report is handed in",
    "measure_report_hand_in": "every report is handed in",
    "measure_consent_edit": "an empty form names no audience",
    "confidence_say": "a member’s own word, and Alice serves in no unit",
    "api_confidence": "the same",
    "gift_thank": "an empty form says no way of thanking",
    "thanks_take_back": "the contact of the world was no thanks",
    "api_giving_behind": "an address alone names no figure",
}
ROLES = {"dan": Role.BOARD, "gina": Role.STAFF, "finn": Role.FINANCE, "bob": Role.LEADER}


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    with provisioner() as made:
        yield made


def filled(cursor: Cursor, chain: Chain, *spaces: str) -> list[Filled]:
    """Every address of these spaces with the chain's own objects."""
    chosen = below(*spaces)
    return [fill_in(cursor, address, chain) for address in addresses() if chosen(address)]


def chains(world: World) -> list[tuple[Chain, Chain, tuple[str, ...], tuple[str, ...]]]:
    """(own chain, foreign chain, spaces, people of the own one) for agencies and alliances."""
    return [
        (world.mine, world.foreign, ("a", "api"), ("alice",)),
        (world.alliance, world.other_alliance, ("alliances",), ("carol", "alice")),
    ]


def test_every_changing_part_of_an_address_is_explained() -> None:
    chosen = below("a", "api", "alliances")
    unknown = [fault for address in addresses() if chosen(address) for fault in unexplained(address)]
    assert unknown == []


def test_outsiders_get_404_everywhere(world: World, cursor: Cursor) -> None:
    wrong = []
    for own, _foreign, spaces, _people in chains(world):
        browsers, turn = {name: Browser(world, name) for name in ("mallory", "nora", "eve")}, cycle(("nora", "eve"))
        for each in filled(cursor, own, *spaces):
            for name in ("mallory", next(turn)):
                for method, status in statuses(browsers[name], each, each.address.methods):
                    if status not in REFUSED:
                        wrong.append(f"{name} {method} {each.path}: {status}")
    assert wrong == []


def statuses(browser: Browser, each: Filled, methods: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The answers to these methods."""
    for method in methods:
        yield method, browser.ask(method, each.path).status_code


def test_strangers_are_asked_to_sign_in(world: World, cursor: Cursor) -> None:
    wrong, browser = [], Browser(world)
    for own, _foreign, spaces, _people in chains(world):
        for each in filled(cursor, own, *spaces):
            for method in PLAIN:
                answer = browser.ask(method, each.path)
                if not asks_to_sign_in(each.address, answer):
                    wrong.append(f"{method} {each.path}: {answer.status_code}")
    assert wrong == []


def asks_to_sign_in(address: Address, answer: Any) -> bool:
    if answer.status_code == 405:
        return True
    if space_of(address) == "api":
        return answer.status_code in (401, 403)
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=")


def test_another_agencys_id_is_as_unknown_as_one_that_does_not_exist(world: World, cursor: Cursor) -> None:
    wrong = []
    for own, foreign, spaces, people in chains(world):
        for name in people:
            browser = Browser(world, name)
            for each in filled(cursor, own, *spaces):
                for parameter, model in each.objects.items():
                    theirs = foreign.pick(cursor, model)
                    wrong += told_apart(browser, each, parameter, theirs)
    assert wrong == []


def told_apart(browser: Browser, each: Filled, parameter: str, theirs: int) -> list[str]:
    """The methods whose answers to a foreign and to a nonexistent id differ, or are something else than "not found"."""
    wrong = []
    for method in each.address.methods:
        one, other = answers_to(browser, method, each, parameter, theirs)
        if one != other:  # what gives an id away does so again; a page in which the clock went on does not
            one, other = answers_to(browser, method, each, parameter, theirs)
        if one != other or one[0] not in (403, *REFUSED):
            wrong.append(
                f"{method} {each.but(parameter, theirs)}: {one[0]}, and {other[0]} for one that does not exist; "
                f"{first_difference(one[1], other[1])}"
            )
    return wrong


def answers_to(browser: Browser, method: str, each: Filled, parameter: str, theirs: int) -> list[tuple[int, str]]:
    """What is said of a foreign id, and of one that does not exist."""
    return [said(browser.ask(method, each.but(parameter, value)), value) for value in (theirs, NOWHERE)]


def first_difference(one: str, other: str) -> str:
    """Where two bodies part, with a little of both."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(at - 60, 0) : at + 60]!r} and {other[max(at - 60, 0) : at + 60]!r}"


def said(answer: Any, value: int) -> tuple[int, str]:
    """Status and body, the id in the address and the marks that change with every answer left out."""
    body = MARKS.sub("", answer.said)
    return answer.status_code, re.sub(rf"(?<!\d){value}(?!\d)", "ID", body)


def test_own_ids_are_found(world: World, cursor: Cursor) -> None:
    """The control of the matrix: who asks for what is theirs gets something else than 404."""
    wrong = []
    for own, _foreign, spaces, people in chains(world):
        browsers = [Browser(world, name) for name in people]
        for each in filled(cursor, own, *spaces):
            answers = [browser.ask(method, each.path) for browser in browsers for method in each.address.methods]
            codes = {answer.status_code for answer in answers}
            found = codes - {403, 404, 405} or each.address.name in NOTHING_TO_DO
            if not found or codes & {405, 500}:
                wrong.append(f"{each.path}: {sorted(codes)} {' '.join(answer.why for answer in answers)}")
    assert wrong == []


def test_forms_of_another_workspace_or_person_are_refused(world: World, cursor: Cursor) -> None:
    """A form that was opened elsewhere, by somebody else, or that says nothing, is 409 wherever a form can be sent."""
    wrong, tried = [], 0
    for own, foreign, spaces, people in chains(world):
        for name in people:
            browser, stranger = Browser(world, name), Browser(world, "mallory")
            marks = cycle(("", browser.mark(f"/x/{foreign.slug}/"), stranger.mark(f"/x/{own.slug}/")))
            for each, mark in zip(filled(cursor, own, spaces[0]), marks, strict=False):
                status = browser.ask("POST", each.path, mark=mark).status_code
                tried += status == 409
                wrong += [f"{name} {each.path}: {status}"] if status not in (403, 405, 409) else []
    assert wrong == []
    assert tried > 50


def test_members_without_the_right_get_403(world: World, cursor: Cursor) -> None:
    """Each address is asked with each method by one whose role lacks its right, one role after the other: who lacks a
    right is the table's word, and here it is tried that the address asks the table.
    """
    wrong, tried = [], Counter[str]()
    browsers, turn = {name: Browser(world, name) for name in ROLES}, cycle(ROLES)
    for each in filled(cursor, world.mine, "a", "api"):
        for method in each.address.methods:
            right = each.address.verbs.get("*") or each.address.verbs.get(method)
            name = next((name for name in islice(turn, len(ROLES)) if not has(name, right)), "")
            status = browsers[name].ask(method, each.path).status_code if name else 405
            tried[name] += status == 403
            if status not in (403, 405):
                wrong.append(f"{name} {method} {each.path} ({right}): {status}")
    assert wrong == []
    assert min(tried[name] for name in ROLES) > 40


def has(name: str, right: str | None) -> bool:
    return right is not None and ROLES[name] in RIGHTS[right]


def test_a_right_for_own_units_ends_there(world: World, cursor: Cursor) -> None:
    """Bob leads one unit; what belongs to the other one is refused to him wherever his right reaches own units only."""
    wrong, browser = [], Browser(world, "bob")
    for each in filled(cursor, world.closed, "a", "api"):
        reach = {RIGHTS[right].get(Role.LEADER) for right in each.address.verbs.values()}
        if not each.objects or ALL in reach:
            continue
        for method, status in statuses(browser, each, each.address.methods):
            if status not in (403, *REFUSED):
                wrong.append(f"{method} {each.path}: {status}")
    assert wrong == []


def test_bob_reaches_his_own_unit(world: World, cursor: Cursor) -> None:
    """The control: the same addresses with the ids of his own unit let him in, at least those of the unit itself."""
    browser = Browser(world, "bob")
    mine = [
        each
        for each in filled(cursor, world.mine, "a")
        if each.address.verbs.get("*") == "rollout.view" and each.objects
    ]
    assert {browser.ask("GET", each.path).status_code for each in mine} <= {200, 405}
    assert mine != []


def test_the_matrix_sees_a_leak(world: World, cursor: Cursor, leaking_site: None) -> None:
    address = next(address for address in addresses() if address.view is leaky)
    each = fill_in(cursor, address, world.mine)
    assert Browser(world, "mallory").ask("GET", each.path).status_code == 200
    assert Browser(world).ask("GET", each.path).status_code == 200
    theirs = world.foreign.rows[each.objects["pk"]][0]
    assert told_apart(Browser(world, "alice"), each, "pk", theirs) != []


def test_an_unexplained_parameter_fails(world: World, cursor: Cursor) -> None:
    with pytest.raises(Unexplained):
        fill_in(cursor, Address("a/<slug:agency>/secrets/<int:number_of_it>/", "", leaky), world.mine)
