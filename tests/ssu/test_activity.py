"""The activity of a unit: what stands there and in which order, filters, pages, undo, masking, queries; quietness."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Role
from ssu import activity, operations
from ssu.models import ActionItem, ItemEvent, RollOut, TeamMember, Unit
from ssu.pages import activity as pages
from ssu.pages.acts import items_touched
from ssu.queries.quiet import Stillness, stillness
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of, noted, seat

Visit = Callable[[User], Any]
QUERIES = 26
"""At most, with rows of five sources on the page: door, frame, where all rows stand, those sources, names, filters."""


@pytest.fixture
def url(inside: Agency, led: SimpleNamespace) -> str:
    return reverse("unit_activity", args=[inside.slug, led.open.pk])


def entries(answer: Any) -> list[Any]:
    return [entry for day in answer.context["days"] for entry in day.entries]


def sentences(browser: Any, url: str, query: str = "") -> list[str]:
    return [entry.sentence for entry in entries(browser.get(f"{url}?{query}"))]


def goal_in(agency: Agency, actor: User, unit: Unit, statement: str = "Wells in use") -> Any:
    return operations.add_goal_version(
        agency=agency,
        actor=actor,
        unit=unit,
        statement=statement,
        indicator="wells",
        unit_of_measure="wells",
        baseline=Decimal(0),
        target=Decimal(9),
        by_when=date(2099, 12, 31),
    )


def test_everything_that_was_done_stands_with_who_and_why_the_newest_first(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, url: str
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item, note="I was there.")
    goal = goal_in(inside, bob, led.open)
    operations.approve_goal(agency=inside, actor=alice, goal=goal)
    reading = operations.add_reading(
        agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(3), note="seen"
    )
    operations.withdraw_reading(agency=inside, actor=alice, reading=reading)
    worker = TeamMember.objects.filter(unit=led.open, role=Role.MEMBER).get().worker
    due = inside.today() + timedelta(days=9)
    operations.plan_item(agency=inside, actor=alice, item=item_of(led.open, "2.1"), due_on=due, assignee=worker)
    found = entries(visit(alice).get(url))
    told = [entry.sentence.partition(",")[0] for entry in found]
    assert told[:7] == [
        "Alice planned item 2.1",
        f"Alice withdrew the reading of {inside.today():%-d %b %Y}: 3 wells",
        f"Bob added a reading of {inside.today():%-d %b %Y}: 3 wells",
        "Alice approved version 1 of the impact goal: Wells in use",
        "Bob wrote version 1 of the impact goal: Wells in use",
        "Alice confirmed item 1.1",
        "Bob claimed item 1.1",
    ]
    assert told[7:9] == ["Bob added evidence to item 1.1", "Alice added Carol as Team member from 1 Jan 2020"]
    assert told[-1] == "Alice added the unit"
    assert f"Carol, by {due:%-d %b %Y}" in found[0].sentence
    assert [found[n].why for n in (2, 5)] == ["seen", "I was there."]
    assert (found[7].what, found[7].why) == ("We walked through the villages.", "")


def test_declaring_stands_there(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str) -> None:
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=alice)
    assert sentences(visit(alice), url, "kind=steps") == ["Alice declared the roll-out complete"]


def test_filters_by_kind_and_person(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, url: str
) -> None:
    claimed(inside, bob, item_of(led.open))
    noted(inside, alice, item_of(led.open, "2.1"))
    browser = visit(alice)
    assert [each[:17] for each in sentences(browser, url, "kind=evidence")] == [
        "Alice added evide",
        "Bob added evidenc",
    ]
    assert [each[:17] for each in sentences(browser, url, f"kind=evidence&person={bob.pk}")] == ["Bob added evidenc"]
    page = browser.get(url, {"kind": "evidence", "person": bob.pk})
    assert [chip.label for chip in page.context["chips"]] == ["Evidence", "Bob"]
    assert sentences(browser, url, "kind=nonsense&person=x&before=never") == sentences(browser, url)


def test_pages_follow_each_other_without_gap_or_twice(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    visit: Visit,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key in ("1.1", "2.1", "3.1"):
        claimed(inside, bob, item_of(led.open, key))
    goal_in(inside, bob, led.open)
    browser = visit(alice)
    whole = sentences(browser, url)
    monkeypatch.setattr(pages, "PAGE", 4)
    found, query = [], ""
    while True:
        page = browser.get(f"{url}{query}")
        found += [entry.sentence for entry in entries(page)]
        query = page.context["next_url"]
        if not query:
            break
    assert found == whole
    assert len(whole) > 8


def test_rows_of_one_moment_keep_their_order_over_pages(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    visit: Visit,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Imports and tests write many rows in one moment: the source and the id decide."""
    now = timezone.now()
    ItemEvent.objects.bulk_create(
        ItemEvent(item=item_of(led.open, key), kind=kind, by=bob, at=now)
        for key in ("1.1", "2.1", "3.1")
        for kind in ("evidence_added", "claimed")
    )
    browser = visit(alice)
    whole = sentences(browser, url)
    monkeypatch.setattr(pages, "PAGE", 1)
    found, query = [], ""
    for _turn in whole:
        page = browser.get(f"{url}{query}")
        found += [entry.sentence for entry in entries(page)]
        query = page.context["next_url"]
    assert found == whole


def test_only_the_newest_act_of_an_item_offers_undo_to_whom_it_is_allowed(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit, url: str
) -> None:
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.open)))
    undo = reverse("item_undo", args=[inside.slug, led.open.pk, "1.1"])
    offered = {
        user.name: [
            (entry.sentence.split()[1], entry.undo_url) for entry in entries(visit(user).get(url)) if entry.undo_url
        ]
        for user in (alice, bob, carol)
    }
    assert offered == {"Alice": [("confirmed", undo)], "Bob": [], "Carol": []}
    assert visit(bob).post(undo).status_code == 422  # somebody else's act goes with a reason, on the page of the item
    visit(alice).post(undo)
    assert sentences(visit(alice), url)[0].startswith("Alice took the last act on item 1.1")
    assert not [entry for entry in entries(visit(alice).get(url)) if entry.undo_url]


def test_texts_about_a_closed_unit_are_kept_back(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    told = f"among the {TRUE_NAME} of {TRUE_PLACE}"
    goal = goal_in(inside, bob, led.closed, statement=f"Change {told}")
    operations.add_reading(agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(3), note=told)
    claimed(inside, bob, item_of(led.closed))
    operations.undo_item(agency=inside, actor=bob, item=item_of(led.closed), reason=told)
    url = reverse("unit_activity", args=[inside.slug, led.closed.pk])
    page = visit(dan).get(url).content.decode()
    assert [word for word in (TRUE_NAME, TRUE_PLACE, "Bob") if word in page] == []
    assert page.count("Kept back") == 5
    control = visit(bob).get(url).content.decode()
    assert [word for word in (TRUE_NAME, TRUE_PLACE, "Bob") if word in control] == [TRUE_NAME, TRUE_PLACE, "Bob"]


def test_own_words_of_an_item_of_a_closed_unit_are_kept_back(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    level = Unit.objects.filter(pk=led.closed.pk)
    level.update(discretion="open")
    operations.add_own_item(
        agency=inside, actor=alice, step=2, wording=f"Ask {TRUE_NAME}", for_all=False, units=[led.closed]
    )
    level.update(discretion="closed")
    own = led.closed.items.exclude(own_wording="").get()
    noted(inside, bob, own)
    operations.plan_item(agency=inside, actor=bob, item=own, due_on=None, assignee=None)
    url = reverse("unit_activity", args=[inside.slug, led.closed.pk])
    texts = ["".join(sentences(visit(user), url)) for user in (dan, bob)]
    assert [TRUE_NAME in text for text in texts] == [False, True]


def test_number_of_queries_does_not_grow(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, url: str
) -> None:
    browser, counts = visit(alice), []
    for version in range(6):
        claimed(inside, bob, item_of(led.open, ("1.1", "2.1", "3.1", "3.2", "5.1", "5.2")[version]))
        goal = goal_in(inside, bob, led.open, statement=f"Wells {version}")
        day = inside.today() - timedelta(days=version)
        operations.add_reading(agency=inside, actor=bob, goal=goal, date=day, value=Decimal(version))
        with CaptureQueriesContext(connection) as captured:
            browser.get(url)
        counts.append(len(captured))
    assert counts == [counts[0]] * 6
    assert counts[0] <= QUERIES


def test_a_source_without_rows_on_the_page_is_not_asked(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, url: str
) -> None:
    """One query finds where all rows stand; only the sources that have rows there are asked for them."""
    browser = visit(alice)
    with CaptureQueriesContext(connection) as before:
        browser.get(url)
    noted(inside, bob, item_of(led.open))
    with CaptureQueriesContext(connection) as after:
        browser.get(url)
    assert len(after) - len(before) == 1


def test_the_moment_kept_on_an_item_is_that_of_its_last_event(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    """Quietness reads it instead of all events. An item that nobody has touched has none, so that an item which the
    agency adds to all roll-outs makes no quiet unit look busy.
    """
    item = claimed(inside, bob, item_of(led.open))
    last = ItemEvent.objects.filter(item=item).latest("pk").at
    operations.add_own_item(agency=inside, actor=alice, step=2, wording="Pray", for_all=True)
    assert dict(items_touched([led.open.pk, led.closed.pk])) == {led.open.pk: last}
    assert set(ActionItem.objects.exclude(pk=item.pk).values_list("last_activity_at", flat=True)) == {None}


def test_who_may_not_see_the_roll_out_finds_nothing(
    inside: Agency, led: SimpleNamespace, carol: User, visit: Visit
) -> None:
    url = reverse("unit_activity", args=[inside.slug, led.careful.pk])
    assert visit(carol).get(url).status_code == 404


def test_a_source_of_another_app_takes_part(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity, "_sources", dict(activity._sources))
    monkeypatch.setattr(activity, "_kinds", dict(activity._kinds))
    activity.add_kind("units", "Sharing")
    source = activity.Source(
        "sharing",
        "units",
        lambda ids: RollOut.objects.filter(unit__in=ids),
        lambda seat, unit, rows: [activity.Told("%(name)s shared a loaf") for _row in rows],
        "unit",
        "declared_at",
        "declared_by",
    )
    activity.register(source)
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=alice)
    assert sentences(visit(alice), url, "kind=units") == ["Alice shared a loaf"]


@pytest.mark.parametrize(
    ("days", "level"), [(0, ""), (22, ""), (23, "soon"), (29, "soon"), (30, "quiet"), (99, "quiet")]
)
def test_three_quarters_of_the_days_make_a_badge(days: int, level: str) -> None:
    assert Stillness(days=days, after=30).level == level
    assert Stillness(days=days, after=30, counts=False).level == ""


def test_any_source_ends_quietness_and_declared_units_never_are(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    """The answer is the newest over all sources, in one query; a second one asks what is declared."""
    long_ago = timezone.now() - timedelta(days=90)
    Unit.objects.update(created_at=long_ago)
    found = list(Unit.objects.seen_by(seat(inside, alice)))
    with CaptureQueriesContext(connection) as captured:
        quiet = stillness(inside, found)
    assert len(captured) == 2
    assert {each.days for each in quiet.values()} == {0}  # made a moment ago, says the audit trail
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activity, "_sources", {"steps": activity._sources["steps"]})
        assert {each.days for each in stillness(inside, found).values()} == {90}
        claimed(inside, bob, item_of(led.open))
        RollOut.objects.create(unit=led.careful, declared_on=inside.today(), declared_by=alice)
        levels = {unit.name: stillness(inside, found)[unit.pk].level for unit in found}
    assert levels == {"Riverbend": "", "Kareth Valley": "", TRUE_NAME: "quiet"}
