"""Givers of a file who may be partners: found with a reason, decided on, applied, and undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from imports.models import ImportRun
from imports.operations import apply_import, check_import, map_columns, receive_file, undo_import
from partners.models import Address, ExternalId, Gift, ImportMatch, Partner
from partners.operations import add_partner
from partners.operations.import_matches import Decision, NoSuchDecision, NotToBeDecided, decide_matches
from tests.cast import SECRET, Visitor
from tests.imports.mapped_files import mapped, rules

Visit = Callable[[User], Visitor]
HEAD = "donor_id,type,display_name,first_name,last_name,email,phone,address1,city,postal_code,church\n"
RUTH = "501,person,Ruth Moab,Ruth,Moab,ruth@x.org,555 123 4567,New Road 1,Moab,84532,Harbor Church\n"
ROWS = RUTH + (
    "502,person,R. Moab,R.,Moab,ruth@x.org,,,,,\n"
    "503,person,Naomi Moab,Naomi,Moab,,(555) 123-4567,,,,\n"
    "504,person,Ruth Moab,Ruth,Moab,,,,,84000,\n"
    "505,person,Ruth Moab,Ruth,Moab,,,,,,\n"
    "506,person,Orpah Moab,Orpah,Moab,orpah@x.org,,,,84000,\n"
)


@pytest.fixture
def ruth(inside: Agency, alice: User) -> Partner:
    """A partner who is there."""
    address = {"lines": "Old Road 1", "city": "Moab", "region": "", "postal_code": "84000", "country": ""}
    return add_partner(
        agency=inside,
        actor=alice,
        kind="person",
        first_name="Ruth",
        last_name="Moab",
        email="Ruth@X.org",
        phone="555-123-4567",
        address=address,
    )


def received(agency: Agency, actor: User, text: str = HEAD + ROWS) -> ImportRun:
    run = receive_file(agency=agency, actor=actor, name="people.csv", content=text.encode(), check=False)
    return check_import(agency=agency, run=run)


@pytest.fixture
def run(inside: Agency, alice: User, ruth: Partner) -> ImportRun:
    """A checked file with five givers who are like Ruth, and one who is not."""
    return received(inside, alice)


def decide(agency: Agency, actor: User, run: ImportRun, number: str, choice: str, *fields: str) -> None:
    match = ImportMatch.objects.get(import_run=run, number=number)
    decide_matches(agency=agency, actor=actor, run=run, decisions={match.pk: Decision(choice, fields)})


def test_who_is_like_whom_and_why(run: ImportRun, ruth: Partner) -> None:
    found = ImportMatch.objects.order_by("line").values_list("number", "reason", "partner", "choice")
    assert list(found) == [
        ("501", "name_email", ruth.pk, ""),
        ("502", "email", ruth.pk, ""),
        ("503", "name_phone", ruth.pk, ""),
        ("504", "name_place", ruth.pk, ""),
        ("505", "name", ruth.pk, ""),
    ]


def test_without_a_decision_they_are_added(run: ImportRun, inside: Agency, alice: User) -> None:
    assert apply_import(agency=inside, actor=alice, run=run).applied["partners"] == 6
    assert ImportMatch.objects.filter(applied_at=None).count() == 5


def test_the_same_takes_the_number_and_only_what_was_chosen(
    run: ImportRun, ruth: Partner, inside: Agency, alice: User
) -> None:
    decide(inside, alice, run, "501", "update", "address", "church")
    decide(inside, alice, run, "502", "skip")
    applied = apply_import(agency=inside, actor=alice, run=run)
    assert applied.applied["partners"] == 4
    assert list(ruth.external_ids.values_list("value", flat=True)) == ["501"]
    assert not ExternalId.objects.filter(norm="502").exists()
    found = Address.objects.filter(partner=ruth).order_by("pk").values_list("lines", "not_valid_since")
    assert list(found) == [("Old Road 1", inside.today()), ("New Road 1", None)]
    fresh = Partner.objects.get(pk=ruth.pk)
    assert (fresh.name, fresh.church, fresh.phones.count(), fresh.emails.count()) == (
        "Ruth Moab",
        "Harbor Church",
        1,
        1,
    )
    entry = AuditEntry.objects.get(verb="update partner by import")
    assert (entry.actor, entry.changes["fields"]) == (alice, ["address", "church"])


def test_what_is_there_already_is_not_added_again(run: ImportRun, ruth: Partner, inside: Agency, alice: User) -> None:
    decide(inside, alice, run, "501", "update", "email", "phone")
    decide(inside, alice, run, "503", "update", "phone")
    apply_import(agency=inside, actor=alice, run=run)
    assert (ruth.emails.count(), ruth.phones.count(), ruth.external_ids.count()) == (1, 1, 2)


def test_undo_puts_the_partner_back_as_they_were(run: ImportRun, ruth: Partner, inside: Agency, alice: User) -> None:
    decide(inside, alice, run, "501", "update", "address", "church")
    applied = apply_import(agency=inside, actor=alice, run=run)
    undone = undo_import(agency=inside, actor=alice, run=applied, reason="wrong")
    assert undone.undone["taken"]["partners"] == 5
    found = Address.objects.filter(partner=ruth).values_list("lines", "not_valid_since")
    assert list(found) == [("Old Road 1", None)]
    fresh = Partner.objects.get(pk=ruth.pk)
    assert (fresh.church, fresh.external_ids.count()) == ("", 0)
    again = check_import(agency=inside, run=undone)
    assert ImportMatch.objects.get(number="501").choice == "update"
    assert apply_import(agency=inside, actor=alice, run=again).applied["partners"] == 5


def test_what_a_person_changed_since_stays_after_the_undo(
    run: ImportRun, ruth: Partner, inside: Agency, alice: User
) -> None:
    decide(inside, alice, run, "501", "update", "church")
    applied = apply_import(agency=inside, actor=alice, run=run)
    Partner.objects.filter(pk=ruth.pk).update(church="Another Church")
    undo_import(agency=inside, actor=alice, run=applied, reason="wrong")
    assert Partner.objects.get(pk=ruth.pk).church == "Another Church"


def test_gifts_go_to_the_partner_or_wait_for_a_person(ruth: Partner, inside: Agency, alice: User) -> None:
    text = "Datum;Betrag;Name;Mail\n13.02.2026;5,00;Ruth Moab;ruth@x.org\n14.02.2026;6,00;R. Moab;r@x.org\n"
    columns = {"gift_date": "Datum", "amount": "Betrag", "donor_name": "Name", "email": "Mail"}
    run = mapped(inside, alice, received(inside, alice, text), columns=columns)
    assert [match.number for match in ImportMatch.objects.all()] == ["ruth@x.org"]
    decide(inside, alice, run, "ruth@x.org", "update")
    apply_import(agency=inside, actor=alice, run=run)
    assert set(Gift.objects.values_list("amount", "giving_unit__partner__name")) == {
        (500, "Ruth Moab"),
        (600, "R. Moab"),
    }
    assert Partner.objects.filter(name="Ruth Moab").count() == 1
    later = received(inside, alice, text.replace("13.02.2026;5,00", "15.02.2026;7,00"))
    assert later.state == "refused"
    map_columns(agency=inside, actor=alice, run=later, rules=rules(columns=columns))
    assert ImportMatch.objects.filter(import_run=later).count() == 0


def test_for_all_of_a_kind(run: ImportRun, inside: Agency, alice: User) -> None:
    decide(inside, alice, run, "505", "create")
    assert decide_matches(agency=inside, actor=alice, run=run, of_a_kind={"name": "skip", "name_email": "update"}) == 1
    found = dict(ImportMatch.objects.values_list("number", "choice"))
    assert found == {"501": "update", "502": "", "503": "", "504": "", "505": "create"}


@pytest.mark.parametrize("decision", [Decision("merge"), Decision("update", ("name",))])
def test_decisions_that_there_are_not(decision: Decision, run: ImportRun, inside: Agency, alice: User) -> None:
    match = ImportMatch.objects.first()
    assert match
    with pytest.raises(NoSuchDecision):
        decide_matches(agency=inside, actor=alice, run=run, decisions={match.pk: decision})


def test_after_it_was_applied_nothing_is_decided(run: ImportRun, inside: Agency, alice: User) -> None:
    apply_import(agency=inside, actor=alice, run=run)
    with pytest.raises(NotToBeDecided):
        decide(inside, alice, run, "501", "skip")


def at(name: str, run: ImportRun) -> str:
    return reverse(name, args=["harbor", run.pk])


def test_by_the_page(run: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    assert "5 givers of this file" in browser.get(at("import", run)).content.decode()
    page = browser.get(at("import_givers", run))
    first = page.context["matches"][0]
    assert [(field.name, field.ours, field.theirs) for field in first.fields] == [
        ("phone", "555-123-4567", "555 123 4567"),
        ("address", "Old Road 1, 84000, Moab", "New Road 1, 84532, Moab"),
        ("church", "", "Harbor Church"),
    ]
    sent: dict[str, Any] = {f"do-{match.pk}": "" for match in page.context["matches"]}
    sent |= {"sent": "1", f"do-{first.pk}": "update", f"take-{first.pk}-church": "on", "all-name": "skip"}
    assert browser.post(at("import_givers", run), sent).status_code == 302
    found = dict(ImportMatch.objects.values_list("number", "choice"))
    assert found == {"501": "update", "502": "", "503": "", "504": "", "505": "skip"}
    assert ImportMatch.objects.get(number="501").fields == ["church"]


def test_by_program(run: ImportRun, alice: User, dan: User, mallory: User, visit: Visit) -> None:
    browser, path = visit(alice), at("api_import_givers", run)
    first = browser.get(path).json()["results"][0]
    assert (first["number"], first["reason"], len(first["differences"])) == ("501", "name_email", 3)
    body = {
        "decisions": [{"match": first["id"], "choice": "update", "take": ["church"]}],
        "of_a_kind": {"name": "skip"},
    }
    assert browser.post(path, body, content_type="application/json").json() == {"decided": 2}
    assert [visit(user).get(path).status_code for user in (dan, mallory)] == [403, 404]


def test_who_may_decide(run: ImportRun, alice: User, dan: User, mallory: User, visit: Visit) -> None:
    path = at("import_givers", run)
    assert [visit(user).get(path).status_code for user in (alice, dan, mallory)] == [200, 403, 404]
    assert SECRET not in visit(alice).get(path).content.decode()


def test_the_page_asks_the_same_number_of_questions(inside: Agency, alice: User, ruth: Partner, visit: Visit) -> None:
    browser, asked = visit(alice), []
    for count in (1, 3):
        rows = "".join(RUTH.replace("501", f"6{count}{n}") for n in range(count))
        path = at("import_givers", received(inside, alice, HEAD + rows))
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            browser.get(path)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_nothing_is_chosen_for_a_known_number_under_another_name(
    ruth: Partner, inside: Agency, alice: User, visit: Visit
) -> None:
    apply_import(agency=inside, actor=alice, run=received(inside, alice, HEAD + RUTH))
    same, other = RUTH.replace("ruth@", "r@"), RUTH.replace("ruth@", "r@").replace("Ruth", "Orpah")
    sure = received(inside, alice, HEAD + same)
    assert list(ImportMatch.objects.filter(import_run=sure).values_list("reason", "choice")) == [("number", "update")]
    unsure = received(inside, alice, HEAD + other)
    assert list(ImportMatch.objects.filter(import_run=unsure).values_list("reason", "choice")) == [("number", "")]
    page = visit(alice).get(reverse("import_givers", args=[inside.slug, unsure.pk])).content.decode()
    assert "1 giver waits for your answer." in page
    assert (
        "waits for your answer"
        not in visit(alice).get(reverse("import_givers", args=[inside.slug, sure.pk])).content.decode()
    )
