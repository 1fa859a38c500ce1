"""Files of several months brought on one day, in their order or not, and an older one of them undone."""

import datetime as dt

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.operations import undo_import
from partners.models import ImportMatch
from tests.partners.imports.test_reached_otherwise import BEFORE, OLD, RUTH, Checked, applied, checked, harbor, ways

__all__ = ["applied", "checked", "harbor"]
JAN = RUTH.format("Jan Road 2", "84532", "1/4/2026", "(555) 999-8888", "new@x.org")
FEB = RUTH.format("Feb Road 3", "84532", "2/5/2026", "(555) 777-6666", "newer@x.org")
FIRST, SECOND = dt.date(2026, 1, 4), dt.date(2026, 2, 5)
ONLY_FEB = {
    "old@x.org": SECOND,
    "newer@x.org": None,
    "555-123-4567": SECOND,
    "(555) 777-6666": None,
    "Old Road 1, Moab": SECOND,
    "Feb Road 3, Moab": None,
}


def test_the_newest_of_several_months_is_taken_on_one_day(applied: Checked) -> None:
    for file in (OLD, JAN, FEB):
        applied(file)
    assert ways() == {
        "old@x.org": FIRST,
        "new@x.org": SECOND,
        "newer@x.org": None,
        "555-123-4567": FIRST,
        "(555) 999-8888": SECOND,
        "(555) 777-6666": None,
        "Old Road 1, Moab": FIRST,
        "Jan Road 2, Moab": SECOND,
        "Feb Road 3, Moab": None,
    }


def test_an_older_month_that_comes_later_does_not_replace_the_address(applied: Checked, checked: Checked) -> None:
    applied(OLD)
    applied(FEB)
    run = checked(JAN)
    assert ImportMatch.objects.get(import_run=run).fields == ["email", "phone"]


@pytest.mark.parametrize("order", [("older", "newer"), ("newer", "older")])
def test_an_undone_older_import_leaves_what_the_newer_one_says(
    order: tuple[str, str], applied: Checked, harbor: Agency, alice: User
) -> None:
    """As if the older one had never been; when both are undone, in whichever order, all is as it was."""
    applied(OLD)
    runs = {"older": applied(JAN), "newer": applied(FEB)}
    first, second = order
    undo_import(agency=harbor, actor=alice, run=runs[first], reason="wrong")
    if first == "older":
        assert ways() == ONLY_FEB
    undo_import(agency=harbor, actor=alice, run=runs[second], reason="wrong")
    assert ways() == BEFORE
