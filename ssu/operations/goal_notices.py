"""Telling people that an impact goal waits for their agreement, and its author what became of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from delivery.naming import NAME
from delivery.operations import Named, notify, overtake, settle_tasks
from ssu import notice_kinds as kinds
from ssu.models import ImpactGoal
from ssu.queries.people import confirmers_of
from ssu.queries.second_person import families_of


def to_approve(unit_id: int) -> str:
    """The matter of approving the newest version of a unit's goal: one task of a person, whichever version it is."""
    return f"goal of unit {unit_id} approve"


def to_rewrite(unit_id: int) -> str:
    """The matter of writing a goal again that was sent back."""
    return f"goal of unit {unit_id} rewrite"


def nobody_asked(goal: ImpactGoal) -> None:
    """Nobody is asked to approve a version of this goal any more, and that one waited is news no more."""
    settle_tasks(about=[to_approve(goal.unit_id)])
    overtake(kinds=[kinds.GOAL_WAITS.name], url=reverse("goal", args=[goal.agency.slug, goal.unit_id]))


def ask_to_approve(agency: Agency, actor: User, goal: ImpactGoal) -> None:
    """A version waits: told to everybody who may approve it: neither wrote any of it nor is married to who did. Nobody
    is asked for an earlier one any more.
    """
    nobody_asked(goal)
    settle_tasks(about=[to_rewrite(goal.unit_id)])
    notify(
        agency=agency,
        users=confirmers_of(goal.unit).exclude(pk__in=families_of(goal.authors)),
        kind=kinds.GOAL_WAITS.name,
        text=_("%(unit)s: %(who)s wrote version %(number)s of the impact goal. Read it, then approve it.")
        % {"unit": NAME, "number": goal.version, "who": kinds.actor_mark(goal.unit_id, actor.pk)},
        url=reverse("goal", args=[agency.slug, goal.unit_id]),
        named=Named(kinds.UNIT, goal.unit_id),
        about=to_approve(goal.unit_id),
    )


def tell_author(agency: Agency, actor: User, goal: ImpactGoal) -> None:
    """A version is approved: nobody is asked any more, and whoever wrote it hears of it."""
    nobody_asked(goal)
    author = goal.written_by
    if author is None:
        return
    notify(
        agency=agency,
        users=[author],
        kind=kinds.GOAL_APPROVED.name,
        text=_("%(unit)s: %(who)s approved version %(number)s of the impact goal, which you wrote. It counts now.")
        % {"unit": NAME, "number": goal.version, "who": kinds.actor_mark(goal.unit_id, actor.pk)},
        url=reverse("goal", args=[agency.slug, goal.unit_id]),
        named=Named(kinds.UNIT, goal.unit_id),
        asks=False,
    )


def tell_returned(agency: Agency, actor: User, goal: ImpactGoal) -> None:
    """A version came back: nobody is asked to approve it any more, and everybody who wrote of it is asked to go on.
    What should change stands on the page alone.
    """
    nobody_asked(goal)
    notify(
        agency=agency,
        users=User.objects.filter(pk__in=goal.authors - {actor.pk}, is_active=True),
        kind=kinds.GOAL_RETURNED.name,
        text=_(
            "%(unit)s: %(who)s sent back version %(number)s of the impact goal, which you wrote. Read what should "
            "change, then write it anew."
        )
        % {"unit": NAME, "number": goal.version, "who": kinds.actor_mark(goal.unit_id, actor.pk)},
        url=reverse("goal", args=[agency.slug, goal.unit_id]),
        named=Named(kinds.UNIT, goal.unit_id),
        about=to_rewrite(goal.unit_id),
    )
