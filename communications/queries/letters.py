"""Letters in lists, and what became of one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.seats import Seat
from communications.models import CoreMessage, Letter, LetterMessage
from communications.queries.audience import named_partners
from delivery.models import OutgoingMessage
from ssu.models import TeamMember, Unit
from ssu.models.discretion import is_withheld, public_worker_name

REFERENCE = "communications.letter"
"""What the outbox calls the messages of a letter, with its id."""


@dataclass(frozen=True)
class Sizes:
    """How many partners got a message, and how many nothing."""

    queued: int = 0
    excluded: int = 0


def sizes_of(letter_ids: Collection[int]) -> dict[int, Sizes]:
    """Both counts by letter. One query."""
    rows = LetterMessage.objects.filter(letter__in=letter_ids).values("letter_id")
    counted = rows.annotate(queued=Count("pk", filter=Q(excluded="")), left_out=Count("pk", filter=~Q(excluded="")))
    return {row["letter_id"]: Sizes(row["queued"], row["left_out"]) for row in counted}


def titles(seat: Seat, jobs: Sequence[dict[str, Any]]) -> list[str]:
    """What a seat calls the jobs that send letters, from their arguments: by the units' names as it may know them now.
    A unit that is closed to it has none here: beside the job stands who began it. One query.
    """
    mine = Letter.objects.seen_by(seat).annotate(is_withheld=is_withheld("unit", seat)).filter(is_withheld=False)
    letters = mine.filter(pk__in={arguments["letter"] for arguments in jobs})
    names = dict(letters.values_list("pk", "unit_name"))
    found = (names.get(arguments["letter"]) for arguments in jobs)
    return [
        _("Letter to the partners of %(unit)s") % {"unit": name} if name else _("Letter to partners") for name in found
    ]


def outgoing_of(letter: Letter) -> Any:
    """The letter's messages in the outbox."""
    return OutgoingMessage.objects.filter(reference_kind=REFERENCE, reference_id=letter.pk)


def states_of(letter: Letter) -> Counter[str]:
    """How many messages are in which state of the outbox, now. One query."""
    rows = outgoing_of(letter).values("state").annotate(messages=Count("pk")).values_list("state", "messages")
    return Counter(dict(rows))


def reasons_of(letter: Letter) -> Counter[str]:
    """How many partners were left out when it was sent, by reason. One query."""
    rows = LetterMessage.objects.filter(letter=letter).exclude(excluded="").values("excluded")
    return Counter(dict(rows.annotate(partners=Count("pk")).values_list("excluded", "partners")))


def messages_of(letter: Letter, *, states: Collection[str] = (), excluded: str = "") -> Any:
    """The rows of a letter with their partners: all that were sent, those in some states, or those left out for a
    reason ("any": for whatever reason).
    """
    rows = LetterMessage.objects.filter(letter=letter).select_related("partner").order_by("pk")
    if excluded:
        return rows.exclude(excluded="") if excluded == "any" else rows.filter(excluded=excluded)
    rows = rows.filter(excluded="")
    return rows.filter(outgoing_id__in=outgoing_of(letter).filter(state__in=states).values("pk")) if states else rows


def named_first(rows: Any, seat: Seat, letter: Letter) -> Any:
    """Rows of a letter, those of partners whom the seat may know by name before the others: their place would tell."""
    if seat.unit_ids("partners.view") is None:
        return rows
    named = named_partners(seat, letter.unit_id, letter.purpose).filter(pk=OuterRef("partner"))
    return rows.annotate(is_named=Exists(named)).order_by("-is_named", "pk")


def named_only(rows: Any, seat: Seat, letter: Letter) -> Any:
    """Rows of a letter for the partners whom the seat may know by name."""
    return rows.filter(partner__in=named_partners(seat, letter.unit_id, letter.purpose).values("pk"))


def fates_of(rows: Collection[LetterMessage]) -> dict[int, OutgoingMessage]:
    """The messages in the outbox behind these rows, by their id, without their words. One query."""
    ids = [row.outgoing_id for row in rows if row.outgoing_id is not None]
    found = OutgoingMessage.objects.filter(pk__in=ids).defer("text", "html", "headers")
    return {message.pk: message for message in found}


def core_message_of(unit_id: int) -> CoreMessage | None:
    """The version of a unit's core messages that counts, with its single messages. Two queries."""
    found: CoreMessage | None = CoreMessage.objects.standing().filter(unit=unit_id).prefetch_related("messages").first()
    return found


def people_of(unit: Unit) -> list[str]:
    """What everybody may call those who serve in the unit, for the check of wording. One query."""
    serving = TeamMember.objects.serving().filter(unit=unit).annotate(person=public_worker_name("worker"))
    return sorted(set(serving.values_list("person", flat=True)))
