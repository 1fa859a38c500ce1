"""The page "My coaching": whom I coach, and how far I am myself. No partner and no amount stands here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.coached import Standing
from ssu.forms.coaching import ConfidenceForm
from ssu.pages.coaching import Words, area_title, cell_words, grid, people_tasks, summary_of
from ssu.pages.matrix import Matrix
from ssu.pages.parts import Task
from ssu.queries.coaching import Coached, confidence_of, me_as_worker, units_i_coach, units_i_serve

TONES = {Standing.LEFT: "warn", Standing.PLANNED: "prog", Standing.COACHED: "done", Standing.EXCUSED: "none"}


@dataclass(frozen=True)
class CoachedUnit:
    """A unit that the person coaches."""

    anchor: str
    name: str
    url: str
    log_url: str
    summary: str
    people: list[Task]
    grid: Matrix | None


@dataclass(frozen=True)
class OwnUnit:
    """A unit in which the person is coached: each area, the next session, the form for the own word."""

    anchor: str
    name: str
    next_words: str
    areas: list[Task]
    form: ConfidenceForm
    say_url: str


def coached_units(seat: Seat) -> list[CoachedUnit]:
    """The units that this person coaches, with everybody in them, those first where most are left. Six queries,
    whatever their number.
    """
    mine = sorted(units_i_coach(seat), key=lambda each: -len(each.coaching.left()))
    words = confidence_of(seat, [each.unit.pk for each in mine])
    return [coached_unit(seat, each, words) for each in mine]


def coached_unit(seat: Seat, mine: Coached, words: Words) -> CoachedUnit:
    here = [seat.agency.slug, mine.unit.pk]
    back = f"back={reverse('my_coaching', args=[seat.agency.slug])}"
    people = people_tasks(seat, mine.unit, mine.coaching, words, back)
    return CoachedUnit(
        anchor=f"unit-{mine.unit.pk}",
        name=mine.unit.shown_name,
        url=reverse("coaching", args=here),
        log_url=f"{reverse('session_log', args=here)}?{back}",
        summary=summary_of(mine.coaching),
        people=people,
        grid=grid(seat, mine.unit, mine.coaching) if mine.coaching.people and mine.coaching.areas else None,
    )


def own_units(seat: Seat, sent: dict[int, ConfidenceForm]) -> list[OwnUnit]:
    """The units in which this person is coached; `sent` are forms that did not go through, by unit. Seven queries."""
    worker_id, mine = me_as_worker(seat), units_i_serve(seat)
    if worker_id is None:
        return []
    words = confidence_of(seat, [each.unit.pk for each in mine])
    return [own_unit(seat, each, worker_id, words, sent.get(each.unit.pk)) for each in mine]


def own_unit(seat: Seat, mine: Coached, worker_id: int, words: Words, sent: ConfidenceForm | None) -> OwnUnit:
    coaching, unit = mine.coaching, mine.unit
    said = {f"area_{area.pk}": words.get((unit.pk, worker_id, area.pk), "") for area in coaching.areas}
    return OwnUnit(
        anchor=f"own-{unit.pk}",
        name=unit.shown_name,
        next_words=next_words(seat, coaching.planned_for(worker_id)),
        areas=[own_area(seat, mine, worker_id, area) for area in coaching.areas],
        form=sent or ConfidenceForm(auto_id=f"sure_{unit.pk}_%s", initial=said, areas=coaching.areas),
        say_url=reverse("confidence_say", args=[seat.agency.slug, unit.pk]),
    )


def next_words(seat: Seat, days: Sequence[date]) -> str:
    """When the person is coached next, in words."""
    today = seat.agency.today()
    ahead = [day for day in days if day >= today]
    if not ahead:
        return _("No session is planned for you.")
    return _("Your next session: %(day)s.") % {"day": day_in_words(seat.agency, min(ahead))}


def own_area(seat: Seat, mine: Coached, worker_id: int, area: Any) -> Task:
    """One area of the person's own."""
    cell = mine.coaching.cell(worker_id, area.pk)
    return Task(
        title=area_title(area),
        url="",
        meta="",
        status=cell_words(seat, cell),
        tone=TONES[cell.standing],
        note=area.sentence,
        done=cell.standing == Standing.COACHED,
        current=False,
        number="",
    )
