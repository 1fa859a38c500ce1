"""The people of a unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Role
from agencies.seats import Seat
from ssu.models import Worker
from ssu.queries.people import couples_of, team_of


@dataclass(frozen=True)
class TeamRow:
    """Somebody's service in the unit. `begins` is said of service that is yet to begin."""

    pk: int
    name: str
    role: str
    since: str
    until: str
    begins: str
    is_over: bool
    sign_in: str
    invite_url: str
    edit_url: str
    correct_url: str
    end_url: str


@dataclass(frozen=True)
class Couple:
    """Two people who are married to each other."""

    names: str
    separate_url: str


def team_rows(seat: Seat, unit: Any) -> list[TeamRow]:
    """Everybody who serves or served in a unit. One query."""
    today = seat.agency.today()
    return [team_row(seat, unit, member, today) for member in team_of(seat, unit)]


def team_row(seat: Seat, unit: Any, member: Any, today: date) -> TeamRow:
    """One service; it can be ended until its last day has come, also when that is planned."""
    here = [seat.agency.slug, unit.pk, member.pk]
    since = day_in_words(seat.agency, member.joined_on)
    return TeamRow(
        pk=member.pk,
        name=member.person_name,
        role=str(Role(member.role).label),
        since=since,
        until=day_in_words(seat.agency, member.left_on) if member.left_on else "",
        begins=_("from %(day)s") % {"day": since} if member.joined_on > today else "",
        is_over=member.is_over,
        sign_in=sign_in_words(seat, member.worker),
        invite_url=sign_in_url(seat, member.worker) if may_be_invited(seat, member) else "",
        edit_url=reverse("worker_edit", args=[seat.agency.slug, member.worker_id]),
        correct_url=reverse("team_correct", args=here),
        end_url="" if member.is_over else reverse("team_end", args=here),
    )


def sign_in_words(seat: Seat, worker: Worker) -> str:
    """Whether the person signs in; whoever may invite also reads that an invitation waits."""
    if worker.membership_id:
        return _("yes")
    asked = worker.invitation if seat.can("people.edit") else None
    if asked is None or asked.withdrawn_at:
        return _("no")
    if asked.held_since:
        return _("invitation held")
    return _("invited") if asked.is_open else _("invitation expired")


def may_be_invited(seat: Seat, member: Any) -> bool:
    """Whether this seat may ask the person in, who serves without a sign-in and without an invitation that waits."""
    asked = member.worker.invitation
    has_way_in = member.worker.membership_id or (asked is not None and asked.withdrawn_at is None)
    return seat.can("people.edit") and not member.is_over and not has_way_in


def sign_in_url(seat: Seat, worker: Worker) -> str:
    """Where somebody is asked in."""
    return reverse("worker_edit", args=[seat.agency.slug, worker.pk]) + "#sign-in"


def couples(seat: Seat, unit: Any) -> list[Couple]:
    """The couples of a unit's team, each with the way to separate them. One query."""
    return [
        Couple(
            _("%(one)s and %(other)s") % {"one": one.shown_name, "other": other.shown_name},
            reverse("spouse_separate", args=[seat.agency.slug, one.pk, other.pk]),
        )
        for one, other in couples_of(seat, unit)
    ]
