"""Every page of units answers for those who may see it, and refuses the others."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice
from ssu import operations
from ssu.models import Evidence, Strategy, TeamMember, Worker
from tests.ssu.conftest import claimed, item_of, overdue

Visit = Callable[[User], Any]


def pages(agency: Agency, unit_id: int) -> list[str]:
    named = ["unit", "rollout", "team", "goal"]
    whole = [reverse(name, args=[agency.slug]) for name in ("units", "matrix", "strategies")]
    return [*whole, *(reverse(name, args=[agency.slug, unit_id]) for name in named), item_url(agency, unit_id)]


def item_url(agency: Agency, unit_id: int, key: str = "1.1", act: str = "item") -> str:
    return reverse(act, args=[agency.slug, unit_id, key])


def test_administrator_opens_every_page(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    claimed(inside, User.objects.get(name="Bob"), item_of(led.open))
    editing = [
        reverse("unit_add", args=[inside.slug]),
        reverse("unit_edit", args=[inside.slug, led.closed.pk]),
        reverse("strategy_add", args=[inside.slug]),
        reverse("worker_edit", args=[inside.slug, led.open.team.first().worker_id]),
        reverse("strategy_edit", args=[inside.slug, led.open.strategy_id]),
        reverse("team_end", args=[inside.slug, led.open.pk, led.open.team.first().pk]),
    ]
    browser = visit(alice)
    statuses = {url: browser.get(url).status_code for url in pages(inside, led.open.pk) + editing}
    assert set(statuses.values()) == {200}, statuses


def test_board_reads_everything(inside: Agency, led: SimpleNamespace, dan: User, visit: Visit) -> None:
    statuses = {url: visit(dan).get(url).status_code for url in pages(inside, led.open.pk)}
    assert set(statuses.values()) == {200}, statuses


WRITES = [
    ("unit_add", False),
    ("strategy_add", False),
    ("unit_edit", True),
    ("unit_archive", True),
    ("unit_restore", True),
    ("rollout_declare", True),
    ("team_add", True),
    ("goal_write", True),
    ("reading_add", True),
]
ITEM_WRITES = ["item_claim", "item_confirm", "item_undo", "item_set_aside", "item_plan", "evidence_note"]


def write_urls(agency: Agency, unit_id: int) -> list[str]:
    of_units = [reverse(name, args=[agency.slug, unit_id] if unit else [agency.slug]) for name, unit in WRITES]
    return of_units + [item_url(agency, unit_id, act=name) for name in ITEM_WRITES]


def test_board_writes_nothing(inside: Agency, led: SimpleNamespace, dan: User, visit: Visit) -> None:
    statuses = {url: visit(dan).post(url, {}).status_code for url in write_urls(inside, led.open.pk)}
    assert set(statuses.values()) == {403}, statuses


def test_outsider_finds_nothing(inside: Agency, led: SimpleNamespace, mallory: User, visit: Visit) -> None:
    browser = visit(mallory)
    statuses = {url: browser.get(url).status_code for url in pages(inside, led.open.pk)}
    statuses |= {url: browser.post(url, {}).status_code for url in write_urls(inside, led.open.pk)}
    assert set(statuses.values()) == {404}, statuses


def test_foreign_and_missing_units_look_the_same(
    inside: Agency, led: SimpleNamespace, elsewhere: Agency, mallory: User, visit: Visit
) -> None:
    browser = visit(mallory)
    foreign = browser.get(reverse("unit", args=[elsewhere.slug, led.open.pk]))
    missing = browser.get(reverse("unit", args=[elsewhere.slug, 10**9]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert "Riverbend" not in foreign.content.decode()


def test_leader_of_another_unit_sees_only_the_summary(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    browser = visit(bob)
    summary = browser.get(reverse("unit", args=[inside.slug, led.careful.pk]))
    assert (summary.status_code, summary.context["tasks"]) == (200, [])
    assert browser.get(reverse("rollout", args=[inside.slug, led.careful.pk])).status_code == 403
    assert browser.get(item_url(inside, led.careful.pk)).status_code == 404
    assert browser.get(item_url(inside, led.open.pk)).status_code == 200


def test_claim_by_form_and_confirm_by_another(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit
) -> None:
    leader, administrator = visit(bob), visit(alice)
    url = item_url(inside, led.open.pk)
    note = leader.post(item_url(inside, led.open.pk, act="evidence_note"), {"text": "Map drawn with the elders."})
    assert (note.status_code, note["Location"]) == (302, f"{url}#evidence")
    assert leader.post(item_url(inside, led.open.pk, act="item_claim"), {}).status_code == 302
    own = leader.post(item_url(inside, led.open.pk, act="item_confirm"), {})
    assert own.status_code == 422
    assert "somebody else confirms it" in own.content.decode()
    assert item_of(led.open).state == "ready"
    assert administrator.post(item_url(inside, led.open.pk, act="item_confirm"), {}).status_code == 302
    assert item_of(led.open).state == "completed"


def test_claim_without_evidence_says_what_to_do(inside: Agency, led: SimpleNamespace, bob: User, visit: Visit) -> None:
    answer = visit(bob).post(item_url(inside, led.open.pk, act="item_claim"), {})
    assert answer.status_code == 422
    assert "Add evidence first" in answer.content.decode()


def test_member_undoes_own_claim_and_nothing_else(
    inside: Agency, led: SimpleNamespace, carol: User, bob: User, visit: Visit
) -> None:
    claimed(inside, carol, item_of(led.open))
    claimed(inside, bob, item_of(led.open, "2.1"))
    undo = visit(carol).post(item_url(inside, led.open.pk, act="item_undo"), {})
    other = visit(carol).post(item_url(inside, led.open.pk, "2.1", act="item_undo"), {})
    assert (undo.status_code, other.status_code) == (302, 403)
    assert (item_of(led.open).state, item_of(led.open, "2.1").state) == ("in_progress", "ready")


def test_unit_by_form(inside: Agency, strategy: Strategy, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    given = {"strategy": strategy.pk, "name": "Riverbend", "code": "U1", "kind": "community", "discretion": "closed"}
    refused = browser.post(reverse("unit_add", args=[inside.slug]), given)
    assert refused.status_code == 422
    assert "A closed unit needs an alias" in refused.content.decode()
    made = browser.post(reverse("unit_add", args=[inside.slug]), {**given, "alias": "Project Cedar"})
    assert made.status_code == 302
    assert strategy.units.get().items.count() == 11


def test_foreign_strategy_is_no_choice(
    inside: Agency, strategy: Strategy, elsewhere: Agency, mallory: User, visit: Visit
) -> None:
    given = {"name": "X", "code": "X", "kind": "community", "discretion": "open"}
    url = reverse("unit_add", args=[elsewhere.slug])
    # A strategy there must be, or the page offers none to choose from.
    from agencies import scope

    with scope.of_agency(elsewhere.pk):
        operations.add_strategy(agency=elsewhere, actor=mallory, code="E1", name="Theirs")
    browser = visit(mallory)
    foreign = browser.post(url, {**given, "strategy": strategy.pk}).content.decode()
    missing = browser.post(url, {**given, "strategy": 10**9}).content.decode()
    assert "Select a valid choice" in foreign
    assert "Select a valid choice" in missing


@pytest.mark.parametrize("word", ["Riverbend", "Kareth", "Project Cedar"])
def test_search_in_the_list(inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, word: str) -> None:
    page = visit(dan).get(reverse("units", args=[inside.slug]), {"q": word})
    assert len(page.context["rows"]) == 1


def test_a_plan_takes_no_day_that_is_past_and_keeps_the_one_that_stands(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    browser, here = visit(bob), [inside.slug, led.open.pk, "1.1"]
    yesterday = inside.today() - timedelta(days=1)
    answer = browser.post(reverse("item_plan", args=here), {"due_on": yesterday.isoformat()})
    assert answer.status_code == 422
    assert "This day is past. Choose a day to come." in answer.content.decode()
    sent = {"due_on": yesterday.isoformat()}
    patch = reverse("api_item_plan", args=here)
    by_program = browser.patch(patch, sent, content_type="application/json", headers={"Idempotency-Key": "plan"})
    assert (by_program.status_code, by_program.json()["code"]) == (409, "due_day_past")
    overdue(item_of(led.open), yesterday)
    assert browser.post(reverse("item_plan", args=here), {"due_on": yesterday.isoformat()}).status_code == 302


def test_who_has_no_sign_in_is_told_by_whoever_gives_them_an_item(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    hand = operations.add_worker(agency=inside, actor=alice, name="Harold")
    given: dict[str, Any] = {"worker": hand, "role": "member", "joined_on": inside.today()}
    operations.add_team_member(agency=inside, actor=alice, unit=led.open, **given)
    browser, here = visit(bob), [inside.slug, led.open.pk, "1.1"]
    page = browser.get(reverse("item", args=here)).content.decode()
    assert "Harold (no sign-in: tell them yourself)" in page
    assert "Carol (no sign-in" not in page
    after = browser.post(reverse("item_plan", args=here), {"assignee": hand.pk}, follow=True).content.decode()
    assert "Saved. Harold has no sign-in, so tell them yourself." in after


def test_a_note_stands_once_and_whole_in_the_evidence(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    operations.add_note(agency=inside, actor=bob, item=item_of(led.open), text="We met.\nAll agreed.")
    page = visit(bob).get(reverse("item", args=[inside.slug, led.open.pk, "1.1"])).content.decode()
    shown = page[page.index('id="evidence"') : page.index('id="history"')]
    assert (shown.count("All agreed."), shown.count("<p>We met.")) == (1, 1)


def test_an_address_may_be_typed_without_its_scheme(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    url = reverse("evidence_link", args=[inside.slug, led.open.pk, "1.1"])
    assert visit(bob).post(url, {"url": "example.org/doc"}).status_code == 302
    assert Evidence.objects.get(item=item_of(led.open)).url == "https://example.org/doc"


def test_a_reader_sees_the_units_own_name_in_notices_and_no_link_to_where_they_do_not_serve(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    claimed(inside, alice, item_of(led.closed))
    page = visit(bob).get(reverse("notices", args=[inside.slug])).content.decode()
    assert "Tamrin People: Alice claimed “1.1 Our organization’s SSU”" in page
    service = TeamMember.objects.get(unit=led.closed, worker__membership__user=bob)
    operations.end_service(agency=inside, actor=alice, member=service, left_on=inside.today())
    Notice.objects.update(read_at=timezone.now())
    page = visit(bob).get(reverse("notices", args=[inside.slug])).content.decode()
    assert "Tamrin People" not in page
    assert "Project Cedar: Alice claimed “1.1 Our organization’s SSU”" in page
    assert reverse("item", args=[inside.slug, led.closed.pk, "1.1"]) not in page


def test_a_plan_without_people_leads_to_the_team(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    def plan(unit: Any) -> str:
        page = visit(alice).get(reverse("item", args=[inside.slug, unit.pk, "1.1"])).content.decode()
        return str(page.partition('id="plan"')[2].partition("</section>")[0])

    way = f'href="{reverse("team", args=[inside.slug, led.careful.pk])}"'
    assert ("Nobody serves here yet" in plan(led.careful), way in plan(led.careful)) == (True, True)
    assert "Nobody serves here yet" not in plan(led.open)


def test_the_history_of_an_item_tells_how_it_was_planned(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, dan: User, visit: Visit
) -> None:
    doer = Worker.objects.get(membership__user=carol)
    day = inside.today() + timedelta(days=4)
    for unit, whose in ((led.open, doer), (led.closed, None)):
        given: Any = {"item": item_of(unit), "due_on": day, "assignee": whose}
        operations.plan_item(agency=inside, actor=alice, **given)
    page = visit(dan).get(reverse("item", args=[inside.slug, led.open.pk, "1.1"])).content.decode()
    shown = page[page.index('id="history"') :]
    assert ("Alice planned it." in shown, f"Carol, by {day:%-d %b %Y}" in shown) == (True, True)
    other = visit(dan).get(reverse("item", args=[inside.slug, led.open.pk, "2.1"])).content.decode()
    assert "planned it." not in other
