"""What there is to know of several gifts at once beside their own rows, as far as a seat may know it: for programs,
which read many, what the page of a gift tells of one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from agencies.seats import Seat
from funds.models import Account, Entry
from partners.models import Gift, GiftCorrection, Partner, ReviewItem
from partners.models.discretion import in_field
from partners.pages.gift import memos_kept, number_shown
from partners.pages.reasons import reasons_told


@dataclass(frozen=True)
class GiftFacts:
    """Of a page of gifts: whose giver is hidden, whose words are kept back, who is thanked instead, where the money was
    deposited, and how gifts stand to each other.
    """

    seat: Seat
    hidden: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    soft: dict[int, Partner] = field(default_factory=dict)
    deposits: dict[int, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    corrections: dict[int, GiftCorrection] = field(default_factory=dict)
    replaces: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    refunds: dict[int, list[int]] = field(default_factory=dict)
    reviews: dict[int, list[ReviewItem]] = field(default_factory=dict)

    def is_hidden(self, gift: Gift) -> bool:
        """Whether the giver is kept from the reader, and all that could tell who it is."""
        return gift.pk in self.hidden

    def number_of(self, gift: Gift) -> str:
        """The number in the source, "" where there is none or it is kept back."""
        return number_shown(gift, hidden=self.is_hidden(gift), may_read=gift.pk not in self.kept)

    def thanked(self, gift: Gift) -> Partner | None:
        """Who has the soft credit, where the reader may know."""
        return None if self.is_hidden(gift) or gift.soft_partner_id is None else self.soft.get(gift.soft_partner_id)


def gift_facts(seat: Seat, gifts: Sequence[Any]) -> GiftFacts:
    """What there is to know of these gifts. At most eleven queries, however many there are."""
    ids = [each.pk for each in gifts]
    made = list(GiftCorrection.objects.select_related("by").filter(Q(gift__in=ids) | Q(replacement__in=ids)))
    withdrawn = {each.gift_id: each for each in made if each.gift_id in set(ids)}
    others = {each.replacement_id for each in made} | {each.gift_id for each in made}
    others |= {each.reverses_id for each in gifts}
    return GiftFacts(
        seat=seat,
        hidden={each.pk for each in gifts if each.anonymous and in_field(seat)},
        kept=memos_kept(seat, gifts),
        soft=soft_partners(seat, gifts),
        deposits=deposits(seat, gifts),
        seen=gifts_seen(seat, others - {None}),
        corrections=withdrawn,
        replaces={each.replacement_id: each.gift_id for each in made if each.replacement_id},
        reasons=reasons_told(seat, withdrawn.values()),
        refunds=refunds(seat, ids),
        reviews=reviews(seat, ids),
    )


def soft_partners(seat: Seat, gifts: Sequence[Gift]) -> dict[int, Partner]:
    """Who is thanked for the gift of another, by id, of those whom the seat may know. At most one query."""
    ids = {each.soft_partner_id for each in gifts} - {None}
    return Partner.objects.seen_by(seat).in_bulk(ids) if ids else {}


def deposits(seat: Seat, gifts: Sequence[Gift]) -> dict[int, int]:
    """Posting -> the account on which its money was deposited, for who may see the ledger. At most one query."""
    if not seat.can("ledger.view"):
        return {}
    entries = Entry.objects.filter(posting__in=[each.posting_id for each in gifts], account__kind=Account.Kind.DEPOSIT)
    return dict(entries.order_by("-account").values_list("posting", "account"))


def gifts_seen(seat: Seat, ids: set[int]) -> set[int]:
    """Those of these gifts that the seat may see. At most one query."""
    return set(Gift.objects.seen_by(seat).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def refunds(seat: Seat, ids: Sequence[int]) -> dict[int, list[int]]:
    """Gift -> what was given back of it and stands. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    back = Gift.objects.seen_by(seat).standing().filter(reverses__in=ids).order_by("date", "pk")
    for gift, refund in back.values_list("reverses", "pk"):
        found[gift].append(refund)
    return found


def reviews(seat: Seat, ids: Sequence[int]) -> dict[int, list[ReviewItem]]:
    """Gift -> what of it waits for a person, for who may settle it. At most one query."""
    found: dict[int, list[ReviewItem]] = defaultdict(list)
    if seat.can("gifts.record"):
        for each in ReviewItem.objects.open().filter(line__gift__in=ids).select_related("line").order_by("pk"):
            found[each.line.gift_id].append(each)
    return found
