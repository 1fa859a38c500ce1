"""What programs are told where a page would be: nothing at an address, and a right that is missing."""

from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.api import by_field


def test_an_address_below_the_api_that_nothing_has_is_told_as_a_problem(
    agency: Agency, alice: User, visit: Any
) -> None:
    for path in ("/api/nothing/", f"/api/a/{agency.slug}/nothing/"):
        answer = visit(alice).get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    page = visit(alice).get("/nothing/")
    assert (page.status_code, "html" in page.headers["Content-Type"]) == (404, True)


def test_a_missing_right_is_told_in_a_sentence(agency: Agency, dan: User, visit: Any) -> None:
    answer = visit(dan).get(f"/api/a/{agency.slug}/gifts/")
    assert (answer.status_code, answer.json()) == (
        403,
        {"code": "right_missing", "detail": "You may not do this here: it needs the right gifts.view."},
    )


def test_what_is_wrong_by_field_has_its_code_however_deep(agency: Agency, alice: User, visit: Any) -> None:
    post = visit(alice).post
    sent = {"kind": "person", "last_name": "x" * 300, "emails": [{}]}
    answer = post(f"/api/a/{agency.slug}/partners/", sent, "application/json", headers={"Idempotency-Key": "a"})
    assert answer.status_code == 400, answer.content
    assert {each["code"] for each in answer.json()["last_name"]} == {"max_length"}
    asked = visit(alice).get(f"/api/a/{agency.slug}/batches/", {"state": "nowhere", "first": "2025-02-31"})
    assert asked.status_code == 400, asked.content
    assert "no_such_day" in {each["code"] for said in asked.json().values() for each in said}
    assert asked.json()["state"][0].keys() == {"code", "detail"}


def test_a_day_that_its_month_has_not_is_told_as_forms_tell_it(agency: Agency, alice: User, visit: Any) -> None:
    told = {
        "code": "no_such_day",
        "detail": "There is no such day: February 2025 has 28 days. Write the day that is meant.",
    }
    api, browser = f"/api/a/{agency.slug}", visit(alice)
    sent = {"code": "1", "public_name": "Wells", "kind": "project", "opened_on": "2025-02-30"}
    answer = browser.post(f"{api}/designations/", sent, "application/json", headers={"Idempotency-Key": "a"})
    assert (answer.status_code, answer.json().get("opened_on")) == (400, [told])
    answer = browser.post(
        f"{api}/designations/", sent | {"opened_on": "soon"}, "application/json", headers={"Idempotency-Key": "b"}
    )
    assert answer.json()["opened_on"][0]["code"] == "invalid"
    assert browser.get(f"{api}/go-live/", {"on": "2025-02-30"}).json() == {"on": [told]}


def test_a_sentence_of_no_field_stands_alone_and_fields_may_be_called_code() -> None:
    assert by_field([{"message": "Use deposit.", "code": "invalid"}]) == {"code": "invalid", "detail": "Use deposit."}
    wrong = [{"message": "Too long.", "code": "max_length"}]
    told = [{"code": "max_length", "detail": "Too long."}]
    assert by_field({"code": wrong, "message": wrong}) == {"code": told, "message": told}
    assert by_field({"lines": [{}, {"amount": wrong}]}) == {"lines": [{}, {"amount": told}]}
