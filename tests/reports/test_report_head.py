"""The settings show the head of paper as the report of a unit prints it."""

import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from agencies.letterhead import Letterhead
from agencies.models import Agency
from agencies.operations import update_agency
from agencies.operations.look import set_logo
from reports.pages.unit_report import report_of
from reports.queries.unit_report import facts_of, unit_for
from ssu.operations import add_strategy, add_unit
from tests.factories.pictures import drawn_logo
from tests.ssu.conftest import seat

HEAD = re.compile(r'<div class="letterhead.*?</div>', re.DOTALL)


def test_the_settings_show_the_head_of_the_report(inside: Agency, alice: User, visit: Callable[[User], Any]) -> None:
    by: dict[str, Any] = {"agency": inside, "actor": alice}
    strategy = add_strategy(**by, code="S1", name="Deaf ministry")
    unit = add_unit(**by, strategy=strategy, code="U1", name="Riverbend", kind="community")
    update_agency(agency=inside, actor=alice, name="בית תקווה New Hope", legal_name="New Hope, Inc.")
    inside.refresh_from_db()
    set_logo(agency=inside, actor=alice, content=drawn_logo("HLM"))
    mine = seat(inside, alice)
    report = report_of(mine, facts_of(mine, unit_for(mine, unit.pk)))
    printed = HEAD.findall(render_to_string("pdf/unit_report.html", {"report": report}))
    shown = HEAD.findall(visit(alice).get(reverse("look", args=[inside.slug])).content.decode())
    assert [outline(head) for head in printed] == [outline(head) for head in shown]
    assert outline(shown[0]) == ["img", 'p dir="rtl"', "בית תקווה New Hope", "#0e5a5e"]


def outline(head: str) -> list[str]:
    """What stands in a letterhead, in its order."""
    found = re.findall(r'<(img)|<(p) class="[a-z-]+"( dir="[a-z]+")|>([^<>\n]+)</p>|fill="(#\w+)"', head)
    return ["".join(part) for part in found]


def test_a_head_without_a_logo_is_the_name_alone() -> None:
    plain = Letterhead("New Hope", "#123456", "", None, None)
    head = render_to_string("agencies/_letterhead.html", {"letterhead": plain})
    assert outline(head) == ['p dir="ltr"', "New Hope", "#123456"]
