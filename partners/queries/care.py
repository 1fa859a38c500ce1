"""The relationship with a partner: who holds it, where it stands, what was talked over, what is to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Membership, RoleGrant
from agencies.rights import ALL, RIGHTS
from agencies.seats import Seat
from partners.models import Contact, FollowUp, Holder, Partner, Stage, Undertaking
from partners.models.holder import CARING_ROLES
from partners.proposals import Next, next_contact, next_stage
from ssu.models import TeamMember, Unit
from ssu.models.discretion import shown_unit_name, shown_worker_name


@dataclass(frozen=True)
class Proposal:
    """What a contact proposes and nobody took yet: a stage ("" for none), what to do, and that the partner prays."""

    stage: str
    follow_up: Next | None
    prayer: bool = False

    def __bool__(self) -> bool:
        return bool(self.stage or self.follow_up or self.prayer)


def proposal_of(contact: Contact) -> Proposal:
    """What a standing contact proposes now. Only the newest contact of a partner and a unit moves the stage; who has
    died is not to be called. Three queries; one more where the partner promised to pray.
    """
    if contact.withdrawn_at is not None:
        return Proposal("", None)
    stands = Stage.objects.standing().filter(partner=contact.partner_id, unit=contact.unit_id).first()
    kind = stands.kind if stands else ""
    newer = Contact.objects.standing().filter(
        Q(happened_on__gt=contact.happened_on) | Q(happened_on=contact.happened_on, pk__gt=contact.pk),
        partner=contact.partner_id,
        unit=contact.unit_id,
    )
    may_move = contact.unit_id is not None and not (stands and stands.contact_id == contact.pk) and not newer.exists()
    taken = contact.partner.deceased_on is not None or FollowUp.objects.filter(after=contact).exists()
    moved = next_stage(contact.outcome, kind) if may_move else ""
    return Proposal(moved, None if taken else next_contact(contact.outcome, kind), proposes_prayer(contact))


def proposes_prayer(contact: Contact) -> bool:
    """Whether the partner promised to pray, and it is not noted yet: neither from this contact nor for its unit."""
    if contact.outcome != Contact.Outcome.PRAYS or contact.partner.deceased_on is not None:
        return False
    prays = Undertaking.objects.kept().filter(partner=contact.partner_id, kind=Undertaking.Kind.PRAY)
    return not prays.filter(Q(contact=contact) | Q(unit=contact.unit_id, ends_on=None)).exists()


def units_in_care(seat: Seat, partner: Partner) -> QuerySet[Any]:
    """The units in whose name this seat may care for the partner: for the office all that are at work and not closed to
    it; in the field those in which one leads and the partner is known, or holds it. Each as `Unit.objects.seen_by`
    names it.
    """
    units = Unit.objects.seen_by(seat).active().filter(is_withheld=False)
    reached = seat.unit_ids("partners.contact")
    if reached is None:
        found: QuerySet[Any] = units
        return found
    known = [pk for pk in reached if Partner.objects.known_in(frozenset({pk}), openly=True).filter(pk=partner.pk)]
    held = Holder.objects.of_seat(seat).filter(partner=partner).values_list("unit", flat=True)
    narrowed: QuerySet[Any] = units.filter(pk__in={*known, *held})
    return narrowed


def is_office(seat: Seat) -> bool:
    """Whether the seat cares for partners in the whole agency."""
    return seat.unit_ids("partners.contact") is None


def carers(seat: Seat, partner: Partner) -> QuerySet[Membership]:
    """Who may be given a follow-up with this partner: the office, those who hold the partner (in units that are open to
    the seat), and oneself. All of them may know how to reach the partner.
    """
    office = [role for role, reach in RIGHTS["partners.contact"].items() if reach == ALL]
    granted = RoleGrant.objects.filter(ended_at=None, role__in=office).values("membership")
    serving = TeamMember.objects.serving().filter(unit=OuterRef("unit"), worker=OuterRef("worker"))
    holding = Holder.objects.standing().open_to(seat).filter(Exists(serving), partner=partner)
    wanted = Q(pk__in=granted) | Q(pk__in=holding.values("worker__membership")) | Q(pk=seat.membership.pk)
    found: QuerySet[Membership] = Membership.objects.filter(wanted, left_at=None, user__is_active=True)
    return found.select_related("user").order_by("user__name", "pk")


def services_to_choose(seat: Seat) -> QuerySet[Any]:
    """Those who serve today and may hold a relationship, in the units in which this seat may say so and that are not
    closed to it; each with `person_name` and `unit_name`, by unit.
    """
    reached = seat.unit_ids("partners.hold")
    serving = TeamMember.objects.serving().open_to(seat).filter(role__in=CARING_ROLES)
    mine = serving if reached is None else serving.filter(unit__in=reached)
    found: QuerySet[Any] = mine.select_related("unit", "worker").annotate(
        person_name=shown_worker_name("worker", seat), unit_name=shown_unit_name("unit", seat)
    )
    return found.order_by("unit_name", "person_name", "pk")


def follow_ups_wanted(seat: Seat, *, state: str = "", whose: str = "", until: date | None = None) -> QuerySet[Any]:
    """Follow-ups that the seat may see, what is due first: `state` "" for the open ones, "ended", "all"; `whose` "mine"
    for one's own; due by `until`.
    """
    found: QuerySet[Any] = FollowUp.objects.seen_by(seat).select_related("partner", "assignee")
    if state != "all":
        found = found.filter(ended_at__isnull=state != "ended")
    if whose == "mine":
        found = found.filter(assignee=seat.user_id)
    if until is not None:
        found = found.filter(due_on__lte=until)
    return found.order_by("due_on", "pk")
