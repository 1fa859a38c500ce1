"""Job 7: everybody lands where the first question of the role is answered."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from ssu import operations as ssu
from ssu.models import Unit
from tests.browser.axe import violations
from tests.browser.walking import Open, session_of
from tests.cast import person
from tests.factories.world import World, build_world

LANDINGS = [
    ("zoe", "/a/bay/", "Setup and health", ["People", "SSUs", "Failed or stuck"]),
    ("gina", "/a/bay/", "Today", ["To call", "Held for a look"]),
    ("finn", "/a/bay/", "Giving", ["Received and allotted", "Imports"]),
    ("bob", "/a/bay/", "My unit", ["Unit A", "Waiting for your confirmation"]),
    ("mia", "/a/bay/", "My unit", ["Unit A"]),
    ("carl", "/a/bay/", "My coaching", ["Who still needs coaching", "Unit A", "Waiting for your confirmation"]),
    ("dan", "/a/bay/", "Overview", ["Six steps across units"]),
    ("carol", "/alliances/delta/", "Delta Alliance", ["Are the shared measures moving?", "Who has not reported?"]),
    ("alice", "/alliances/delta/", "Asked of us", ["Our numbers beside the total"]),
]


@pytest.fixture
def world(live_server: Any) -> World:
    made = build_world()
    with transaction.atomic(), scope.within(made.mine.scope):
        bay = Agency.objects.get(pk=made.mine.scope.agency_id)
        for name, role in (("zoe", Role.ADMINISTRATOR), ("mia", Role.MEMBER), ("carl", Role.COACH)):
            made.people[name] = person(name)
            seat(bay, made, name, role)
    return made


def seat(agency: Agency, world: World, name: str, role: Role) -> None:
    """Zoe administers, and does nothing else; Mia and Carl serve in Bob's unit."""
    act: dict[str, Any] = {"agency": agency, "actor": world.people["alice"]}
    roles = (role,) if role == Role.ADMINISTRATOR else ()
    membership = people.add_member(**act, user=world.people[name], roles=roles)
    if not roles:
        unit, worker = Unit.objects.get(pk=world.mine.rows[Unit][0]), ssu.worker_of(membership)
        ssu.add_team_member(**act, unit=unit, worker=worker, role=role, joined_on=date(2024, 1, 15))


def test_each_role_finds_its_answer_on_a_phone(world: World, visit: Any, open_page: Open) -> None:
    faults = []
    for name, path, title, answers in LANDINGS:
        page = open_page(path, width=390, session=session_of(visit, world.people[name]))
        heading = page.get_by_role("heading", level=1).inner_text()
        shown = page.get_by_role("heading", level=2).all_inner_texts()
        faults += [f"{name}: {heading} instead of {title}"] if heading != title else []
        faults += [f"{name}: no answer {answer}" for answer in answers if answer not in shown]
        faults += [f"{name}: {fault}" for fault in violations(page)]
    assert "\n".join(faults) == ""


def test_whoever_has_one_workspace_is_led_into_it(world: World, visit: Any, open_page: Open) -> None:
    page = open_page("/", session=session_of(visit, world.people["dan"]))
    expect(page).to_have_url(re.compile("/a/bay/$"))
