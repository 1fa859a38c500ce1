"""Telling people about coaching, and ending what was asked once it is done. Units are called by their public name,
which is filled in when it is read; people are not named.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency, Membership
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from ssu import coaching_kinds as kinds
from ssu.coached import TeamCoaching
from ssu.models import CoachingSession, TeamMember, Unit, Worker
from ssu.notice_kinds import UNIT
from ssu.queries.coaching import COACHED_ROLES, COACHING_ROLES, has_begun


def to_coach(unit_id: int, worker_id: int) -> str:
    """The matter of coaching somebody who joined later."""
    return f"coach {unit_id} {worker_id}"


def tell_attendees(agency: Agency, actor: User, session: CoachingSession, workers: Collection[Worker]) -> None:
    """A session was planned or written down: told to those who attend, where they sign in."""
    planned = session.kind == CoachingSession.Kind.PLANNED
    kind = kinds.PLANNED if planned else kinds.LOGGED
    said = _("%(unit)s: coaching is planned for you on %(day)s.")
    if not planned:
        said = _("%(unit)s: your coaching of %(day)s is written down. How sure do you feel?")
    notify(
        agency=agency,
        users=people_behind([worker.membership_id for worker in workers if worker.membership_id], actor),
        kind=kind.name,
        text=said % {"unit": NAME, "day": day_in_words(agency, session.date)},
        url=reverse("my_coaching", args=[agency.slug]),
        named=Named(UNIT, session.unit_id),
    )


def tell_joined(agency: Agency, actor: User | None, unit: Unit, role: str, worker: Worker) -> None:
    """Somebody joined a team whose coaching had begun: told to its coaches and leaders, as a task until it is done."""
    if role not in COACHED_ROLES or not has_begun(unit):
        return
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=COACHING_ROLES).exclude(worker=worker)
    notify(
        agency=agency,
        users=people_behind(serving.exclude(worker__membership=None).values("worker__membership"), actor),
        kind=kinds.JOINER.name,
        text=_("%(unit)s: somebody joined the team and is to be coached.") % {"unit": NAME},
        url=reverse("coaching", args=[agency.slug, unit.pk]),
        named=Named(UNIT, unit.pk),
        about=to_coach(unit.pk, worker.pk),
    )


def settle_joiners(unit_id: int, coaching: TeamCoaching) -> None:
    """End the tasks about people of a team who are through. The same again changes nothing."""
    left = {person.worker_id for person, _areas in coaching.left()}
    settle_tasks(
        about=[to_coach(unit_id, person.worker_id) for person in coaching.people if person.worker_id not in left]
    )


def settle_who_left(unit_id: int, worker_id: int) -> None:
    """End the tasks about somebody who serves in the unit no more."""
    settle_tasks(about=[to_coach(unit_id, worker_id)])


def people_behind(membership_ids: Any, actor: User | None) -> QuerySet[User]:
    """Those who sign in by these memberships, without who acts."""
    members = Membership.objects.filter(pk__in=membership_ids, left_at=None)
    found: QuerySet[User] = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return found.exclude(pk=actor.pk) if actor else found
