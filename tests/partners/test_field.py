"""What a leader in the field sees: own units only, no anonymous giver, no hidden name, nor by search or filter."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners import operations
from partners.models import Gift, GivingUnit, Partner
from partners.operations import Part
from partners.operations.corrections import correct_gift
from ssu.operations import add_worker
from tests.cast import Visitor
from tests.partners.test_lists import names
from tests.ssu.conftest import TRUE_NAME

Visit = Callable[[User], Visitor]


@pytest.fixture
def world(add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace) -> SimpleNamespace:
    """Ruth gives to Bob's unit and to another one, Naomi to another one only, Orpah to Bob's unit without a name."""
    ruth, naomi, orpah = (
        add("Moab"),
        add("Bethlehem", first_name="Naomi"),
        add("Kiryat", first_name="Orpah", email="orpah@example.org"),
    )
    return SimpleNamespace(
        ruth=ruth,
        naomi=naomi,
        orpah=orpah,
        split=giving(ruth, (places.mine, 6000), (places.general, 4000)),
        other=giving(naomi, (places.general, 9000)),
        hidden=giving(orpah, (places.mine, 700), anonymous=True, reference="4711", intent="from Orpah"),
    )


def test_a_leader_sees_the_partners_of_own_units(world: SimpleNamespace, bob: User, visit: Visit) -> None:
    browser, path = visit(bob), reverse("partners", args=["harbor"])
    page = browser.get(path)
    assert names(page) == ["Ruth Moab"]
    assert page.context["rows"][0].this_year == ["$60.00"]
    for q in ("Orpah", "Naomi", "orpah@example.org", "4711"):
        assert names(browser.get(path, {"q": q})) == []
    assert browser.get(reverse("partner", args=["harbor", world.ruth.pk])).status_code == 200
    for hidden in (world.naomi, world.orpah):
        assert browser.get(reverse("partner", args=["harbor", hidden.pk])).status_code == 404


def test_a_leader_sees_the_lines_of_own_units(world: SimpleNamespace, bob: User, visit: Visit) -> None:
    browser = visit(bob)
    page = browser.get(reverse("gifts", args=["harbor"]))
    assert [(row.giver, row.amount, row.designations) for row in page.context["rows"]] == [
        ("Anonymous giver", "$7.00", "Riverbend"),
        ("Ruth Moab", "$60.00", "Riverbend"),
    ]
    assert [each.amount for each in page.context["totals"]] == ["$67.00"]
    assert browser.get(reverse("gift", args=["harbor", world.other.pk])).status_code == 404
    assert browser.get(reverse("posting", args=["harbor", world.split.posting_id])).status_code == 403
    gift = browser.get(reverse("gift", args=["harbor", world.split.pk]))
    assert [line.amount for line in gift.context["lines"]] == ["$60.00"]
    assert "General fund" not in gift.content.decode()


def test_an_anonymous_giver_stays_unknown_in_the_field(world: SimpleNamespace, bob: User, visit: Visit) -> None:
    browser = visit(bob)
    gift = browser.get(reverse("gift", args=["harbor", world.hidden.pk])).content.decode()
    assert "Anonymous giver" in gift
    for secret in ("Orpah", "4711", reverse("partner", args=["harbor", world.orpah.pk])):
        assert secret not in gift
    path = reverse("gifts", args=["harbor"])
    assert browser.get(path, {"q": "4711"}).context["rows"] == []
    by_partner = browser.get(path, {"partner": world.orpah.pk})
    missing = browser.get(path, {"partner": 987654321})
    assert (by_partner.status_code, missing.status_code) == (422, 422)
    assert by_partner.context["form"].errors == missing.context["form"].errors
    assert browser.get(reverse("search", args=["harbor"]), {"q": "Orpah"}).context["groups"] == []


def test_who_asks_to_stay_unknown_afterwards_is_unknown_in_what_was_written_before(
    world: SimpleNamespace, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, bob: User, visit: Visit
) -> None:
    first = giving(world.orpah, (places.mine, 800))
    act: dict[str, Any] = {"agency": inside, "actor": alice, "reason": "asked"}
    second = correct_gift(**act, gift=first, key="a", parts=[Part(places.mine, Money(900, "USD"))]).replacement
    assert "Orpah" in visit(bob).get(reverse("gift", args=["harbor", second.pk])).content.decode()  # the control
    parts = [Part(places.mine, Money(900, "USD"))]
    third = correct_gift(**act, gift=second, key="b", parts=parts, anonymous=True).replacement
    for gift in (first, second, third):
        assert "Orpah" not in visit(bob).get(reverse("gift", args=["harbor", gift.pk])).content.decode()
    rows = visit(bob).get(reverse("gifts", args=["harbor"]), {"state": "all"}).context["rows"]
    assert {row.giver for row in rows} == {"Anonymous giver", "Ruth Moab"}


def test_the_office_sees_who_gave_anonymously(world: SimpleNamespace, alice: User, visit: Visit) -> None:
    assert "Orpah Kiryat" in visit(alice).get(reverse("gift", args=["harbor", world.hidden.pk])).content.decode()


def test_an_open_gift_of_the_same_giver_does_not_tell_of_the_anonymous_one(
    world: SimpleNamespace, giving: Any, places: SimpleNamespace, bob: User, visit: Visit
) -> None:
    giving(world.orpah, (places.mine, 300))
    browser = visit(bob)
    record = browser.get(reverse("partner", args=["harbor", world.orpah.pk]))
    assert [row.amount for row in record.context["gifts"]] == ["$3.00"]
    assert [(row.amount, row.lines) for row in record.context["totals"]] == [("$3.00", 1)]
    lines = browser.get(record.context["totals"][0].url)
    assert [row.amount for row in lines.context["rows"]] == ["$3.00"]


def test_a_member_of_a_team_sees_names_and_no_amounts(world: SimpleNamespace, carol: User, visit: Visit) -> None:
    browser = visit(carol)
    page = browser.get(reverse("partners", args=["harbor"]), {"sort": "-this_year"})
    assert names(page) == ["Ruth Moab"]
    assert "$" not in page.content.decode()
    record = browser.get(reverse("partner", args=["harbor", world.ruth.pk])).content.decode()
    assert "$" not in record
    assert browser.get(reverse("gifts", args=["harbor"])).status_code == 403


def test_commitments_of_other_units_are_not_shown(
    world: SimpleNamespace, places: SimpleNamespace, inside: Agency, alice: User, bob: User, visit: Visit
) -> None:
    for place, cents in ((places.mine, 1100), (places.general, 2200)):
        operations.add_commitment(
            agency=inside, actor=alice, giving_unit=GivingUnit.objects.get(partner=world.ruth), designation=place,
            amount=Money(cents, "USD"), frequency="monthly", starts_on=inside.today(),
        )  # fmt: skip
    record = visit(bob).get(reverse("partner", args=["harbor", world.ruth.pk]))
    assert [row.amount for row in record.context["promises"]] == ["$11.00"]


@pytest.fixture
def gina(inside: Agency, alice: User, carol: User) -> User:
    """Staff: sees all gifts, and may not unmask closed units."""
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.STAFF,))
    return carol


@pytest.fixture
def account(inside: Agency, alice: User, led: SimpleNamespace) -> Designation:
    """The support account of a worker who once served in the closed unit."""
    from ssu.operations import add_team_member

    worker = add_worker(agency=inside, actor=alice, name="Aaron Miller", code="0104532")
    add_team_member(agency=inside, actor=alice, unit=led.closed, worker=worker, role="member", joined_on=inside.today())
    return open_designation(
        agency=inside, actor=alice, code="0104532", public_name="Aaron Miller", kind="worker", worker=worker
    )


def test_closed_names_are_shown_by_alias_everywhere(
    account: Designation, places: SimpleNamespace, add: Any, giving: Any, gina: User, visit: Visit, confirmed: Visit
) -> None:
    gift = giving(add("Moab"), (places.closed, 5000), (account, 100), intent="for the Tamrin, from their friends")
    browser = confirmed(gina)
    day = gift.date
    pages = [
        reverse("gifts", args=["harbor"]),
        reverse("gifts", args=["harbor"]) + "?export=csv",
        reverse("gift_lines", args=["harbor"]),
        reverse("gift", args=["harbor", gift.pk]),
        reverse("designations", args=["harbor"]),
        reverse("designation", args=["harbor", places.closed.pk]),
        reverse("designation_month", args=["harbor", account.pk, day.year, day.month, "USD"]),
        reverse("api_gifts", args=["harbor"]),
        reverse("api_designations", args=["harbor"]),
        reverse("partner", args=["harbor", gift.giving_unit.partner_id]),
    ]
    bodies = {path: browser.get(path).content.decode() for path in pages}
    for path, body in bodies.items():
        assert TRUE_NAME.split()[0] not in body, path
        assert "Aaron Miller" not in body, path
    assert "Project Cedar" in bodies[pages[0]]
    assert f"Team member {account.worker_id}" in bodies[pages[4]]


@pytest.mark.parametrize("q", ["Tamrin", "Aaron"])
def test_search_does_not_find_by_a_hidden_name(
    q: str, account: Designation, gina: User, alice: User, visit: Visit
) -> None:
    path = reverse("designations", args=["harbor"])
    assert visit(gina).get(path, {"q": q}).context["rows"] == []
    assert len(visit(alice).get(path, {"q": q}).context["rows"]) == 1 or q == "Tamrin"
    found = visit(gina).get(reverse("search", args=["harbor"]), {"q": q})
    assert found.context["groups"] == []
