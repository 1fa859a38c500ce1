"""The page of programs: a key is shown once, listed without its text, ended after a question."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, ApiKey, Role
from agencies.operations.api_keys import make_key
from tests.agencies.conftest import confirm
from tests.programs import Program

QUERIES = 14
Visit = Callable[[User], Any]
TEXT = re.compile(r"yk_[0-9a-f]{8}_[\w-]{43}")


@pytest.fixture
def page(inside: Agency) -> str:
    return reverse("api_keys", args=[inside.slug])


def test_a_key_is_shown_once(page: str, alice: User, visit: Visit) -> None:
    browser = confirm(visit(alice))
    sent = {"name": "Accounting <&>", "areas": ["units", "partners"], "kind": "reads", "days": "90"}
    answers = (browser.post(page, sent), browser.get(page))
    assert [answer.status_code for answer in answers] == [200, 200]
    first, second = (html.unescape(answer.content.decode()) for answer in answers)
    assert not any("yk_" in str(value) for value in browser.session.values())
    assert (len(set(TEXT.findall(first))), TEXT.findall(second)) == (1, [])
    assert "shown this once" in first
    assert "/api/a/harbor/partners/" in first
    key = ApiKey.objects.get()
    assert f"yk_{key.sign}…" in second
    assert (key.areas, key.writes) == (["units", "partners"], False)


def test_making_one_asks_for_the_password(page: str, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(page, {"name": "Accounting", "areas": ["units"], "kind": "reads", "days": "90"})
    assert "/accounts/reauthenticate/" in answer["Location"]
    assert not ApiKey.objects.exists()


def test_a_form_that_is_wrong_says_so_and_keeps_what_was_written(page: str, alice: User, visit: Visit) -> None:
    browser = confirm(visit(alice))
    answer = browser.post(page, {"name": "Accounting", "kind": "reads", "days": "90"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"areas": ["This field is required."]}
    assert answer.context["form"]["name"].value() == "Accounting"


def test_what_a_person_may_not_use_is_not_offered(
    inside: Agency, page: str, alice: User, bob: User, visit: Visit
) -> None:
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE,))
    offered = visit(bob).get(page).context["form"].fields["areas"].choices
    assert "letters" not in dict(offered)
    answer = confirm(visit(bob)).post(page, {"name": "News", "areas": ["letters"], "kind": "reads", "days": "90"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["areas"])


def test_a_key_is_ended_after_a_question(inside: Agency, page: str, alice: User, visit: Visit) -> None:
    key, _text = make_key(agency=inside, actor=alice, name="Accounting", areas=["units"], writes=True, days=30)
    browser, end = visit(alice), reverse("api_key_end", args=[inside.slug, key.pk])
    assert "cannot be brought back" in browser.get(end).content.decode()
    assert ApiKey.objects.get().ended_at is None
    assert browser.post(end).status_code == 302
    assert ApiKey.objects.get().ended_by == alice
    assert "ended" in browser.get(page).content.decode()
    assert browser.get(end).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_needs_a_constant_number_of_queries(
    inside: Agency, page: str, alice: User, visit: Visit, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_key(agency=inside, actor=alice, name=f"Program {number}", areas=["units"], writes=False, days=30)
    browser = visit(alice)
    browser.get(page)
    with django_assert_num_queries(QUERIES):
        assert browser.get(page).status_code == 200


def test_by_program(alice: User, program: Callable[[User], Program]) -> None:
    mine = program(alice)
    wanted: dict[str, Any] = {"name": "Accounting", "areas": ["partners"], "writes": True, "days": 30}
    status, said = mine.send("keys/", **wanted)
    assert (status, said["code"]) == (403, "password_first")
    confirm(mine.browser)
    status, made = mine.send("keys/", key="k", **wanted)
    assert (status, TEXT.fullmatch(made["text"]) is not None) == (201, True)
    status, again = mine.send("keys/", key="k", **wanted)
    assert (status, again["id"], again["text"]) == (201, made["id"], None)
    (listed,) = mine.get("keys/")["results"]
    assert (listed["name"], listed["person"], "text" in listed) == ("Accounting", "Alice", False)
    status, ended = mine.send(f"keys/{made['id']}/end/")
    assert (status, ended["ended_at"] is not None) == (200, True)
    assert mine.send(f"keys/{made['id']}/end/")[1]["code"] == "key_ended"
