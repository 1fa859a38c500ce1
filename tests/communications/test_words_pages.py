"""Core messages and guidelines through their pages: begun, saved, submitted, agreed to, read, compared."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from communications import operations
from communications.models import CoreMessage, Guidelines
from ssu import evidence
from tests.ssu.conftest import TRUE_NAME
from tests.ssu.test_lists import counted

FORMSET = {"message-TOTAL_FORMS": "2", "message-INITIAL_FORMS": "0", "message-MAX_NUM_FORMS": "12"}


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def words(text: str, revision: int, act: str = "save", **more: str) -> dict[str, str]:
    said = {"message-0-headline": "Water", "message-0-body": "A beginning.", "message-0-answers": "Why wells?"}
    return {**FORMSET, **said, "text": text, "revision": str(revision), "act": act, **more}


@pytest.fixture
def draft(posted: Agency, units: SimpleNamespace, alice: User, visit: Any) -> str:
    """Where Alice writes the first version, which she began with nothing."""
    begun = visit(alice).post(at("core_message_begin", units.open.pk), {"source": "empty"})
    assert begun.status_code == 302
    return str(begun["Location"])


def test_a_set_is_written_submitted_and_agreed_to_by_another(
    posted: Agency, units: SimpleNamespace, draft: str, alice: User, staff: User, visit: Any
) -> None:
    alices, others, page = visit(alice), visit(staff), at("core_messages", units.open.pk)
    agree = at("core_message_agree", units.open.pk, 1)
    assert others.post(agree).status_code == 409
    assert alices.post(draft, words("Water is a beginning.", 0)).status_code == 302
    assert alices.post(draft, words("Water is a beginning.", 1, "submit")).status_code == 302
    assert alices.post(draft, words("Other words", 2)).status_code == 422
    assert "Agree to this version" not in alices.get(page).content.decode()
    assert alices.post(agree).status_code == 409
    assert "Agree to this version" in others.get(page).content.decode()
    assert others.post(agree).status_code == 302
    with scope.of_agency(posted.pk):
        message = CoreMessage.objects.get()
        assert (message.state, message.approved_by, message.text) == ("approved", staff, "Water is a beginning.")
        assert list(message.messages.values_list("place", "headline", "answers")) == [(1, "Water", "Why wells?")]
        (offered,) = [each for each in evidence.offered(units.open, "5.1") if each[0] == "communications.coremessage"]
        (thing,) = offered[2]
        assert (thing.is_valid, thing.page) == (True, "core_messages")
    assert "Why wells?" in others.get(page).content.decode()


def test_words_that_must_stay_untold_are_refused_and_the_browser_is_told_why(
    posted: Agency, units: SimpleNamespace, draft: str, alice: User, visit: Any
) -> None:
    answer = visit(alice).post(draft, words(f"Among {TRUE_NAME}", 0), headers={"x-autosave": "1"})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem.startswith(f"“{TRUE_NAME}” must not stand in words for partners. Write “Project Cedar” instead.")
    saved = visit(alice).post(draft, words("Give to our family.", 0), headers={"x-autosave": "1"}).json()
    assert (saved["revision"], len(saved["notes"])) == (1, 1)


def test_a_version_sent_back_is_a_draft_with_what_to_change(
    posted: Agency, units: SimpleNamespace, draft: str, alice: User, staff: User, visit: Any
) -> None:
    alices, others, pk = visit(alice), visit(staff), units.open.pk
    alices.post(draft, words("Water.", 0, "submit"))
    back = at("core_message_return", pk, 1)
    assert others.post(back, {"reason": " "}).status_code == 422
    assert others.post(back, {"reason": "Say whose water."}).status_code == 302
    assert "Say whose water." in alices.get(draft).content.decode()
    assert others.post(back, {"reason": "Again."}).status_code == 422
    alices.post(draft, words("Our water.", 3, "submit"))
    assert others.post(at("core_message_agree", pk, 1)).status_code == 302
    assert alices.post(at("core_message_drop", pk, 1)).status_code == 409


def test_the_next_version_replaces_and_both_can_be_compared_in_words(
    posted: Agency, units: SimpleNamespace, draft: str, alice: User, staff: User, visit: Any
) -> None:
    alices, others, pk = visit(alice), visit(staff), units.open.pk
    alices.post(draft, words("Water is old.", 0, "submit"))
    others.post(at("core_message_agree", pk, 1))
    with scope.of_agency(posted.pk):
        first = CoreMessage.objects.get()
    begun = alices.post(at("core_message_begin", pk), {"source": str(first.pk)})
    assert alices.post(at("core_message_begin", pk), {"source": "empty"}).status_code == 422
    alices.post(begun["Location"], words("Water is new.", 0, "submit"))
    others.post(at("core_message_agree", pk, 2))
    with scope.of_agency(posted.pk):
        assert [row.state for row in CoreMessage.objects.order_by("version")] == ["superseded", "approved"]
    page = alices.get(at("core_message", pk, 2) + "?with=1").content.decode()
    assert '<span class="change-word"> removed: </span><del>old.</del>' in page
    assert '<span class="change-word"> added: </span><ins>new.</ins>' in page
    assert alices.get(at("core_message", pk, 2) + "?with=9").status_code == 404


def test_the_first_draft_begins_from_the_starter_pack_under_the_brand_promise(
    posted: Agency, units: SimpleNamespace, alice: User, visit: Any
) -> None:
    browser = visit(alice)
    posted.brand_promise = "You will always hear what became of it."
    posted.save()
    page = browser.get(browser.post(at("core_message_begin", units.closed.pk), {"source": "starter"})["Location"])
    said = page.content.decode()
    assert "Whoever stands with us may count on this: You will always hear what became of it." in said
    assert "Project Cedar exists for a change" in said
    assert "{{" not in page.context["form"].initial["text"]
    assert "We work toward this" not in page.context["form"].initial["text"]  # it has no goal yet
    assert 'data-keep=""' in said
    rules = browser.get(browser.post(at("guidelines_begin", units.open.pk), {"source": "starter"})["Location"])
    assert 'data-keep="yk.harbor.guidelines.' in rules.content.decode()
    with scope.of_agency(posted.pk):
        row = Guidelines.objects.get()
        assert row.who_writes.startswith("The leader of the unit answers")
        assert row.answering.startswith("A gift is thanked within two days")
        assert row.more == "These guidelines hold for everyone who speaks for Riverbend."


def test_people_are_asked_tap_once_and_are_named_until_then(
    posted: Agency, led: SimpleNamespace, alice: User, staff: User, bob: User, carol: User, visit: Any
) -> None:
    pk, leader, member = led.open.pk, visit(bob), visit(alice)
    leader.post(at("guidelines_begin", pk), {"source": "empty"})
    edit, tap = at("guidelines_edit", pk, 1), at("guidelines_acknowledge", pk, 1)
    assert leader.post(edit, {"tone": "Warm.", "revision": "0", "act": "submit"}).status_code == 302
    assert leader.post(tap).status_code == 409  # it does not count yet
    assert member.post(at("guidelines_agree", pk, 1)).status_code == 302
    page = leader.get(at("guidelines", pk)).content.decode()
    assert "I have read version 1" in page
    assert page.count("Not yet") == 2
    assert "Read and acknowledge the guidelines of Riverbend" in leader.get(at("home")).content.decode()
    assert leader.post(tap).status_code == 302
    assert "Read and acknowledge the guidelines" not in leader.get(at("home")).content.decode()
    page = leader.get(at("guidelines", pk)).content.decode()
    assert "I have read version 1" not in page
    assert page.count("Not yet") == 1
    assert "1 of 2" in page
    assert member.post(tap).status_code == 409  # an administrator who does not serve here


def test_the_closed_unit_keeps_its_words_back(
    posted: Agency, led: SimpleNamespace, alice: User, staff: User, mallory: User, visit: Any
) -> None:
    with scope.of_agency(posted.pk):
        words_of = {"agency": posted, "actor": alice, "unit": led.closed}
        operations.write_core_message(**words_of, text="Secret water")
        rules = operations.begin_guidelines(**words_of, words={"tone": "Secret tone"})
        operations.submit_guidelines(agency=posted, actor=alice, guidelines=rules)
    for name in ("core_messages", "guidelines"):
        assert "Secret" not in visit(staff).get(at(name, led.closed.pk)).content.decode()
        assert "Secret" in visit(alice).get(at(name, led.closed.pk)).content.decode()
        assert visit(mallory).get(at(name, led.closed.pk)).status_code == 404
    assert visit(staff).get(at("core_message", led.closed.pk, 1)).status_code == 404
    assert visit(staff).get(at("guidelines_edit", led.closed.pk, 1)).status_code == 404
    listed = visit(staff).get("/api/a/harbor/core-messages/").json()["results"]
    (row,) = [each for each in listed if each["unit"] == led.closed.pk]
    assert row["unit_name"] == "Project Cedar"
    full = visit(staff).get(f"/api/a/harbor/core-messages/{row['id']}/").json()
    assert (full["text"], full["messages"]) == (None, None)


def test_programs_list_agree_and_acknowledge(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, dan: User, mallory: User, visit: Any
) -> None:
    with scope.of_agency(posted.pk):
        row = operations.begin_guidelines(agency=posted, actor=bob, unit=led.open, words={"tone": "Warm."})
        operations.submit_guidelines(agency=posted, actor=bob, guidelines=row)
    one = f"/api/a/harbor/guidelines/{row.pk}/"
    assert visit(dan).get(one).status_code == 403
    assert visit(mallory).get(one).status_code == 404
    own = visit(bob).post(f"{one}approve/", content_type="application/json")
    assert (own.status_code, own.json()["code"]) == (409, "own_words")
    agreed = visit(alice).post(f"{one}approve/", content_type="application/json").json()
    assert (agreed["state"], agreed["sections"]["tone"], agreed["acknowledged"]) == ("approved", "Warm.", 0)
    read = visit(carol).post(f"{one}acknowledge/", content_type="application/json").json()
    assert read["acknowledged"] == 1
    assert [each["version"] for each in visit(bob).get("/api/a/harbor/guidelines/").json()["results"]] == [1]


@pytest.mark.parametrize("name", ["core_messages", "guidelines"])
def test_pages_take_few_queries_whatever_was_agreed(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Any, name: str
) -> None:
    browser, counts = visit(alice), []
    for number in range(3):
        with scope.of_agency(posted.pk):
            given: dict[str, Any] = {"agency": posted, "actor": bob, "unit": led.open}
            if name == "guidelines":
                row: Any = operations.begin_guidelines(**given, words={"tone": f"Warm {number}"})
                operations.submit_guidelines(agency=posted, actor=bob, guidelines=row)
            else:
                row = operations.write_core_message(**given, text=f"Water {number}")
            operations.approve(agency=posted, actor=alice, words=row)
        counts.append(counted(browser, at(name, led.open.pk)))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 25
