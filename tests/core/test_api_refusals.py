"""What programs are told where a page would be: nothing at an address, and a right that is missing."""

from typing import Any

from accounts.models import User
from agencies.models import Agency


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
