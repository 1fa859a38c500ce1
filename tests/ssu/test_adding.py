"""+ Add offers what one may add, and leads to the unit."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from ssu import operations
from tests.cast import person

Visit = Callable[[User], Any]


def offered(browser: Any, agency: Agency) -> list[str]:
    """The names of what + Add offers of this app."""
    page = browser.get(reverse("home", args=[agency.slug]))
    ours = {reverse(name, args=[agency.slug]): name for name in ("add_coaching", "add_conversation", "add_reading")}
    return [ours[link.url] for link in page.context["shell"].add if link.url in ours]


def test_each_is_offered_what_they_may_add(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, serve: Any, visit: Visit
) -> None:
    erin = person("Erin")
    serve(erin, led.open, Role.COACH)
    assert offered(visit(bob), inside) == ["add_coaching", "add_conversation", "add_reading"]
    assert offered(visit(carol), inside) == ["add_reading"]
    assert offered(visit(erin), inside) == ["add_coaching", "add_conversation"]
    assert visit(carol).get(reverse("add_coaching", args=[inside.slug])).status_code == 403


def test_one_unit_is_gone_to_at_once_and_of_several_one_is_chosen(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit
) -> None:
    here = [inside.slug, led.open.pk]
    reading = visit(carol).get(reverse("add_reading", args=[inside.slug]))
    assert reading["Location"] == reverse("goal", args=here) + "#readings"
    page = visit(bob).get(reverse("add_coaching", args=[inside.slug]))
    assert [unit.label for unit in page.context["units"]] == ["Riverbend", "Tamrin People"]
    operations.set_archived(agency=inside, actor=alice, unit=led.closed, archived=True)
    assert visit(bob).get(reverse("add_coaching", args=[inside.slug]))["Location"] == reverse("session_log", args=here)


@pytest.mark.parametrize("count", [0, 2])
def test_the_list_is_one_question_however_long(
    inside: Agency, led: SimpleNamespace, alice: User, make_unit: Any, visit: Visit, count: int
) -> None:
    for number in range(count):
        make_unit(f"M{number}", f"More {number}")
    browser, url = visit(alice), reverse("add_conversation", args=[inside.slug])
    with CaptureQueriesContext(connection) as caught:
        page = browser.get(url)
    assert len(page.context["units"]) == 3 + count
    assert sum('FROM "ssu_unit"' in each["sql"] for each in caught.captured_queries) == 1
