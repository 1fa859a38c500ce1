"""Who sees more of a partner than the name: the office and the leader of the unit, never another member of its team.

Every field of the record that could tell something carries a word of its own; no page, search, file or answer of the
API may show one of them to a member of the team.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from communications.operations import record_consent
from partners import operations
from partners.models import Partner
from tests.cast import Visitor, person
from tests.partners.test_lists import names

Visit = Callable[[User], Visitor]
REACH = {"email": "canary-email@example.org", "phone": "555 0199 77"}
KNOWN = {"church": "Canary Church", "greeting": "Canary Greeting"}
NOTE, NUMBER, STREET = "Canary note", "0099887766", "7 Canary Lane"
WORDS, CARD = "Canary words", "Canary card"
TOLD = (*REACH.values(), *KNOWN.values(), NUMBER, STREET)
QUERIES = (REACH["email"], REACH["phone"], "5550199 77", NUMBER, "99887766")


@pytest.fixture
def ruth(add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User) -> Partner:
    """Ruth gave to the open unit, which Bob leads and in which Carol serves; much is known of her."""
    partner: Partner = add("Moab", note=NOTE, **KNOWN, **REACH)
    operations.add_address(agency=inside, actor=alice, partner=partner, lines=STREET, city="", region="",
                           postal_code="", country="")  # fmt: skip
    operations.add_number(agency=inside, actor=alice, partner=partner, source="HLM", value=NUMBER)
    giving(partner, (places.mine, 6000))
    record_consent(agency=inside, actor=alice, partner=partner, channel="email", purpose="news", basis="consent",
                   wording=WORDS, source=CARD, on=inside.today())  # fmt: skip
    return partner


@pytest.fixture
def people(inside: Agency, alice: User, bob: User, carol: User, dan: User, led: SimpleNamespace) -> dict[str, User]:
    """One person per role."""
    office = {Role.STAFF: person("Gina"), Role.FINANCE: person("Finn")}
    for role, user in office.items():
        add_member(agency=inside, actor=alice, user=user, roles=(role,))
    roles = {Role.ADMINISTRATOR: alice, Role.LEADER: bob, Role.MEMBER: carol, Role.BOARD: dan, **office}
    return {str(role): user for role, user in roles.items()}


def shown(browser: Visitor, partner: Partner, words: tuple[str, ...]) -> list[str]:
    """Which of these words the record of the partner shows."""
    page = browser.get(reverse("partner", args=["harbor", partner.pk])).content.decode()
    return [word for word in words if word in page]


@pytest.mark.parametrize("role", ["administrator", "staff", "finance", "leader"])
def test_the_office_and_the_leader_know_how_to_reach(
    role: str, ruth: Partner, people: dict[str, User], visit: Visit
) -> None:
    browser, path = visit(people[role]), reverse("partners", args=["harbor"])
    assert shown(browser, ruth, (*TOLD, NOTE)) == [*TOLD, NOTE]
    assert [names(browser.get(path, {"q": q})) for q in QUERIES] == [["Ruth Moab"]] * len(QUERIES)


def test_a_member_of_the_team_sees_the_name_only(ruth: Partner, people: dict[str, User], visit: Visit) -> None:
    browser = visit(people["member"])
    page = browser.get(reverse("partner", args=["harbor", ruth.pk]))
    assert shown(browser, ruth, ("Ruth Moab", *TOLD, NOTE, WORDS, CARD, "Consent", "$")) == ["Ruth Moab"]
    assert page.context["partner"].__dict__ == {"pk": ruth.pk, "name": "Ruth Moab"}


def test_a_member_finds_nobody_by_address_telephone_or_number(
    ruth: Partner, people: dict[str, User], visit: Visit
) -> None:
    browser = visit(people["member"])
    for path in (reverse("partners", args=["harbor"]), reverse("partners", args=["harbor"]) + "?sort=name"):
        assert [names(browser.get(path, {"q": q})) for q in QUERIES] == [[]] * len(QUERIES)
        assert names(browser.get(path, {"q": "Moab"})) == ["Ruth Moab"]
    nobody = {user: visit(people[user]).get(path, {"q": "Nobody"}).content.decode() for user in ("member", "leader")}
    assert ["telephone number" in page for page in nobody.values()] == [False, True]
    assert ["e-mail, phone" in page for page in nobody.values()] == [False, True]
    everywhere = [browser.get(reverse("search", args=["harbor"]), {"q": q}).context["groups"] for q in QUERIES]
    assert everywhere == [[]] * len(QUERIES)
    api = reverse("api_partners", args=["harbor"])
    assert [browser.get(api, {"q": q}).json()["results"] for q in QUERIES] == [[]] * len(QUERIES)
    assert [each["id"] for each in visit(people["leader"]).get(api, {"q": NUMBER}).json()["results"]] == [ruth.pk]


def test_files_and_answers_of_the_api_hold_the_name_only(
    ruth: Partner, people: dict[str, User], confirmed: Visit
) -> None:
    browser = confirmed(people["member"])
    bodies = [
        browser.get(reverse("partners", args=["harbor"]), {"export": "csv"}).content.decode(),
        browser.get(reverse("api_partners", args=["harbor"])).content.decode(),
    ]
    assert [[word for word in ("Ruth Moab", *TOLD, NOTE, WORDS) if word in body] for body in bodies] == [
        ["Ruth Moab"]
    ] * 2


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("staff", 200), ("leader", 200), ("finance", 403), ("member", 403), ("board", 403)],
)
def test_the_ledger_of_consent_is_for_partner_care_and_the_leader(
    role: str, status: int, ruth: Partner, people: dict[str, User], visit: Visit
) -> None:
    browser = visit(people[role])
    assert browser.get(reverse("partner_consent", args=["harbor", ruth.pk])).status_code == status
    assert bool(shown(browser, ruth, (CARD,))) is (status == 200)


def test_leading_one_unit_opens_no_partner_of_another(
    add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, serve: Any, bob: User, visit: Visit
) -> None:
    """Bob leads the open unit and is a plain member of the careful one: each partner by the role held there."""
    serve(bob, led.careful, Role.MEMBER)
    mine, other = add("Moab", email="mine@example.org"), add("Boaz", email="other@example.org", note=NOTE)
    giving(mine, (places.mine, 6000))
    giving(other, (places.careful, 700))
    browser, path = visit(bob), reverse("partners", args=["harbor"])
    assert sorted(names(browser.get(path))) == ["Ruth Boaz", "Ruth Moab"]
    assert [names(browser.get(path, {"q": q})) for q in ("mine@example.org", "other@example.org")] == [
        ["Ruth Moab"],
        [],
    ]
    assert shown(browser, mine, ("mine@example.org", "$60.00")) == ["mine@example.org", "$60.00"]
    assert shown(browser, other, ("other@example.org", NOTE, "$7.00", "Consent", "Given by year")) == []
    consent = [browser.get(reverse("partner_consent", args=["harbor", each.pk])).status_code for each in (mine, other)]
    assert consent == [200, 404]


def test_the_guard_would_see_a_leak(
    ruth: Partner, people: dict[str, User], visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the rights of old, which gave members what leaders have, the same page shows everything."""
    from agencies.rights import ALL, OWN, RIGHTS

    as_of_old = {
        Role.ADMINISTRATOR: ALL, Role.STAFF: ALL, Role.FINANCE: ALL, Role.LEADER: OWN, Role.MEMBER: OWN
    }  # fmt: skip
    for right in ("partners.contact", "partners.note", "consent.view"):
        monkeypatch.setitem(RIGHTS, right, as_of_old)
    browser = visit(people["member"])
    assert shown(browser, ruth, (*TOLD, NOTE, CARD)) == [*TOLD, NOTE, CARD]
    found = browser.get(reverse("partners", args=["harbor"]), {"q": NUMBER})
    assert names(found) == ["Ruth Moab"]
