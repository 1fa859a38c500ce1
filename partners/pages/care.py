"""The relationship with a partner, as its record shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from partners.models import Channel, Contact, FollowUp, Holder, Partner, Stage
from partners.pages.words import unbroken
from partners.queries.care import Proposal, is_office, proposal_of
from ssu.models.discretion import SOMEBODY, Discretion, masked_for, shown_unit_name, yes

NEWEST = 5
LONGEST_LIST = 20
LONGEST_ID = 18


@dataclass(frozen=True)
class HolderRow:
    """Who holds, in which unit, since when; `end_url` for who may end it."""

    name: str
    unit: str
    first: bool
    since: str
    end_url: str


@dataclass(frozen=True)
class StageRow:
    """Where the relationship with a unit stands, since when."""

    unit: str
    stage: str
    since: str
    change_url: str


@dataclass(frozen=True)
class ContactRow:
    """One contact in words. `kept` says why the note does not stand there."""

    pk: int
    day: str
    how: str
    outcome: str
    who: str
    unit: str
    note: str
    kept: str
    withdraw_url: str


@dataclass(frozen=True)
class FollowUpRow:
    """One thing to do, or done, with the addresses of what can be done about it."""

    pk: int
    partner: str
    partner_url: str
    how: str
    text: str
    kept: str
    due: str
    late: bool
    who: str
    unit: str
    ended: str
    log_url: str
    done_url: str
    move_url: str
    reopen_url: str


@dataclass(frozen=True)
class ProposalCard:
    """What a logged contact proposes, each with the address that takes it by one tap."""

    stage: str
    stage_url: str
    prayer: str
    prayer_url: str
    planned: str
    next_url: str
    leave_url: str


def care(seat: Seat, partner: Partner) -> dict[str, Any]:
    """Who holds, where it stands, what was talked over, what is to do. Four queries, and one for aliases."""
    found = FollowUp.objects.seen_by(seat).open().filter(partner=partner).select_related("assignee", "partner")
    contacts = list(contacts_of(seat, partner)[: NEWEST + 1])
    planned = follow_up_rows(seat, found.order_by("due_on", "pk")[:LONGEST_LIST])
    return {
        "holders": holder_rows(seat, partner),
        "stages": stage_rows(seat, partner),
        "contacts": [contact_row(seat, each) for each in contacts[:NEWEST]],
        "more_contacts": len(contacts) > NEWEST,
        "planned": planned,
        "may_hold": seat.can("partners.hold"),
    }


def holder_rows(seat: Seat, partner: Partner) -> list[HolderRow]:
    """Who holds the relationship today: the first of each unit first. One query."""
    closed = yes(masked_for("unit", seat, Discretion.CLOSED))
    found = Holder.objects.standing().named_for(seat).annotate(is_closed=closed).filter(partner=partner)
    rows = found.order_by("unit_name", "-is_primary", "starts_on", "pk")
    return [
        HolderRow(
            name=str(each.person_name),
            unit=each.unit_name,
            first=each.is_primary,
            since=day_in_words(seat.agency, each.starts_on),
            end_url=reverse("holder_end", args=[seat.agency.slug, each.pk])
            if seat.can("partners.hold", each.unit_id) and not each.is_closed
            else "",
        )
        for each in rows
    ]


def stage_rows(seat: Seat, partner: Partner) -> list[StageRow]:
    """Where it stands with each unit: the office reads all, the field those of its own units. One query."""
    closed = yes(masked_for("unit", seat, Discretion.CLOSED))
    found = Stage.objects.standing().named_for(seat).annotate(is_closed=closed).filter(partner=partner)
    if not is_office(seat):
        found = found.filter(unit__in=seat.unit_roles)
    change = reverse("stage_set", args=[seat.agency.slug, partner.pk])
    return [
        StageRow(
            each.unit_name,
            str(Stage.Kind(each.kind).label),
            day_in_words(seat.agency, each.set_at),
            "" if each.is_closed else f"{change}?unit={each.unit_id}",
        )
        for each in found.order_by("unit_name", "pk")
    ]


def contacts_of(seat: Seat, partner: Partner) -> Any:
    """The log of one partner as the seat may read it, the newest first."""
    found = Contact.objects.seen_by(seat).standing().noted_for(seat).filter(partner=partner)
    named = found.annotate(is_closed=yes(masked_for("unit", seat, Discretion.CLOSED)))
    return named.select_related("by").order_by("-happened_on", "-pk")


def contact_row(seat: Seat, each: Any) -> ContactRow:
    """One contact in words. Who was in touch for a unit that is closed to the reader is told by no name."""
    mine = each.by_id == seat.user_id
    may_withdraw = mine or (seat.can("partners.edit") and not each.is_closed)
    return ContactRow(
        pk=each.pk,
        day=unbroken(day_in_words(seat.agency, each.happened_on)),
        how=capfirst(str(Channel(each.channel).label)),
        outcome=str(Contact.Outcome(each.outcome).label),
        who=str(SOMEBODY) if each.is_closed and not mine else seat.name_of(each.by),
        unit=each.unit_name or "",
        note=each.shown_note,
        kept=_("There is a note that is not for you.") if each.is_kept else "",
        withdraw_url=reverse("contact_withdraw", args=[seat.agency.slug, each.pk]) if may_withdraw else "",
    )


def follow_up_rows(seat: Seat, found: Iterable[Any]) -> list[FollowUpRow]:
    """Follow-ups in words, for rows from `seen_by` with partner and assignee. No query but the one for aliases."""
    today = seat.agency.today()
    return [follow_up_row(seat, each, today) for each in found]


def follow_up_row(seat: Seat, each: Any, today: date) -> FollowUpRow:
    here, is_open = [seat.agency.slug, each.pk], each.ended_at is None
    may_act = each.assignee_id == seat.user_id or not each.is_closed
    log = reverse("contact_log", args=[seat.agency.slug, each.partner_id])
    settled = each.done_with_id is not None
    return FollowUpRow(
        pk=each.pk,
        partner=each.partner.name,
        partner_url=reverse("partner", args=[seat.agency.slug, each.partner_id]),
        how=capfirst(str(Channel(each.channel).label)),
        text=each.shown_text,
        kept=_("What it is about is not for you.") if each.is_kept else "",
        due=unbroken(day_in_words(seat.agency, each.due_on)),
        late=is_open and each.due_on < today,
        who=_("me") if each.assignee_id == seat.user_id else seat.name_of(each.assignee),
        unit=each.unit_name or "",
        ended=ended(seat, each),
        log_url=f"{log}?settles={each.pk}" if is_open and may_act else "",
        done_url=reverse("follow_up_done", args=here) if is_open and may_act else "",
        move_url=reverse("follow_up_move", args=here) if is_open and may_act else "",
        reopen_url=reverse("follow_up_reopen", args=here) if not is_open and not settled and may_act else "",
    )


def ended(seat: Seat, each: Any) -> str:
    """How and when it ended."""
    if each.ended_at is None:
        return ""
    words = {FollowUp.End.DONE: _("Done %(day)s"), FollowUp.End.CLOSED: _("Closed %(day)s: %(why)s")}[each.end]
    return words % {"day": day_in_words(seat.agency, each.ended_at), "why": each.ended_reason}


def proposal_card(seat: Seat, partner: Partner, contact_id: str) -> ProposalCard | None:
    """What the contact in the address proposes, for who logged it. Five queries at most."""
    if not contact_id.isascii() or not contact_id.isdigit() or len(contact_id) > LONGEST_ID:
        return None
    mine = Contact.objects.seen_by(seat).standing().filter(partner=partner, by=seat.user_id)
    seen = mine.annotate(unit_name=shown_unit_name("unit", seat))
    contact = seen.select_related("partner").filter(pk=int(contact_id)).first()
    found = proposal_of(contact) if contact else None
    return card(seat, partner, contact, found) if contact and found else None


def card(seat: Seat, partner: Partner, contact: Contact, found: Proposal) -> ProposalCard:
    """A proposal in words."""
    here = [seat.agency.slug, contact.pk]
    planned, after = "", found.follow_up
    if after is not None:
        day = day_in_words(seat.agency, seat.agency.today() + timedelta(days=after.days))
        how = capfirst(str(Channel(after.channel).label))
        planned = _("%(how)s by %(day)s") % {"how": how, "day": day}
    return ProposalCard(
        stage=str(Stage.Kind(found.stage).label) if found.stage else "",
        stage_url=reverse("contact_take", args=[*here, "stage"]),
        prayer=prayer_words(contact) if found.prayer else "",
        prayer_url=reverse("contact_take", args=[*here, "prayer"]),
        planned=planned,
        next_url=reverse("contact_take", args=[*here, "follow-up"]),
        leave_url=reverse("partner", args=[seat.agency.slug, partner.pk]),
    )


def prayer_words(contact: Any) -> str:
    """For what the partner promised to pray. Needs `unit_name`."""
    return contact.unit_name if contact.unit_id is not None else _("the agency as a whole")
