"""What files tell of gift lines that stand: a row each, as the list of gifts shows them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from agencies.seats import Seat
from funds.models.discretion import is_withheld
from partners.documents.cells import YES, exact
from partners.documents.numbers import gift_number
from partners.documents.people import Facts, numbers_in_file
from partners.keys import ANONYMOUS, donor_number, says_content
from partners.models import GiftLine, Partner
from partners.models.discretion import in_field

FACTS = (
    *("source", "gift_id", "gift_date", "donor_id", "donor_name", "designation", "designation_code", "amount"),
    *("currency", "tendered_amount", "tendered_currency", "method", "type", "reference", "fmv", "soft_donor_id"),
    *("soft_type", "reverses", "anonymous", "memo", "description", "in_return", "intangible", "receipted"),
)


def with_facts(seat: Seat, lines: QuerySet[Any]) -> QuerySet[Any]:
    """Lines of the list with what files tell of them: whether a memo is closed to the seat, and the first line of each
    gift, which carries what is of the whole gift.
    """
    of_gift = GiftLine.objects.filter(gift=OuterRef("gift"))
    withheld = Exists(of_gift.annotate(closed=is_withheld(seat, "designation")).filter(closed=True))
    found: QuerySet[Any] = lines.select_related(
        "gift__giving_unit", "gift__reverses", "gift__soft_partner", "designation"
    ).annotate(
        has_earlier=Exists(of_gift.filter(pk__lt=OuterRef("pk"))),
        has_others=Exists(of_gift.exclude(pk=OuterRef("pk"))),
        is_closed=is_withheld(seat, "designation"),
        of_closed=withheld,
        giver_id=F("gift__giving_unit__partner"),
    )
    return found


def gift_lines(seat: Seat, lines: Sequence[Any]) -> list[Facts]:
    """What is told of these lines, in their order. At most three queries."""
    credited = {line.gift.soft_partner_id for line in lines} - {None}
    credited &= set(Partner.objects.seen_by(seat).filter(pk__in=credited).values_list("pk", flat=True))
    named = numbers_in_file(seat, {line.giver_id for line in lines} - {None} | credited)
    shown: dict[int | None, str] = {pk: number for pk, number in named.items() if pk in credited}
    return [gift_line(seat, line, named, shown) for line in lines]


def gift_line(seat: Seat, line: Any, named: dict[int, str], credited: dict[int | None, str]) -> Facts:
    """One line. What could tell an anonymous giver is kept from the field."""
    gift = line.gift
    hidden = gift.anonymous and in_field(seat)
    may_read = seat.can("gifts.record") or not (hidden or line.of_closed)
    return {
        "gift_id": shown_number(seat, gift, may_read=may_read),
        "gift_date": gift.date.isoformat(),
        "donor_id": giver_of(line, named, hidden=hidden),
        "donor_name": line.shown_giver,
        **where(line),
        "amount": exact(line.amount, gift.currency),
        "currency": gift.currency,
        **tendered(line),
        "method": gift.method,
        "type": gift.kind,
        "reference": "" if hidden else gift.reference,
        **of_whole_gift(line, credited, hidden=hidden),
        "reverses": shown_number(seat, gift.reverses, may_read=may_read) if gift.reverses else "",
        "anonymous": YES if gift.anonymous else "",
        "memo": line.intent if may_read else "",
    }


def shown_number(seat: Seat, gift: Any, *, may_read: bool) -> str:
    """The number of a gift, as far as it tells no more than the row: one made of content names giver, check and
    designation. `may_read`: whether free text of the row is open to the seat.
    """
    hidden = gift.anonymous and in_field(seat)
    return gift_number(seat.agency, gift, is_kept=hidden or (says_content(gift.external_id) and not may_read))


def giver_of(line: Any, named: dict[int, str], *, hidden: bool) -> str:
    """The number of the giver; of whom nobody knows, the number that the file gave."""
    if hidden:
        return ANONYMOUS
    return named[line.giver_id] if line.giver_id is not None else donor_number(line.gift.giver_key)


def where(line: Any) -> Facts:
    """What the gift's file called its designation, and the code it has here. Of a designation that is closed to the
    reader the code alone: a file's own word may name it.
    """
    code = line.designation.code if line.designation else ""
    return {"designation": code if code and line.is_closed else line.designation_key, "designation_code": code}


def tendered(line: Any) -> Facts:
    """What was given, where that is known of this line and is not what was booked."""
    gift = line.gift
    amount, currency = line.tendered_amount, line.tendered_currency or gift.tendered_currency
    if amount is None and not line.has_others and gift.tendered_currency != gift.currency:
        amount, currency = gift.tendered_amount, gift.tendered_currency
    if amount is None:
        return {}
    return {"tendered_amount": exact(amount, currency), "tendered_currency": currency}


def of_whole_gift(line: Any, credited: dict[int | None, str], *, hidden: bool) -> Facts:
    """What is told once of a gift, with its first line."""
    gift = line.gift
    if line.has_earlier:
        return {}
    value = gift.fair_market_value
    in_return = "" if hidden else gift.got_in_return
    told = {
        "fmv": "" if value is None else exact(value, gift.currency),
        "description": "" if hidden or gift.got_in_return != gift.in_return else gift.description,
        "in_return": in_return,
        "intangible": YES if gift.intangible else "",
        "receipted": YES if gift.receipted_elsewhere else "",
    }
    number = "" if hidden else credited.get(gift.soft_partner_id, "")
    return told | {"soft_donor_id": number, "soft_type": gift.soft_kind} if number else told
