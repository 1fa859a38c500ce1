"""Asking for a budget on paper."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.seats import Seat
from budgets.models import Budget
from core.errors import Refused
from jobs.models import Job
from jobs.operations import start
from reports.queries.budget_papers import CASE, WHOLE, told_of
from ssu.operations.appeals import GateShut

BUDGET_PAPER = "reports.budget"


class NotApprovedYet(Refused):
    """Givers are shown what counts."""

    code = "budget_not_approved"
    message = "A case for support is made of an approved budget. Have this version approved first."


@transaction.atomic
def start_budget_paper(*, agency: Agency, actor: User, seat: Seat, budget: Budget, kind: str) -> Job:
    """Start one of the papers of a version, `budget` or `case`, as this person may read it. The job holds digests of
    the names that may stand in it; its title names no unit, which may become closed.

    Raises NotApprovedYet and GateShut for a case: it asks for gifts, so it waits for what an appeal waits for.
    """
    if kind == CASE and budget.state != Budget.State.APPROVED:
        raise NotApprovedYet
    told = told_of(seat, budget, kind)
    if told is None:
        raise GateShut
    titles = {WHOLE: _("Budget of a unit"), CASE: _("Case for support of a unit")}
    verbs = {WHOLE: "ask for budget on paper", CASE: "ask for case for support"}
    audit.record(actor=actor, verb=verbs[kind], of=budget, label=f"{budget.unit.public_name}, {budget}")
    return start(
        kind=BUDGET_PAPER,
        actor=actor,
        title=titles[kind],
        arguments={"unit": budget.unit_id, "budget": budget.pk, "kind": kind, "told": told},
    )
