"""Whom a letter greets: those who live. What a death and a name in Latin letters are written down by."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
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


def test_who_died_on_a_day_that_nobody_knows(
    inside: Agency, add: Callable[..., Partner], alice: User, visit: Visit
) -> None:
    browser, moab = visit(alice), add("Moab", spouse_first_name="Boaz")
    url = reverse("partner_edit", args=["harbor", moab.pk])

    def saved(**told: str) -> Partner:
        typed = {field.name: field.value() or "" for field in browser.get(url).context["form"]}
        sent = {name: value for name, value in {**typed, **told}.items() if value is not False and value != ""}
        assert browser.post(url, sent).status_code == 302
        return Partner.objects.get(pk=moab.pk)

    gone = saved(day_unknown="on")
    assert (gone.deceased_on, gone.death_day_known, gone.salutation()) == (inside.today(), False, "Boaz")
    Partner.objects.update(deceased_on=GONE)
    again = saved(church="Bethlehem")
    assert (again.deceased_on, again.death_day_known, again.church) == (GONE, False, "Bethlehem")
    assert (
        "Has died, the day is not known" in browser.get(reverse("partner", args=["harbor", moab.pk])).content.decode()
    )
    known = saved(day_unknown="", deceased_on="2024-05-07")
    assert (known.deceased_on, known.death_day_known) == (date(2024, 5, 7), True)
    alive = saved(deceased_on="")
    assert (alive.deceased_on, alive.death_day_known) == (None, True)
    api = f"/api/a/harbor/partners/{moab.pk}/"
    assert browser.patch(api, {"death_day_known": False}, content_type="application/json").status_code == 200
    told = browser.get(api).json()["about"]
    assert (told["death_day_known"], told["deceased_on"]) == (False, inside.today().isoformat())
