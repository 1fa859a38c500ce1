"""Finding who calls by whatever they say first: name, telephone, amount, number of a check, number of a giver. Each
hit says why it was found. Everything within what the seat may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from agencies.seats import Seat
from partners.keys import donor_number
from partners.models import Address, BatchRow, EmailAddress, ExternalId, Gift, GiftBatch, GiftLine, Partner, Phone
from partners.models.discretion import in_field
from partners.queries.calls.heard import FEWEST_DIGITS, TAIL, Heard, Sum, currencies_of, same_telephone
from partners.queries.gifts import sources
from partners.queries.partners import NO_LIMIT, escaped

MOST: Final = 8
"""So many callers are shown; who is not among them needs another word."""
BESIDE_A_FIGURE: Final = 500
"""So many of a name are looked at beside a figure: of more, the name tells nothing."""
CHECK, NUMBER, AMOUNT, TENDERED = "check", "number", "amount", "tendered"
RIGHT: Final = "partners.contact"
Finder = Callable[[Seat, Heard], Iterable[tuple[int, str]]]


@dataclass
class Caller:
    """A partner who may be calling, with what of theirs answers to the words. `partner` is None for gifts whose giver
    nobody knows.
    """

    partner: Any
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    gifts: list[tuple[Any, str]] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    by_name: bool = False


@dataclass(frozen=True)
class Answer:
    """Who may be calling, best first; `more` says that there were others."""

    callers: list[Caller]
    more: bool


_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """Let an app above find givers by a number of its own: `finder(seat, heard)` gives pairs of the id of a partner and
    the words that say why.
    """
    if finder not in _finders:
        _finders.append(finder)


def callers(seat: Seat, said: Heard) -> Answer:
    """Who answers to what was heard. At most twelve queries, whatever is found."""
    found: dict[int | None, Caller] = {}
    reached(seat, said, found)
    for finder in _finders:
        for partner_id, words in finder(seat, said):
            hit(found, partner_id).said.append(words)
    known = named_beside(seat, said)
    named_too = Q() if known is None else Q(giving_unit__partner__in=known)
    gifts_found(seat, said, named_too, found)
    rows_found(seat, said, named_too, found)
    if not found or not said.sums:
        for partner_id in named(seat, said, known):
            hit(found, partner_id).by_name = True
    return visible(seat, found)


def hit(found: dict[int | None, Caller], partner_id: int | None) -> Caller:
    """The caller of this id, in the order of finding."""
    return found.setdefault(partner_id, Caller(None))


def visible(seat: Seat, found: dict[int | None, Caller]) -> Answer:
    """Those whom the seat may know, with addresses and giving units. Three queries."""
    ids = [pk for pk in found if pk is not None]
    lists = (Prefetch("addresses", Address.objects.order_by("pk")), "giving_units")
    seen = Partner.objects.seen_by(seat, RIGHT).filter(pk__in=ids).prefetch_related(*lists)
    known = {partner.pk: partner for partner in seen} if ids else {}
    shown = []
    for pk, caller in found.items():
        caller.partner = known.get(pk) if pk is not None else None
        if caller.partner is not None or pk is None:
            shown.append(caller)
    return Answer(shown[:MOST], len(shown) > MOST)


def reached(seat: Seat, said: Heard, found: dict[int | None, Caller]) -> None:
    """Partners by telephone, e-mail and number. At most three queries."""
    if said.number:
        for each in ExternalId.objects.filter(norm=donor_number(said.number)).order_by("pk")[:MOST]:
            hit(found, each.partner_id).numbers.append(f"{each.source} {each.value}")
    if said.email:
        for each in EmailAddress.objects.filter(norm=said.email).order_by("pk")[:MOST]:
            hit(found, each.partner_id).emails.append(each.email)
    if len(said.digits) >= FEWEST_DIGITS:
        for each in telephones(said.digits):
            hit(found, each.partner_id).phones.append(each.number)


def telephones(digits: str) -> list[Phone]:
    """Numbers that are these digits, whatever prefix stands on either. One query."""
    same = Q(digits=digits)
    if len(digits) >= TAIL:
        same |= Q(tail=digits[-TAIL:])
    rows = Phone.objects.filter(same).order_by("not_valid_since", "pk")[: 4 * MOST]
    return [each for each in rows if same_telephone(each.digits, digits)][:MOST]


def named(seat: Seat, said: Heard, known: list[int] | None) -> list[int]:
    """Partners in whose name every word is, in the order of the list, at most one more than are shown; `known` where
    their names were looked up before. One query. Words beside a figure narrow the gifts first.
    """
    if not said.words:
        return []
    looked_up = known is not None and seat.unit_ids(RIGHT) is None
    found = Partner.objects.seen_by(seat, RIGHT).filter(pk__in=known if looked_up else of_name(seat, said))
    return list(found.order_by("sort_name", "pk").values_list("pk", flat=True)[: MOST + 1])


def of_name(seat: Seat, said: Heard) -> RawSQL:
    """Ids by name. In the field what the seat may see is sorted out afterwards, so that nothing is cut off before."""
    whole = seat.unit_ids(RIGHT) is None
    most = (BESIDE_A_FIGURE if said.sums else MOST + 1) if whole else NO_LIMIT
    words = [f"%{escaped(word)}%" for word in said.words]
    return RawSQL("SELECT partner_id FROM find_partners(%s::text[], %s)", [words, most])


def gifts_found(seat: Seat, said: Heard, named_too: Q, found: dict[int | None, Caller]) -> None:
    """Gifts by the number of their check, by their number, by amount, the newest first. At most four queries."""
    why = dict(field_gifts(seat, said) if in_field(seat) else office_gifts(seat, said, named_too))
    if not why:
        return
    rows = Gift.objects.seen_by(seat).filter(pk__in=why).annotate(partner_id=F("giving_unit__partner"))
    order = {CHECK: 0, NUMBER: 0, AMOUNT: 1, TENDERED: 1}
    for gift in sorted(rows, key=lambda each: (order[why[each.pk]], -each.date.toordinal(), -each.pk)):
        hit(found, gift.partner_id).gifts.append((gift, why[gift.pk]))


def office_gifts(seat: Seat, said: Heard, named_too: Q) -> Iterable[tuple[int, str]]:
    """Ids of gifts with the reason. Each reason is a look-up in an index that ends with its order."""
    looks: list[QuerySet[Any]] = []
    if said.numbers_a_gift:
        looks.append(look(CHECK, Q(reference=said.number) & named_too))
        looks.append(look(NUMBER, Q(source__in=sources(seat.agency), external_id=said.number) & named_too))
    for each in said.sums:
        looks.append(look(AMOUNT, Q(amount=each.minor) & in_currency("currency", each) & named_too))
        other = ~Q(tendered_currency=F("currency")) & Q(tendered_amount=each.minor)
        looks.append(look(TENDERED, other & in_currency("tendered_currency", each) & named_too))
    if not looks:
        return []
    first, *others = looks
    rows = list(first.union(*others, all=True) if others else first)
    return reversed([(pk, why) for pk, why in rows])  # the first reason of a gift counts


def named_beside(seat: Seat, said: Heard) -> list[int] | None:
    """For the office, who is named so, where a name stands beside a figure; else None. One query: the names are looked
    up once, and no more than help.
    """
    if in_field(seat) or not (said.words and said.sums):
        return None
    named_so = Partner.objects.filter(pk__in=of_name(seat, said)).values_list("pk", flat=True)
    return list(named_so[:BESIDE_A_FIGURE])


def look(why: str, condition: Q) -> QuerySet[Any]:
    """The newest gifts of one reason."""
    gifts = Gift.objects.filter(condition).order_by("-date", "-pk")
    rows: QuerySet[Any] = gifts.annotate(why=Value(why)).values_list("pk", "why")[: MOST + 1]
    return rows


def in_currency(column: str, each: Sum) -> Q:
    """The condition that minor units of a column are what was said."""
    return Q(**{f"{column}__in": [each.currency] if each.currency else currencies_of(each.exponent)})


def field_gifts(seat: Seat, said: Heard) -> Iterable[tuple[int, str]]:
    """The same in the field: by lines for one's own units whose giver may be read beside them."""
    conditions: list[tuple[str, Q]] = [
        (AMOUNT, Q(amount=each.minor) & in_currency("gift__currency", each)) for each in said.sums
    ]
    if said.numbers_a_gift:
        conditions.append((CHECK, Q(gift__reference=said.number)))
    if not conditions:
        return []
    found: dict[int, str] = {}
    lines = GiftLine.objects.with_giver(seat).order_by("-gift__date", "-gift__pk")
    if said.words and said.sums:
        lines = lines.filter(gift__giving_unit__partner__in=of_name(seat, said))
    for why, condition in conditions:
        found |= dict.fromkeys(lines.filter(condition).values_list("gift", flat=True)[: MOST + 1], why)
    return found.items()


def rows_found(seat: Seat, said: Heard, named_too: Q, found: dict[int | None, Caller]) -> None:
    """Gifts that are keyed and not posted yet, for the office. One query."""
    same = Q(reference=said.number) if said.numbers_a_gift else Q(pk__in=[])
    for each in said.sums:
        same |= Q(amount=each.minor) & in_currency("batch__currency", each)
    if in_field(seat) or not (said.numbers_a_gift or said.sums):
        return
    for row in open_rows(same & named_too)[:MOST]:
        hit(found, row.partner_id).rows.append(row)


def open_rows(condition: Q) -> QuerySet[Any]:
    """Keyed gifts of open batches, the newest first, each with `partner_id`."""
    rows = BatchRow.objects.standing().filter(condition, batch__state=GiftBatch.State.OPEN)
    found: QuerySet[Any] = rows.annotate(partner_id=F("giving_unit__partner")).select_related("batch__deposit")
    return found.order_by("-pk")
