"""Staff, who reach every unit and unmask none, change nothing in a closed one, and refusals tell them nothing of it.
`tests/guards/test_closed_writes.py` walks every address; here the acts that once went through.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu import operations
from ssu.models import ActionItem, Evidence, ItemEvent, Reading, State
from tests.cast import person
from tests.ssu.conftest import TRUE_PLACE, claimed, coach_team, item_of, noted

Visit = Callable[[User], Any]


@pytest.fixture
def gina(inside: Agency, alice: User) -> User:
    """Staff."""
    made = person("Gina")
    people.add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


@pytest.fixture
def closed(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> SimpleNamespace:
    """The closed unit with a confirmed item on a note, and a goal with a reading."""
    item = operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.closed)))
    goal = operations.add_goal_version(agency=inside, actor=bob, unit=led.closed, statement="Wells", indicator="wells")
    reading = operations.add_reading(
        agency=inside, actor=bob, goal=goal, date=date(2025, 1, 1), value=Decimal(3), note="Three"
    )
    return SimpleNamespace(
        unit=led.closed, item=item, reading=reading, piece=Evidence.objects.get(item=item), open=led.open
    )


def writes(agency: Agency, closed: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """Addresses that once took what staff sent, with what was sent."""
    here = [agency.slug, closed.unit.pk]
    item = [*here, "1.1"]
    fresh = [*here, "2.1"]
    return {
        reverse("evidence_remove", args=[*item, closed.piece.pk]): {"reason": "The wrong piece"},
        reverse("evidence_note", args=fresh): {"text": "A note"},
        reverse("evidence_link", args=fresh): {"url": "https://example.org/", "title": "A link"},
        reverse("item_claim", args=fresh): {},
        reverse("item_plan", args=fresh): {"due_on": "2030-01-01"},
        reverse("reading_add", args=here): {"date": "2025-02-01", "value": "4"},
        reverse("reading_withdraw", args=[*here, closed.reading.pk]): {},
    }


def test_nothing_is_changed_from_outside(
    inside: Agency, closed: SimpleNamespace, gina: User, bob: User, visit: Visit
) -> None:
    noted(inside, bob, item_of(closed.unit, "2.1"))
    before = ItemEvent.objects.count()
    browser = visit(gina)
    statuses = {url: browser.post(url, said).status_code for url, said in writes(inside, closed).items()}
    assert set(statuses.values()) == {403}
    for name in ("claim", "confirm"):
        url = reverse(f"api_item_{name}", args=[inside.slug, closed.unit.pk, "2.1"])
        assert browser.post(url, {}, content_type="application/json").status_code in (403, 404)
    assert ItemEvent.objects.count() == before
    assert ActionItem.objects.get(pk=closed.item.pk).state == State.COMPLETED
    assert Reading.objects.get(pk=closed.reading.pk).withdrawn_at is None
    assert ActionItem.objects.get(unit=closed.unit, key="2.1").due_on is None


def test_the_same_goes_through_for_who_serves_there(
    inside: Agency, closed: SimpleNamespace, bob: User, visit: Visit
) -> None:
    """The control."""
    browser = visit(bob)
    statuses = {url: browser.post(url, said).status_code for url, said in writes(inside, closed).items()}
    assert set(statuses.values()) == {302}


def test_its_pages_draw_no_forms_for_who_is_outside(
    inside: Agency, closed: SimpleNamespace, gina: User, bob: User, visit: Visit
) -> None:
    here = [inside.slug, closed.unit.pk]
    pages = [reverse("item", args=[*here, key]) for key in ("1.1", "2.1")]
    pages += [reverse(name, args=here) for name in ("goal", "team", "rollout", "unit_activity")]

    def forms(user: User) -> int:
        bodies = [visit(user).get(page).content.decode() for page in pages]
        return sum(f"/units/{closed.unit.pk}/" in part.split(">")[0] for body in bodies for part in body.split("<form"))

    assert (forms(gina), forms(bob) > 5) == (0, True)
    assert "those who serve in it and administrators work on its items" in visit(gina).get(pages[0]).content.decode()


def test_a_refused_claim_tells_no_title_of_the_units_own_areas(
    inside: Agency, closed: SimpleNamespace, gina: User, alice: User, bob: User, visit: Visit
) -> None:
    coach_team(inside, alice, closed.unit)
    secret = f"Second {TRUE_PLACE} area"
    operations.add_area(agency=inside, actor=bob, unit=closed.unit, title=secret, sentence="Theirs.")
    kind, pk = "ssu.coaching", closed.unit.pk
    item = item_of(closed.unit, "4.2")
    Evidence.objects.create(item=item, kind="object", title="x", object_kind=kind, object_id=pk, added_by=bob)
    page = reverse("item_claim", args=[inside.slug, closed.unit.pk, "4.2"])
    api = reverse("api_item_claim", args=[inside.slug, closed.unit.pk, "4.2"])

    def answers(user: User) -> list[tuple[int, bool]]:
        given = (visit(user).post(page, {}), visit(user).post(api, {}, content_type="application/json"))
        return [(answer.status_code, secret in answer.content.decode()) for answer in given]

    assert answers(gina) == [(403, False), (404, False)]
    assert answers(bob) == [(422, False), (409, False)]
    coaching = reverse("coaching", args=[inside.slug, closed.unit.pk])
    assert secret in visit(bob).get(coaching).content.decode()  # the control
