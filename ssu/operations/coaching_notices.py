"""Telling people about coaching. Units and people are called by their public names."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency, Membership
from delivery.operations import notify
from ssu.models import CoachingSession, TeamMember, Unit, Worker
from ssu.queries.coaching import COACHED_ROLES, COACHING_ROLES, has_begun


def tell_attendees(agency: Agency, actor: User, session: CoachingSession, workers: Collection[Worker]) -> None:
    """A session was planned or written down: told to those who attend, where they sign in."""
    if session.kind == CoachingSession.Kind.PLANNED:
        kind, said = "coaching_planned", _("%(unit)s: coaching is planned for you on %(day)s.")
    else:
        kind, said = "coaching_logged", _("%(unit)s: your coaching of %(day)s is written down. How sure do you feel?")
    ids = [worker.membership_id for worker in workers if worker.membership_id]
    users = people_behind(ids, actor)
    text = said % {"unit": session.unit.public_name, "day": day_in_words(agency, session.date)}
    notify(agency=agency, users=users, kind=kind, text=text, url=reverse("my_coaching", args=[agency.slug]))


def tell_joined(agency: Agency, actor: User | None, unit: Unit, role: str, name: str) -> None:
    """Somebody joined a team whose coaching had begun: told to its coaches and leaders, as a task that waits."""
    if role not in COACHED_ROLES or not has_begun(unit):
        return
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=COACHING_ROLES)
    users = people_behind(serving.exclude(worker__membership=None).values("worker__membership"), actor)
    text = _("%(unit)s: %(name)s joined the team and is to be coached.") % {"unit": unit.public_name, "name": name}
    url = reverse("coaching", args=[agency.slug, unit.pk])
    notify(agency=agency, users=users, kind="coaching_joiner", text=text, url=url)


def people_behind(membership_ids: Any, actor: User | None) -> QuerySet[User]:
    """Those who sign in by these memberships, without who acts."""
    members = Membership.objects.filter(pk__in=membership_ids, left_at=None)
    found: QuerySet[User] = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return found.exclude(pk=actor.pk) if actor else found
