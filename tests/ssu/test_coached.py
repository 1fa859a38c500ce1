"""The fold of what was planned, held and excused."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ssu.coached import SETTLED, Cell, Mark, Person, Standing, TeamCoaching, fold
from ssu.models import CoachingArea

DAY = date(2025, 5, 5)
STANDINGS = st.sampled_from([Standing.PLANNED, Standing.EXCUSED, Standing.COACHED])
MARKS = st.lists(
    st.builds(
        Mark,
        st.tuples(st.integers(1, 3), st.integers(1, 3)),
        STANDINGS,
        st.integers(0, 30).map(lambda days: DAY + timedelta(days=days)),
    ),
    max_size=25,
)


@given(MARKS, st.integers())
def test_order_of_the_marks_does_not_matter(marks: list[Mark], seed: int) -> None:
    mixed = list(marks)
    Random(seed).shuffle(mixed)
    assert fold(mixed) == fold(marks)


@given(MARKS)
def test_a_place_is_settled_as_soon_as_one_mark_settles_it(marks: list[Mark]) -> None:
    settled = {mark.place for mark in marks if mark.standing in SETTLED}
    assert {place for place, cell in fold(marks).items() if cell.standing in SETTLED} == settled
    assert fold(marks).keys() == {mark.place for mark in marks}


@given(MARKS, st.data())
def test_taking_a_mark_away_never_brings_anybody_further(marks: list[Mark], data: st.DataObject) -> None:
    if not marks:
        return
    gone = data.draw(st.integers(0, len(marks) - 1))
    rest = fold(marks[:gone] + marks[gone + 1 :])
    settled = {place for place, cell in fold(marks).items() if cell.standing in SETTLED}
    assert {place for place, cell in rest.items() if cell.standing in SETTLED} <= settled


def test_the_last_coaching_and_the_next_plan_count() -> None:
    later = DAY + timedelta(days=9)
    marks = [Mark((1, 1), Standing.COACHED, day) for day in (DAY, later)]
    marks += [Mark((1, 2), Standing.PLANNED, day) for day in (later, DAY)]
    assert fold(marks) == {(1, 1): Cell(Standing.COACHED, later), (1, 2): Cell(Standing.PLANNED, DAY)}


def team(*cells: tuple[int, int, Standing]) -> TeamCoaching:
    areas = [CoachingArea(pk=1, title="Model"), CoachingArea(pk=2, title="Budget", is_required=False)]
    people = [Person(1, "Mia", DAY), Person(2, "Bob", DAY)]
    return TeamCoaching(people, areas, {(worker, area): Cell(standing, DAY) for worker, area, standing in cells})


def test_only_required_areas_are_left() -> None:
    found = team((1, 1, Standing.COACHED), (2, 1, Standing.PLANNED))
    assert [(person.name, [area.title for area in areas]) for person, areas in found.left()] == [("Bob", ["Model"])]
    assert team((1, 1, Standing.COACHED), (2, 1, Standing.EXCUSED)).is_complete


def test_nobody_and_nothing_required_is_not_complete() -> None:
    optional = [CoachingArea(pk=2, title="Budget", is_required=False)]
    assert not TeamCoaching([], [CoachingArea(pk=1, title="Model")]).is_complete
    assert not TeamCoaching([Person(1, "Mia", DAY)], optional).is_complete
