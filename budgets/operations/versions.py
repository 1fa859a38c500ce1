"""From draft to approved."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.written import need_as_seen
from budgets.models import Budget, Line
from budgets.phasing import scaled
from budgets.queries import model_for
from core.errors import Refused
from funds.shares import share_of
from ssu.models import Unit
from ssu.operations import need_at_work, need_no_author


class InTheMaking(Refused):
    """One version is worked on at a time."""

    code = "budget_in_the_making"
    message = "A version of this year's budget is being worked on already. Finish that one, or approve it first."


class LineVanishes(Refused):
    """A line asks for something."""

    code = "line_vanishes"
    field = "percent"
    message = "A line would come to nothing. Choose a higher percentage, and take the line out of the draft by hand."


class NothingToSubmit(Refused):
    """An empty budget says nothing."""

    code = "budget_is_empty"
    message = "The budget has no expense line yet. Add at least one: what will the money make possible?"


class NotADraft(Refused):
    """Only a draft changes."""

    code = "budget_not_a_draft"
    message = "This version is no longer a draft. Start a new version to change it."


class NotWaiting(Refused):
    """Only a submitted budget can be approved or taken back."""

    code = "budget_not_waiting"
    message = "This version is not waiting for approval. Open the page again to see where it stands."


class AuthorCannotApprove(Refused):
    """Two people stand behind a budget."""

    code = "author_cannot_approve"
    message = "You wrote lines of this version, so somebody else approves it."


def locked(budget: Budget) -> Budget:
    """The budget as it is now, held until the transaction ends. Raises UnitArchived."""
    need_at_work(budget.unit_id)
    found: Budget = Budget.objects.select_for_update().get(pk=budget.pk)
    return found


def label_of(budget: Budget) -> str:
    """What the trail of acts calls a budget."""
    return f"{budget.unit.public_name}, {budget}"


def note(actor: User | None, verb: str, budget: Budget) -> None:
    audit.record(actor=actor, verb=verb, of=budget, label=label_of(budget))


@transaction.atomic
def start_budget(
    *, agency: Agency, actor: User | None, unit: Unit, fiscal_year: int, percent: Decimal = Decimal(0)
) -> Budget:
    """Begin the next version of a unit's budget for a year, with the lines of the latest earlier one (of this year,
    else of the last).
    Amounts are so many percent higher, or lower: each line is rounded once, to a minor unit, and spread over the months
    in its proportions.

    Raises InTheMaking, LineVanishes.
    """
    need_at_work(unit.pk)
    mine = Budget.objects.filter(unit=unit)
    if mine.filter(fiscal_year=fiscal_year, state__in=[Budget.State.DRAFT, Budget.State.SUBMITTED]).exists():
        raise InTheMaking
    model = model_for(unit, fiscal_year)
    last = mine.filter(fiscal_year=fiscal_year).aggregate(last=Max("version"))["last"] or 0
    budget = Budget(
        agency=agency, unit=unit, fiscal_year=fiscal_year, version=last + 1, currency=agency.base_currency, author=actor
    )
    budget.copied_from = model
    budget.add_writers(budget.author_id)
    if model is not None:
        budget.add_writers(*open_authors(model))
    budget.save()
    if model is not None:
        copy_lines(agency, model, budget, percent)
    note(actor, "start budget", budget)
    return budget


def open_authors(model: Budget) -> frozenset[int]:
    """Who wrote lines that nobody has approved yet, and that go on in another budget."""
    return model.authors if model.approved_at is None else frozenset()


def copy_lines(agency: Agency, model: Budget, budget: Budget, percent: Decimal) -> None:
    """The new version begins with the lines of another, so many percent higher. Raises LineVanishes."""
    kept = ("kind", "impact", "category", "priority", "root", "owner_id")
    made = []
    for line in Line.objects.filter(budget=model).order_by("pk"):
        amount = share_of(line.amount, 100 + percent)
        if amount <= 0:
            raise LineVanishes
        months = scaled(amount, line.months) if amount != line.amount else line.months
        said = {name: getattr(line, name) for name in kept}
        made.append(Line(agency=agency, budget=budget, amount=amount, months=months, **said))
    Line.objects.bulk_create(made)


@transaction.atomic
def submit_budget(*, agency: Agency, actor: User | None, budget: Budget) -> Budget:
    """Hand a draft in for approval. Raises NotADraft and NothingToSubmit."""
    budget = locked(budget)
    if not budget.is_draft:
        raise NotADraft
    if not Line.objects.filter(budget=budget, kind=Line.Kind.EXPENSE).exists():
        raise NothingToSubmit
    budget.state, budget.submitted_at = Budget.State.SUBMITTED, timezone.now()
    budget.save(update_fields=["state", "submitted_at"])
    note(actor, "submit budget", budget)
    return budget


@transaction.atomic
def withdraw_budget(*, agency: Agency, actor: User | None, budget: Budget) -> Budget:
    """Take a submitted version back into draft. Raises NotWaiting."""
    budget = locked(budget)
    if budget.state != Budget.State.SUBMITTED:
        raise NotWaiting
    budget.state, budget.submitted_at = Budget.State.DRAFT, None
    budget.save(update_fields=["state", "submitted_at"])
    note(actor, "take budget back", budget)
    return budget


@transaction.atomic
def approve_budget(*, agency: Agency, actor: User, budget: Budget, revision: int | None = None) -> Budget:
    """Put a submitted version in force, as somebody who wrote none of its lines; the one before is superseded.
    `revision` is that of the lines which were read. Raises NotWaiting, ChangedSinceSeen, AuthorCannotApprove and
    SpouseActed.
    """
    budget = locked(budget)
    if budget.state != Budget.State.SUBMITTED:
        raise NotWaiting
    need_as_seen(budget, revision)
    need_no_author(actor, budget, own=AuthorCannotApprove)
    Budget.objects.approved().filter(unit_id=budget.unit_id, fiscal_year=budget.fiscal_year).update(
        state=Budget.State.SUPERSEDED
    )
    budget.state, budget.approver, budget.approved_at = Budget.State.APPROVED, actor, timezone.now()
    budget.save(update_fields=["state", "approver", "approved_at"])
    note(actor, "approve budget", budget)
    return budget
