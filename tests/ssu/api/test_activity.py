"""The API of activity, notices, tasks and saved views: the same as the pages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, SavedView
from delivery.models import Notice, Task
from ssu import operations
from ssu.pages import activity as pages
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of

Visit = Callable[[User], Any]
ROOT = "/api/a/harbor/"


def test_activity_page_by_page(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(inside, bob, item_of(led.open))
    monkeypatch.setattr(pages, "PAGE", 2)
    browser, url = visit(alice), f"{ROOT}units/{led.open.pk}/activity/"
    first = browser.get(url).json()
    assert [(act["by"], act["sentence"].partition(",")[0]) for act in first["results"]] == [
        ("Bob", "Bob claimed item 1.1"),
        ("Bob", "Bob added evidence to item 1.1"),
    ]
    following = browser.get(url, {"before": first["before"]}).json()
    assert following["results"][0]["sentence"].startswith("Alice added Carol as Team member")
    assert [act["by"] for act in browser.get(url, {"kind": "unit"}).json()["results"]] == ["Alice"]


def test_activity_of_a_closed_unit_is_masked_and_of_a_strange_one_refused(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, dan: User, visit: Visit
) -> None:
    claimed(inside, bob, item_of(led.closed))
    operations.undo_item(agency=inside, actor=bob, item=item_of(led.closed), reason=f"{TRUE_NAME}, {TRUE_PLACE}")
    url = f"{ROOT}units/{led.closed.pk}/activity/"
    told = visit(dan).get(url).content.decode()
    assert [word for word in (TRUE_NAME, TRUE_PLACE, "Bob") if word in told] == []
    assert TRUE_PLACE in visit(bob).get(url).content.decode()
    assert visit(carol).get(url).status_code == 404


def test_notices_and_tasks_are_ones_own(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit
) -> None:
    claimed(inside, bob, item_of(led.closed))
    [notice] = visit(alice).get(f"{ROOT}notices/").json()["results"]
    assert notice["text"] == (
        "Tamrin People: Bob claimed “1.1 Our organization’s SSU” as done. Look at the evidence, then confirm it."
    )
    assert visit(carol).post(f"{ROOT}notices/{notice['id']}/read/").status_code == 404
    assert visit(alice).post(f"{ROOT}notices/{notice['id']}/read/").json()["read_at"]
    assert Notice.objects.get().read_at is not None
    browser = visit(carol)
    made = browser.post(f"{ROOT}tasks/", {"text": "Knead", "due_on": "2030-01-02"}, content_type="application/json")
    assert (made.status_code, made.json()["due_on"]) == (201, "2030-01-02")
    task = Task.objects.get(user=carol)
    assert visit(alice).post(f"{ROOT}tasks/{task.pk}/done/").status_code == 404
    assert browser.post(f"{ROOT}tasks/{task.pk}/done/").json()["by_me"] is True
    assert browser.post(f"{ROOT}tasks/{task.pk}/done/").json()["code"] == "task_done"
    assert browser.get(f"{ROOT}tasks/").json()["results"] == []
    assert browser.post(f"{ROOT}tasks/{task.pk}/reopen/").json()["done_at"] is None


def test_saved_views_are_kept_listed_and_removed(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    sent = {"listing": "matrix", "name": "Late", "query": "state=late&strategy=987654", "shared": True}
    made = visit(alice).post(f"{ROOT}views/", sent, content_type="application/json")
    assert (made.status_code, made.json()["query"]) == (201, "state=late")
    [seen] = visit(dan).get(f"{ROOT}views/").json()
    assert seen["url"] == "/a/harbor/units/matrix/?state=late"
    assert visit(dan).delete(f"{ROOT}views/{seen['id']}/").status_code == 403
    assert visit(alice).delete(f"{ROOT}views/{seen['id']}/").status_code == 204
    assert SavedView.objects.get().removed_at is not None
    wrong = {**sent, "name": TRUE_PLACE}
    assert (
        visit(alice).post(f"{ROOT}views/", wrong, content_type="application/json").json()["code"] == "tells_closed_name"
    )
    assert (
        visit(alice).post(f"{ROOT}views/", {**sent, "listing": "fish"}, content_type="application/json").status_code
        == 404
    )
