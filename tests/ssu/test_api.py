"""The API answers like the pages: same rights, same masking, same refusals."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency
from ssu.models import Unit
from tests.ssu.conftest import claimed, item_of, noted

Visit = Callable[[User], Any]


def path(agency: Agency, rest: str = "") -> str:
    return f"/api/a/{agency.slug}/units/{rest}"


def send(browser: Any, url: str, **body: Any) -> Any:
    return browser.post(url, body, content_type="application/json")


def test_list_and_detail_are_masked(inside: Agency, units: SimpleNamespace, dan: User, visit: Visit) -> None:
    answer = visit(dan).get(path(inside)).json()
    assert [(unit["name"], unit["place"], unit["masked"]) for unit in answer["results"]] == [
        ("Kareth Valley", "South", True),
        ("Project Cedar", "Central Asia", True),
        ("Riverbend", "Riverbend Town", False),
    ]
    one = visit(dan).get(path(inside, f"{units.closed.pk}/")).json()
    assert (one["name"], one["items"], one["items_settled"], one["strategy"]) == ("Project Cedar", 11, 0, "S1")
    assert visit(dan).get(path(inside), {"q": "tamrin"}).json()["count"] == 0


def test_leader_sees_no_progress_of_other_units(inside: Agency, led: SimpleNamespace, bob: User, visit: Visit) -> None:
    answer = visit(bob).get(path(inside)).json()
    assert {unit["name"]: unit["items"] for unit in answer["results"]} == {
        "Kareth Valley": None,
        "Riverbend": 11,
        "Tamrin People": 11,
    }
    assert visit(bob).get(path(inside, f"{led.careful.pk}/items/")).status_code == 403
    assert visit(bob).get(path(inside, f"{led.careful.pk}/items/1.1/")).status_code == 404


def test_claim_and_confirm(inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit) -> None:
    url = path(inside, f"{led.open.pk}/items/1.1/")
    without = send(visit(bob), f"{url}claim/")
    assert (without.status_code, without.json()["code"]) == (409, "no_evidence")
    noted(inside, bob, item_of(led.open))
    ready = send(visit(bob), f"{url}claim/", note="Seen.")
    assert (ready.status_code, ready.json()["state"], ready.json()["claimed_by"]) == (200, "ready", "Bob")
    own = send(visit(bob), f"{url}confirm/")
    assert (own.status_code, own.json()["code"]) == (409, "own_claim")
    assert item_of(led.open).state == "ready"
    done = send(visit(alice), f"{url}confirm/")
    assert (done.status_code, done.json()["state"], done.json()["confirmed_by"]) == (200, "completed", "Alice")


def test_board_reads_and_does_not_write(inside: Agency, led: SimpleNamespace, dan: User, visit: Visit) -> None:
    url = path(inside, f"{led.open.pk}/items/1.1/")
    assert visit(dan).get(url).status_code == 200
    assert send(visit(dan), f"{url}claim/").status_code == 403
    assert send(visit(dan), f"{url}confirm/").status_code == 403


def test_outsiders_find_nothing(inside: Agency, led: SimpleNamespace, mallory: User, visit: Visit) -> None:
    urls = [path(inside), path(inside, f"{led.open.pk}/"), path(inside, f"{led.open.pk}/items/1.1/")]
    browser = visit(mallory)
    assert {browser.get(url).status_code for url in urls} == {404}
    assert send(browser, f"{urls[2]}claim/").status_code == 404


def test_reason_and_names_of_a_closed_unit_are_kept_back(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, visit: Visit
) -> None:
    claimed(inside, bob, item_of(led.closed))
    item = visit(dan).get(path(inside, f"{led.closed.pk}/items/1.1/")).json()
    assert item["reason"] is None
    assert item["claimed_by"] == "somebody of the team"


def test_number_of_queries_is_the_same_at_1_3_and_50_units(
    inside: Agency, make_unit: Callable[..., Unit], dan: User, visit: Visit
) -> None:
    browser, counts = visit(dan), []
    for number in range(50):
        make_unit(f"U{number}", f"Unit {number}")
        if number in (0, 2, 49):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(path(inside)).status_code == 200
            counts.append(len(captured))
    assert counts == [13] * 3
