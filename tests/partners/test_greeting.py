"""Whom a letter greets: those who live. What a death and a name in Latin letters are written down by."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from partners.models import Partner
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
GONE = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("fields", "greeted"),
    [
        ({}, "Ruth and Boaz"),
        ({"spouse_deceased": True}, "Ruth"),
        ({"deceased_on": GONE}, "Boaz"),
        ({"deceased_on": GONE, "spouse_deceased": True}, "Ruth and Boaz Moab"),
        ({"spouse_deceased": True, "greeting": "Mrs. Moab"}, "Mrs. Moab"),
        ({"first_name": "", "spouse_first_name": "", "organization": "Moab & Co."}, "Moab & Co."),
    ],
)
def test_who_died_is_not_greeted(fields: dict[str, object], greeted: str) -> None:
    said = {"name": "Ruth and Boaz Moab", "first_name": "Ruth", "spouse_first_name": "Boaz", **fields}
    assert Partner(**said).salutation() == greeted


def test_the_form_takes_what_the_record_shows(add: Callable[..., Partner], alice: User, visit: Visit) -> None:
    browser, moab = visit(alice), add("Moab", spouse_first_name="Boaz")
    url = reverse("partner_edit", args=["harbor", moab.pk])
    typed = {name: field.value() or "" for name, field in ((f.name, f) for f in browser.get(url).context["form"])}
    told = {"spouse_title": "Mr.", "roman_name": "Rut Moab", "spouse_deceased": "on"}
    assert browser.post(url, {**typed, **told}).status_code == 302
    moab.refresh_from_db()
    assert (moab.spouse_title, moab.roman_name, moab.spouse_deceased) == ("Mr.", "Rut Moab", True)
    page = browser.get(reverse("partner", args=["harbor", moab.pk])).content.decode()
    assert "Dear Ruth" in page
    assert "Ruth and Boaz</dd>" not in page
    again = browser.get(url).context["form"]
    assert (again["roman_name"].value(), again["spouse_deceased"].value()) == ("Rut Moab", True)
    found = browser.get(reverse("partners", args=["harbor"]), {"q": "rut moab"}).content.decode()
    assert reverse("partner", args=["harbor", moab.pk]) in found
