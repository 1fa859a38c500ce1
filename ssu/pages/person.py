"""A person who serves: how guarded now and why, where they serve, and with whom they are married."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Role
from agencies.seats import Seat
from ssu.models import Discretion, TeamMember, Worker
from ssu.operations.team import public_name
from ssu.pages.parts import Fact
from ssu.queries.people import service_of


def about(seat: Seat, worker: Any) -> dict[str, Any]:
    """What the page of a person says beside its forms. Four queries."""
    served = list(service_of(seat, worker))
    return {
        "called": public_name(worker),
        "closed_by": [closing(seat, each) for each in served if each.unit.discretion == Discretion.CLOSED],
        "services": [service(seat, each) for each in served],
        "spouse": Worker.objects.seen_by(seat).filter(pk=worker.spouse_id).first(),
    }


def closing(seat: Seat, served: Any) -> Fact:
    """A closed unit, which closes everybody who ever served in it."""
    return Fact(day_in_words(seat.agency, served.joined_on), served.unit_name, team_url(seat, served))


def service(seat: Seat, served: Any) -> Fact:
    """One service: as what and when, with the way to the team."""
    days = {"role": Role(served.role).label, "from": day_in_words(seat.agency, served.joined_on)}
    if served.left_on is None:
        label = _("%(role)s since %(from)s") % days
    else:
        label = _("%(role)s, %(from)s to %(to)s") % {**days, "to": day_in_words(seat.agency, served.left_on)}
    return Fact(label, served.unit_name, team_url(seat, served))


def team_url(seat: Seat, served: TeamMember) -> str:
    """The team in which somebody serves."""
    return reverse("team", args=[seat.agency.slug, served.unit_id])
