"""How far a case is as a whole, whoever asks."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from handover.models import Case, Passing, PassingAct
from handover.states import UNFINISHED, state_of
from partners.models import Holder
from partners.models.holder import CARING_ROLES
from ssu.models import TeamMember


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


def left_out_and_held() -> QuerySet[Any]:
    """What workers who serve in the unit no more still hold of partners who were left out of a case: of cases that were
    told and are closed, and not what began after the exit. Nobody holds who was erased.
    """
    left_out = PassingAct.objects.filter(
        kind=PassingAct.Kind.SKIPPED,
        taken_back_at=None,
        passing__case__told_at__isnull=False,
        passing__case__closed_at__isnull=False,
        passing__case__called_off_at=None,
        passing__case__leaves_on__gte=OuterRef("starts_on"),
        passing__holder__partner=OuterRef("partner"),
        passing__holder__unit=OuterRef("unit"),
        passing__holder__worker=OuterRef("worker"),
    )
    serving = TeamMember.objects.serving().filter(
        unit=OuterRef("unit"), worker=OuterRef("worker"), role__in=CARING_ROLES
    )
    rows = Holder.objects.filter(Exists(left_out), ~Exists(serving), ends_on=None, partner__erased_at=None)
    found: QuerySet[Any] = rows.select_related("partner").order_by("pk")
    return found
