"""Making and changing strategies."""

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.masking import changes_between
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Strategy, Unit


class StrategyCodeTaken(Refused):
    """Codes tell strategies apart in files."""

    code = "code_taken"
    field = "code"
    message = "Another strategy has this code. Choose another one."


class StrategyAtWork(Refused):
    """A strategy is put away after its units."""

    code = "strategy_at_work"


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


@transaction.atomic
def set_strategy_archived(*, agency: Agency, actor: User, strategy: Strategy, archived: bool) -> Strategy:
    """Put a strategy away once all its units are, or take it up again. Nothing of it is lost. Raises StrategyAtWork."""
    row: Strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    if archived:
        at_work = Unit.objects.active().filter(strategy=row).count()
        if at_work:
            raise StrategyAtWork(
                f"{at_work} of its units {'is' if at_work == 1 else 'are'} still active. Archive those first."
            )
    status = Strategy.Status.ARCHIVED if archived else Strategy.Status.ACTIVE
    if row.status != status:
        row.status = status
        row.save(update_fields=["status"])
        verb = "archive strategy" if archived else "take up strategy again"
        audit.record(actor=actor, verb=verb, of=row, label=row.name)
    return row
