"""Where the newest gifts of a partner went, with everything that happened to them."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F, Q

from agencies.seats import Seat
from funds.models import Entry
from funds.models.discretion import shown_designation_name
from partners.models import BatchPart, Gift, GiftCorrection, GiftLine, Partner, ReviewItem, SuspenseAssignment
from partners.models.discretion import in_field
from partners.queries.calls.finding import open_rows

NEWEST: Final = 8


@dataclass
class Given:
    """A gift with its lines as the seat may see them, the reversal that withdrew it, what went back of it, where lines
    went from suspense, what waits for a look, and where its money lies. `whole` says that no line is kept back.
    """

    gift: Any
    lines: list[Any] = field(default_factory=list)
    correction: GiftCorrection | None = None
    refunds: list[Gift] = field(default_factory=list)
    moves: list[Any] = field(default_factory=list)
    waits: list[ReviewItem] = field(default_factory=list)
    deposit: str = ""
    whole: bool = True

    @property
    def amount(self) -> int:
        """What the lines that the seat may see come to."""
        return sum(line.amount for line in self.lines)


def newest_given(seat: Seat, partner: Partner, gift_id: int | None = None) -> list[Given]:
    """The newest gifts of a partner, the one with this number first. Nine queries."""
    gifts = Gift.objects.seen_by(seat).filter(giving_unit__partner=partner)
    if in_field(seat):
        gifts = gifts.filter(anonymous=False)
    named = gifts.select_related("posting", "batch__deposit", "reverses").order_by("-date", "-pk")
    newest = list(named[:NEWEST])
    asked = [each for each in newest if each.pk == gift_id]
    if gift_id is not None and not asked:
        asked = list(named.filter(pk=gift_id))
    rest = [each for each in newest if each.pk != gift_id]
    found = {each.pk: Given(each) for each in [*asked, *rest][: NEWEST + 1]}
    gather(seat, found)
    return [each for each in found.values() if each.lines]


def gather(seat: Seat, found: dict[int, Given]) -> None:
    """Fill in what belongs to the gifts. Seven queries."""
    ids = list(found)
    names = {"public_name": shown_designation_name(None, "designation")}
    lines = GiftLine.objects.seen_by(seat).annotate(**names).filter(gift__in=ids).select_related("designation")
    for line in lines.order_by("pk"):
        found[line.gift_id].lines.append(line)
    for given in found.values():
        given.whole = given.amount == given.gift.amount
    for made in GiftCorrection.objects.filter(gift__in=ids):
        found[made.gift_id].correction = made
    for refund in Gift.objects.seen_by(seat).standing().filter(reverses__in=ids).order_by("date", "pk"):
        found[refund.reverses_id].refunds.append(refund)
    for move in moves_of([line.pk for given in found.values() for line in given.lines]):
        found[move.gift_id].moves.append(move)
    for item in ReviewItem.objects.open().filter(line__gift__in=ids).annotate(gift_id=F("line__gift")):
        found[item.gift_id].waits.append(item)
    for pk, name in deposits_of({given.gift.posting_id: pk for pk, given in found.items()}).items():
        found[pk].deposit = name


def moves_of(line_ids: list[int]) -> Any:
    """Where lines went from suspense and stand today."""
    standing = SuspenseAssignment.objects.standing().filter(line__in=line_ids)
    return standing.annotate(gift_id=F("line__gift")).order_by("pk")


def deposits_of(postings: dict[int, int]) -> dict[int, str]:
    """The account in which the money of each gift lies, by gift."""
    entries = Entry.objects.filter(posting__in=postings, account__kind="deposit").order_by("-pk")
    return {postings[posting]: name for posting, name in entries.values_list("posting", "account__name")}


def keyed_for(seat: Seat, partner: Partner) -> list[Any]:
    """Gifts of the partner that are keyed in an open batch and stand in no ledger yet, for the office. One query, and
    one for their parts.
    """
    if in_field(seat):
        return []
    return list(open_rows(Q(giving_unit__partner=partner))[:NEWEST])


def parts_of(seat: Seat, rows: list[Any]) -> dict[int, list[Any]]:
    """The parts of keyed gifts, by row, with the names that the seat may read and those that anybody may. One query."""
    found: dict[int, list[Any]] = defaultdict(list)
    parts = BatchPart.objects.filter(row__in=[row.pk for row in rows]).named_for(seat)
    for part in parts.annotate(public_name=shown_designation_name(None, "designation")).select_related("designation"):
        found[part.row_id].append(part)
    return found
