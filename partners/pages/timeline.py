"""The timeline of a partner in words."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import Address, Commitment, Contact, Gift, GiftLine, Holder, Partner, Stage, Undertaking
from partners.pages.care import contact_row
from partners.pages.undertakings import in_words
from partners.queries import timeline as parts
from partners.queries.timeline import PAGE, Mark, marks
from ssu.models.discretion import SOMEBODY, Discretion, masked_for, yes


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `icon` says of what kind, `who` who did it, `more` what was noted."""

    icon: str
    sentence: str
    who: str = ""
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Day:
    """What happened on one day."""

    on: date
    label: str
    entries: list[Entry]


@dataclass(frozen=True)
class Page:
    """A page of the timeline; `next` is the mark behind it, "" at the end."""

    days: list[Day]
    next: str


def page_of(seat: Seat, partner: Partner, after: Mark | None = None, most: int = PAGE) -> Page:
    """A page of at most so many entries. One query for the order, one per part that is on the page, one for aliases."""
    found = marks(seat, partner, after)
    shown = found[:most]
    told = entries(seat, shown)
    by_day = groupby(shown, key=lambda mark: mark.day)
    days = [Day(day, day_in_words(seat.agency, day), [told[mark] for mark in of_day]) for day, of_day in by_day]
    return Page(days, str(shown[-1]) if len(found) > most else "")


def entries(seat: Seat, shown: list[Mark]) -> dict[Mark, Entry]:
    """The entries behind the marks: the rows of each part are fetched at once."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for mark in shown:
        wanted[mark.part].append(mark.pk)
    rows = {number: load(seat, parts.PARTS[number], ids) for number, ids in wanted.items()}
    return {mark: TELL[parts.PARTS[mark.part]](seat, rows[mark.part][mark.pk], mark.day) for mark in shown}


def load(seat: Seat, part: parts.Part, ids: list[int]) -> dict[int, Any]:
    """The rows of a part, named and masked for the seat. The timeline has judged already which of them it may know."""
    found: dict[int, Any] = LOAD[part](seat).in_bulk(ids)
    return found


def load_contacts(seat: Seat) -> Any:
    closed = yes(masked_for("unit", seat, Discretion.CLOSED))
    return Contact.objects.noted_for(seat).annotate(is_closed=closed).select_related("by")


def load_gifts(seat: Seat) -> Any:
    lines = GiftLine.objects.with_giver(seat).order_by("pk")
    return Gift.objects.prefetch_related(Prefetch("lines", lines, to_attr="shown_lines"))


def load_holders(seat: Seat) -> Any:
    return Holder.objects.named_for(seat)


def load_stages(seat: Seat) -> Any:
    closed = yes(masked_for("unit", seat, Discretion.CLOSED))
    return Stage.objects.named_for(seat).annotate(is_closed=closed).select_related("set_by")


def load_promises(seat: Seat) -> Any:
    return Commitment.objects.seen_by(seat)


def load_addresses(seat: Seat) -> Any:
    return Address.objects.all()


def load_undertakings(seat: Seat) -> Any:
    return Undertaking.objects.named_for(seat)


def tell_contact(seat: Seat, row: Any, day: date) -> Entry:
    said = contact_row(seat, row)
    return Entry("check", f"{said.how}: {said.outcome}", beside(said.who, said.unit), said.note or said.kept)


def tell_gift(seat: Seat, row: Any, day: date) -> Entry:
    amount = Money(sum(line.amount for line in row.shown_lines), row.currency).format(seat.agency.locale)
    url = reverse("gift", args=[seat.agency.slug, row.pk]) if seat.can("gifts.view") else ""
    return Entry("file-text", f"{capfirst(str(Gift.Kind(row.kind).label))}: {amount}", url=url)


def tell_stage(seat: Seat, row: Any, day: date) -> Entry:
    who = str(SOMEBODY) if row.is_closed else seat.name_of(row.set_by)
    sentence = _("Stage: %(stage)s") % {"stage": Stage.Kind(row.kind).label}
    return Entry("chevron-right", sentence, beside(who, row.unit_name), "" if row.is_closed else row.reason)


def tell_holder(seat: Seat, row: Any, day: date) -> Entry:
    words = _("%(name)s holds the relationship first") if row.is_primary else _("%(name)s holds the relationship too")
    return Entry("user-round", words % {"name": row.person_name}, row.unit_name)


def tell_holder_ended(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("x", _("%(name)s holds it no more") % {"name": row.person_name}, row.unit_name)


def tell_promise(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("clock", _("Commitment begins: %(what)s") % {"what": promised(seat, row)}, row.shown_name)


def tell_promise_ended(seat: Seat, row: Any, day: date) -> Entry:
    words = _("Commitment ends: %(what)s") % {"what": promised(seat, row)}
    return Entry("x", words, row.shown_name, row.ended_reason)


def promised(seat: Seat, row: Any) -> str:
    """What is promised, and how often."""
    amount = Money(row.amount, row.currency).format(seat.agency.locale)
    return f"{amount} {Commitment.Frequency(row.frequency).label}"


def tell_address(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("plus", _("New address: %(address)s") % {"address": row})


def tell_address_ended(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("x", _("Address no longer valid: %(address)s") % {"address": row})


def tell_undertaking(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("plus", in_words(row), more=row.shown_about)


def tell_undertaking_ended(seat: Seat, row: Any, day: date) -> Entry:
    return Entry("x", _("No more: %(what)s") % {"what": in_words(row)}, more=row.shown_reason)


def beside(*parts: str) -> str:
    """What stands beside a sentence."""
    return " · ".join(part for part in parts if part)


Tell = Callable[[Seat, Any, date], Entry]
TELL: dict[parts.Part, Tell] = {
    parts.contacts: tell_contact,
    parts.gifts: tell_gift,
    parts.stages: tell_stage,
    parts.holders: tell_holder,
    parts.holders_ended: tell_holder_ended,
    parts.promises: tell_promise,
    parts.promises_ended: tell_promise_ended,
    parts.addresses: tell_address,
    parts.addresses_ended: tell_address_ended,
    parts.undertakings: tell_undertaking,
    parts.undertakings_ended: tell_undertaking_ended,
}
LOAD: dict[parts.Part, Callable[[Seat], Any]] = {
    parts.contacts: load_contacts,
    parts.gifts: load_gifts,
    parts.stages: load_stages,
    parts.holders: load_holders,
    parts.holders_ended: load_holders,
    parts.promises: load_promises,
    parts.promises_ended: load_promises,
    parts.addresses: load_addresses,
    parts.addresses_ended: load_addresses,
    parts.undertakings: load_undertakings,
    parts.undertakings_ended: load_undertakings,
}
