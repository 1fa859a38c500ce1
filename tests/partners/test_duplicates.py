"""Who may be one partner under two records."""

from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from jobs.operations import start
from jobs.testing import run_due
from partners import operations
from partners.models import DuplicateCandidate, MatchKey, Partner
from partners.operations import duplicates
from partners.operations.duplicates import look_again
from partners.queries.looking import DUPLICATES


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


def scan(alice: User) -> Job:
    job = start(kind=DUPLICATES, actor=alice, title="Look for duplicates")
    run_due()
    job.refresh_from_db()
    return job


def found() -> list[tuple[str, str, int, list[list[Any]]]]:
    rows = DuplicateCandidate.objects.select_related("first", "second").order_by("-score", "pk")
    return [(each.first.name, each.second.name, each.score, each.reasons) for each in rows]


ADDRESS = {"lines": "12 Mill Lane", "city": "Riverbend", "postal_code": "12345"}


def test_candidates_come_with_reasons(add: Any, act: dict[str, Any], alice: User) -> None:
    add("Moab", email="Ruth@example.org", number=("TNT", "0012345"))
    add("Moáb", email="ruth@example.org", number=("DONORHUB", "12345"))
    add("Boaz", first_name="Robert", phone="+1 (555) 010-0200")
    add("Boaz", first_name="Rob", phone="555 010 0200")
    MatchKey.objects.all().delete()
    DuplicateCandidate.objects.all().delete()
    job = scan(alice)
    assert job.state == Job.State.DONE
    assert found() == [
        ("Ruth Moab", "Ruth Moáb", 99, [["names", 100], ["email", 1], ["number", 1]]),
        ("Robert Boaz", "Rob Boaz", 64, [["names", 84], ["phone", 1]]),
    ]


def test_who_shares_a_house_is_not_one(add: Any, act: dict[str, Any], alice: User) -> None:
    ruth = add("Moab", address=ADDRESS, email="home@example.org", phone="555 010 0200")
    bo = add("Moab", first_name="Bo", address=ADDRESS, email="home@example.org", phone="555 010 0200")
    church = add("", first_name="", organization="Moab Church", kind="church", address=ADDRESS)
    add("Moab", first_name="John", suffix="Sr.", address=ADDRESS)
    add("Moab", first_name="John", suffix="Jr.", address=ADDRESS)
    operations.relate(**act, partner=ruth, other=bo, kind="spouse")
    operations.relate(**act, partner=ruth, other=church, kind="member")
    scan(alice)
    assert found() == []
    add("Moab", address=ADDRESS)
    scan(alice)
    assert found() == [("Ruth Moab", "Ruth Moab", 72, [["names", 100], ["address", 1]])]


def test_names_of_two_scripts_are_held_together_by_a_way_to_reach_them(add: Any, act: Any, alice: User) -> None:
    add("Иванова", first_name="Анна", email="anna@example.org")
    add("Ivanova", first_name="Anna", email="anna@example.org")
    add("王", first_name="伟", roman_name="Wang Wei")
    add("Wei", first_name="Wang")
    scan(alice)
    assert found() == [
        ("Анна Иванова", "Anna Ivanova", 70, [["email", 1]]),
        ("伟 王", "Wang Wei", 50, [["names", 100]]),
    ]


def test_decisions_are_remembered(add: Any, act: dict[str, Any], alice: User) -> None:
    one, two, three = (add("Moab", email=f"{name}@example.org") for name in ("ruth", "ruth", "other"))
    operations.keep_apart(**act, one=two, two=one)
    scan(alice)
    pairs = set(DuplicateCandidate.objects.values_list("first", "second"))
    assert (one.pk, two.pk) not in pairs
    operations.merge_partners(**act, survivor=three, losers=[two])
    scan(alice)
    assert not DuplicateCandidate.objects.exists()


def test_a_crowd_of_one_name_makes_few_pairs(inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "AT_ONCE", 50)
    Partner.objects.bulk_create(
        Partner(kind="person", name=f"Jo Smith{one:03}", sort_name="Smith", first_name="Jo", last_name=f"Smith{one:03}")
        for one in range(300)
    )
    asked: list[int] = []
    propose = duplicates.propose

    def counted(pairs: Any) -> int:
        asked.append(len(pairs))
        return propose(pairs)

    monkeypatch.setattr(duplicates, "propose", counted)
    scan(alice)
    assert MatchKey.objects.values("key").distinct().count() == 1
    assert sum(asked) == 300 * 20 - sum(range(21))
    assert 5 * sum(asked) < 300 * 299 // 2  # each with each


def test_a_name_that_many_have_tells_nothing_by_itself(inside: Agency, alice: User, add: Any) -> None:
    add("Smith", first_name="Jo")
    add("Smith", first_name="Jo")
    assert [score for _one, _two, score, _reasons in found()] == [50]
    crowd = (
        Partner(kind="person", name="Jo Smith", sort_name="Smith", first_name="Jo", last_name="Smith")
        for _ in range(19)
    )
    Partner.objects.bulk_create(crowd)
    scan(alice)
    assert found() == []
    for _twice in range(2):
        add("Smith", first_name="Jo", phone="555 010 0200")
    scan(alice)
    assert [reasons for _one, _two, _score, reasons in found()] == [[["names", 100], ["phone", 1]]]


def test_a_changed_partner_is_looked_at_alone(add: Any, act: dict[str, Any]) -> None:
    add("Moab", email="ruth@example.org")
    two = add("Boaz", first_name="Ruth")
    assert found() == []
    operations.update_partner(**act, partner=two, last_name="Moab")
    operations.add_email(**act, partner=two, email="ruth@example.org", whose="partner")
    assert [score for _one, _two, score, _reasons in found()] == [90]
    operations.update_partner(**act, partner=two, last_name="Boaz", first_name="Bo")
    assert found() == []
    assert look_again(agency=act["agency"], partner_ids=[two.pk]) == 0


def test_whom_nobody_finds_again_is_proposed_no_more(add: Any, act: dict[str, Any], alice: User) -> None:
    one, two = add("Moab"), add("Moab")
    scan(alice)
    assert len(found()) == 1
    Partner.objects.filter(pk=two.pk).update(first_name="Orpah")
    scan(alice)
    assert found() == []
    assert Partner.objects.standing().count() == len({one.pk, two.pk})


def test_two_of_one_household_are_not_alike_for_what_the_household_has(
    add: Any, act: dict[str, Any], alice: User
) -> None:
    shared = {"address": ADDRESS, "phone": "555 010 0200"}
    add("Moab", spouse_first_name="Boaz", **shared)
    add("Moab", first_name="Boaz", spouse_first_name="Ruth", **shared)
    home = add("Harbor", first_name="Esther", kind="household")
    for each in (add("Elim", first_name="Jo", **shared), add("Elim", first_name="Joanna", **shared)):
        operations.relate(**act, partner=each, other=home, kind="household")
    scan(alice)
    assert found() == []


def test_a_name_that_is_the_spouses_is_called_so(add: Any, alice: User) -> None:
    add("Moab", spouse_first_name="Boaz", email="home@example.org")
    add("Boaz Moab", first_name="", email="home@example.org")
    scan(alice)
    assert [(score, reasons) for _one, _two, score, reasons in found()] == [(59, [["spouse", 100], ["email", 1]])]
