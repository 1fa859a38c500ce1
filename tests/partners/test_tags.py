"""Tags: one word each, renamed, merged, retired; given to exactly those whom the filter shows."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Partner, Tag, Tagging
from partners.operations.tags import MergedIntoItself, TagKnown, TagRetired
from tests.cast import Visitor
from tests.partners.test_lists import names

Visit = Callable[[User], Visitor]
LIST = reverse("partners", args=["harbor"])
BULK = reverse("partners_tag", args=["harbor"])
TAGS = 14
"""Two for the page; the rest is frame."""


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def supper(act: dict[str, Any]) -> Tag:
    return operations.add_tag(**act, name="Spring  supper ")


def only(*partners: Partner) -> Any:
    return Partner.objects.filter(pk__in=[partner.pk for partner in partners])


def test_a_word_is_one_tag(act: dict[str, Any], supper: Tag) -> None:
    assert supper.name == "Spring supper"
    for name in ("spring supper", "SPRING SUPPER", "Spring  Supper"):
        with pytest.raises(TagKnown):
            operations.add_tag(**act, name=name)
    other = operations.add_tag(**act, name="العشاء")
    with pytest.raises(TagKnown):
        operations.rename_tag(**act, tag=other, name="Spring supper")
    assert operations.rename_tag(**act, tag=supper, name="SPRING supper").name == "SPRING supper"


def test_merged_tags_lose_nobody(act: dict[str, Any], supper: Tag, add: Any) -> None:
    ruth, boaz = add("Moab"), add("Boaz")
    dinner = operations.add_tag(**act, name="Spring dinner")
    operations.give_tag(**act, tag=supper, partners=only(ruth))
    operations.give_tag(**act, tag=dinner, partners=only(ruth, boaz))
    with pytest.raises(MergedIntoItself):
        operations.merge_tags(**act, tag=supper, into=supper)
    operations.merge_tags(**act, tag=dinner, into=supper)
    assert list(Tag.objects.all()) == [supper]
    assert sorted(Tagging.objects.values_list("partner", flat=True)) == sorted([ruth.pk, boaz.pk])


def test_a_retired_tag_stays_and_is_given_to_nobody_more(act: dict[str, Any], supper: Tag, add: Any) -> None:
    ruth, boaz = add("Moab"), add("Boaz")
    operations.give_tag(**act, tag=supper, partners=only(ruth))
    operations.retire_tag(**act, tag=supper)
    with pytest.raises(TagRetired):
        operations.give_tag(**act, tag=supper, partners=only(boaz))
    assert Tagging.objects.count() == 1
    operations.restore_tag(**act, tag=supper)
    assert operations.give_tag(**act, tag=supper, partners=only(ruth, boaz)) == 1


def test_exactly_those_whom_the_filter_shows_are_tagged(
    supper: Tag, add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    mine = [add(f"Moab{number}") for number in range(7)]
    for partner in mine[:6]:
        giving(partner, (places.mine, 100))
    browser, query = visit(alice), f"?unit={led.open.pk}&sort=-name"
    page = browser.get(BULK + query)
    assert (page.context["total"], len(page.context["samples"]), page.context["more"]) == (6, 5, 1)
    assert browser.post(BULK + query, {"tag": supper.pk, "expected": 6}).status_code == 302
    assert names(browser.get(LIST, {"tag": supper.pk})) == [f"Ruth Moab{number}" for number in range(6)]


def test_a_list_that_has_changed_is_shown_again(supper: Tag, add: Any, alice: User, visit: Visit) -> None:
    add("Moab")
    browser = visit(alice)
    assert browser.get(BULK).context["total"] == 1
    add("Boaz")
    page = browser.post(BULK, {"tag": supper.pk, "expected": 1})
    assert (page.status_code, page.context["total"], Tagging.objects.count()) == (422, 2, 0)
    assert "The list has changed" in page.content.decode()
    assert page.context["form"]["expected"].value() == "2"
    assert browser.get(BULK, {"kind": "nonsense"}).status_code == 404


def test_tags_are_changed_on_their_page_and_on_the_record(
    supper: Tag, add: Any, giving: Any, places: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 100))
    browser, record = visit(alice), reverse("partner", args=["harbor", ruth.pk])

    def at(name: str, *args: Any) -> str:
        return reverse(name, args=["harbor", *args])

    assert browser.post(at("tag_give", ruth.pk), {"tag": supper.pk}).status_code == 302
    assert [row.name for row in browser.get(record).context["tags"]] == ["Spring supper"]
    assert [(row.name, row.take_url) for row in visit(bob).get(record).context["tags"]] == [("Spring supper", "")]
    assert "Spring supper" not in visit(carol).get(record).content.decode()
    assert visit(bob).get(LIST, {"tag": supper.pk}).status_code == 200
    assert "tag" not in visit(bob).get(LIST).context["form"].fields
    assert browser.post(at("tag_edit", supper.pk), {"name": "Summer"}).status_code == 302
    assert browser.post(at("tag_retire", supper.pk)).status_code == 302
    assert browser.post(at("tag_give", ruth.pk), {"tag": supper.pk}).status_code == 422
    assert browser.post(at("tag_restore", supper.pk)).status_code == 302
    assert browser.post(at("tag_take", ruth.pk, supper.pk)).status_code == 302
    assert browser.get(record).context["tags"] == []
    assert [visit(bob).get(at(name)).status_code for name in ("tags", "partners_tag")] == [403, 403]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_tags_takes_the_same_queries(
    rows: int, act: dict[str, Any], add: Any, alice: User, visit: Visit
) -> None:
    ruth = add("Moab")
    for number in range(rows):
        tag = operations.add_tag(**act, name=f"Tag {number}")
        operations.give_tag(**act, tag=tag, partners=only(ruth))
    browser, path = visit(alice), reverse("tags", args=["harbor"])
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert len(browser.get(path).context["rows"]) == rows
    assert len(queries) == TAGS
