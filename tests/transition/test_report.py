"""The report of a transition: what it says to whom, and who gets the file."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from agencies.models import Agency, Membership, Role
from agencies.seats import seat_of
from core.money import Money
from core.periods import add_months
from jobs.models import Job, StoredFile
from jobs.testing import run_due
from partners.models import Commitment
from partners.operations import end_commitment, resume_commitment
from ssu.models import Unit, Worker
from tests.agencies.conftest import confirm
from tests.cast import Visitor
from transition import operations
from transition.models import Plan, Shift
from transition.pages.losses import losses_of
from transition.queries.months import ledger

Visit = Callable[[User], Visitor]


@pytest.fixture
def under_way(
    act: dict[str, Any],
    inside: Agency,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    give: Callable[..., Any],
    places: SimpleNamespace,
    anna: Worker,
) -> Plan:
    """A wave in which one moved and gave, one asked to stop, and one key donor agreed; gifts in two currencies."""
    today, month = inside.today(), inside.today().replace(day=1)
    moves, stops, key = (
        promise("Moves", 5000),
        promise("Stops", 3000, currency="EUR"),
        promise("Key", 90000),
    )
    shifts = opened(moves, stops, key, on=month)
    operations.set_shift(**act, shift=shifts[2], is_key=True, talker=anna)
    for each in shifts:
        operations.give_notice(**act, shift=each, on=month, how="spoken")
    for each in (shifts[0], shifts[2]):
        operations.agree(**act, shift=each, on=month, how="spoken")
    operations.move(**act, shift=shifts[0], on=month, effective_on=month)
    give(moves, places.unit, 5000, today)
    operations.stop(**act, shift=shifts[1], on=today, last_day=month, how="spoken", words="Retired this spring")
    found: Plan = shifts[0].wave.plan
    return found


def made(browser: Visitor, plan: Plan) -> str:
    """The text of the report that this person asks for; "" where the file is not theirs."""
    assert browser.post(reverse("transition_report", args=["harbor", plan.pk])).status_code == 302
    run_due()
    job = Job.objects.latest("pk")
    assert job.state == Job.State.DONE, job.error
    file = StoredFile.objects.get(job=job)
    answer = confirm(browser).get(reverse("job_file", args=["harbor", job.pk, file.pk]))
    if answer.status_code != 200:
        return ""
    pdf = PdfReader(io.BytesIO(answer.getvalue()))
    assert "/StructTreeRoot" in pdf.root_object, "tagged"
    return " ".join(page.extract_text() for page in pdf.pages)


def test_it_tells_waves_months_key_donors_losses_and_accounts(under_way: Plan, visit: Visit, alice: User) -> None:
    text = " ".join(made(visit(alice), under_way).split())
    for said in (
        "Riverbend",
        "1. Friends of Anna: Open",
        "3 commitments, 1 of them key donors",
        "Month by month, EUR",
        "$950.00 $50.00 $0.00 $0.00 $900.00",
        "Ruth Key $900.00 monthly Agreed",
        "Anna Fields",
        "Asked to stop: Retired this spring",
        "Pay and benefits as now",
    ):
        assert said in text


def test_losses_of_earlier_months_stand_with_their_reason_of_then(
    act: dict[str, Any],
    inside: Agency,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    visit: Visit,
    alice: User,
) -> None:
    month = inside.today().replace(day=1)
    before, last = add_months(month, -3), add_months(month, -1)
    shift, quiet = opened(promise("Pause", 10000), promise("Less", 10000), on=before)
    operations.give_notice(**act, shift=shift, on=before, how="spoken")
    operations.stop(**act, shift=shift, on=before, last_day=before, how="spoken", words="Lost the job")
    same: dict[str, Any] = {"amount": Money(10000, "USD"), "frequency": "monthly", "starts_on": last}
    resume_commitment(**act, commitment=Commitment.objects.get(pk=shift.commitment_id), **same)
    end_commitment(**act, commitment=quiet.commitment, on=last, reason="Card expired")
    text = " ".join(made(visit(alice), shift.wave.plan).split())
    words = [f"{each:%b %Y}" for each in (before, add_months(before, 1), last, month)]
    assert f"Ruth Pause {words[0]} – {words[1]} $200.00 Asked to stop: Lost the job" in text
    assert f"Ruth Less {words[2]} – {words[3]} $200.00 Card expired" in text
    seat = seat_of(inside, Membership.objects.get(user=alice))
    lost = [part.amount for part in losses_of(seat, shift.wave.plan, withheld=False)]
    sums = [month_sums["USD"].lost for month_sums in ledger(inside, [shift.wave.plan]).values()]
    assert (lost, sums) == (["$200.00", "$200.00"], [10000, 10000, 10000, 10000])


def test_the_board_reads_the_sums_alone(under_way: Plan, visit: Visit, joins: Any, dan: User) -> None:
    joins(dan, Role.BOARD)
    text = made(visit(dan), under_way)
    assert ("$950.00" in text, "Ruth" in text, "Retired" in text, "Anna Fields" in text) == (True, False, False, False)


def test_a_report_that_tells_more_than_its_reader_may_know_now_is_kept_back(
    under_way: Plan, visit: Visit, joins: Any, carol: User, unit: Unit
) -> None:
    joins(carol, Role.STAFF)
    browser = visit(carol)
    assert "Riverbend" in made(browser, under_way)
    file = StoredFile.objects.get()
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Project Oak")
    assert confirm(browser).get(reverse("job_file", args=["harbor", file.job_id, file.pk])).status_code != 200
    text = made(browser, under_way)
    assert ("Riverbend" in text, "Retired" in text, "Friends of Anna" in text) == (False, False, False)
