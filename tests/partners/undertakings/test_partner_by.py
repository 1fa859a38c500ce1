"""By what somebody is a partner: filter, column and file of the list, and the numbers of the unit that lead to it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from partners import operations
from partners.models import Partner, Undertaking
from partners.pages.partner_list import cells, header
from partners.queries.partner_by import CHOICES
from tests.cast import Visitor
from tests.partners.test_lists import names
from tests.ssu.conftest import seat

Visit = Callable[[User], Visitor]
Take = Callable[..., Undertaking]
G, P, M = "giving", "praying", "promoting"
PEOPLE: dict[str, list[str]] = {
    "Gives": [G], "Prays": [P], "Tells": [M], "Both": [G, P], "Helps": [G, M], "Quiet": [P, M], "Whole": [G, P, M]
}  # fmt: skip


@pytest.fixture
def everybody(add: Any, giving: Any, places: SimpleNamespace, take: Take, act: dict[str, Any]) -> dict[str, Partner]:
    """Somebody of every combination, who gave and stopped long ago, and who prayed and has died."""
    found = {name: add(name) for name in (*PEOPLE, "Former", "Dead", "None")}
    today = act["agency"].today()
    for name, by in PEOPLE.items():
        if G in by:
            giving(found[name], (places.mine, 5000))
        for kind, said in (("pray", P), ("promote", M)):
            if said in by:
                take(kind, partner=found[name])
    giving(found["Former"], (places.mine, 5000), on=today - timedelta(days=430))
    stopped = take(partner=found["Former"])
    operations.end_undertaking(**act, undertaking=stopped, on=today)
    take(partner=found["Dead"])
    operations.update_partner(**act, partner=found["Dead"], deceased_on=today)
    return found


def listed(browser: Visitor, **asked: Any) -> set[str]:
    return {name.removeprefix("Ruth ") for name in names(browser.get(reverse("partners", args=["harbor"]), asked))}


def test_every_choice_finds_exactly_its_partners(
    everybody: dict[str, Partner], led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    words = {"gives": {G}, "prays": {P}, "promotes": {M}}
    for choice in CHOICES:
        parts = {"all": "gives_prays_promotes"}.get(choice, choice).removesuffix("_only").split("_")
        needed = set().union(*(words[part] for part in parts))
        lacking = {G} if choice.endswith("_only") else set()
        wanted = {name for name, by in PEOPLE.items() if needed <= set(by) and not lacking & set(by)}
        assert (choice, listed(browser, how=choice)) == (choice, wanted)
    assert listed(browser, how="prays", unit=led.open.pk) == {"Prays", "Both", "Quiet", "Whole"}
    assert listed(browser, how="prays", unit=led.careful.pk) == set()
    assert browser.get(reverse("partners", args=["harbor"]), {"how": "sings"}).context["rows"] == []


def test_a_yearly_giver_and_a_promise_that_runs_count_as_giving(
    add: Any, giving: Any, promise: Any, places: SimpleNamespace, act: dict[str, Any], alice: User, visit: Visit
) -> None:
    giving(add("Yearly"), (places.general, 900), on=act["agency"].today() - timedelta(days=380))
    promise(add("Promised"), 5000)
    promise(add("Over"), 5000, ends_on=act["agency"].today() - timedelta(days=1))
    assert listed(visit(alice), how="gives") == {"Yearly", "Promised"}


def test_the_column_and_the_file_say_the_same(
    everybody: dict[str, Partner], inside: Any, alice: User, visit: Visit
) -> None:
    rows = visit(alice).get(reverse("partners", args=["harbor"])).context["rows"]
    told = {row.name.removeprefix("Ruth "): row.by for row in rows}
    assert told == {**PEOPLE, "Former": [], "Dead": [], "None": [], "Moab": []}
    mine, place = seat(inside, alice), header(seat(inside, alice)).index("Partner by")
    found = cells(mine, [everybody["Quiet"], everybody["None"]], "")
    assert [row[place] for row in found] == ["praying; promoting", ""]


def test_the_page_of_the_unit_counts_those_whom_its_list_shows(
    everybody: dict[str, Partner], led: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    for person in (alice, bob):
        browser = visit(person)
        page = browser.get(reverse("unit", args=["harbor", led.open.pk])).content.decode()
        for how, number in (("gives", 4), ("prays", 4), ("promotes", 4)):
            path = f"{reverse('partners', args=['harbor'])}?unit={led.open.pk}&amp;how={how}"
            assert f'<a href="{path}">{number}</a>' in page
            assert len(listed(browser, how=how, unit=led.open.pk)) == number
    assert "how=prays" not in visit(dan).get(reverse("unit", args=["harbor", led.open.pk])).content.decode()


def test_the_field_learns_of_no_anonymous_gift_and_of_no_prayer_for_others(
    add: Any, giving: Any, places: SimpleNamespace, take: Take, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    hidden, elsewhere = add("Hidden"), add("Elsewhere")
    take(partner=hidden)
    giving(hidden, (places.mine, 5000), anonymous=True)
    giving(elsewhere, (places.mine, 5000))
    take(partner=elsewhere, unit=led.careful)
    rows = visit(bob).get(reverse("partners", args=["harbor"])).context["rows"]
    assert {row.name: row.by for row in rows} == {"Ruth Hidden": [P], "Ruth Elsewhere": [G]}
    assert listed(visit(bob), how="gives") == {"Elsewhere"}
    assert listed(visit(bob), how="prays") == {"Hidden"}
