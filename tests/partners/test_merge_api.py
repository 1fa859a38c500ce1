"""Duplicates and merges by program: the same rules and right as the pages, once per key, in pages."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from partners.models import Merge, Partner
from tests.partners.test_care_api import Visit, at, send


@pytest.fixture
def pair(add: Any) -> SimpleNamespace:
    one, two = add("Moab", email="ruth@example.org"), add("Moab", first_name="Ruth A.", email="ruth@example.org")
    return SimpleNamespace(one=one, two=two)


def test_pairs_come_the_surest_first_and_by_filter(pair: SimpleNamespace, add: Any, alice: User, visit: Visit) -> None:
    for _twice in range(2):
        add("Boaz", phone="555 010 0200")
    browser, path = visit(alice), at("api_duplicates")
    told = browser.get(path).json()["results"]
    surest = told[0]
    assert (surest["first"], surest["second"]) == (pair.one.pk, pair.two.pk)
    assert (surest["score"], surest["reasons"]) == (85, [["names", 90], ["email", 1]])
    assert [each["score"] for each in told] == [85, 72]
    assert [each["score"] for each in browser.get(f"{path}?reason=phone").json()["results"]] == [72]
    assert [each["score"] for each in browser.get(f"{path}?certainty=certain").json()["results"]] == [85]
    assert browser.get(f"{path}?certainty=surely").status_code == 400


def test_a_merge_is_made_once_per_key_and_undone(pair: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), at("api_merges")
    said = {"survivor": pair.one.pk, "loser": pair.two.pk, "take": ["first_name"], "reason": "She told us"}
    first, again = (send(browser, path, said, "k1") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert Partner.objects.standing().get().name == "Ruth A. Moab"
    assert send(browser, path, {**said, "reason": "other"}, "k1").status_code == 409
    assert send(browser, path, said, "k2").status_code == 400  # the loser stands no more
    undo = at("api_merge_undo", first.json()["id"])
    assert send(browser, undo, {"reason": "Two after all"}).json()["undone_at"] is not None
    refused = send(browser, undo, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "merge_undone")
    assert Partner.objects.standing().count() == 2


def test_two_are_kept_apart_and_may_be_one_after_all(pair: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), at("api_kept_apart")
    said = {"kept": pair.one.pk, "lookalike": pair.two.pk}
    made = send(browser, path, said, "k1")
    assert made.status_code == 201
    assert browser.get(at("api_duplicates")).json()["results"] == []
    merge = {"survivor": pair.one.pk, "loser": pair.two.pk}
    assert send(browser, at("api_merges"), merge).json()["code"] == "kept_apart"
    end = at("api_kept_apart_end", made.json()["id"])
    assert [send(browser, end, {}).status_code for _ in range(2)] == [200, 409]
    assert send(browser, at("api_merges"), merge).status_code == 201


def test_one_look_at_a_time(inside: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    jobs = {send(browser, at("api_duplicates_look"), {}).json()["job"] for _ in range(2)}
    assert jobs == {Job.objects.get().pk}


def test_the_field_and_the_board_have_no_part_in_it(
    pair: SimpleNamespace, places: SimpleNamespace, bob: User, dan: User, visit: Visit
) -> None:
    for person in (bob, dan):
        browser = visit(person)
        for name in ("api_duplicates", "api_kept_apart", "api_merges"):
            assert browser.get(at(name)).status_code == 403
        said = {"survivor": pair.one.pk, "loser": pair.two.pk}
        assert send(browser, at("api_merges"), said).status_code == 403
    assert not Merge.objects.exists()
