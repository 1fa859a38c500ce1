"""What steps 3 and 4 tell of a unit's activity: that something was said or held, and when; never what, or with whom."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.activity import Source, Told
from ssu.models import CoachingExcuse, CoachingSession, Conversation, ModelText, PlannedTalk
from ssu.pages.acts import by_somebody, of_units

KINDS: Final = {"dialogue": gettext_lazy("Dialogue"), "coaching": gettext_lazy("Coaching")}
SESSION_SENTENCES: Final = {
    CoachingSession.Kind.COACHED: gettext_lazy("logged coaching of %(day)s"),
    CoachingSession.Kind.PLANNED: gettext_lazy("planned coaching for %(day)s"),
}
CORRECTED: Final = gettext_lazy("corrected coaching of %(day)s")


def tell_day(words: Any, seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    """A sentence with the day that the row is about."""
    for row in rows:
        yield Told(by_somebody(str(words) % {"day": day_in_words(seat.agency, row.date)}))


def tell_sessions(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    for row in rows:
        words = str(CORRECTED if row.replaces_id else SESSION_SENTENCES[CoachingSession.Kind(row.kind)])
        yield Told(by_somebody(words % {"day": day_in_words(seat.agency, row.date)}))


def tell_models(seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    words = str(gettext_lazy("wrote version %(version)s of what the model looks like here"))
    return [Told(by_somebody(words % {"version": row.version})) for row in rows]


def withdrawn(name: str, kind: str, model: type[Any], words: Any) -> Source:
    """Rows of a table that were withdrawn."""
    return Source(name, kind, of_units(model), partial(tell_day, words), "unit", "withdrawn_at", "withdrawn_by")


def written(name: str, kind: str, model: type[Any], tell: Any) -> Source:
    """Rows of a table that were written."""
    return Source(name, kind, of_units(model), tell, "unit", "written_at", "written_by")


TALKED = gettext_lazy("wrote down a conversation of %(day)s with a leader")
PLANNED = gettext_lazy("planned a conversation with a leader for %(day)s")
EXCUSED = gettext_lazy("excused somebody from coaching in an area since %(day)s")
SOURCES: Final = (
    written("conversations", "dialogue", Conversation, partial(tell_day, TALKED)),
    withdrawn("conversations withdrawn", "dialogue", Conversation, gettext_lazy("withdrew a conversation of %(day)s")),
    Source(
        "conversations planned",
        "dialogue",
        of_units(PlannedTalk),
        partial(tell_day, PLANNED),
        "unit",
        "planned_at",
        "planned_by",
    ),
    withdrawn("plans given up", "dialogue", PlannedTalk, gettext_lazy("gave up the conversation planned for %(day)s")),
    written("sessions", "coaching", CoachingSession, tell_sessions),
    withdrawn("sessions withdrawn", "coaching", CoachingSession, gettext_lazy("withdrew coaching of %(day)s")),
    written("excuses", "coaching", CoachingExcuse, partial(tell_day, EXCUSED)),
    withdrawn("excuses withdrawn", "coaching", CoachingExcuse, gettext_lazy("withdrew an excuse of %(day)s")),
    written("model texts", "coaching", ModelText, tell_models),
)
