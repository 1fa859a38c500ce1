"""The people of a unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Role
from agencies.seats import Seat
from ssu.queries.people import team_of


@dataclass(frozen=True)
class TeamRow:
    """Somebody's service in the unit."""

    pk: int
    name: str
    role: str
    since: str
    until: str
    sign_in: str
    edit_url: str
    end_url: str


def team_rows(seat: Seat, unit: Any) -> list[TeamRow]:
    """Everybody who serves or served in a unit. One query."""
    today = seat.agency.today()
    return [team_row(seat, unit, member, today) for member in team_of(seat, unit)]


def team_row(seat: Seat, unit: Any, member: Any, today: date) -> TeamRow:
    """One service; it can be ended until its last day has come, also when that is planned."""
    here = [seat.agency.slug, unit.pk, member.pk]
    is_over = member.left_on is not None and member.left_on <= today
    return TeamRow(
        pk=member.pk,
        name=member.person_name,
        role=str(Role(member.role).label),
        since=day_in_words(seat.agency, member.joined_on),
        until=day_in_words(seat.agency, member.left_on) if member.left_on else "",
        sign_in=_("yes") if member.worker.membership_id else _("no"),
        edit_url=reverse("worker_edit", args=[seat.agency.slug, member.worker_id]),
        end_url="" if is_over else reverse("team_end", args=here),
    )
