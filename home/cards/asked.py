"""For everybody who serves in a unit: what they are asked to read."""

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.kinds import GUIDELINES
from communications.queries.reading import asked_of
from home.cards.parts import Card, Row, url


def asked(seat: Seat) -> list[Card]:
    """The agreed words of one's units that one has not acknowledged; no card when there are none."""
    rows = [
        Row(
            title(each.kind == GUIDELINES) % {"unit": each.unit_name},
            _("version %(number)s, one tap when you have read it") % {"number": each.words.version},
            url(seat, each.kind.page, each.words.unit_id),
            since=day_in_words(seat.agency, each.words.approved_at),
            status=_("Read"),
            tone="warn",
        )
        for each in asked_of(seat)
    ]
    return [Card(id="asked", title=_("Asked of you"), rows=rows)] if rows else []


def title(is_guidelines: bool) -> str:
    """What is asked, with a place for the unit's name."""
    if is_guidelines:
        return _("Read and acknowledge the guidelines of %(unit)s")
    return _("Read and acknowledge the core messages of %(unit)s")
