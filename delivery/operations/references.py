"""Holding, releasing and calling back what was queued under one reference."""

from django.db import transaction
from django.utils import timezone

from delivery.models import OutgoingMessage
from jobs.nudge import nudge_on_commit

State = OutgoingMessage.State


def pause(*, reference_kind: str, reference_id: int) -> int:
    """Hold what is waiting; return how many. What is being sent goes out. The caller audits its own act."""
    return move(reference_kind, reference_id, {State.QUEUED}, State.PAUSED)


@transaction.atomic
def resume(*, reference_kind: str, reference_id: int) -> int:
    """Release what was held; return how many."""
    moved = move(reference_kind, reference_id, {State.PAUSED}, State.QUEUED)
    nudge_on_commit("delivery.tasks.send_due")
    return moved


def cancel(*, reference_kind: str, reference_id: int) -> int:
    """Call back what is waiting or held, for good; return how many."""
    return move(reference_kind, reference_id, {State.QUEUED, State.PAUSED}, State.CANCELLED)


def move(reference_kind: str, reference_id: int, sources: set[State], target: State) -> int:
    """Change the state of the messages of one reference, in the scope in force."""
    rows = OutgoingMessage.objects.filter(reference_kind=reference_kind, reference_id=reference_id, state__in=sources)
    moved: int = rows.update(state=target, changed_at=timezone.now())
    return moved
