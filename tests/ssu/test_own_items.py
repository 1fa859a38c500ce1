"""The agency's own action items: beside the eleven, never instead of them."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from reports.pages.unit_report import report_of
from reports.queries.unit_report import facts_of, unit_for
from ssu import operations, steps
from ssu.models import ActionItem, OwnItem, RollOut, State, Unit
from ssu.models.own_items import RETIRED
from ssu.operations.items import EvidenceOfKind
from ssu.operations.own_items import NoUnits, OwnItemRetired, WordingTaken, WordingTells, WordingUnchanged
from ssu.proofs import prove_rollout
from ssu.queries.counts import progress_of
from ssu.queries.own_items import own_items, telling_of, wordings
from ssu.queries.told import items_told
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of, noted, seat

Visit = Callable[[User], Any]
WORDS = "Pray through the map with the elders"


@pytest.fixture
def added(inside: Agency, led: SimpleNamespace, alice: User) -> OwnItem:
    return operations.add_own_item(agency=inside, actor=alice, step=2, wording=WORDS)


def keys(unit: Unit) -> list[str]:
    return list(ActionItem.objects.filter(unit=unit).in_order().values_list("key", flat=True))


ELEVEN = [item.key for step in steps.all_steps() for item in step.items]


def test_item_for_all_stands_in_every_active_unit_and_in_new_ones(
    inside: Agency, led: SimpleNamespace, added: OwnItem, make_unit: Callable[..., Unit]
) -> None:
    assert keys(led.open) == ["1.1", "2.1", "own-1", *ELEVEN[2:]]
    assert keys(make_unit("U7", "Later")) == ["1.1", "2.1", "own-1", *ELEVEN[2:]]


def test_eleven_are_there_whatever_the_agency_adds_and_retires(
    inside: Agency, led: SimpleNamespace, added: OwnItem, alice: User
) -> None:
    operations.retire_own_item(agency=inside, actor=alice, own_item=added)
    wordings_there = [item.wording for item in ActionItem.objects.filter(unit=led.open, own_item=None).in_order()]
    assert wordings_there == [item.wording for step in steps.all_steps() for item in step.items]
    assert [len(step.items) for step in steps.all_steps()] == [1, 1, 2, 2, 3, 2]


def test_declared_and_archived_units_are_left_alone(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=alice)
    operations.set_archived(agency=inside, actor=alice, unit=led.careful, archived=True)
    item = operations.add_own_item(agency=inside, actor=alice, step=1, wording=WORDS)
    assert list(item.items.values_list("unit", flat=True)) == [led.closed.pk]
    assert operations.give_own_item(agency=inside, actor=alice, own_item=item, units=[led.open]) == 1
    assert operations.give_own_item(agency=inside, actor=alice, own_item=item, units=[led.open]) == 0
    assert RollOut.objects.filter(unit=led.open).exists()


def test_item_for_named_units_is_theirs_alone(
    inside: Agency, led: SimpleNamespace, alice: User, make_unit: Callable[..., Unit]
) -> None:
    given: dict[str, Any] = {"agency": inside, "actor": alice, "step": 3, "wording": WORDS, "for_all": False}
    with pytest.raises(NoUnits):
        operations.add_own_item(**given)
    operations.add_own_item(**given, units=[led.closed])
    assert ["own-1" in keys(unit) for unit in (led.closed, led.open, make_unit("U7", "Later"))] == [True, False, False]


def test_people_read_the_step_and_a_plus_never_the_key(
    inside: Agency, led: SimpleNamespace, added: OwnItem, alice: User, bob: User, visit: Visit
) -> None:
    claimed(inside, bob, item_of(led.open, "own-1"))
    here = [inside.slug, led.open.pk]
    pages = [
        reverse("rollout", args=here),
        reverse("item", args=[*here, "own-1"]),
        reverse("unit_activity", args=here),
        reverse("notices", args=[inside.slug]),
    ]
    address = re.compile(r'(href|action)="[^"]*"|http://testserver[^\s<]*')
    shown = [address.sub("", visit(alice).get(page).content.decode()) for page in pages]
    assert [("2 +1" in page, "own-1" in page) for page in shown] == [(True, False)] * 4


def test_counted_in_matrix_and_needed_for_declaring(inside: Agency, led: SimpleNamespace, added: OwnItem) -> None:
    progress = progress_of([led.open.pk], inside.today())[led.open.pk]
    assert (progress.total, progress.steps[1].total) == (12, 2)


def test_rewording_keeps_what_people_had_read(
    inside: Agency, led: SimpleNamespace, added: OwnItem, alice: User, bob: User
) -> None:
    claimed(inside, bob, item_of(led.open, "own-1"))
    operations.reword_own_item(agency=inside, actor=alice, own_item=added, wording="Pray with the elders")
    assert (item_of(led.open, "own-1").wording, item_of(led.closed, "own-1").wording) == (WORDS, "Pray with the elders")
    assert [each.wording for each in wordings(added)] == ["Pray with the elders", WORDS]
    operations.undo_item(agency=inside, actor=alice, item=item_of(led.open, "own-1"), reason="Not yet.")
    assert item_of(led.open, "own-1").wording == "Pray with the elders"


def test_rewording_says_something_new_of_its_own(inside: Agency, added: OwnItem, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    with pytest.raises(WordingUnchanged):
        operations.reword_own_item(**act, own_item=added, wording=f" {WORDS} ")
    with pytest.raises(WordingTaken):
        operations.add_own_item(**act, step=5, wording=WORDS.upper())


def test_words_never_name_a_closed_unit(inside: Agency, led: SimpleNamespace, added: OwnItem, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    with pytest.raises(WordingTells):
        operations.add_own_item(**act, step=5, wording=f"Visit the {TRUE_NAME.upper()}")
    with pytest.raises(WordingTells):
        operations.reword_own_item(**act, own_item=added, wording=f"Walk to {TRUE_PLACE}")
    with pytest.raises(WordingTells):
        operations.add_own_item(**act, step=5, wording="Visit the Tamrin elders")
    assert operations.reword_own_item(**act, own_item=added, wording="Walk to Riverbend Town").version == 2


def test_retired_item_is_set_aside_where_open_and_stays_where_completed(
    inside: Agency, led: SimpleNamespace, added: OwnItem, alice: User, bob: User
) -> None:
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.open, "own-1")))
    noted(inside, bob, item_of(led.closed, "own-1"))
    operations.retire_own_item(agency=inside, actor=alice, own_item=added)
    assert item_of(led.open, "own-1").state == State.COMPLETED
    assert (item_of(led.closed, "own-1").state, item_of(led.closed, "own-1").reason) == ("not_applicable", RETIRED)
    with pytest.raises(OwnItemRetired):
        operations.reword_own_item(agency=inside, actor=alice, own_item=added, wording="Another")
    operations.restore_own_item(agency=inside, actor=alice, own_item=added)
    states = {unit: item_of(getattr(led, unit), "own-1").state for unit in ("open", "careful", "closed")}
    assert states == {"open": "completed", "careful": "not_started", "closed": "in_progress"}
    assert prove_rollout(inside).differences == []


def test_new_units_do_not_get_a_retired_item(
    inside: Agency, added: OwnItem, alice: User, make_unit: Callable[..., Unit]
) -> None:
    operations.retire_own_item(agency=inside, actor=alice, own_item=added)
    assert keys(make_unit("U7", "Later")) == ELEVEN


def test_claim_needs_the_kind_of_evidence_that_is_asked_for(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    operations.add_own_item(agency=inside, actor=alice, step=6, wording=WORDS, evidence_kind="link")
    with pytest.raises(EvidenceOfKind, match="link"):
        claimed(inside, bob, item_of(led.open, "own-1"))
    operations.add_link(agency=inside, actor=bob, item=item_of(led.open, "own-1"), url="https://example.org/map")
    assert operations.claim_item(agency=inside, actor=bob, item=item_of(led.open, "own-1")).state == State.READY


def test_adding_tells_nobody(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    from delivery.models import Notice, OutgoingMessage

    operations.add_own_item(agency=inside, actor=alice, step=6, wording=WORDS)
    assert (Notice.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_settings_page_adds_rewords_and_retires(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, slug = visit(alice), inside.slug
    given = {"step": "4", "wording": WORDS, "who": "named", "units": [str(led.open.pk)], "evidence_kind": ""}
    assert browser.post(reverse("own_item_add", args=[slug]), given)["Location"] == reverse("six_steps", args=[slug])
    made = OwnItem.objects.get()
    assert list(made.items.values_list("unit", flat=True)) == [led.open.pk]
    page = browser.get(reverse("six_steps", args=[slug])).content.decode()
    assert (WORDS in page, "in 1 roll-out" in page) == (True, True)
    browser.post(reverse("own_item_reword", args=[slug, made.pk]), {"wording": "Walk the map"})
    browser.post(reverse("own_item_give", args=[slug, made.pk]), {"units": [str(led.closed.pk)]})
    one = browser.get(reverse("own_item", args=[slug, made.pk])).content.decode()
    assert (WORDS in one, "Walk the map" in one, made.items.count()) == (True, True, 2)
    browser.post(reverse("own_item_retire", args=[slug, made.pk]))
    assert "Retired" in browser.get(reverse("six_steps", args=[slug])).content.decode()
    browser.post(reverse("own_item_restore", args=[slug, made.pk]))
    assert own_items().get().retired_at is None


def test_form_without_units_says_so_and_keeps_the_words(inside: Agency, led: Any, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(
        reverse("own_item_add", args=[inside.slug]), {"step": "4", "wording": WORDS, "who": "named"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "at least one" in page, WORDS in page) == (422, True, True)


def test_only_administrators_open_the_page(inside: Agency, led: SimpleNamespace, bob: User, visit: Visit) -> None:
    assert visit(bob).get(reverse("six_steps", args=[inside.slug])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_questions(
    inside: Agency, alice: User, visit: Visit, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        operations.add_own_item(agency=inside, actor=alice, step=1, wording=f"{WORDS} {number}")
    browser = visit(alice)
    browser.get(reverse("six_steps", args=[inside.slug]))
    with django_assert_max_num_queries(16):
        browser.get(reverse("six_steps", args=[inside.slug]))


# a unit that is closed after its name stood in the words


def test_words_that_name_a_unit_are_kept_back_once_it_is_closed(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    """On the roll-out page, the item's page, in the API, the report, the activity and the tasks, by one rule."""
    own = operations.add_own_item(
        agency=inside, actor=alice, step=2, wording="Visit the elders of Riverbend", for_all=False, units=[led.open]
    )
    claimed(inside, bob, item_of(led.open, own.key))
    here = [inside.slug, led.open.pk]
    pages = [
        reverse("rollout", args=here),
        reverse("item", args=[*here, own.key]),
        reverse("api_items", args=here),
        reverse("api_item", args=[*here, own.key]),
        reverse("unit_activity", args=here),
    ]
    assert all("the elders of Riverbend" in visit(dan).get(page).content.decode() for page in pages)
    operations.edit_unit(
        agency=inside, actor=alice, unit=led.open, discretion="closed", alias="Birch", region="Highlands"
    )
    bodies = {page: visit(dan).get(page).content.decode() for page in pages}
    assert [page for page, body in bodies.items() if "Riverbend" in body] == []
    assert [page for page, body in bodies.items() if "An item of your agency in step 2" not in body] == []
    assert all("the elders of Riverbend" in visit(bob).get(page).content.decode() for page in pages)
    mine = seat(inside, dan)
    assert "Riverbend" not in repr(report_of(mine, facts_of(mine, unit_for(mine, led.open.pk))))
    [item] = [each for each in ActionItem.objects.filter(unit=led.open) if each.own_wording]
    asked = [(item.pk,)]
    assert items_told(None, asked) == items_told(mine, asked) == {(item.pk,): "“2 +1 An item of your agency in step 2”"}
    assert "Riverbend" in items_told(seat(inside, bob), asked)[(item.pk,)]


def test_whoever_closes_a_unit_hears_of_the_items_that_tell_it(
    inside: Agency, led: SimpleNamespace, alice: User, added: OwnItem, visit: Visit
) -> None:
    telling = operations.add_own_item(agency=inside, actor=alice, step=3, wording="Visit the Riverbend elders")
    page = reverse("unit_edit", args=[inside.slug, led.open.pk])
    browser = visit(alice)
    form = {"strategy": led.open.strategy_id, "name": "Riverbend", "code": "U1", "kind": "community"}
    form |= {"discretion": "closed", "alias": "Birch", "place": "", "region": "North"}
    assert telling_of(Unit.objects.get(pk=led.open.pk)) == []
    answer = browser.post(page, form)
    assert (answer.status_code, answer["Location"]) == (302, page)
    body = browser.get(page).content.decode()
    assert ("Reword them now" in body, "Visit the Riverbend elders" in body, WORDS in body) == (True, True, False)
    assert reverse("own_item", args=[inside.slug, telling.pk]) in body
    operations.reword_own_item(agency=inside, actor=alice, own_item=telling, wording="Visit the elders")
    assert telling_of(Unit.objects.get(pk=led.open.pk)) == []
    assert "Action items of your agency that tell" not in browser.get(page).content.decode()


def test_what_was_retired_unsettled_counts_in_no_step(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    def third() -> tuple[int, int, int]:
        count = progress_of([led.open.pk], inside.today())[led.open.pk].steps[2]
        return count.total, count.settled, count.not_applicable

    made = operations.add_own_item(agency=inside, actor=alice, step=3, wording="Sing together every week")
    assert third() == (3, 0, 0)
    operations.retire_own_item(agency=inside, actor=alice, own_item=made)
    assert third() == (2, 0, 0)
    operations.restore_own_item(agency=inside, actor=alice, own_item=made)
    assert third() == (3, 0, 0)
    item = ActionItem.objects.get(unit=led.open, own_item=made)
    operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="Nobody sings.")
    operations.retire_own_item(agency=inside, actor=alice, own_item=made)
    assert third() == (3, 1, 1)
