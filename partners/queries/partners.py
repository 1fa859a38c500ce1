"""The list of partners: filter, search, order."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL

from agencies.seats import Seat
from partners.keys import donor_number
from partners.models import EmailAddress, ExternalId, Gift, GiftLine, Holder, Partner, Phone, ReviewItem, Stage, Tagging
from partners.models.discretion import in_field
from partners.models.holder import reaches_any
from partners.queries.partner_by import partner_by

FEWEST_DIGITS = 5
"""Fewer digits are no telephone number."""
NO_LIMIT = 2**31 - 1
ORDERS = {"name": "sort_name", "last_gift": "last_gift", "this_year": "this_year"}


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; what is empty does not filter. Who was erased is found by a search, and else stands
    in the list only `with_erased`.
    """

    q: str = ""
    kind: str = ""
    unit_id: int | None = None
    review: bool = False
    stage: str = ""
    held: bool = False
    tag_id: int | None = None
    how: str = ""
    run_id: int | None = None
    with_erased: bool = False


def partners_wanted(seat: Seat, wanted: Wanted) -> QuerySet[Any]:
    """Partners that the seat may see and that fit, in no order yet."""
    found = Partner.objects.seen_by(seat).filter(in_list(wanted))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.unit_id is not None:
        found = found.known_in(frozenset({wanted.unit_id}), openly=in_field(seat))
    if wanted.stage:
        found = found.filter(staged(seat, wanted))
    if wanted.tag_id is not None:
        found = found.filter(Exists(Tagging.objects.filter(partner=OuterRef("pk"), tag=wanted.tag_id)))
    if wanted.how:
        found = found.filter(partner_by(seat, wanted.how, wanted.unit_id))
    if wanted.run_id is not None:
        found = found.filter(import_run=wanted.run_id)
    if wanted.held:
        found = found.filter(Exists(Holder.objects.of_seat(seat).filter(partner=OuterRef("pk"))))
    if wanted.review and not in_field(seat):
        waiting = ReviewItem.objects.open().filter(line__gift__giving_unit__partner=OuterRef("pk"))
        found = found.filter(Exists(waiting))
    if wanted.q:
        found = found.filter(answering(seat, wanted.q))
    partners: QuerySet[Any] = found
    return partners


def in_list(wanted: Wanted) -> Q:
    """The condition that a partner was not erased, unless somebody searches or asks for those too."""
    return Q() if wanted.q or wanted.with_erased else Q(erased_at=None)


def staged(seat: Seat, wanted: Wanted) -> Exists:
    """The condition that the relationship stands in the wanted stage: with the wanted unit, else with any of which the
    seat may know it.
    """
    stages = Stage.objects.standing().filter(partner=OuterRef("pk"), kind=wanted.stage)
    if wanted.unit_id is not None:
        stages = stages.filter(unit=wanted.unit_id)
    elif seat.unit_ids("partners.contact") is not None:
        stages = stages.filter(unit__in=seat.unit_roles)
    return Exists(stages)


def is_reached(seat: Seat, partner: Partner, right: str) -> bool:
    """Whether a right of the seat reaches this partner. At most one query."""
    return seat.unit_ids(right) is None or Partner.objects.seen_by(seat, right).filter(pk=partner.pk).exists()


def answering(seat: Seat, q: str) -> Q:
    """The condition that a partner answers to these words: name, e-mail, telephone, number, or number of a check."""
    known = Q(pk__in=named(q))
    if reaches_any(seat, "partners.contact"):
        known |= reached_by(seat, q)
    if seat.can("gifts.view"):
        known |= Q(pk__in=givers_of_check(seat, q.strip()))
    return known


def reached_by(seat: Seat, q: str) -> Q:
    """The condition that a number, an e-mail address or a telephone number is the partner's, as far as the seat may
    know: a hit tells whose it is.
    """
    digits = "".join(sign for sign in q if sign in "0123456789")
    ways: list[QuerySet[Any]] = [ExternalId.objects.filter(norm=donor_number(q))]
    if "@" in q:
        ways.append(EmailAddress.objects.filter(norm=q.strip().lower()))
    if len(digits) >= FEWEST_DIGITS:
        ways.append(Phone.objects.filter(digits=digits))
    if seat.unit_ids("partners.contact") is not None:
        open_to_seat = Partner.objects.seen_by(seat, "partners.contact").values("pk")
        ways = [rows.filter(partner__in=open_to_seat) for rows in ways]
    return reduce(or_, (Q(pk__in=rows.values("partner")) for rows in ways))


def named(q: str) -> RawSQL:
    """Ids of the partners in whose name each of the words is, through the function that may use the index."""
    words = [f"%{escaped(word)}%" for word in q.split()]
    return RawSQL("SELECT partner_id FROM find_partners(%s::text[], %s)", [words, NO_LIMIT])


def escaped(word: str) -> str:
    """The word with the signs that LIKE would take for patterns made plain."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def givers_of_check(seat: Seat, number: str) -> QuerySet[Any]:
    """Ids of the partners who gave by this check or transaction number, as far as the seat may know."""
    gifts = Gift.objects.seen_by(seat).filter(reference=number).exclude(reference="")
    if in_field(seat):
        gifts = gifts.filter(anonymous=False)
    givers: QuerySet[Any] = gifts.values("giving_unit__partner")
    return givers


def ordered(seat: Seat, partners: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """By `name`, `last_gift` or `this_year` (in the base currency), with a minus backwards; amounts only for who may
    see them.
    """
    key = sort.removeprefix("-")
    if key not in ORDERS or (key != "name" and not seat.can("partners.amounts")):
        key, sort = "name", "name"
    if key != "name":
        partners = partners.annotate(**{key: sort_column(seat, key)})
    by = F(ORDERS[key])
    order = by.desc(nulls_last=True) if sort.startswith("-") else by.asc(nulls_last=True)
    return partners.order_by(order, "pk")


def sort_column(seat: Seat, key: str) -> Subquery:
    """The column to sort by: the day of the last gift, or what was given this year in the base currency."""
    lines = GiftLine.objects.with_giver(seat).filter(gift__giving_unit__partner=OuterRef("pk")).order_by()
    by_partner = lines.values("gift__giving_unit__partner")
    if key == "last_gift":
        return Subquery(by_partner.filter(amount__gt=0).annotate(value=Max("gift__date")).values("value"))
    year = by_partner.filter(gift__currency=seat.agency.base_currency, gift__date__year=seat.agency.today().year)
    return Subquery(year.annotate(value=Sum("amount")).values("value"))
