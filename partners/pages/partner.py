"""The record of one partner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency, AuditEntry
from agencies.queries.activity import Day, timeline
from agencies.seats import Seat
from core.money import Money
from funds.models.discretion import shown_designation_name
from partners.models import Commitment, Contact, Gift, GiftLine, GivingUnit, Partner
from partners.models.contact import Reach
from partners.pages.care import care
from partners.pages.commitment_list import TONES, day, state_of
from partners.pages.duplicates import may_be_same, merged_rows
from partners.pages.erasing import erased_words
from partners.pages.gift_list import GiftRow, gift_rows, line_name
from partners.pages.relations import relation_rows, tag_rows
from partners.pages.timeline import page_of
from partners.pages.undertakings import undertaking_rows
from partners.pages.words import unbroken
from partners.queries.figures import totals_by_year
from partners.queries.fulfilment import Standing, standings
from partners.queries.gifts import ALL, Wanted, gifts_wanted, with_lines
from partners.queries.partners import is_reached

NEWEST_GIFTS, NEWEST_ACTS, NEWEST_EVENTS = 10, 20, 8


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
    state: str
    tone: str
    next_due: str
    last_gift: str
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
    is_known = partner.erased_at is None and is_reached(seat, partner, "partners.contact")
    gifts_url = f"{reverse('gifts', args=[agency.slug])}?{urlencode({'partner': partner.pk, 'state': ALL})}"
    told = {
        "partner": Named(partner.pk, partner.name),
        "kind": capfirst(str(Partner.Kind(partner.kind).label)),
        "is_known": is_known,
        **(about(agency, partner) if is_known else {}),
        "note": partner.note if is_reached(seat, partner, "partners.note") else "",
        **(relationship(seat, partner) if is_known else {"last_contact": last_contact(seat, partner)}),
        "amounts": amounts,
        "gifts": newest_gifts(seat, partner) if amounts else [],
        "gifts_url": gifts_url if seat.can("gifts.view") else "",
        "totals": total_rows(seat, partner) if amounts else [],
        "promises": promises(seat, partner) if amounts else [],
        "erased": erased_words(seat, partner),
        "died_words": died(agency, partner) if is_known else "",
        "same": may_be_same(seat, partner),
        "merged": merged_rows(seat, partner),
        "acts": activity(seat, partner) if seat.can("partners.edit") else [],
    }
    return {**told, "glance": glance(agency, partner, told) if is_known else []}


def relationship(seat: Seat, partner: Partner) -> dict[str, Any]:
    """Who cares, what is to do, and the newest of what happened."""
    newest = page_of(seat, partner, most=NEWEST_EVENTS)
    more = reverse("partner_timeline", args=[seat.agency.slug, partner.pk]) if newest.next else ""
    belongs = {
        "relations": relation_rows(seat, partner),
        "tags": tag_rows(seat, partner),
        "undertakings": undertaking_rows(seat, partner),
    }
    return {**care(seat, partner), **belongs, "days": newest.days, "timeline_url": more}


def glance(agency: Agency, partner: Partner, told: dict[str, Any]) -> list[Fact]:
    """What one needs before the call, from what the page has fetched already; what there is not, is said."""
    holders = ", ".join(f"{row.name} ({row.unit})" for row in told["holders"]) or _("Nobody yet")
    stages = ", ".join(f"{row.stage} ({row.unit})" for row in told["stages"]) or _("Not set")
    newest = told["contacts"][0] if told["contacts"] else None
    last = f"{newest.day}, {newest.how}: {newest.outcome} ({newest.who})" if newest else _("None logged")
    planned = told["planned"][0] if told["planned"] else None
    following = (
        _("%(how)s by %(day)s, %(who)s") % {"how": planned.how, "day": planned.due, "who": planned.who}
        if planned
        else ""
    )
    undertaken = [row.words for row in told["undertakings"]]
    facts_now = [
        Fact(_("Greet"), _("Dear %(name)s") % {"name": partner.salutation()}),
        Fact(_("Who cares"), holders),
        Fact(_("Stage"), stages),
        Fact(_("Last contact"), last),
        Fact(_("Next"), following or _("Nothing to do")),
        *([Fact(_("Besides giving"), "; ".join(undertaken))] if undertaken else []),
    ]
    if not told["amounts"]:
        return facts_now
    promised = [f"{row.amount} {row.often}, {row.designation}, {row.state}" for row in told["promises"] if row.is_open]
    gift = told["gifts"][0] if told["gifts"] else None
    return [
        *facts_now,
        Fact(_("Commitment"), "; ".join(promised) or _("None")),
        Fact(
            _("Last gift"),
            f"{gift.amount}, {gift.day}, {gift.designations}" if gift else _("None"),
            gift.url if gift else "",
        ),
    ]


def about(agency: Agency, partner: Partner) -> dict[str, Any]:
    """What is known of the partner, for who may know more than the name. Five queries."""
    return {
        "facts": facts(agency, partner),
        "ways": ways(agency, partner),
        "numbers": list(partner.external_ids.order_by("source", "value")),
        "giving_units": list(GivingUnit.objects.filter(partner=partner).own_first()),
    }


def died(agency: Agency, partner: Partner) -> str:
    """That the partner has died, and when: it stands beside the name, before anybody picks up the telephone."""
    if partner.deceased_on is None:
        return ""
    if not partner.death_day_known:
        return _("Has died, the day is not known")
    return _("Died %(day)s") % {"day": day_in_words(agency, partner.deceased_on)}


def facts(agency: Agency, partner: Partner) -> list[Fact]:
    """What is known of the partner; what is not, is left out."""
    full = (partner.title, partner.first_name, partner.middle_name, partner.last_name, partner.suffix)
    spouse = (partner.spouse_title, partner.spouse_first_name, partner.spouse_last_name)
    known = (
        (_("Full name"), joined(full)),
        (_("Spouse"), joined(spouse) + (f" ({_('died')})" if partner.spouse_deceased else "")),
        (_("Organization"), partner.organization),
        (_("In Latin letters"), partner.roman_name),
        (_("Letters begin"), _("Dear %(name)s") % {"name": partner.salutation()}),
        (_("Home church"), partner.church),
        (_("Language"), language(partner.language)),
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
    """The newest gifts, withdrawn ones too; for who holds the partner without a right to gifts, those to the units of
    the holder, by lines and without an address. Two queries.
    """
    if not seat.can("gifts.view"):
        return held_gifts(seat, partner)
    wanted = Wanted(partner_id=partner.pk, state=ALL)
    return gift_rows(seat, with_lines(seat, wanted, gifts_wanted(seat, wanted))[:NEWEST_GIFTS])


def held_gifts(seat: Seat, partner: Partner) -> list[GiftRow]:
    """The newest standing lines whose amounts the seat may see. One query."""
    lines = GiftLine.objects.with_giver(seat).filter(gift__giving_unit__partner=partner)
    named = lines.annotate(shown_name=shown_designation_name(seat, "designation")).select_related("gift")
    newest = named.order_by("-gift__date", "-gift__pk", "pk")[:NEWEST_GIFTS]
    return [held_gift(seat, line) for line in newest]


def held_gift(seat: Seat, line: Any) -> GiftRow:
    """A line as a row of the list of gifts."""
    return GiftRow(
        day=unbroken(day_in_words(seat.agency, line.gift.date)),
        url="",
        giver="",
        giver_url="",
        designations=line_name(line),
        kind=capfirst(str(Gift.Kind(line.gift.kind).label)),
        source="",
        amount=Money(line.amount, line.gift.currency).format(seat.agency.locale),
        state="",
        tone="",
    )


def last_contact(seat: Seat, partner: Partner) -> str:
    """The day of the last contact, all that a member of the team learns who does not hold the partner: of contacts in
    the name of the units in which they serve. One query.
    """
    contacts = Contact.objects.standing().filter(partner=partner, unit__in=seat.unit_roles)
    day = contacts.aggregate(last=Max("happened_on"))["last"]
    return day_in_words(seat.agency, day) if day else ""


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
    """The commitments with how they stand, those that hold first. Two queries."""
    agency, today = seat.agency, seat.agency.today()
    found = Commitment.objects.seen_by(seat).openly_for(seat).filter(giving_unit__partner=partner)
    now = standings(agency, found)
    rows = [promise_row(agency, each, now[each.pk], today) for each in found.order_by("-starts_on", "pk")]
    return sorted(rows, key=lambda row: not row.is_open)


def promise_row(agency: Agency, each: Any, now: Standing, today: date) -> PromiseRow:
    """One commitment in words."""
    return PromiseRow(
        pk=each.pk,
        amount=Money(each.amount, each.currency).format(agency.locale),
        often=str(Commitment.Frequency(each.frequency).label),
        designation=each.shown_name,
        state=state_of(now),
        tone=TONES[now.bucket],
        next_due=day(agency, now.next_due),
        last_gift=day(agency, now.last_gift),
        since=day(agency, each.starts_on),
        until=day(agency, each.ends_on),
        reason=each.ended_reason,
        is_open=each.ends_on is None or each.ends_on >= today,
    )


def activity(seat: Seat, partner: Partner) -> list[Day]:
    """What was done to this record lately, and to those that were merged into it. Two queries."""
    ids = [partner.pk, *Partner.objects.filter(merged_into=partner).values_list("pk", flat=True)]
    acts = AuditEntry.objects.filter(kind="partners.partner", object_id__in=ids).select_related("actor")
    return timeline(seat, acts.order_by("-at", "-pk")[:NEWEST_ACTS])
