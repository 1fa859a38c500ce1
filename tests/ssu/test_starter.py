"""The starter pack: whose words count, how they are written, and who may read them."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from agencies.operations.drafts import EditedMeanwhile
from ssu import operations, starter
from ssu.models import StarterDraft, StarterText
from ssu.operations.starter import LineTooLong, StarterEmpty, StarterUnchanged
from tests.ssu.test_lists import counted

POINTS = "discussion_points"


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def test_the_pack_that_comes_is_whole(inside: Agency) -> None:
    """Ten points, eight areas, and no part without words."""
    assert len(starter.entries(inside, POINTS)) == 10
    assert len(starter.entries(inside, "coaching_areas")) == 8
    for part in starter.PARTS:
        assert starter.text(inside, part.key) == starter.original(part.key) != ""
    for part in starter.PARTS:
        if part.is_lines:
            assert all(entry.title and entry.sentence for entry in starter.entries(inside, part.key)), part.key
        else:
            assert all(section.body for section in starter.sections(inside, part.key)), part.key
    messages = starter.sections(inside, "core_messages")
    assert [section.title == "" for section in messages] == [True] + [False] * 6
    assert all("Answers: " in section.body for section in messages[1:])


def test_lines_and_sections_are_read() -> None:
    assert starter.lines_of("One: first: and more\n\nTwo\n") == [
        starter.Entry("One", "first: and more"),
        starter.Entry("Two", ""),
    ]
    assert starter.sections_of("Before\n\n## A  \nx\ny\n\n## B\n") == [
        starter.Section("", "Before"),
        starter.Section("A", "x\ny"),
        starter.Section("B", ""),
    ]


def test_a_line_that_would_name_nothing_is_left_out() -> None:
    words = "Hello {{name}}.\nYou may count on {{ promise }}.\nAlways."
    assert starter.filled(words, {"name": "Ruth", "promise": ""}) == "Hello Ruth.\nAlways."
    assert starter.filled("{{unknown}}", {"name": "Ruth"}) == ""


def test_own_words_count_in_versions_and_the_original_can_come_back(inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "key": POINTS}
    operations.use_starter_text(**act, text="One: first")
    operations.use_starter_text(**act, text="Two: second\r\n")
    assert starter.entries(inside, POINTS) == [starter.Entry("Two", "second")]
    operations.return_starter_text(**act, version=1)
    assert starter.text(inside, POINTS) == "One: first"
    operations.return_starter_text(**act, version=None)
    assert starter.text(inside, POINTS) == starter.original(POINTS)
    versions = list(StarterText.objects.order_by("version").values_list("version", "is_original", "written_by"))
    assert versions == [(1, False, alice.pk), (2, False, alice.pk), (3, False, alice.pk), (4, True, alice.pk)]
    assert starter.text(inside, "coaching_areas") == starter.original("coaching_areas")


def test_what_says_nothing_new_is_no_version(inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "key": POINTS}
    with pytest.raises(StarterUnchanged):
        operations.use_starter_text(**act, text=starter.original(POINTS))
    with pytest.raises(StarterUnchanged):
        operations.return_starter_text(**act, version=None)
    with pytest.raises(StarterEmpty):
        operations.use_starter_text(**act, text=" \n ")
    with pytest.raises(LineTooLong):
        operations.use_starter_text(**act, text="word " * 40 + ": long")
    assert not StarterText.objects.exists()


def test_a_draft_counts_for_nobody_until_it_is_used(inside: Agency, alice: User, dan: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "key": POINTS}
    draft = operations.save_starter_draft(**act, text="One: first", revision=0)
    assert (draft.revision, starter.text(inside, POINTS)) == (1, starter.original(POINTS))
    operations.save_starter_draft(**act, text="One: firstly", revision=1)
    with pytest.raises(EditedMeanwhile) as conflict:
        operations.save_starter_draft(agency=inside, actor=dan, key=POINTS, text="Mine: other", revision=1)
    stands = (conflict.value.revision, conflict.value.by, conflict.value.fields)
    assert stands == (2, alice, {"text": "One: firstly"})
    written = AuditEntry.objects.filter(verb="write starter draft")
    assert written.count() == 1  # one sitting
    operations.save_starter_draft(agency=inside, actor=dan, key=POINTS, text="Mine: other", revision=2)
    assert written.count() == 2
    operations.use_starter_text(agency=inside, actor=dan, key=POINTS, text="Mine: other", revision=3)
    assert starter.text(inside, POINTS) == "Mine: other"
    assert not StarterDraft.objects.get(key=POINTS).is_open
    with pytest.raises(EditedMeanwhile):
        operations.save_starter_draft(**act, text="Late: words", revision=3)


def test_a_lost_answer_is_no_conflict(inside: Agency, alice: User) -> None:
    """The same words again, on the revision before: the first save arrived, its answer did not."""
    act: dict[str, Any] = {"agency": inside, "actor": alice, "key": POINTS, "text": "One: first"}
    assert operations.save_starter_draft(**act, revision=0).revision == 1
    assert operations.save_starter_draft(**act, revision=0).revision == 1


def test_leaders_read_and_administrators_write(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, mallory: User, visit: Any
) -> None:
    leader, administrator, outsider = visit(bob), visit(alice), visit(mallory)
    for path in (at("starter_pack"), at("starter_part", "explanation")):
        assert leader.get(path).status_code == 200
        assert outsider.get(path).status_code == 404
    edit = at("starter_edit", POINTS)
    assert leader.get(edit).status_code == 403
    assert leader.post(edit, {"text": "One: first", "act": "use"}).status_code == 403
    assert administrator.get(at("starter_edit", "nothing")).status_code == 404
    assert "Write in own words" not in leader.get(at("starter_part", POINTS)).content.decode()
    assert administrator.post(edit, {"text": "One: first", "act": "use", "revision": "0"}).status_code == 302
    page = administrator.get(at("starter_part", POINTS)).content.decode()
    assert "<strong>One</strong>" in page
    assert administrator.post(at("starter_return", POINTS), {"version": "7"}).status_code == 404
    assert administrator.post(at("starter_return", POINTS), {"version": ""}).status_code == 302
    with scope.of_agency(inside.pk):
        assert starter.text(inside, POINTS) == starter.original(POINTS)


def test_the_browser_saves_by_itself_and_is_told_of_a_conflict(inside: Agency, alice: User, visit: Any) -> None:
    browser, edit = visit(alice), at("starter_edit", POINTS)
    given: dict[str, Any] = {"text": "One: first", "revision": "0", "act": "use"}
    answer = browser.post(edit, given, headers={"x-autosave": "1"})
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    with scope.of_agency(inside.pk):
        assert starter.text(inside, POINTS) == starter.original(POINTS)  # saved, and not used
    again = browser.post(edit, {**given, "text": "Two: second"}, headers={"x-autosave": "1"})
    assert (again.status_code, again.json()["conflict"], again.json()["revision"]) == (409, True, 1)
    empty = browser.post(edit, {**given, "text": "", "revision": "1"}, headers={"x-autosave": "1"})
    assert empty.status_code == 422
    assert empty.json()["problems"] == ["Words: This field is required."]
    plain = browser.post(edit, {**given, "text": "Two: second", "act": "save"})
    page = plain.content.decode()
    assert plain.status_code == 409
    assert "One: first" in page
    assert "Two: second" in page
    assert 'name="revision" value="1"' in page


def test_lists_take_few_queries_whatever_was_written(inside: Agency, alice: User, visit: Any) -> None:
    browser, counts = visit(alice), []
    for number in range(3):
        operations.use_starter_text(agency=inside, actor=alice, key=POINTS, text=f"One: {number}")
        counts.append((counted(browser, at("starter_pack")), counted(browser, at("starter_part", POINTS))))
    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 20
