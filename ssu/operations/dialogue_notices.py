"""The next conversation stands on the list of whoever agreed on it or planned it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from delivery.naming import NAME
from delivery.operations import Named, notify, reschedule_tasks, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import Conversation, PlannedTalk


def to_talk_again(unit_id: int, worker_id: int) -> str:
    """The matter of the next conversation with a leader."""
    return f"talk with {worker_id} of unit {unit_id}"


def follow_next(agency: Agency, unit_id: int, worker_id: int) -> None:
    """The next conversation that the newest one agreed on is a task of whoever wrote that down; without one there is
    none, however many older ones are written or withdrawn later.
    """
    matter = to_talk_again(unit_id, worker_id)
    talks = Conversation.objects.standing().filter(unit=unit_id, worker=worker_id)
    talk = talks.select_related("written_by").newest_first().first()
    settle_tasks(about=[matter], but_for=talk.written_by if talk and talk.next_on else None)
    if talk is None or talk.next_on is None or talk.written_by is None:
        return
    reschedule_tasks(about=matter, due_on=talk.next_on)
    notify(
        agency=agency,
        users=[talk.written_by],
        kind=kinds.NEXT_TALK.name,
        text=_("%(unit)s: the next conversation with %(who)s.")
        % {"unit": NAME, "who": kinds.person_mark(unit_id, worker_id)},
        url=reverse("dialogue", args=[agency.slug, unit_id]),
        named=Named(kinds.UNIT, unit_id),
        about=matter,
        due_on=talk.next_on,
        quiet_for=talk.written_by,
    )


def forget_next(unit_id: int, worker_id: int) -> None:
    """Nobody is to talk with this person any more."""
    settle_tasks(about=[to_talk_again(unit_id, worker_id)])


def to_talk(unit_id: int, worker_id: int) -> str:
    """The matter of a planned conversation."""
    return f"planned talk with {worker_id} of unit {unit_id}"


def follow_plan(agency: Agency, unit_id: int, worker_id: int) -> None:
    """The plan that stands with a person is a task of whoever made it; without one there is none. The same again
    changes nothing.
    """
    plans = PlannedTalk.objects.standing().filter(unit=unit_id, worker=worker_id)
    plan = plans.select_related("planned_by").order_by("-pk").first()
    if plan is None or plan.planned_by is None:
        settle_tasks(about=[to_talk(unit_id, worker_id)])
        return
    notify(
        agency=agency,
        users=[plan.planned_by],
        kind=kinds.NEXT_TALK.name,
        text=_("%(unit)s: talk the model over with %(who)s.")
        % {"unit": NAME, "who": kinds.person_mark(unit_id, worker_id)},
        url=reverse("dialogue", args=[agency.slug, unit_id]),
        named=Named(kinds.UNIT, unit_id),
        about=to_talk(unit_id, worker_id),
        due_on=plan.date,
        quiet_for=plan.planned_by,
    )
