"""How partners belong together, from both sides."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Partner, Relation
from partners.operations.relations import DoesNotFit, RelatedAlready, RelationEnded
from tests.cast import SECRET, Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def people(add: Any, places: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(
        ruth=add("Moab"),
        boaz=add("Boaz", first_name="Bo"),
        orpah=add("Orpah"),
        church=add("", first_name="", organization="Grace Church", kind="church"),
        home=add("Moab-Boaz", kind="household"),
        sponsor=add("", first_name="", organization="Charity Fund", kind="fund_sponsor"),
    )


def shown(browser: Visitor, partner: Partner) -> list[tuple[str, str, str]]:
    rows = browser.get(reverse("partner", args=["harbor", partner.pk])).context["relations"]
    return [(row.how, row.role, row.name) for row in rows]


def test_a_relation_is_named_from_both_sides(
    people: SimpleNamespace, act: dict[str, Any], alice: User, visit: Visit
) -> None:
    for kind, other, role in (
        ("member", people.church, ""),
        ("contact", people.church, "Treasurer"),
        ("household", people.home, ""),
        ("fund", people.sponsor, ""),
        ("introduced", people.orpah, ""),
    ):
        operations.relate(**act, partner=people.ruth, other=other, kind=kind, role=role)
    operations.relate(**act, partner=people.boaz, other=people.ruth, kind="spouse")
    browser = visit(alice)
    assert shown(browser, people.ruth) == [
        ("Spouse", "", "Bo Boaz"),
        ("Lives in the household", "", "Ruth Moab-Boaz"),
        ("Member of the church", "", "Grace Church"),
        ("Contact person of", "Treasurer", "Grace Church"),
        ("Gives through a fund of", "", "Charity Fund"),
        ("Introduced by", "", "Ruth Orpah"),
    ]
    assert shown(browser, people.boaz) == [("Spouse", "", "Ruth Moab")]
    assert shown(browser, people.church) == [
        ("Member", "", "Ruth Moab"), ("Contact person", "Treasurer", "Ruth Moab")
    ]  # fmt: skip
    assert shown(browser, people.sponsor) == [("Gives through our fund", "", "Ruth Moab")]
    assert shown(browser, people.orpah) == [("Introduced", "", "Ruth Moab")]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ruth", "boaz", "member"),
        ("ruth", "church", "spouse"),
        ("church", "ruth", "contact"),
        ("ruth", "church", "household"),
        ("ruth", "church", "fund"),
        ("ruth", "ruth", "introduced"),
    ],
)
def test_what_does_not_fit_is_refused(
    one: str, other: str, kind: str, people: SimpleNamespace, act: dict[str, Any]
) -> None:
    with pytest.raises(DoesNotFit):
        operations.relate(**act, partner=getattr(people, one), other=getattr(people, other), kind=kind)


def test_a_person_has_one_spouse_and_a_relation_stands_once(people: SimpleNamespace, act: dict[str, Any]) -> None:
    made = operations.relate(**act, partner=people.boaz, other=people.ruth, kind="spouse")
    assert (made.partner, made.other) == (people.ruth, people.boaz)
    for partner, other in ((people.ruth, people.boaz), (people.boaz, people.ruth), (people.orpah, people.boaz)):
        with pytest.raises(RelatedAlready):
            operations.relate(**act, partner=partner, other=other, kind="spouse")
    operations.end_relation(**act, relation=made)
    with pytest.raises(RelationEnded):
        operations.end_relation(**act, relation=made)
    assert operations.relate(**act, partner=people.orpah, other=people.boaz, kind="spouse").pk
    for change in (lambda: Relation.objects.all().delete(), lambda: Relation.objects.update(kind="introduced")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_other_is_found_then_only_what_fits_is_offered(people: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), reverse("relation_add", args=["harbor", people.ruth.pk])
    rows = browser.get(path, {"q": "grace"}).context["rows"]
    assert [(row.name, row.kind) for row in rows] == [("Grace Church", "Church")]
    form = browser.get(rows[0].url).context["form"]
    assert [value for value, _label in form.fields["how"].choices] == [
        "member.this", "contact.this", "employee.this", "introduced.this", "introduced.other"
    ]  # fmt: skip
    sent = {"other": people.church.pk, "how": "contact.this", "role": "Treasurer"}
    assert browser.post(path, {**sent, "how": "spouse.this"}).status_code == 422
    assert browser.post(path, sent).status_code == 302
    assert browser.post(path, sent).status_code in (302, 422)
    row = browser.get(reverse("partner", args=["harbor", people.church.pk])).context["relations"][0]
    assert browser.post(row.end_url).status_code == 302
    assert list(Relation.objects.standing()) == []


def test_the_field_learns_of_relations_with_partners_it_knows(
    people: SimpleNamespace, act: dict[str, Any], giving: Any, places: SimpleNamespace, bob: User, visit: Visit
) -> None:
    giving(people.ruth, (places.mine, 6000))
    operations.relate(**act, partner=people.ruth, other=people.church, kind="member")
    assert shown(visit(bob), people.ruth) == []
    assert "Grace" not in visit(bob).get(reverse("partner", args=["harbor", people.ruth.pk])).content.decode()
    api = visit(bob).get(reverse("api_relations", args=["harbor", people.ruth.pk])).json()["results"]
    giving(people.church, (places.mine, 100))
    assert (api, shown(visit(bob), people.ruth)) == ([], [("Member of the church", "", "Grace Church")])


def test_another_agencys_partner_is_nobody(
    people: SimpleNamespace, alice: User, mallory: User, elsewhere: Agency, visit: Visit
) -> None:
    from agencies import scope

    with transaction.atomic(), scope.of_agency(elsewhere.pk):
        theirs = operations.add_partner(agency=elsewhere, actor=mallory, kind="church", organization=f"Grace {SECRET}")
    browser, path = visit(alice), reverse("relation_add", args=["harbor", people.ruth.pk])
    found = browser.get(path, {"q": "grace"})
    assert ([row.name for row in found.context["rows"]], SECRET in found.content.decode()) == (["Grace Church"], False)
    sent = {"other": theirs.pk, "how": "member.this"}
    assert browser.post(path, sent).status_code == 422
    api = reverse("api_relations", args=["harbor", people.ruth.pk])
    answers = [
        browser.post(api, {"related": pk, "kind": "member"}, content_type="application/json")
        for pk in (theirs.pk, 987654321)
    ]
    assert [(each.status_code, each.json()) for each in answers] == [
        (400, {"related": [{"code": "invalid", "detail": "There is no such partner."}]})
    ] * 2
