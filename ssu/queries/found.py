"""Global search for units and people who serve: only what the seat is shown can be found (trust rule T6)."""

from typing import Any

from django.urls import reverse

from agencies.search import MOST, Hit
from agencies.seats import Seat
from ssu.models import TeamMember, Unit, Worker
from ssu.models.discretion import shown_unit_name


def find_units(seat: Seat, words: str) -> list[Hit]:
    """Units in whose shown name, shown place, code or known alias the words are."""
    found = Unit.objects.seen_by(seat).active().naming(words)[: MOST + 1]
    slug = seat.agency.slug
    return [Hit(unit.shown_name, reverse("unit", args=[slug, unit.pk]), hint(unit)) for unit in found]


def hint(unit: Any) -> str:
    """Where the unit is, and what others call it."""
    return " · ".join(filter(None, (unit.other_name, unit.shown_place)))


def find_workers(seat: Seat, words: str) -> list[Hit]:
    """People who serve in a unit that the seat may look into and that is not closed to it, by the name that it may know
    them by. Two queries.
    """
    reached = seat.unit_ids("rollout.view")
    known = TeamMember.objects.open_to(seat).serving()
    serving = known if reached is None else known.filter(unit__in=reached)
    people = Worker.objects.seen_by(seat).filter(shown_name__icontains=words, pk__in=serving.values("worker"))
    found = list(people[: MOST + 1])
    named = serving.filter(worker__in=found).annotate(unit_name=shown_unit_name("unit", seat)).order_by("unit_name")
    teams: dict[int, list[TeamMember]] = {}
    for each in named:
        teams.setdefault(each.worker_id, []).append(each)
    return [worker_hit(seat, worker, teams[worker.pk]) for worker in found]


def worker_hit(seat: Seat, worker: Any, teams: list[Any]) -> Hit:
    """The person's own page for who may change people, else the first team."""
    slug = seat.agency.slug
    own = reverse("worker_edit", args=[slug, worker.pk]) if seat.can("units.edit") else ""
    url = own or reverse("team", args=[slug, teams[0].unit_id])
    return Hit(worker.shown_name, url, ", ".join(dict.fromkeys(each.unit_name for each in teams)))
