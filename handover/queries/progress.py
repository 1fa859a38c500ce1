"""How far a case is as a whole, whoever asks."""

from handover.models import Case, Passing
from handover.states import UNFINISHED, state_of


def finished(case: Case) -> bool:
    """Whether every relationship of the case, also of units closed to the reader, is settled. Two queries."""
    rows = Passing.objects.filter(case=case).prefetch_related("acts")
    return not any(state_of(each.acts.all()) in UNFINISHED for each in rows)


def overtaken(case: Case) -> bool:
    """Whether nobody was told of the case, and since it was opened others were told of another one of the same worker.
    One query.
    """
    others = Case.objects.filter(worker=case.worker_id, told_at__gte=case.opened_at).exclude(pk=case.pk)
    return case.told_at is None and bool(others.exists())
