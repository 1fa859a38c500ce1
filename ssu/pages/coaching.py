"""Step 4 of a unit: who still needs coaching, the grid of people and areas, sessions, areas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.coached import Cell, Person, Standing, TeamCoaching
from ssu.models import CoachingArea, CoachingSession, Confidence
from ssu.pages.matrix import Cell as Square
from ssu.pages.matrix import Column, Matrix, MatrixRow
from ssu.pages.parts import Task, initials
from ssu.queries.coaching_evidence import trouble_of

TINTS = {Standing.LEFT: "0", Standing.PLANNED: "1", Standing.COACHED: "done", Standing.EXCUSED: "na"}
Words = Mapping[tuple[int, int, int], Confidence.Level]
"""What people say of themselves, by (unit, worker, area), as far as the seat may know it."""


@dataclass(frozen=True)
class AreaRow:
    """An area with what may be done to it: `change_url` takes the word of the button that was pressed."""

    pk: int
    title: str
    sentence: str
    whose: str
    is_required: bool
    is_archived: bool
    change_url: str


def cell_words(seat: Seat, cell: Cell) -> str:
    """A place of the grid in a word or two, with the day where there is one."""
    if cell.on is None:
        return str(cell.standing.label)
    day = day_in_words(seat.agency, cell.on)
    if cell.standing == Standing.COACHED:
        return f"✓ {day}"
    said = _("Planned %(day)s") if cell.standing == Standing.PLANNED else _("Excused %(day)s")
    return said % {"day": day}


def grid(seat: Seat, unit: Any, coaching: TeamCoaching) -> Matrix:
    """People by areas, each place a link to what was done there."""
    here = [seat.agency.slug, unit.pk]
    return Matrix(
        caption=_("Who is coached in what"),
        corner=_("Name"),
        columns=[Column(area_title(area), area.sentence) for area in coaching.areas],
        rows=[
            MatrixRow(
                person.name,
                "",
                [square(seat, here, person, area, coaching.cell(person.worker_id, area.pk)) for area in coaching.areas],
            )
            for person in coaching.people
        ],
    )


def square(seat: Seat, here: list[Any], person: Person, area: CoachingArea, cell: Cell) -> Square:
    """A place of the grid."""
    url = reverse("coaching_place", args=[*here, person.worker_id, area.pk])
    return Square(words=cell_words(seat, cell), tint=TINTS[cell.standing], url=url, label=area.title)


def area_title(area: CoachingArea) -> str:
    """The title of an area; one that is not required says so."""
    return area.title if area.is_required else _("%(title)s (not required)") % {"title": area.title}


def summary_of(coaching: TeamCoaching) -> str:
    """Who still needs coaching, in a sentence."""
    if not coaching.people or not coaching.has_areas:
        return trouble_of(coaching)
    left, everybody = len(coaching.left()), len(coaching.people)
    if not left:
        return _("Everybody is coached in every required area, or excused.")
    said = {"left": left, "all": everybody}
    return (
        ngettext("%(left)s of %(all)s still needs coaching.", "%(left)s of %(all)s still need coaching.", left) % said
    )


def person_task(seat: Seat, unit: Any, coaching: TeamCoaching, person: Person, words: Words, query: str = "") -> Task:
    """A person with what is left, what is planned next, and to a coach in what the person feels unsure. The link logs a
    session with the person; `query` is added to it.
    """
    left = coaching.left_for(person.worker_id)
    asked = f"?person={person.worker_id}" + (f"&{query}" if query else "")
    required = sum(area.is_required for area in coaching.areas)
    left_words = _("Left: %(areas)s.") % {"areas": ", ".join(area.title for area in left)} if left else ""
    notes = [left_words, unsure(unit, person, coaching.areas, words)]
    status, tone = standing_of(seat, left, coaching.planned_for(person.worker_id))
    may = unit.is_at_work and seat.can("coaching.record", unit.pk)
    return Task(
        title=person.name,
        url=reverse("session_log", args=[seat.agency.slug, unit.pk]) + asked if may else "",
        meta=_("%(done)s of %(all)s areas") % {"done": required - len(left), "all": required},
        status=status,
        tone=tone,
        note=" ".join(note for note in notes if note),
        done=not left,
        current=False,
        number=initials(person.name),
    )


def standing_of(seat: Seat, left: Sequence[CoachingArea], planned: Sequence[date]) -> tuple[str, str]:
    """How far a person is, with the tone of the tag: through, planned for a day, or so many areas left."""
    if not left:
        return _("Through"), "done"
    if planned:
        return _("Planned %(day)s") % {"day": day_in_words(seat.agency, min(planned))}, "prog"
    count = len(left)
    return ngettext("%(count)s left", "%(count)s left", count) % {"count": count}, "warn"


def unsure(unit: Any, person: Person, areas: Iterable[CoachingArea], words: Words) -> str:
    """In what a person says to feel unsure, for the coach; "" for anybody else, who is given no words."""
    said = ((area, words.get((unit.pk, person.worker_id, area.pk))) for area in areas)
    weak = [f"{area.title} ({level.label})" for area, level in said if level and level <= Confidence.Level.A_LITTLE]
    return _("Says to be unsure in: %(areas)s.") % {"areas": ", ".join(weak)} if weak else ""


def people_tasks(seat: Seat, unit: Any, coaching: TeamCoaching, words: Words, query: str = "") -> list[Task]:
    """The team, those with the most left first."""
    in_order = sorted(coaching.people, key=lambda person: -len(coaching.left_for(person.worker_id)))
    return [person_task(seat, unit, coaching, person, words, query) for person in in_order]


def session_rows(seat: Seat, unit: Any, kind: str) -> list[Task]:
    """The plans that wait, the next first, or the sessions that were held, the last first. One query."""
    found = CoachingSession.objects.seen_by(seat).standing().filter(unit=unit.pk, kind=kind)
    counted = found.annotate(
        people=Count("records__worker", distinct=True), covered=Count("records__area", distinct=True)
    )
    planned = kind == CoachingSession.Kind.PLANNED
    in_order = counted.order_by("date", "pk") if planned else counted.newest_first()
    return [session_row(seat, session) for session in in_order]


def session_row(seat: Seat, session: Any) -> Task:
    """A session as a line."""
    planned = session.kind == CoachingSession.Kind.PLANNED
    overdue = planned and session.date < seat.agency.today()
    people = ngettext("%(count)s person", "%(count)s people", session.people) % {"count": session.people}
    areas = ngettext("%(count)s area", "%(count)s areas", session.covered) % {"count": session.covered}
    status = _("Day is past") if overdue else str(CoachingSession.Kind(session.kind).label)
    return Task(
        title=day_in_words(seat.agency, session.date),
        url=reverse("session", args=[seat.agency.slug, session.unit_id, session.pk]),
        meta=_("%(people)s, %(areas)s, by %(coach)s") % {"people": people, "areas": areas, "coach": session.coach_name},
        status=status,
        tone="bad" if overdue else "prog" if planned else "done",
        note="",
        done=False,
        current=False,
        number=initials(session.coach_name),
    )


def area_rows(seat: Seat, areas: Iterable[CoachingArea], unit: Any | None) -> list[AreaRow]:
    """Areas as lines of a table; those of the agency are changed on the agency's own page, those of a unit there."""
    return [area_row(seat, area, unit) for area in areas]


def area_row(seat: Seat, area: CoachingArea, unit: Any | None) -> AreaRow:
    slug, url = seat.agency.slug, ""
    if unit is None and seat.can("units.edit"):
        url = reverse("area_change", args=[slug, area.pk])
    elif unit is not None and unit.is_at_work and area.unit_id == unit.pk and seat.can("coaching.record", unit.pk):
        url = reverse("unit_area_change", args=[slug, unit.pk, area.pk])
    return AreaRow(
        pk=area.pk,
        title=area.title,
        sentence=area.sentence,
        whose=_("Whole agency") if area.unit_id is None else _("Here only"),
        is_required=area.is_required,
        is_archived=area.archived_at is not None,
        change_url=url,
    )
