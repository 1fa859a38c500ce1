"""Everything that is wanted while a caller speaks, on one page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from funds.models.discretion import shown_designation_name
from partners.models import Commitment, Contact, FollowUp, GivingUnit, Holder, Partner
from partners.models.discretion import in_field
from partners.pages.calls import words
from partners.pages.calls.gifts import GiftShown, gifts_shown
from partners.pages.care import contact_row, contacts_of, follow_up_rows
from partners.pages.partner import Fact, died, language, promise_row, ways
from partners.queries.fulfilment import standings
from ssu.models import Unit
from ssu.models.discretion import SOMEBODY, Discretion, masked_for, public_unit_name, public_worker_name, yes

TALKS: Final = 3


@dataclass(frozen=True)
class Care:
    """What to mind before one speaks."""

    words: str
    tone: str = "warn"


@dataclass(frozen=True)
class Shift:
    """A unit and the day from which partners are asked to give to it instead of to a person."""

    unit: str
    state: str
    tone: str
    say: str


@dataclass(frozen=True)
class Promise:
    """A commitment and how it is kept."""

    row: Any
    say: str


@dataclass(frozen=True)
class HolderShown:
    """Who cares for the partner: as the seat may know them, and as anybody may hear it."""

    name: str
    unit: str
    spoken: str
    membership: int | None


def call_page(seat: Seat, partner: Partner, gift_id: int | None) -> dict[str, Any]:
    """What the page shows, as far as the seat may see it. At most 28 queries, however much was given."""
    gifts = gifts_shown(seat, partner, gift_id)
    promised = commitments_of(seat, partner)
    holders = holders_of(seat, partner)
    units = {unit for each in gifts for unit in each.unit_ids} | {each.row_unit for each in promised if each.row_unit}
    talks = [contact_row(seat, each) for each in contacts_of(seat, partner)[:TALKS]]
    planned = FollowUp.objects.seen_by(seat).open().filter(partner=partner).select_related("assignee", "partner")
    return {
        "partner": {"pk": partner.pk, "name": partner.name},
        "who": who(seat, partner),
        "cares": list(cares(seat, partner, gifts)),
        "gifts": gifts,
        "promises": [Promise(each.row, each.say) for each in promised],
        "shifts": shifts_of(seat, units),
        "holders": holders,
        "first_holder": next((each.membership for each in holders if each.membership), None),
        "say": list(words.in_general(partner, holders[0].spoken if holders else "")),
        "talks": talks,
        "planned": follow_up_rows(seat, planned.order_by("due_on", "pk")[:TALKS]),
        "has_died": partner.deceased_on is not None,
    }


def who(seat: Seat, partner: Partner) -> list[Fact]:
    """Who is at the other end: how to greet, whom a receipt addresses, where they are reached. Four queries."""
    units = ", ".join(unit.name for unit in GivingUnit.objects.filter(partner=partner).own_first())
    reached = [row for row in ways(seat.agency, partner) if not row.ended]
    known = (
        Fact(_("Greet"), partner.salutation()),
        Fact(_("Language"), language(partner.language)),
        Fact(_("Receipts go to"), units),
        Fact(_("Kind"), str(Partner.Kind(partner.kind).label)),
        *(Fact(row.whose or _("Reached by"), row.text, row.href) for row in reached),
    )
    return [fact for fact in known if fact.value]


def cares(seat: Seat, partner: Partner, gifts: Collection[GiftShown]) -> Iterator[Care]:
    """What to mind: a death, somebody who asked to be left alone, an anonymous giver, another language. One query."""
    agency = seat.agency
    if partner.deceased_on is not None:
        care = _("%(died)s. Name no amounts before you know with whom you speak.")
        yield Care(care % {"died": died(agency, partner)}, "bad")
    if partner.spouse_deceased:
        yield Care(_("The spouse has died."))
    stop = Contact.objects.seen_by(seat).standing().filter(partner=partner, outcome=Contact.Outcome.STOP)
    asked = stop.order_by("-happened_on").values_list("happened_on", flat=True).first()
    if asked is not None:
        yield Care(
            _("Asked us to stop on %(day)s: answer, and ask for nothing.") % {"day": day_in_words(agency, asked)}
        )
    if not in_field(seat) and any(each.anonymous for each in gifts):
        yield Care(_("Gives anonymously: nobody in the field may learn the name, a holder neither."))
    if partner.spouse_first_name or partner.kind == Partner.Kind.HOUSEHOLD:
        yield Care(_("More than one person stands on this record. Ask who is calling."), "info")
    if partner.language and partner.language.split("-")[0] != agency.locale[:2].lower():
        yield Care(_("Speaks %(language)s.") % {"language": language(partner.language)}, "info")


@dataclass(frozen=True)
class Promised:
    """A commitment with the unit that it is for."""

    row: Any
    say: str
    row_unit: int | None


def commitments_of(seat: Seat, partner: Partner) -> list[Promised]:
    """The commitments that hold or are to come, else the last one that ended. Two queries."""
    agency, today = seat.agency, seat.agency.today()
    mine = Commitment.objects.seen_by(seat).openly_for(seat).filter(giving_unit__partner=partner)
    named = mine.select_related("designation").annotate(
        public_name=shown_designation_name(None, "designation"), unit=F("designation__unit")
    )
    now = standings(agency, mine)
    rows = [
        Promised(
            promise_row(agency, each, now[each.pk], today), words.of_promise(agency, each, now[each.pk]), each.unit
        )
        for each in named.order_by("-starts_on", "pk")
    ]
    running = [each for each in rows if each.row.is_open]
    return running or [Promised(each.row, "", each.row_unit) for each in rows[:1]]


def shifts_of(seat: Seat, unit_ids: Collection[int]) -> list[Shift]:
    """Where the units of these gifts stand on their way from a person to the unit. One query."""
    named = Unit.objects.seen_by(seat).annotate(spoken=public_unit_name("")).filter(pk__in=unit_ids)
    return [shift_of(seat, unit) for unit in named.order_by("shown_name", "pk")] if unit_ids else []


def shift_of(seat: Seat, unit: Any) -> Shift:
    """One unit in words."""
    agency, day = seat.agency, unit.shift_date
    say = words.of_shift(agency, unit.spoken, day)
    if day is None:
        return Shift(unit.shown_name, _("No day of a shift is set: gifts go on as they are."), "none", say)
    facts = {"day": day_in_words(agency, day)}
    if day > agency.today():
        return Shift(unit.shown_name, _("Shifts on %(day)s. Until then nothing changes.") % facts, "prog", say)
    return Shift(unit.shown_name, _("Shifted on %(day)s: gifts are asked for the unit.") % facts, "done", say)


def holders_of(seat: Seat, partner: Partner) -> list[HolderShown]:
    """Who holds the relationship, the first of each unit first. One query."""
    guarded = yes(masked_for("unit", None, Discretion.CLOSED))
    named = Holder.objects.standing().named_for(seat).filter(partner=partner).select_related("worker")
    rows = named.annotate(spoken=public_worker_name("worker"), is_guarded=guarded)
    return [
        HolderShown(
            name=str(each.person_name),
            unit=each.unit_name,
            spoken=str(SOMEBODY) if each.is_guarded else each.spoken,
            membership=each.worker.membership_id,
        )
        for each in rows.order_by("-is_primary", "unit_name", "pk")
    ]
