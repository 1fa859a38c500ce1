"""A budget on paper, and the case for support."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.seats import Seat, seat_of
from budgets import operations as budgets
from budgets.models import Budget
from core.money import Money
from jobs.models import Job, StoredFile
from jobs.testing import run_due
from reports.operations import start_budget_paper
from reports.operations.budget_papers import NotApprovedYet
from reports.queries.budget_papers import CASE, WHOLE, may_have_paper
from ssu.models import ActionItem, State, Unit
from ssu.operations.appeals import GateShut
from tests.budgets.test_public_page import PLACE, made, work

__all__ = ["work"]


def seat(agency: Agency, user: User) -> Seat:
    return seat_of(agency, Membership.objects.get(user=user))


def budget_of(unit: Unit) -> Budget:
    found: Budget = Budget.objects.get(unit=unit)
    return found


def printed(work: SimpleNamespace, unit: Unit, kind: str) -> tuple[Job, str]:
    """The job and the words of its PDF."""
    act: dict[str, Any] = {"agency": work.agency, "actor": work.alice, "seat": seat(work.agency, work.alice)}
    job = start_budget_paper(**act, budget=budget_of(unit), kind=kind)
    run_due()
    job.refresh_from_db()
    with default_storage.open(StoredFile.objects.get(job=job).path) as file:
        pdf = PdfReader(io.BytesIO(file.read()))
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    return job, " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_the_whole_budget_has_its_lines_its_approver_and_what_was_spent(work: SimpleNamespace) -> None:
    _job, words = printed(work, made(work, "open"), WHOLE)
    for said in ("version 1", "Roofs", "Homes", "$12,345.00", "Approved by Bob", "Nothing spent yet", "By month"):
        assert said in words


def test_a_case_says_to_everybody_what_it_takes_and_keeps_what_is_kept(work: SimpleNamespace) -> None:
    _job, words = printed(work, made(work, "careful"), CASE)
    for said in ("Project Cedar", "Inner Sea", "Homes for the … near …", "Roofs", "$12,345.00 of it is still needed"):
        assert said in words
    for kept in ("Canary", "Tamrin", "Zolwick", "Alice", "Bob", "Approved"):
        assert kept not in words


def test_a_case_waits_for_the_gate_and_for_approval(work: SimpleNamespace) -> None:
    unit = made(work, "open")
    act: dict[str, Any] = {"agency": work.agency, "actor": work.alice, "seat": seat(work.agency, work.alice)}
    ActionItem.objects.filter(unit=unit, key="5.3").update(state=State.IN_PROGRESS, claimed_by=None, confirmed_by=None)
    with pytest.raises(GateShut):
        start_budget_paper(**act, budget=budget_of(unit), kind=CASE)
    start_budget_paper(**act, budget=budget_of(unit), kind=WHOLE)
    year = budget_of(unit).fiscal_year
    draft = budgets.start_budget(agency=work.agency, actor=work.alice, unit=unit, fiscal_year=year)
    with pytest.raises(NotApprovedYet):
        start_budget_paper(**act, budget=draft, kind=CASE)


def test_a_closed_unit_has_no_case(work: SimpleNamespace) -> None:
    unit = made(work, "closed", region="")
    act: dict[str, Any] = {"agency": work.agency, "actor": work.alice, "seat": seat(work.agency, work.alice)}
    with pytest.raises(GateShut):
        start_budget_paper(**act, budget=budget_of(unit), kind=CASE)


@pytest.mark.parametrize("kind", [WHOLE, CASE])
def test_a_paper_made_before_is_closed_with_its_unit(work: SimpleNamespace, carol: User, kind: str) -> None:
    unit = made(work, "open")
    job, _words = printed(work, unit, kind)
    mine = seat(work.agency, work.alice)
    assert may_have_paper(mine, job.arguments)
    ActionItem.objects.filter(unit=unit, key="5.3").update(state=State.IN_PROGRESS, claimed_by=None, confirmed_by=None)
    assert may_have_paper(mine, job.arguments) == (kind == WHOLE)
    ActionItem.objects.filter(unit=unit, key="5.3").update(
        state=State.COMPLETED, claimed_by=work.alice, confirmed_by=work.bob
    )
    Unit.objects.filter(pk=unit.pk).update(discretion="careful")
    told = {WHOLE: True, CASE: False}
    assert may_have_paper(mine, job.arguments) == told[kind]


def test_lines_of_many_make_no_more_queries(
    work: SimpleNamespace, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    from reports.tasks.papers import paper_of_kind

    unit = made(work, "open")
    year = budget_of(unit).fiscal_year
    act: dict[str, Any] = {"agency": work.agency, "actor": work.alice}
    draft = budgets.start_budget(**act, unit=unit, fiscal_year=year)
    for number in range(12):
        budgets.add_line(
            **act, budget=draft, impact=f"Roof {number}", category=f"C{number}", amount=Money(100 + number, "USD")
        )
    with django_assert_max_num_queries(22):
        paper_of_kind(seat(work.agency, work.alice), draft, WHOLE)


def test_pages_and_programs_start_both(work: SimpleNamespace, visit: Any) -> None:
    unit = made(work, "open")
    pk = budget_of(unit).pk
    hers = visit(work.alice)
    page = hers.get(reverse("budget", args=[work.agency.slug, pk])).content.decode()
    assert "Make the case for support" in page
    for name in ("budget_paper_start", "case_start"):
        assert hers.post(reverse(name, args=[work.agency.slug, pk])).status_code == 302
    for name in ("api_budget_paper", "api_case"):
        answer = hers.post(
            reverse(name, args=[work.agency.slug, pk]),
            headers={"Idempotency-Key": name},
            content_type="application/json",
        )
        assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert Job.objects.filter(kind="reports.budget").count() == 4


def test_place_is_told_of_an_open_unit(work: SimpleNamespace) -> None:
    assert PLACE in printed(work, made(work, "open"), CASE)[1]
