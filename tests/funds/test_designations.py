"""Designations: names by seat, months that lead to entries, opening and closing."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from agencies.operations import add_member
from funds.models import Designation
from funds.operations import close_designation, open_designation
from funds.operations.designations import ClosesBeforeItOpens
from funds.queries import shown_designation_name
from partners import operations
from partners.models import Partner
from ssu.operations import add_team_member, add_worker
from tests.cast import Visitor
from tests.partners.conftest import add, giving, led, make_unit, places, serve, strategy, units
from tests.ssu.conftest import TRUE_NAME, seat

__all__ = ["add", "giving", "led", "make_unit", "places", "serve", "strategy", "units"]
Visit = Callable[[User], Visitor]
ADD = reverse("designation_add", args=["harbor"])


@pytest.fixture
def all_kinds(inside: Agency, alice: User, places: SimpleNamespace, led: SimpleNamespace) -> dict[str, Designation]:
    """A designation of each kind that may or may not be named."""
    worker = add_worker(agency=inside, actor=alice, name="Aaron Miller")
    hidden = add_worker(agency=inside, actor=alice, name="Naomi Nakagawari")
    add_team_member(
        agency=inside, actor=alice, unit=led.closed, worker=hidden, role="member", joined_on=date(2020, 1, 1)
    )

    def make(code: str, **fields: Any) -> Designation:
        return open_designation(agency=inside, actor=alice, code=code, kind="worker", **fields)

    return {
        "open unit": places.mine,
        "closed unit": places.closed,
        "fund": places.general,
        "worker": make("W1", public_name="Aaron Miller", worker=worker),
        "closed worker": make("W2", public_name="Naomi Nakagawari", worker=hidden),
        "worker not on record": make("W3", public_name="Caleb Whitcombey"),
        "account of a closed unit": make("W4", public_name="Laura Delacroixe", unit=led.closed),
    }


def named(all_kinds: dict[str, Designation], who: Any) -> dict[str, str]:
    found = dict(Designation.objects.annotate(shown=shown_designation_name(who)).values_list("pk", "shown"))
    return {kind: found[each.pk] for kind, each in all_kinds.items()}


def test_names_for_who_may_unmask(all_kinds: dict[str, Designation], inside: Agency, alice: User, bob: User) -> None:
    expected = {
        "open unit": "Riverbend",
        "closed unit": TRUE_NAME,
        "fund": "General fund",
        "worker": "Aaron Miller",
        "closed worker": "Naomi Nakagawari",
        "worker not on record": "Caleb Whitcombey",
        "account of a closed unit": "Laura Delacroixe",
    }
    assert named(all_kinds, seat(inside, alice)) == expected
    assert named(all_kinds, seat(inside, bob)) == expected


def test_names_for_everybody_else(all_kinds: dict[str, Designation], inside: Agency, dan: User) -> None:
    expected = {
        "open unit": "Riverbend",
        "closed unit": "Project Cedar",
        "fund": "General fund",
        "worker": "Aaron Miller",
        "closed worker": f"Team member {all_kinds['closed worker'].worker_id}",
        "worker not on record": "Caleb Whitcombey",
        "account of a closed unit": "Account W4",
    }
    assert named(all_kinds, seat(inside, dan)) == expected
    assert named(all_kinds, None) == expected


def test_months_lead_to_entries_and_gifts(
    add: Callable[..., Partner], giving: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    ruth = add("Moab")
    giving(ruth, (places.mine, 6000), on=date(2026, 1, 31))
    gift = giving(ruth, (places.mine, 2500), (places.general, 100), on=date(2026, 2, 1))
    giving(ruth, (places.mine, 900), on=date(2026, 2, 2), currency="EUR")
    operations.refund_gift(
        agency=inside, actor=alice, gift=gift, amount=gift_amount(gift), on=date(2026, 2, 3), reason="card", key="r"
    )
    browser = visit(alice)
    page = browser.get(reverse("designation", args=["harbor", places.mine.pk]))
    shown = {
        currency: [(row.label, row.received, row.held, row.entries) for row in rows]
        for currency, rows, _held in page.context["tables"]
    }
    assert shown == {
        "EUR": [("Feb 2026", "€9.00", "€9.00", 1)],
        "USD": [("Feb 2026", "$0.00", "$60.00", 2), ("Jan 2026", "$60.00", "$60.00", 1)],
    }
    month = browser.get(page.context["tables"][1][1][0].url)
    assert [row.amount for row in month.context["rows"]] == ["$25.00", "-$25.00"]
    assert month.context["total"] == "$0.00"
    assert month.context["rows"][0].origin.url == reverse("gift", args=["harbor", gift.pk])
    posting = browser.get(month.context["rows"][0].posting_url)
    assert [(row.account, row.debit, row.credit) for row in posting.context["rows"]] == [
        ("Main deposit account", "$26.00", ""),
        ("0900 General fund", "", "$1.00"),
        ("0100 Riverbend", "", "$25.00"),
    ]
    assert posting.context["origin"].url == reverse("gift", args=["harbor", gift.pk])


def gift_amount(gift: Any) -> Any:
    from core.money import Money

    return Money(gift.amount, gift.currency)


@pytest.mark.parametrize("path", ["2026-13/USD/", "2026-0/USD/", "2026-1/usd/", "0-1/USD/", "99999-1/USD/"])
def test_a_month_that_is_none_is_not_found(path: str, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    base = reverse("designation", args=["harbor", places.mine.pk])
    assert visit(alice).get(base + path).status_code == 404


def test_a_leader_sees_own_designations(places: SimpleNamespace, bob: User, visit: Visit) -> None:
    browser = visit(bob)
    page = browser.get(reverse("designations", args=["harbor"]))
    assert [row.name for row in page.context["rows"]] == ["Riverbend", TRUE_NAME]
    assert browser.get(reverse("designation", args=["harbor", places.general.pk])).status_code == 404
    assert browser.get(ADD).status_code == 403


def test_a_designation_is_opened_and_closed(led: SimpleNamespace, inside: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    sent = {"code": "0900101", "kind": "unit", "public_name": "Riverbend", "opened_on": "2026-01-01"}
    assert "Choose the unit." in browser.post(ADD, sent).content.decode()
    assert browser.post(ADD, {**sent, "unit": led.open.pk}).status_code == 302
    taken = browser.post(ADD, {**sent, "unit": led.open.pk})
    assert (taken.status_code, "Another designation has this code" in taken.content.decode()) == (422, True)
    made = Designation.objects.get(code="0900101")
    path = reverse("designation_close", args=["harbor", made.pk])
    assert browser.post(path, {"on": "2025-12-31"}).status_code == 422
    assert browser.post(path, {"on": "2026-02-01"}).status_code == 302
    made.refresh_from_db()
    assert made.closed_on == date(2026, 2, 1)
    assert browser.get(path).context["form"]["on"].value() == date(2026, 2, 1)
    assert browser.post(path, {"on": ""}).status_code == 302
    made.refresh_from_db()
    assert made.closed_on is None
    assert browser.post(path, {"on": ""}).status_code == 422
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["close designation", "reopen designation"]


@pytest.mark.parametrize("field", ["unit", "worker"])
def test_an_id_that_is_not_here(
    field: str, agency: Agency, elsewhere: Agency, alice: User, mallory: User, visit: Visit
) -> None:
    from agencies import scope
    from ssu.operations import add_strategy, add_unit

    with scope.of_agency(elsewhere.pk):
        plan = add_strategy(agency=elsewhere, actor=mallory, code="S", name="Secret")
        unit = add_unit(agency=elsewhere, actor=mallory, code="U", name="Secret", strategy=plan, kind="program")
        theirs = unit.pk if field == "unit" else add_worker(agency=elsewhere, actor=mallory, name="Secret").pk
    sent = {"code": "1", "kind": field, "public_name": "x", "opened_on": "2026-01-01"}
    browser = visit(alice)
    errors = [browser.post(ADD, {**sent, field: each}).context["form"].errors for each in (theirs, 987654321)]
    assert errors[0] == errors[1] != {}


def test_nothing_closes_before_it_opens(places: SimpleNamespace, inside: Agency, alice: User) -> None:
    with pytest.raises(ClosesBeforeItOpens):
        close_designation(agency=inside, actor=alice, designation=places.mine, on=date(1900, 1, 1))


def test_a_designation_is_changed_until_money_comes(
    add: Callable[..., Partner], giving: Any, places: SimpleNamespace, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    path = reverse("designation_edit", args=["harbor", places.mine.pk])
    sent = {"public_name": "River", "kind": "unit", "unit": led.careful.pk, "opened_on": "2020-01-01"}
    assert browser.post(path, sent).status_code == 302
    places.mine.refresh_from_db()
    assert (places.mine.unit, places.mine.public_name) == (led.careful, "River")
    giving(add("Moab"), (places.mine, 100))
    page = browser.get(path)
    assert {name: field.disabled for name, field in page.context["form"].fields.items()} == {
        "public_name": False,
        "kind": True,
        "unit": True,
        "worker": True,
        "opened_on": False,
    }
    assert "close this designation and open a new one" in page.content.decode()
    assert browser.post(path, {**sent, "unit": led.open.pk, "public_name": "Rivers"}).status_code == 302
    places.mine.refresh_from_db()
    assert (places.mine.unit, places.mine.public_name) == (led.careful, "Rivers")


def test_only_finance_and_administrators_change_designations(
    places: SimpleNamespace, bob: User, dan: User, visit: Visit
) -> None:
    path = reverse("designation_edit", args=["harbor", places.mine.pk])
    assert [visit(who).get(path).status_code for who in (bob, dan)] == [403, 403]


def test_who_may_not_unmask_neither_reads_nor_writes_a_name_that_tells(
    all_kinds: dict[str, Designation], inside: Agency, alice: User, carol: User, visit: Visit
) -> None:
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.FINANCE,))
    hidden = all_kinds["closed worker"]
    path = reverse("designation_edit", args=["harbor", hidden.pk])
    assert "Naomi Nakagawari" in visit(alice).get(path).content.decode()
    browser = visit(carol)
    assert "Nakagawari" not in browser.get(path).content.decode()
    sent = {"public_name": "x", "kind": "worker", "worker": hidden.worker_id, "opened_on": "2020-01-01"}
    assert browser.post(path, sent).status_code == 302
    hidden.refresh_from_db()
    assert (hidden.public_name, hidden.opened_on) == ("Naomi Nakagawari", date(2020, 1, 1))


@pytest.mark.parametrize("which", ["closed worker", "account of a closed unit"])
@pytest.mark.parametrize("to", [{"kind": "project"}, {"kind": "general", "worker": "", "unit": ""}])
def test_who_may_not_unmask_uncovers_no_name_by_another_kind(
    which: str,
    to: dict[str, str],
    all_kinds: dict[str, Designation],
    inside: Agency,
    alice: User,
    carol: User,
    visit: Visit,
) -> None:
    """As a project it would be called by its public name."""
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.FINANCE,))
    hidden, browser = all_kinds[which], visit(carol)
    sent = {"worker": hidden.worker_id or "", "unit": hidden.unit_id or "", "opened_on": "2020-01-01", **to}
    assert browser.post(reverse("designation_edit", args=["harbor", hidden.pk]), sent).status_code == 302
    page = browser.get(reverse("designation", args=["harbor", hidden.pk])).content.decode()
    assert (hidden.public_name in page, Designation.objects.get(pk=hidden.pk).kind) == (False, hidden.kind)


def test_an_old_account_without_a_worker_on_record_is_changed_after_money_came(
    all_kinds: dict[str, Designation], add: Callable[..., Partner], giving: Any, alice: User, visit: Visit
) -> None:
    """It needs no worker then: that one stays as it is."""
    old = all_kinds["worker not on record"]
    giving(add("Moab"), (old, 100))
    path = reverse("designation_edit", args=["harbor", old.pk])
    sent = {"public_name": "C. Whitcombey", "kind": "worker", "opened_on": "2019-01-01"}
    assert visit(alice).post(path, sent).status_code == 302
    old.refresh_from_db()
    assert (old.public_name, old.opened_on) == ("C. Whitcombey", date(2019, 1, 1))


def test_a_designation_leads_to_its_unit_unless_the_unit_is_closed_to_the_reader(
    inside: Agency, alice: User, carol: User, visit: Visit, places: SimpleNamespace, led: SimpleNamespace
) -> None:
    add_member(agency=inside, actor=alice, user=carol, roles=(Role.FINANCE,))

    def leads(user: User, designation: Designation) -> bool:
        page = visit(user).get(reverse("designation", args=["harbor", designation.pk])).content.decode()
        return f'<dd><a href="{reverse("unit", args=["harbor", designation.unit_id])}">' in page

    told = [leads(user, each) for user in (alice, carol) for each in (places.mine, places.closed)]
    assert told == [True, True, True, False]
