"""For the coach: who still needs coaching, in which area? For who is coached: what is next? No partner stands here."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from home.cards.parts import Card, Row, url
from ssu.coached import Person
from ssu.pages.coaching import standing_of
from ssu.pages.my_coaching import next_words
from ssu.queries.coaching import Coached, me_as_worker, units_i_coach, units_i_serve

SHOWN = 8


def my_coaching(seat: Seat) -> list[Card]:
    """Those of the coach's units who are not through, the most left first."""
    mine = units_i_coach(seat)
    left = [(each, person) for each in mine for person, _areas in each.coaching.left()]
    left.sort(key=lambda pair: -len(pair[0].coaching.left_for(pair[1].worker_id)))
    count = len(left)
    return [
        Card(
            id="coaching",
            title=_("Who still needs coaching"),
            meta=ngettext("%(count)s person", "%(count)s people", count) % {"count": count} if count else "",
            rows=[row(seat, *pair) for pair in left[:SHOWN]],
            quiet=_("Everybody whom you coach is through. Who joins later stands here."),
            action_label=_("My coaching"),
            action_url=url(seat, "my_coaching"),
        )
    ]


def row(seat: Seat, mine: Coached, person: Person) -> Row:
    """A person with the areas that are left; the link logs a session."""
    areas = mine.coaching.left_for(person.worker_id)
    status, tone = standing_of(seat, areas, mine.coaching.planned_for(person.worker_id))
    address = f"{url(seat, 'session_log', mine.unit.pk)}?person={person.worker_id}"
    why = f"{mine.unit.shown_name}: {', '.join(area.title for area in areas)}"
    return Row(person.name, why, address, status=status, tone=tone)


def own_coaching(seat: Seat) -> list[Card]:
    """How far the person is in each unit where they serve, and when the next session is."""
    worker_id = me_as_worker(seat)
    found = [each for each in units_i_serve(seat) if each.coaching.areas] if worker_id else []
    rows = [own_row(seat, each, worker_id) for each in found if worker_id]
    if not rows:
        return []
    return [
        Card(
            id="own-coaching",
            title=_("My own coaching"),
            rows=rows,
            action_label=_("My coaching"),
            action_url=url(seat, "my_coaching"),
        )
    ]


def own_row(seat: Seat, mine: Coached, worker_id: int) -> Row:
    days = mine.coaching.planned_for(worker_id)
    status, tone = standing_of(seat, mine.coaching.left_for(worker_id), [])
    address = f"{url(seat, 'my_coaching')}#own-{mine.unit.pk}"
    return Row(mine.unit.shown_name, next_words(seat, days), address, status=status, tone=tone)
