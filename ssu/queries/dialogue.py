"""With whom the model is talked over, and what was said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from agencies.models import Role
from agencies.seats import Seat
from ssu.evidence import Resolver, Thing
from ssu.models import Conversation, DialogueLeader, TeamMember, Unit, Worker
from ssu.models.discretion import public_worker_name, shown_member_name

LEADERS_KIND: Final = "ssu.leaders"
CONVERSATIONS_KIND: Final = "ssu.conversations"


@dataclass(frozen=True)
class Leader:
    """Somebody on the list; `added_id` is the row that put them there, None for who leads the unit today."""

    worker_id: int
    name: str
    added_id: int | None


def leaders_to_talk_with(unit_ids: Collection[int], seat: Seat | None = None) -> dict[int, list[Leader]]:
    """The lists of units: who leads them today, then who was added; each person once. Names as the seat may know them;
    without a seat, as anybody may. Two queries.
    """
    named = shown_member_name("worker", seat) if seat else public_worker_name("worker")
    serving = TeamMember.objects.serving().filter(unit__in=unit_ids, role=Role.LEADER)
    added = DialogueLeader.objects.filter(unit__in=unit_ids, removed_at=None)
    found: dict[int, dict[int, Leader]] = {unit_id: {} for unit_id in unit_ids}
    for unit_id, worker_id, name in rows(serving, named):
        found[unit_id].setdefault(worker_id, Leader(worker_id, name, None))
    for unit_id, worker_id, name, pk in rows(added, named, "pk"):
        found[unit_id].setdefault(worker_id, Leader(worker_id, name, pk))
    return {unit_id: list(leaders.values()) for unit_id, leaders in found.items()}


def rows(people: Any, named: Any, *more: str) -> Any:
    """Unit, worker and name of each, by name."""
    in_order = people.annotate(person_name=named).order_by("person_name", "pk")
    return in_order.values_list("unit_id", "worker_id", "person_name", *more)


def people_to_add(seat: Seat, unit: Unit) -> Any:
    """Everybody who serves and is not on the list of the unit, by shown name."""
    there = [leader.worker_id for leader in leaders_to_talk_with([unit.pk], seat)[unit.pk]]
    return Worker.objects.seen_by(seat).exclude(pk__in=there)


def people_of_unit(unit: Unit) -> list[Worker]:
    """Who serves in a unit today, the longest first, each once."""
    serving = TeamMember.objects.serving().filter(unit=unit).select_related("worker").order_by("joined_on", "pk")
    return list({row.worker_id: row.worker for row in serving}.values())


def talked_with(unit_ids: Collection[int]) -> set[tuple[int, int]]:
    """(unit, worker) of everybody with whom a conversation stands. One query."""
    standing = Conversation.objects.standing().filter(unit__in=unit_ids)
    return set(standing.values_list("unit_id", "worker_id"))


def versions_before(conversation: Conversation) -> Sequence[Conversation]:
    """What the conversation said before it was corrected, the newest first."""
    about = Conversation.objects.filter(unit=conversation.unit_id, worker=conversation.worker_id)
    by_id = {each.pk: each for each in about}
    found, at = [], by_id.get(conversation.replaces_id or 0)
    while at is not None:
        found.append(at)
        at = by_id.get(at.replaces_id or 0)
    return found


def leaders_trouble(leaders: Sequence[Leader]) -> str:
    """Why a list proves nothing, "" when it names somebody."""
    return "" if leaders else _("Nobody is on the list of leaders yet. Add those with whom the model is talked over.")


def conversations_trouble(unit_id: int, leaders: Sequence[Leader], talked: set[tuple[int, int]]) -> str:
    """Who on the list has no conversation yet, as a sentence; "" when everybody has one."""
    if not leaders:
        return leaders_trouble(leaders)
    silent = [leader.name for leader in leaders if (unit_id, leader.worker_id) not in talked]
    if not silent:
        return ""
    return _("No conversation is written down yet with %(who)s.") % {"who": ", ".join(silent)}


def page_of(unit_id: int, trouble: str) -> Thing:
    """What the dialogue of a unit is as evidence."""
    return Thing(unit_id, unit_id, _("the Dialogue page"), "dialogue.view", "dialogue", (unit_id,), trouble)


def lists_found(ids: Collection[int]) -> dict[int, Thing]:
    """Lists of leaders by the id of their unit. Three queries."""
    there = Unit.objects.filter(pk__in=ids).values_list("pk", flat=True)
    lists = leaders_to_talk_with(list(there))
    return {unit_id: page_of(unit_id, leaders_trouble(leaders)) for unit_id, leaders in lists.items()}


def conversations_found(ids: Collection[int]) -> dict[int, Thing]:
    """The conversations of units by the id of the unit. Four queries."""
    there = list(Unit.objects.filter(pk__in=ids).values_list("pk", flat=True))
    lists, talked = leaders_to_talk_with(there), talked_with(there)
    return {
        unit_id: page_of(unit_id, conversations_trouble(unit_id, leaders, talked)) for unit_id, leaders in lists.items()
    }


def lists_offered(unit: Unit) -> Sequence[Thing]:
    """The unit's list, once somebody is on it."""
    return [thing for thing in lists_found([unit.pk]).values() if thing.is_valid]


def conversations_offered(unit: Unit) -> Sequence[Thing]:
    """The unit's conversations, once there is one."""
    return list(conversations_found([unit.pk]).values()) if talked_with([unit.pk]) else []


LEADERS = Resolver("Leaders to talk with", lists_offered, lists_found, ("3.1",), "dialogue", "dialogue.view")
CONVERSATIONS = Resolver(
    "Conversations with leaders", conversations_offered, conversations_found, ("3.2",), "dialogue", "dialogue.view"
)
