"""Making and changing strategies."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.masking import changes_between
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Strategy


class StrategyCodeTaken(Refused):
    """Codes tell strategies apart in files."""

    code = "code_taken"
    field = "code"
    message = "Another strategy has this code. Choose another one."


@transaction.atomic
def add_strategy(*, agency: Agency, actor: User | None, code: str, name: str, impact_goal: str = "") -> Strategy:
    """A new line of work. Raises StrategyCodeTaken."""
    if Strategy.objects.filter(code=code).exists():
        raise StrategyCodeTaken
    made: Strategy = Strategy.objects.create(code=code, name=name, impact_goal=impact_goal)
    audit.record(actor=actor, verb="add strategy", of=made, label=name)
    return made


@transaction.atomic
def edit_strategy(
    *, agency: Agency, actor: User | None, strategy: Strategy, code: str, name: str, impact_goal: str
) -> Strategy:
    """Change a strategy. Nothing is written when nothing changed. Raises StrategyCodeTaken."""
    if Strategy.objects.filter(code=code).exclude(pk=strategy.pk).exists():
        raise StrategyCodeTaken
    row: Strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    after = {"code": code, "name": name, "impact_goal": impact_goal}
    changes = changes_between({field: getattr(row, field) for field in after}, after)
    if changes:
        row.code, row.name, row.impact_goal = code, name, impact_goal
        row.save()
        audit.record(actor=actor, verb="edit strategy", of=row, label=name, changes=changes)
    return row
