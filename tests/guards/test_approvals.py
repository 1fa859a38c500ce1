"""Nobody approves what they wrote: every approval of the product is held by one rule, or says why it needs none."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from accounts.models import User
from agencies.models import Agency
from agencies.models.written import Written
from budgets import operations as budgets
from communications import operations as words
from communications.operations import Said
from core.errors import Refused
from core.money import Money
from ssu import operations as ssu
from ssu.models import Unit
from ssu.operations.items import SpouseClaim
from ssu.operations.second_person import SpouseActed
from tests.cast import spouse_of
from tests.ssu.conftest import claimed, item_of, led, make_unit, serve, strategy, units  # noqa: F401 - fixtures

APPROVER = re.compile(r"(approve|confirm|agree|accept|adopt|answer|sign|decide|review|publish|verif|release|authori)")
ALONE = {
    "agencies.Invitation.accepted_by": "who is invited accepts for themselves",
    "alliances.AgendaVersion.adopted_by": "writes down that the members adopted it after their consultation",
    "alliances.IndicatorVersion.adopted_by": "writes down that the members adopted it",
    "alliances.PrayerStrategy.adopted_by": "writes down that the members adopted it",
    "alliances.Publication.published_by": "shows what was reviewed and consented to, no words of its own",
    "alliances.SeatInvitation.accepted_by": "who is invited accepts for themselves",
    "alliances.Signature.signed_by": "each signatory signs for their own organization",
    "alliances.Submission.approved_by": "a signatory stands by the report of their own organization",
    "alliances.Submission.reviewed_by": "is never of the organization that reports: tests/alliances",
    "communications.ConsentPolicy.decided_by": "an administrator's decision, dated and with its reason",
    "ssu.Tactic.decided_by": "a team's own inventory of what it does",
}


@dataclass(frozen=True)
class Waiting:
    """Something that waits for another's approval: how one approves, and how its own people are refused."""

    approve: Callable[[User], Any]
    own: str
    spouse: type[Refused] = SpouseActed


def goal(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    """Two versions that nobody has approved; the words of the first go on in the second."""
    ssu.add_goal_version(agency=agency, actor=one, unit=unit, statement="Scripture in 14 communities.")
    made = ssu.add_goal_version(agency=agency, actor=two, unit=unit, statement="Scripture in 15 communities.")
    return Waiting(lambda user: ssu.approve_goal(agency=agency, actor=user, goal=made), "own_goal")


def core_messages(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    row = words.begin_core_message(agency=agency, actor=one, unit=unit, text="Many hear.")
    words.save_core_message(agency=agency, actor=two, message=row, text="Many hear.", messages=[Said("Families")])
    words.submit_core_message(agency=agency, actor=one, message=row)
    return Waiting(lambda user: words.approve_core_message(agency=agency, actor=user, message=row), "own_words")


def guidelines(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    row = words.begin_guidelines(agency=agency, actor=one, unit=unit, words={"tone": "Warm."})
    words.save_guidelines(agency=agency, actor=two, guidelines=row, words={"tone": "Warm and short."})
    words.submit_guidelines(agency=agency, actor=one, guidelines=row)
    return Waiting(lambda user: words.approve_guidelines(agency=agency, actor=user, guidelines=row), "own_words")


def letter(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    agency.address = "1 Harbor Street\nPortland, ME 04101"
    agency.save()
    given: dict[str, Any] = {"subject": "Rain", "purpose": "news", "unmasked": None}
    row = words.write_letter(agency=agency, actor=one, unit=unit, body="It rains.", **given)
    for body, user in (("It rains at last.", two), ("It rains at last, and we give thanks.", one)):
        words.edit_letter(agency=agency, actor=user, letter=row, body=body, language="en", **given)
    own = "letter_needs_second_person"
    return Waiting(lambda user: words.approve_letter(agency=agency, actor=user, letter=row, unmasked=None), own)


def budget(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    row = budgets.start_budget(agency=agency, actor=one, unit=unit, fiscal_year=2026)
    add_line(agency, two, row)
    budgets.submit_budget(agency=agency, actor=one, budget=row)
    return Waiting(lambda user: budgets.approve_budget(agency=agency, actor=user, budget=row), "author_cannot_approve")


def add_line(agency: Agency, actor: User, row: Any) -> Any:
    money = Money(120000, "USD")
    return budgets.add_line(agency=agency, actor=actor, budget=row, impact="Lessons", category="Books", amount=money)


def claim(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    """One person claims; the two are one here."""
    item = claimed(agency, two, item_of(unit))
    return Waiting(lambda user: ssu.confirm_item(agency=agency, actor=user, item=item), "own_claim", SpouseClaim)


def lowering(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    asked = ssu.ask_lowering(agency=agency, actor=two, unit=unit, level="open", reason="Known to all.")
    answer = ssu.answer_lowering
    return Waiting(lambda user: answer(agency=agency, actor=user, lowering=asked, agree=True), "own_lowering")


def person_lowering(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    worker = ssu.add_worker(agency=agency, actor=one, name="Naomi Berg")
    ssu.edit_worker(
        agency=agency,
        actor=one,
        worker=worker,
        name="Naomi Berg",
        last_name="Berg",
        discretion="closed",
        alias="Cedar",
    )
    asked = ssu.ask_person_lowering(agency=agency, actor=two, worker=worker, level="open", reason="Known to all.")
    answer = ssu.answer_person_lowering
    return Waiting(lambda user: answer(agency=agency, actor=user, lowering=asked, agree=True), "own_lowering")


def emergency(agency: Agency, unit: Unit, one: User, two: User) -> Waiting:
    """One person asks; the two are one here."""
    given: dict[str, Any] = {"unit": unit, "reason": "A flood.", "ends_on": agency.today()}
    asked = ssu.ask_emergency(agency=agency, actor=two, **given)
    return Waiting(lambda user: ssu.approve_emergency(agency=agency, actor=user, emergency=asked), "own_emergency")


HELD = {
    "ssu.ImpactGoal.approved_by": goal,
    "communications.CoreMessage.approved_by": core_messages,
    "communications.Guidelines.approved_by": guidelines,
    "communications.Letter.approved_by": letter,
    "budgets.Budget.approver": budget,
    "ssu.ActionItem.confirmed_by": claim,
    "ssu.Lowering.answered_by": lowering,
    "ssu.PersonLowering.answered_by": person_lowering,
    "ssu.EmergencyAppeal.approved_by": emergency,
}
BY_ONE = {claim, lowering, person_lowering, emergency}


def approvals(kinds: Iterable[type[models.Model]]) -> set[str]:
    """Every column that names who approved, agreed to or answered something."""
    return {
        f"{kind._meta.label}.{field.name}"
        for kind in kinds
        for field in kind._meta.local_fields
        if field.related_model is User and APPROVER.match(field.name)
    }


def test_every_approval_is_held_or_says_why_one_person_will_do() -> None:
    assert approvals(apps.get_models()) == HELD.keys() | ALONE.keys()


def test_an_approval_that_nobody_thought_of_is_found() -> None:
    """The control."""

    class Transfer(models.Model):
        released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

        class Meta:
            app_label = "guards"

        def __str__(self) -> str:
            return ""

    try:
        assert approvals([Transfer]) == {"guards.Transfer.released_by"}
    finally:
        del apps.all_models["guards"]


def test_whatever_is_written_and_approved_counts_its_writers() -> None:
    by_two = {name.rsplit(".", 1)[0] for name, case in HELD.items() if case not in BY_ONE}
    assert {kind._meta.label for kind in apps.get_models() if issubclass(kind, Written)} == by_two


@pytest.mark.parametrize("approval", HELD)
def test_nobody_approves_what_they_or_their_spouse_wrote(
    inside: Agency,
    units: SimpleNamespace,  # noqa: F811
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    approval: str,
) -> None:
    case = HELD[approval]
    waiting = case(inside, units.closed, bob, carol)
    for author in (carol,) if case in BY_ONE else (bob, carol):
        with pytest.raises(Refused) as refused, transaction.atomic():
            waiting.approve(author)
        assert refused.value.code == waiting.own
        with pytest.raises(waiting.spouse), transaction.atomic():
            waiting.approve(spouse_of(author, f"Spouse of {author.name}"))
    waiting.approve(alice)


@pytest.mark.parametrize("approval", [name for name, case in HELD.items() if case not in BY_ONE and case is not letter])
def test_the_database_holds_that_too(
    inside: Agency,
    units: SimpleNamespace,  # noqa: F811
    bob: User,
    carol: User,
    approval: str,
) -> None:
    HELD[approval](inside, units.closed, bob, carol)
    label, column = approval.rsplit(".", 1)
    rows = apps.get_model(label).objects
    row = rows.latest("pk")
    (helper,) = set(row.writers) - {getattr(row, name) for name in row.AUTHORS}
    with pytest.raises(DatabaseError, match="no_writer_approves"), transaction.atomic():
        rows.filter(pk=row.pk).update(**{column: helper})
