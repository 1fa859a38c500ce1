"""The way of a report: prepared, approved, handed in, accepted or returned."""

from typing import Any

import pytest

from accounts.models import User
from agencies import scope
from alliances import demo, operations
from alliances.demo import Built
from alliances.models import (
    Indicator,
    Period,
    Submission,
    SubmissionState,
)
from alliances.operations import period as periods
from alliances.operations import submission as submissions
from tests.alliances.steps import hand_in, preview, save
from tests.cast import spouse_of


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (("reported", None, ""), submissions.ValueMissing),
        (("estimated", None, "guess"), submissions.ValueMissing),
        (("estimated", 5, ""), submissions.NoteMissing),
        (("not_collected", 5, "why"), submissions.ValueNotWanted),
        (("not_applicable", None, " "), submissions.NoteMissing),
    ],
)
def test_blank_is_not_zero(founded: Built, period: Period, answer: tuple[str, int | None, str], refusal: type) -> None:
    with pytest.raises(refusal):
        save(founded, period, founded.members[0], *answer)


def test_a_report_goes_its_way_step_by_step(founded: Built, period: Period) -> None:
    member = founded.members[0]
    mine: dict[str, Any] = {"alliance": founded.alliance, "actor": founded.people[member.pk], "member": member}
    draft = save(founded, period, member, "reported", 7)
    with scope.within(founded.scope(member)):
        with pytest.raises(submissions.NotApproved):
            operations.hand_in_report(**mine, submission=draft)
        operations.approve_report(**mine, submission=draft)
        with pytest.raises(submissions.NotADraft):
            operations.approve_report(**mine, submission=draft)
    save(founded, period, member, "reported", 8)  # an approved draft that is changed needs approval again
    with scope.within(founded.scope(member)):
        with pytest.raises(submissions.NotApproved):
            operations.hand_in_report(**mine, submission=draft)
        operations.approve_report(**mine, submission=draft)
        operations.hand_in_report(**mine, submission=draft)
    with pytest.raises(submissions.HandedIn):
        save(founded, period, member, "reported", 9)


def test_a_returned_report_is_answered_by_a_new_revision(founded: Built, period: Period) -> None:
    member = founded.members[0]
    handed_in = hand_in(founded, period, member, 7)
    backbone: dict[str, Any] = {"alliance": founded.alliance, "actor": founded.coordinator, "submission": handed_in}
    with scope.within(founded.scope()):
        with pytest.raises(submissions.ReasonMissing):
            operations.return_report(**backbone, note=" ")
        operations.return_report(**backbone, note="Does this hold the guests?")
        with pytest.raises(submissions.NotHandedIn):
            operations.accept_report(**backbone)
    again = save(founded, period, member, "reported", 6)
    assert (again.revision, again.state) == (2, SubmissionState.DRAFT)


def test_the_reviewer_is_not_of_the_submitting_organization(founded: Built, period: Period, alice: User) -> None:
    """By a former place, by a hand in the report, by membership of the member's agency."""
    handed_in = hand_in(founded, period, founded.members[0], 7)
    with scope.within(founded.scope()), pytest.raises(submissions.OwnNumbers):
        operations.accept_report(alliance=founded.alliance, actor=alice, submission=handed_in)


def test_a_colleague_of_the_members_agency_cannot_review(founded: Built, period: Period, dan: User) -> None:
    """Dan sits on the board of Harbor Light and has no place in the alliance."""
    handed_in = hand_in(founded, period, founded.members[0], 7)
    with scope.within(founded.scope()):
        with pytest.raises(submissions.OwnNumbers):
            operations.accept_report(alliance=founded.alliance, actor=dan, submission=handed_in)
        other = hand_in(founded, period, founded.members[2], 7)
        operations.accept_report(alliance=founded.alliance, actor=dan, submission=other)  # negative control


def test_a_spouse_of_the_members_people_cannot_review(founded: Built, period: Period, alice: User, dan: User) -> None:
    """Alice speaks for Harbor Light, Dan sits on its board; whoever reads their mailbox is no other person."""
    handed_in = hand_in(founded, period, founded.members[0], 7)
    for colleague in (alice, dan):
        spouse = spouse_of(colleague, "Pia")
        with scope.within(founded.scope()), pytest.raises(submissions.OwnNumbers):
            operations.accept_report(alliance=founded.alliance, actor=spouse, submission=handed_in)


def test_nothing_is_accepted_while_a_publication_is_prepared(founded: Built, period: Period) -> None:
    handed_in = hand_in(founded, period, founded.members[0], 7)
    everybody: dict[str, Any] = {"alliance": founded.alliance, "actor": founded.coordinator}
    with scope.within(founded.scope()):
        operations.lock_period(**everybody, period=period)
        with pytest.raises(submissions.PeriodLocked):
            operations.accept_report(**everybody, submission=handed_in)
        with pytest.raises(periods.CannotLock):
            operations.lock_period(**everybody, period=period)
        operations.unlock_period(**everybody, period=period)
        operations.accept_report(**everybody, submission=handed_in)
        with pytest.raises(periods.CannotUnlock):
            operations.unlock_period(**everybody, period=period)


def test_a_correction_counts_when_it_is_accepted(trio: Built, asked: Period, indicator: Indicator) -> None:
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (10, 20, 30))
    hand_in(trio, asked, trio.members[0], 12)
    made = preview(trio, asked).made
    assert made is not None
    assert made.content["net"] == "60"
    with scope.within(trio.scope()):
        waiting = Submission.objects.get(state=SubmissionState.SUBMITTED)
        operations.accept_report(alliance=trio.alliance, actor=trio.coordinator, submission=waiting)
    made = preview(trio, asked).made
    assert made is not None
    assert made.content["net"] == "62"


def test_two_revisions_of_one_member_count_once(trio: Built, asked: Period, indicator: Indicator) -> None:
    """A running total reported twice by two people of one member is 40, not 80."""
    demo.consent_all(trio, indicator)
    demo.report_all(trio, asked, (40, 40, 40))
    demo.report(trio, asked, trio.members[0], 40)
    made = preview(trio, asked).made
    assert made is not None
    assert (made.content["net"], made.content["completeness"]["reported"]) == ("120", 3)
