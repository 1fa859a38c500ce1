"""The pages of the reports: constant queries, filters in the address, figures that lead on, files as the screen."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, SavedView
from core.money import Money
from core.periods import add_months
from partners import operations
from partners.models import GivingUnit
from partners.pages.giving_reports.words import REPORTS
from tests.cast import Visitor
from tests.partners.test_files import rows_of

Visit = Callable[[User], Visitor]
QUERIES = {
    "changes": 23, "grid": 25, "lapsed": 24, "last_year": 24, "months": 21, "new_givers": 23, "retention": 22,
    "some_years": 24, "stayed": 23, "thanks": 22,
}  # fmt: skip
"""Of which about ten belong to the session, the seat and the frame of the page, and four to the filter."""


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_reports_take_the_same_queries_for_any_number_of_rows(
    rows: int, add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    today = inside.today()
    for number in range(rows):
        partner = add(f"Moab{number}")
        for back in (0, 16):
            giving(partner, (places.mine, 5000 + number + back), (places.general, 100), on=add_months(today, -back))
        gone = add(f"Gone{number}")
        for back in (14, 25):
            giving(gone, (places.mine, 5000), on=add_months(today, -back))
        giving(add(f"New{number}"), (places.mine, 5000), on=today)
        operations.add_commitment(
            agency=inside, actor=alice, giving_unit=GivingUnit.objects.get(partner=partner), designation=places.mine,
            amount=Money(5000, "USD"), frequency="monthly", starts_on=date(2020, 1, 1),
        )  # fmt: skip
    browser, taken = visit(alice), {}
    for report in REPORTS:
        query = {"show_soft": "on", "show_latest": "on"} if report.key == "grid" else {}
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse(report.page, args=["harbor"]), query)
        assert page.status_code == 200, report.key
        assert page.context["table"].rows, report.key
        taken[report.key] = len(queries)
    assert taken == QUERIES


def test_the_library_asks_by_question(visit: Visit, alice: User, inside: Agency) -> None:
    page = visit(alice).get(reverse("giving_reports", args=["harbor"]))
    assert [each.question for each in page.context["reports"]] == [str(each.question) for each in REPORTS]


@pytest.mark.parametrize("report", [each.key for each in REPORTS])
def test_an_empty_report_says_so(report: str, visit: Visit, alice: User, inside: Agency) -> None:
    page = visit(alice).get(reverse(f"giving_{report}", args=["harbor"]))
    assert (page.status_code, page.context["table"].rows) == (200, [])
    filtered = visit(alice).get(reverse(f"giving_{report}", args=["harbor"]), {"kind": "church"})
    assert "Nothing fits this filter" in filtered.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"first": "2026-02-01", "last": "2026-01-01"}, "last"),
        ({"unit": "987654321"}, "unit"),
        ({"least": "12.345", "currency": "USD"}, "least"),
        ({"kind": "dragon"}, "kind"),
    ],
)
def test_a_wrong_filter_is_told_beside_its_field(
    query: dict[str, str], field: str, giving: Any, add: Any, places: SimpleNamespace, visit: Visit, alice: User
) -> None:
    giving(add("Moab"), (places.mine, 5000))
    page = visit(alice).get(reverse("giving_changes", args=["harbor"]), query)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_an_amount_needs_its_currency_where_there_are_two(
    giving: Any, add: Any, places: SimpleNamespace, visit: Visit, alice: User
) -> None:
    giving(add("Moab"), (places.mine, 5000))
    path, browser = reverse("giving_grid", args=["harbor"]), visit(alice)
    assert browser.get(path, {"least": "50"}).context["table"].rows != []
    assert browser.get(path, {"least": "50.01"}).context["table"].rows == []
    giving(add("Boaz"), (places.mine, 5000), currency="EUR")
    assert list(browser.get(path, {"least": "50"}).context["form"].errors) == ["currency"]


def test_a_figure_leads_to_its_lines_and_back(
    giving: Any, add: Any, places: SimpleNamespace, visit: Visit, alice: User, inside: Agency
) -> None:
    gift = giving(add("Moab"), (places.mine, 5000), (places.general, 700))
    browser = visit(alice)
    shown = browser.get(reverse("giving_grid", args=["harbor"]), {"unit": str(places.mine.unit_id)})
    total = shown.context["table"].sums[0].cells[-2]
    page = browser.get(total.url)
    assert (total.words, [row.pk for row in page.context["table"].rows]) == ("$50.00", [gift.pk])
    assert page.context["table"].sums[0].cells[-1].words == "$50.00"
    assert browser.get(page.context["back"]).context["table"].sums[0].cells[-2].words == "$50.00"
    for wrong in ("figure=nothing", "figure=total&giver=x"):
        assert browser.get(f"{reverse('giving_behind', args=['harbor', 'grid'])}?{wrong}").status_code == 404
    assert browser.get(reverse("giving_behind", args=["harbor", "retention"]) + "?figure=before").status_code == 404
    assert browser.get(reverse("giving_behind", args=["harbor", "nothing"]) + "?figure=total").status_code == 404
    bare = browser.get(reverse("giving_behind", args=["harbor", "grid"]))
    assert (bare.status_code, bare["Location"]) == (302, reverse("giving_grid", args=["harbor"]))


def test_the_file_has_the_rows_of_the_screen(
    giving: Any, add: Any, places: SimpleNamespace, confirmed: Visit, alice: User, inside: Agency
) -> None:
    for number in range(60):
        giving(add(f"Moab{number:02d}"), (places.mine, 5000 + number))
    browser, path = confirmed(alice), reverse("giving_changes", args=["harbor"])
    query = {"first": f"{inside.today():%Y-%m-%d}", "last": f"{inside.today():%Y-%m-%d}", "sort": "-after"}
    shown = browser.get(path, query).context["table"]
    rows = rows_of(browser.get(path, {**query, "export": "csv"}))
    assert browser.get(path, {**query, "export": "xlsx"}).content[:2] == b"PK"
    assert rows[0] == ["ID", *(column.label for column in shown.columns), "Link"]
    assert [row[1] for row in rows[1:51]] == [row.cells[0].words for row in shown.rows]
    assert (len(rows), rows[1][1], float(rows[1][4])) == (61, "Ruth Moab59", 50.59)


def test_what_one_holds_goes_into_no_file(
    giving: Any, add: Any, places: SimpleNamespace, led: SimpleNamespace, confirmed: Visit, bob: User
) -> None:
    giving(add("Moab"), (places.mine, 5000))
    browser, path = confirmed(bob), reverse("giving_grid", args=["harbor"])
    assert browser.get(path, {"held": "on"}).context["export_links"] == []
    refused = browser.get(path, {"held": "on", "export": "csv"})
    assert (refused.status_code, "is not exported" in refused.content.decode()) == (409, True)
    assert browser.get(path, {"export": "csv"}).status_code == 200


def test_a_filter_is_kept_as_a_view(
    giving: Any, add: Any, places: SimpleNamespace, visit: Visit, alice: User, inside: Agency
) -> None:
    giving(add("Moab"), (places.mine, 5000))
    browser = visit(alice)
    query = f"unit={places.mine.unit_id}&currency=USD&show_kind=on&page=2"
    add_url = reverse("saved_view_add", args=["harbor", "giving_last_year"])
    browser.post(add_url, {"name": "Riverbend", "query": query})
    view = SavedView.objects.get()
    assert view.query == f"unit={places.mine.unit_id}&currency=USD&show_kind=on"
    page = browser.get(reverse("giving_last_year", args=["harbor"]) + f"?{view.query}")
    assert page.context["saved"].current.label == "Riverbend"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31"])
@pytest.mark.parametrize("report", ["grid", "months", "retention", "stayed", "changes", "thanks", "new_givers"])
def test_a_slip_in_the_year_is_told(report: str, day: str, inside: Agency, alice: User, visit: Visit) -> None:
    page = visit(alice).get(reverse(f"giving_{report}", args=[inside.slug]), {"last": day})
    assert page.status_code == 422
    assert "Choose a day from 1900" in page.content.decode()
