"""One commitment: how it stands, what it was before, the gifts that count for it, what happened."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment, CommitmentEvent
from partners.pages.commitment_list import TONES, day, kept, state_of
from partners.pages.partner import Fact
from partners.pages.words import unbroken
from partners.queries.commitments import holders_of
from partners.queries.fulfilment import Payment, Standing, payments, standings

NEWEST = 60
"""So many gifts stand on the page."""


@dataclass(frozen=True)
class TermsRow:
    """What was promised from a day until another."""

    amount: str
    often: str
    since: str
    until: str
    reason: str
    how: str
    is_this: bool
    url: str


@dataclass(frozen=True)
class PaymentRow:
    """A gift that counts for the promise, and the payments that it paid, wholly or in part."""

    day: str
    url: str
    given: str
    paid: str
    pays: str


@dataclass(frozen=True)
class EventRow:
    """Something that happened."""

    day: str
    words: str
    withdrawn: bool


def commitment_page(seat: Seat, found: Any) -> dict[str, Any]:
    """Everything that the page shows. Six queries."""
    agency, mine = seat.agency, Commitment.objects.filter(pk=found.pk)
    now = standings(agency, mine)[found.pk]
    counted = payments(agency, mine)[::-1]
    is_open = found.ends_on is None or found.ends_on >= agency.today()
    followed = Commitment.objects.filter(follows=found).exists()
    may_edit = seat.can("partners.edit")
    return {
        "commitment": {"pk": found.pk, "giver": found.shown_giver, "designation": found.shown_name},
        "amount": Money(found.amount, found.currency).format(agency.locale),
        "often": str(Commitment.Frequency(found.frequency).label),
        "state": state_of(now),
        "tone": TONES[now.bucket],
        "facts": facts(seat, found, now),
        "terms": terms(agency, found),
        "payments": [payment_row(seat, found, each) for each in counted[:NEWEST]],
        "more_payments": max(len(counted) - NEWEST, 0),
        "events": event_rows(agency, found),
        "partner_id": None if found.is_hidden else found.giving_unit.partner_id,
        "may_change": may_edit and is_open and not followed,
        "may_resume": may_edit and not is_open and not followed,
        "may_take_back": may_edit and not followed and changes_its_terms(found),
    }


def changes_its_terms(found: Commitment) -> bool:
    """Whether it followed another one to the same designation; what was moved is taken back in the transition."""
    return found.follows is not None and found.follows.designation_id == found.designation_id


def facts(seat: Seat, found: Any, now: Standing) -> list[Fact]:
    """What one asks first."""
    agency, none = seat.agency, _("None")
    partner = "" if found.is_hidden else reverse("partner", args=[agency.slug, found.giving_unit.partner_id])
    known = [
        Fact(_("Giver"), found.shown_giver, partner),
        Fact(_("Designation"), found.shown_name),
        Fact(_("Last day"), day(agency, found.ends_on) if found.ends_on else ""),
        Fact(_("Next due"), day(agency, now.next_due) or none),
        Fact(_("Last gift"), day(agency, now.last_gift) or none),
        Fact(_("Last 12 months"), kept(agency, found.currency, now)),
        Fact(_("Who cares"), holders_of(seat, [found]).get(found.pk, "") or _("Nobody yet")),
        Fact(_("Method"), found.method),
    ]
    return [each for each in known if each.value]


def terms(agency: Agency, found: Commitment) -> list[TermsRow]:
    """All that this giver promised to this designation, the newest first: a change ends one and begins another."""
    same = Commitment.objects.filter(giving_unit=found.giving_unit_id, designation=found.designation_id)
    return [terms_row(agency, each, found) for each in same.order_by("-starts_on", "-pk")]


def terms_row(agency: Agency, each: Commitment, shown: Commitment) -> TermsRow:
    """One promise in words."""
    return TermsRow(
        amount=Money(each.amount, each.currency).format(agency.locale),
        often=str(Commitment.Frequency(each.frequency).label),
        since=day(agency, each.starts_on),
        until=day(agency, each.ends_on),
        reason=each.ended_reason,
        how="" if each.follows_id is None else _("resumed") if each.resumes else _("changed"),
        is_this=each.pk == shown.pk,
        url=reverse("commitment", args=[agency.slug, each.pk]),
    )


def payment_row(seat: Seat, found: Any, each: Payment) -> PaymentRow:
    """One gift in words; a link where the seat may open gifts."""
    agency = seat.agency
    more = each.given - each.paid

    def amount(minor: int) -> str:
        return Money(minor, found.currency).format(agency.locale)

    return PaymentRow(
        day=unbroken(day_in_words(agency, each.day)),
        url=reverse("gift", args=[agency.slug, each.gift_id]) if seat.can("gifts.view") else "",
        given=amount(each.given),
        paid=amount(each.paid) + (" " + _("(%(more)s is extra)") % {"more": amount(more)} if more else ""),
        pays=pays(agency, found, each.first, each.last),
    )


def pays(agency: Agency, found: Commitment, first: int, last: int) -> str:
    """The days of the payments that a gift touched."""
    begins, ends = (day(agency, found.payment_date(number)) for number in (first, last))
    if first == last:
        return begins
    return _("%(first)s to %(last)s, %(count)s payments") % {"first": begins, "last": ends, "count": last - first + 1}


def event_rows(agency: Agency, found: Commitment) -> list[EventRow]:
    """What happened with it, the newest first. One query."""
    events = CommitmentEvent.objects.filter(commitment=found).select_related("gift").order_by("-happened_on", "-pk")
    return [
        EventRow(day(agency, each.happened_on), words_of(each), bool(each.gift and each.gift.withdrawn_at))
        for each in events[:NEWEST]
    ]


def words_of(event: Any) -> str:
    """What happened, in words."""
    if event.kind == CommitmentEvent.Kind.LATE:
        return _("Late over %(days)s days") % {"days": event.days_late - 1}
    return str(capfirst(event.get_kind_display()))
