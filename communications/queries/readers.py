"""Who would get a letter and why the others would not, counted and paged by the database: the page before sending.

The same rules as `communications.queries.audience`, which judges the partners of one page and those that the job sends
to; a test holds the two together. The database reads an address a little more leniently: one that only the outbox
would refuse is told by the page of readers, and by the job.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models import Window as Over
from django.db.models.functions import Coalesce, Lower, RowNumber, Trim

from agencies.models import Agency
from agencies.seats import Seat
from communications.models import Basis, Channel, ConsentEntry, Exclusion, Letter, Purpose
from communications.queries.audience import (
    GROUNDS,
    Verdict,
    facts_of,
    named_partners,
    prays_for,
    readers_of,
    talked_to,
    told,
    tongue,
)
from communications.queries.consent import policy_in_force
from core.periods import add_months
from delivery.models import OutgoingMessage, Suppression
from partners.models import Commitment, EmailAddress, Gift, Partner

WRITABLE = r"^[^@\s]+@([a-z0-9]|[^\x01-\x7f])(([a-z0-9-]|[^\x01-\x7f])*\.)+([a-z0-9-]|[^\x01-\x7f]){2,63}$"
TEXT = CharField()
NEVER = Q(pk__in=[])


class Hashed(Func):
    """`delivery.addresses.address_hash` of an address in its normal form: SHA-256 of agency and address."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    arg_joiner = " || "
    output_field = TEXT


def would_get(agency: Agency, letter: Letter, *, in_turn: bool = True) -> Any:
    """The partners of the letter's unit, each with `reason` ("" for none) and `turn`: only the first of those without
    a reason and with one address gets the letter. One query of its own, for the agency's rule.
    """
    known = readers_of(letter).annotate(**facts(agency, letter)).annotate(reason=reason(letter, agency.today()))
    turn = Over(RowNumber(), partition_by=[F("reason"), F("to")], order_by=F("pk").asc())
    return known.annotate(turn=turn) if in_turn else known


def facts(agency: Agency, letter: Letter) -> dict[str, Any]:
    """What is known about each partner: where a letter would go, and on what ground."""
    addresses = EmailAddress.objects.filter(partner=OuterRef("pk"))
    working = addresses.filter(not_valid_since=None).order_by("whose", "pk")
    same = Q(pk=OuterRef(OuterRef("pk"))) | Q(merged_into=OuterRef(OuterRef("pk")))
    said_by = Partner.objects.filter(same).values("pk")
    entries = ConsentEntry.objects.filter(partner__in=said_by, channel=Channel.EMAIL, purpose=letter.purpose)
    closed = Suppression.objects.filter(
        address_hash=Hashed(Value(f"{agency.pk}:", TEXT), OuterRef("to"), output_field=TEXT),
        purpose__in=["", OutgoingMessage.Purpose.LETTER.value],
        lifted_at=None,
    )
    tongues = Func(F("language"), Value("[-_].*$"), Value(""), function="regexp_replace", output_field=TEXT)
    return {
        "has_address": Exists(addresses),
        "to": Coalesce(Subquery(working.values("norm")[:1]), Value(""), output_field=TEXT),
        "basis": Coalesce(Subquery(entries.order_by("-on", "-pk").values("basis")[:1]), Value(""), output_field=TEXT),
        "is_closed": Exists(closed),
        "tongue": Lower(Trim(tongues)),
    }


def reason(letter: Letter, today: date) -> Case:
    """The first reason that holds, unless it may be set aside and was."""
    policy = policy_in_force()
    without_ground = ~Q(basis__in=GROUNDS)
    by_rule = policy is not None and policy.covers(letter.purpose)
    hears = NEVER
    if policy and by_rule:
        hears = gives(add_months(today, -policy.months), today)
        hears |= prays_for(letter.unit_id) if letter.purpose == Purpose.NEWS else NEVER
    lapsed = without_ground & ~hears if by_rule else NEVER
    whens = [
        (~Q(deceased_on=None), Exclusion.DECEASED.value),
        (Q(pk__in=talked_to(letter)), Exclusion.TALK_FIRST.value),
        (told(letter), Exclusion.TOLD.value),
        (Q(basis=Basis.OBJECTION), Exclusion.OBJECTED.value),
        (Q(has_address=False), Exclusion.NO_EMAIL.value),
        (Q(to="") | ~Q(to__iregex=WRITABLE), Exclusion.NOT_VALID.value),
        (Q(is_closed=True), Exclusion.SUPPRESSED.value),
        (NEVER if by_rule else without_ground, Exclusion.NO_BASIS.value),
        (Q(pk__in=letter.include_anyway), ""),
        (lapsed, Exclusion.LAPSED.value),
        (Q(kind=Partner.Kind.SPONSOR), Exclusion.SPONSOR.value),
        (~Q(tongue__in=["", tongue(letter.language)]), Exclusion.LANGUAGE.value),
    ]
    return Case(*(When(holds, then=Value(said)) for holds, said in whens), default=Value(""), output_field=TEXT)


def gives(since: date, today: date) -> Q:
    """Whether a partner gave since a day, directly or through a fund, or has a promise that runs."""
    gifts = Gift.objects.standing().filter(date__gte=since, amount__gt=0)
    running = Commitment.objects.filter(starts_on__lte=today).exclude(ends_on__lt=today)
    return (
        Q(Exists(gifts.filter(giving_unit__partner=OuterRef("pk"))))
        | Q(Exists(gifts.filter(soft_partner=OuterRef("pk"))))
        | Q(Exists(running.filter(giving_unit__partner=OuterRef("pk"))))
    )


@dataclass(frozen=True)
class Counts:
    """How many partners the unit has, how many would get the letter, and how many not, by reason in their order."""

    audience: int
    readers: int
    reasons: dict[str, int]


def counts_of(agency: Agency, letter: Letter) -> Counts:
    """Two queries, however many partners there are."""
    rows = would_get(agency, letter, in_turn=False).order_by().values("reason")
    grouped = rows.annotate(partners=Count("pk"), addresses=Count("to", distinct=True))
    found = {each["reason"]: (each["partners"], each["addresses"]) for each in grouped}
    fine, readers = found.pop("", (0, 0))
    left_out = {said: partners for said, (partners, _addresses) in found.items()}
    left_out[Exclusion.SAME_ADDRESS.value] = fine - readers
    reasons = {said: left_out[said] for said in Exclusion.values if left_out.get(said)}
    return Counts(readers + sum(left_out.values()), readers, reasons)


def readers(agency: Agency, letter: Letter) -> Any:
    """The partners who would get the letter."""
    return would_get(agency, letter).filter(reason="", turn=1)


def left_out_for(agency: Agency, letter: Letter, said: str) -> Any:
    """The partners left out for one reason; nobody for a word that is none."""
    known = would_get(agency, letter)
    if said == Exclusion.SAME_ADDRESS:
        return known.filter(reason="", turn__gt=1)
    return known.filter(reason=said) if said else known.none()


def has_readers(agency: Agency, letter: Letter) -> bool:
    """Whether anybody would get the letter."""
    return bool(would_get(agency, letter, in_turn=False).filter(reason="").exists())


def named_first(partners: Any, seat: Seat, letter: Letter) -> Any:
    """Partners of a letter, those whom the seat may know by name before the others: their place would tell."""
    if seat.unit_ids("partners.view") is None:
        return partners
    named = named_partners(seat, letter.unit_id, letter.purpose).filter(pk=OuterRef("pk"))
    return partners.annotate(is_named=Exists(named)).order_by("-is_named", "pk")


def verdicts_on(agency: Agency, letter: Letter, partners: list[Any]) -> list[Verdict]:
    """The verdicts on a page of `would_get`, judged as the job will; who has the address first is known to the
    database alone, since the others may stand on another page. Six queries.
    """
    known, verdicts = facts_of(agency, letter, partners), []
    for each in partners:
        verdict = known.verdict_on(each)
        is_second = not verdict.excluded and not each.reason and each.turn > 1
        verdicts.append(Verdict(each, excluded=Exclusion.SAME_ADDRESS.value) if is_second else verdict)
    return verdicts
