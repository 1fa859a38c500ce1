"""The settings of an agency."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations, scope
from agencies.models import Agency, AuditEntry
from agencies.operations.agency import SETTINGS, AgencyInvalid, BaseCurrencyFixed, UnknownSettings
from tests.cast import SECRET


def form_of(agency: Agency, **changes: Any) -> dict[str, Any]:
    """What the form sends for an agency as it stands, with changes."""
    with scope.of_agency(agency.pk):
        stands = Agency.objects.get()
    sent = {name: getattr(stands, name) for name in SETTINGS} | changes
    return {name: "" if value is None else value for name, value in sent.items()}


def saved(agency: Agency) -> Agency:
    with scope.of_agency(agency.pk):
        return Agency.objects.get()


def test_own_word_for_units_stands_in_the_navigation_at_once(agency: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    path = reverse("settings", args=["harbor"])
    changes = {"unit_word": "Field", "unit_words": "Fieldplaces", "impact_goal": "Every valley hears"}
    answer = browser.post(path, form_of(agency, **changes))
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert (saved(agency).unit_words, saved(agency).impact_goal) == ("Fieldplaces", "Every valley hears")
    page = browser.get(path).content.decode()
    assert ">Settings</a>" in page
    assert SECRET not in page
    from agencies.context import label
    from agencies.navigation import Entry
    from agencies.seats import Seat

    seat = Seat(saved(agency), None, frozenset())  # type: ignore[arg-type]
    assert label(Entry(20, "{units}", "units", "units.view"), seat) == "Fieldplaces"


def test_changes_are_written_down_and_the_tax_number_is_masked(agency: Agency, alice: User, visit: Any) -> None:
    visit(alice).post(
        reverse("settings", args=["harbor"]), form_of(agency, tax_number="12-3456789", time_zone="Asia/Seoul")
    )
    with scope.of_agency(agency.pk):
        entry = AuditEntry.objects.get(verb="change settings")
    assert entry.changes == {"tax_number": ["", "…6789"], "time_zone": ["UTC", "Asia/Seoul"]}
    assert entry.actor == alice


def test_saving_without_a_change_writes_nothing(agency: Agency, alice: User, visit: Any) -> None:
    assert visit(alice).post(reverse("settings", args=["harbor"]), form_of(agency)).status_code == 302
    with scope.of_agency(agency.pk):
        assert not AuditEntry.objects.filter(verb="change settings").exists()


def test_base_currency_is_fixed_and_the_page_says_why(agency: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    browser.post(reverse("settings", args=["harbor"]), form_of(agency, base_currency="EUR", name="Harbor"))
    assert (saved(agency).base_currency, saved(agency).name) == ("USD", "Harbor")
    assert "Fixed: gifts, receipts" in browser.get(reverse("settings", args=["harbor"])).content.decode()
    with scope.of_agency(agency.pk), pytest.raises(BaseCurrencyFixed):
        operations.update_agency(agency=agency, actor=alice, base_currency="EUR")


def test_what_is_no_setting_is_refused_by_name_and_nothing_is_changed(agency: Agency, alice: User) -> None:
    with scope.of_agency(agency.pk), pytest.raises(UnknownSettings, match=r"no settings of an agency: live_on, nmae\."):
        operations.update_agency(agency=agency, actor=alice, name="Other", live_on=None, nmae="Other")
    assert saved(agency).name == "Harbor Light"


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Base"), ("country", "ZZ"), ("locale", "tlh_QO_X"), ("fiscal_year_start", 13), ("name", "")],
)
def test_wrong_value_is_refused_by_form_and_operation(
    agency: Agency, alice: User, visit: Any, field: str, value: Any
) -> None:
    answer = visit(alice).post(reverse("settings", args=["harbor"]), form_of(agency, **{field: value}))
    assert answer.status_code == 422
    with scope.of_agency(agency.pk), pytest.raises(AgencyInvalid) as refused:
        operations.update_agency(agency=agency, actor=alice, **{field: value})
    assert refused.value.field == field
    assert saved(agency).name == "Harbor Light"


@pytest.mark.parametrize(("field", "value"), [("quiet_after_days", 6), ("quiet_after_days", 366)])
def test_days_without_activity_lie_between_a_week_and_a_year(
    agency: Agency, alice: User, visit: Any, field: str, value: int
) -> None:
    assert visit(alice).post(reverse("settings", args=["harbor"]), form_of(agency, **{field: value})).status_code == 422
    assert saved(agency).quiet_after_days == 30


def test_board_meeting_is_kept_as_a_day_and_lies_behind(agency: Agency, alice: User, visit: Any) -> None:
    path, today = reverse("settings", args=["harbor"]), agency.today()
    visit(alice).post(path, form_of(agency, board_met_on=today.isoformat()))
    with scope.of_agency(agency.pk):
        assert AuditEntry.objects.get(verb="change settings").changes == {"board_met_on": [None, today.isoformat()]}
    later = visit(alice).post(path, form_of(agency, board_met_on=(today + timedelta(days=1)).isoformat()))
    assert later.status_code == 422
    assert "This day is still to come" in later.content.decode()
    assert saved(agency).board_met_on == today


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Base"}, {"base_currency": "XXX"}, {"slug": "No Good"}])
def test_agency_begins_with_real_values_only(db: None, wrong: dict[str, str]) -> None:
    with pytest.raises(AgencyInvalid):
        operations.create_agency(actor=None, **{"slug": "new", "name": "New", **wrong})


def test_settings_of_another_agency_stay(agency: Agency, elsewhere: Agency, alice: User, visit: Any) -> None:
    assert visit(alice).post(reverse("settings", args=["elsewhere"]), form_of(agency)).status_code == 404
    assert saved(elsewhere).name == f"Elsewhere {SECRET}"
