"""The record of one partner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency, AuditEntry
from agencies.queries.activity import Day, timeline
from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment, Partner
from partners.models.contact import Reach
from partners.pages.gift_list import GiftRow, gift_rows
from partners.pages.words import unbroken
from partners.queries.figures import totals_by_year
from partners.queries.gifts import ALL, Wanted, gifts_wanted, with_lines
from partners.queries.partners import is_reached

NEWEST_GIFTS, NEWEST_ACTS = 10, 20


@dataclass(frozen=True)
class Fact:
    """One line of facts, as `components/facts.html` takes it."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Named:
    """All of the record that everybody on the page may know: the template gets no more than this."""

    pk: int
    name: str


@dataclass(frozen=True)
class WayRow:
    """One way to reach the partner."""

    what: str
    pk: int
    text: str
    href: str
    whose: str
    ended: str


@dataclass(frozen=True)
class PromiseRow:
    """One commitment."""

    pk: int
    amount: str
    often: str
    designation: str
    since: str
    until: str
    reason: str
    is_open: bool


@dataclass(frozen=True)
class TotalRow:
    """What was given in a year in one currency, with the address of the lines behind it."""

    year: int
    amount: str
    lines: int
    url: str


def record(seat: Seat, partner: Partner) -> dict[str, Any]:
    """Everything that the page shows, as far as the seat's rights reach this partner."""
    agency, amounts = seat.agency, is_reached(seat, partner, "partners.amounts")
    is_known = is_reached(seat, partner, "partners.contact")
    gifts_url = f"{reverse('gifts', args=[agency.slug])}?{urlencode({'partner': partner.pk, 'state': ALL})}"
    return {
        "partner": Named(partner.pk, partner.name),
        "kind": capfirst(str(Partner.Kind(partner.kind).label)),
        "is_known": is_known,
        **(about(agency, partner) if is_known else {}),
        "note": partner.note if is_reached(seat, partner, "partners.note") else "",
        "amounts": amounts,
        "gifts": newest_gifts(seat, partner) if seat.can("gifts.view") else [],
        "gifts_url": gifts_url if seat.can("gifts.view") else "",
        "totals": total_rows(seat, partner) if amounts else [],
        "promises": promises(seat, partner) if amounts else [],
        "days": activity(seat, partner) if seat.can("partners.edit") else [],
    }


def about(agency: Agency, partner: Partner) -> dict[str, Any]:
    """What is known of the partner, for who may know more than the name. Five queries."""
    return {
        "facts": facts(agency, partner),
        "ways": ways(agency, partner),
        "numbers": list(partner.external_ids.order_by("source", "value")),
        "giving_units": list(partner.giving_units.order_by("pk")),
    }


def facts(agency: Agency, partner: Partner) -> list[Fact]:
    """What is known of the partner; what is not, is left out."""
    full = (partner.title, partner.first_name, partner.middle_name, partner.last_name, partner.suffix)
    spouse = (partner.spouse_title, partner.spouse_first_name, partner.spouse_last_name)
    died = day_in_words(agency, partner.deceased_on) if partner.deceased_on else ""
    known = (
        (_("Full name"), joined(full)),
        (_("Spouse"), joined(spouse) + (f" ({_('died')})" if partner.spouse_deceased else "")),
        (_("Organization"), partner.organization),
        (_("In Latin letters"), partner.roman_name),
        (_("Letters begin"), _("Dear %(name)s") % {"name": partner.salutation()}),
        (_("Home church"), partner.church),
        (_("Language"), language(partner.language)),
        (_("Died"), died),
    )
    return [Fact(label, value) for label, value in known if value.strip()]


def joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def language(code: str) -> str:
    """The language in its own name, where its code is known."""
    try:
        return str(get_language_info(code)["name_local"]) if code else ""
    except KeyError:
        return code


def ways(agency: Agency, partner: Partner) -> list[WayRow]:
    """Ways to reach the partner: those that hold first. Three queries."""
    emails = [way_row(agency, "email", each, f"mailto:{each.email}") for each in partner.emails.order_by("pk")]
    digits = ((each, f"tel:{each.number.replace(' ', '')}") for each in partner.phones.order_by("pk"))
    phones = [way_row(agency, "phone", each, href) for each, href in digits]
    addresses = [way_row(agency, "address", each, "") for each in partner.addresses.order_by("pk")]
    return sorted([*emails, *phones, *addresses], key=lambda row: bool(row.ended))


def way_row(agency: Agency, what: str, each: Any, href: str) -> WayRow:
    """One way in words."""
    ended = day_in_words(agency, each.not_valid_since) if each.not_valid_since else ""
    text = postal(each) if what == "address" else str(each)
    whose = str(each.get_whose_display()) if each.whose == Reach.Whose.SPOUSE else ""
    return WayRow(what, each.pk, text, href, whose, ended)


def postal(address: Any) -> str:
    """An address on one line, with its region and postal code."""
    town = joined((address.city, address.region, address.postal_code))
    return ", ".join(part for part in (*address.lines.splitlines(), town, address.country) if part)


def newest_gifts(seat: Seat, partner: Partner) -> list[GiftRow]:
    """The newest gifts, withdrawn ones too. Two queries."""
    wanted = Wanted(partner_id=partner.pk, state=ALL)
    return gift_rows(seat, with_lines(seat, wanted, gifts_wanted(seat, wanted))[:NEWEST_GIFTS])


def total_rows(seat: Seat, partner: Partner) -> list[TotalRow]:
    """Totals by year and currency, each leading to its lines. One query."""
    agency = seat.agency
    return [
        TotalRow(
            each.year, each.total.format(agency.locale), each.lines, lines_url(agency, partner, each.year, each.total)
        )
        for each in totals_by_year(seat, partner.pk)
    ]


def lines_url(agency: Agency, partner: Partner, year: int, total: Money) -> str:
    """The address of the lines of a partner's year in one currency."""
    days = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    query = urlencode({"partner": partner.pk, **days, "currency": total.currency})
    return f"{reverse('gift_lines', args=[agency.slug])}?{query}"


def promises(seat: Seat, partner: Partner) -> list[PromiseRow]:
    """The commitments, those that hold first. One query."""
    agency, today = seat.agency, seat.agency.today()
    found = Commitment.objects.seen_by(seat).filter(giving_unit__partner=partner).select_related("designation")
    rows = [promise_row(agency, each, today) for each in found.order_by("-starts_on", "pk")]
    return sorted(rows, key=lambda row: not row.is_open)


def promise_row(agency: Agency, each: Any, today: date) -> PromiseRow:
    """One commitment in words."""
    return PromiseRow(
        pk=each.pk,
        amount=Money(each.amount, each.currency).format(agency.locale),
        often=str(Commitment.Frequency(each.frequency).label),
        designation=each.shown_name,
        since=unbroken(day_in_words(agency, each.starts_on)),
        until=unbroken(day_in_words(agency, each.ends_on)) if each.ends_on else "",
        reason=each.ended_reason,
        is_open=each.ends_on is None or each.ends_on >= today,
    )


def activity(seat: Seat, partner: Partner) -> list[Day]:
    """What was done to this record lately. One query."""
    acts = AuditEntry.objects.filter(kind="partners.partner", object_id=partner.pk).select_related("actor")
    return timeline(seat, acts.order_by("-at", "-pk")[:NEWEST_ACTS])
