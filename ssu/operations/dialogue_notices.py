"""The next conversation stands on the list of whoever agreed on it or planned it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import Conversation, PlannedTalk


def to_talk_again(unit_id: int, worker_id: int) -> str:
    """The matter of the next conversation with a leader."""
    return f"talk with {worker_id} of unit {unit_id}"


def remember_next(agency: Agency, actor: User, talk: Conversation) -> None:
    """The conversation that was agreed on becomes a task of whoever wrote it down; a later one takes its place."""
    matter = to_talk_again(talk.unit_id, talk.worker_id)
    settle_tasks(about=[matter])
    if talk.next_on is None:
        return
    notify(
        agency=agency,
        users=[actor],
        kind=kinds.NEXT_TALK.name,
        text=_("%(unit)s: the next conversation with %(who)s.")
        % {"unit": NAME, "who": kinds.person_mark(talk.unit_id, talk.worker_id)},
        url=reverse("dialogue", args=[agency.slug, talk.unit_id]),
        named=Named(kinds.UNIT, talk.unit_id),
        about=matter,
        due_on=talk.next_on,
        quiet_for=actor,
    )


def forget_next(unit_id: int, worker_id: int) -> None:
    """Nobody is to talk with this person any more, or what was agreed was withdrawn."""
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
