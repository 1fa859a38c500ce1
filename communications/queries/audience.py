"""Who gets a letter, who does not, and why: judged for the partners of one page, and for those that the job sends
to. `communications.queries.readers` counts and pages the whole audience by the same rules.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from agencies.models import Agency
from agencies.seats import Seat
from communications.models import Basis, Channel, ConsentPolicy, Exclusion, Letter, LetterMessage, Purpose
from communications.models.letter import OPEN_TO_JUDGMENT
from communications.queries.consent import policy_in_force, standing
from communications.series import series_named
from core.periods import add_months
from delivery.addresses import address_hash, normal
from delivery.models import OutgoingMessage
from delivery.queries import suppressed
from funds.models import Designation
from partners.models import Commitment, EmailAddress, Gift, GiftLine, Partner, Undertaking
from partners.models.partner import belonging, units_by_name
from partners.models.undertaking import undertakes
from ssu.models import TeamMember, Unit

READER = Coalesce("partner__merged_into", "partner")
"""Who reads a letter now: the record that stands, where that of the letter was merged."""
GROUNDS = frozenset({Basis.CONSENT.value, Basis.LEGITIMATE_INTEREST.value})
"""Grounds on which a letter may go out. A contract covers receipts, not news."""


@dataclass(frozen=True)
class Verdict:
    """What a letter is for one partner: an address and a ground, or a reason why there is none.

    `can_include`: the reason may be set aside by a person. `included_anyway`: it was.
    """

    partner: Partner
    address: str = ""
    basis: str = ""
    excluded: str = ""
    can_include: bool = False
    included_anyway: bool = False


def designations_of(unit: Unit) -> Any:
    """Where gifts for a unit go: its own designations, and the old ones of people who serve in it now."""
    serving = TeamMember.objects.serving().filter(unit=unit).values("worker")
    legacy = Q(kind=Designation.Kind.WORKER, unit=None, worker__in=serving)
    return Designation.objects.filter(Q(unit=unit) | legacy)


def audience_of(unit: Unit, purpose: str) -> Any:
    """The partners of a unit to whom letters of a purpose may go: those with a gift or a commitment to its
    designations, and the givers behind a fund's gift; of news and prayer also those who pray for the unit. So who only
    prays is never asked for a gift.
    """
    designations = designations_of(unit).values("pk")
    lines = GiftLine.objects.filter(designation__in=designations, withdrawn_at=None)
    promised = Commitment.objects.filter(designation__in=designations)
    return Partner.objects.filter(
        Q(pk__in=lines.values("gift__giving_unit__partner"))
        | Q(pk__in=lines.values("gift__soft_partner"))
        | Q(pk__in=promised.values("giving_unit__partner"))
        | (prays_for(unit.pk) if purpose == Purpose.NEWS else Q(pk__in=[]))
    ).order_by("pk")


def readers_of(letter: Letter) -> Any:
    """The partners of a letter: those of its series, or all of its unit to whom letters of its purpose may go."""
    unit = audience_of(letter.unit, letter.purpose)
    if not letter.series:
        return unit
    series, numbers = series_named(letter.series)
    return unit.filter(pk__in=series.readers(*numbers))


def talked_to(letter: Letter) -> Any:
    """The ids of partners to whom somebody talks before any letter of the series."""
    if not letter.series:
        return Partner.objects.none().values("pk")
    series, numbers = series_named(letter.series)
    return series.talked_to(*numbers)


def told(letter: Letter) -> Q:
    """The condition that a partner has heard what the series says: by another of its letters, or otherwise."""
    if not letter.series:
        return Q(pk__in=[])
    series, numbers = series_named(letter.series)
    mailed = LetterMessage.objects.filter(series=letter.series, excluded="").exclude(letter=letter.pk)
    return Q(pk__in=mailed.values(reader=READER)) | Q(pk__in=series.told(*numbers))


def prays_for(*unit_ids: int) -> Q:
    """The condition that a partner prays for one of these units now."""
    return undertakes(Undertaking.Kind.PRAY, unit_ids)


def named_partners(seat: Seat, unit_id: int, purpose: str) -> Any:
    """The partners whom this seat may know as readers of the unit's letters of a purpose: in the field those who gave
    to it openly or promised, so that openness towards another unit of the same leader tells nothing; of news and prayer
    also those who pray for it, whom no gift need have put there.
    """
    units = units_by_name(seat)
    if units is None:
        return Partner.objects.all()
    mine = units & {unit_id}
    openly = belonging(mine, openly=True)
    return Partner.objects.filter(openly | prays_for(*mine) if purpose == Purpose.NEWS else openly)


def named_audience_of(seat: Seat, letter: Letter) -> Any:
    """The partners of a letter whom this seat may know by name."""
    named = named_partners(seat, letter.unit_id, letter.purpose).values("pk")
    return readers_of(letter).filter(pk__in=named)


def judge(agency: Agency, letter: Letter, partners: list[Partner], *, taken: frozenset[str]) -> list[Verdict]:
    """The verdicts on these partners, in their order. `taken` are hashes of addresses that this letter has already."""
    known = facts_of(agency, letter, partners)
    used, verdicts = set(taken), []
    for partner in partners:
        verdict = known.verdict_on(partner)
        hashed = address_hash(agency.pk, verdict.address)
        if not verdict.excluded and hashed in used:
            verdict = Verdict(partner, excluded=Exclusion.SAME_ADDRESS)
        if not verdict.excluded:
            used.add(hashed)
        verdicts.append(verdict)
    return verdicts


@dataclass(frozen=True)
class Facts:
    """What is known about a batch of partners."""

    letter: Letter
    addresses: dict[int, list[EmailAddress]]
    closed: set[str]
    entries: dict[int, Any]
    policy: ConsentPolicy | None
    last_gifts: dict[int, date]
    giving: set[int]
    praying: set[int]
    talked_to: set[int]
    told: set[int]
    today: date

    def verdict_on(self, partner: Partner) -> Verdict:
        """The first reason that holds, unless a person may set it aside and did."""
        address = self.address_of(partner)
        reason = self.hard_reason(partner, address) or self.reason_of_basis(partner)
        if reason and reason not in OPEN_TO_JUDGMENT:
            return Verdict(partner, excluded=reason)
        reason = reason or self.soft_reason(partner)
        anyway = bool(reason) and partner.pk in self.letter.include_anyway
        if reason and not anyway:
            return Verdict(partner, excluded=reason, can_include=True)
        return Verdict(partner, address, self.basis_of(partner), included_anyway=anyway)

    def address_of(self, partner: Partner) -> str:
        """The first address that works, the partner's own before the spouse's; "" for none."""
        working = [row.email for row in self.addresses.get(partner.pk, []) if row.not_valid_since is None]
        return working[0].strip() if working else ""

    def hard_reason(self, partner: Partner, address: str) -> str:
        """What no one may set aside, apart from the ground in law."""
        if partner.deceased_on is not None:
            return Exclusion.DECEASED
        if partner.pk in self.talked_to:
            return Exclusion.TALK_FIRST
        if partner.pk in self.told:
            return Exclusion.TOLD
        if self.objected(partner):
            return Exclusion.OBJECTED
        if not self.addresses.get(partner.pk):
            return Exclusion.NO_EMAIL
        if not address or not is_writable(address):
            return Exclusion.NOT_VALID
        return Exclusion.SUPPRESSED if normal(address) in self.closed else ""

    def objected(self, partner: Partner) -> bool:
        """Whether the partner objected."""
        entry = self.entries.get(partner.pk)
        return entry is not None and entry.basis == Basis.OBJECTION

    def reason_of_basis(self, partner: Partner) -> str:
        """No ground in law, or one that ended with the giving."""
        entry = self.entries.get(partner.pk)
        if entry is not None and entry.basis in GROUNDS:
            return ""
        if self.policy is None or not self.policy.covers(self.letter.purpose):
            return Exclusion.NO_BASIS
        since = add_months(self.today, -self.policy.months)
        last = self.last_gifts.get(partner.pk)
        gave_lately = partner.pk in self.giving or (last is not None and last >= since)
        return "" if gave_lately or partner.pk in self.praying else Exclusion.LAPSED

    def soft_reason(self, partner: Partner) -> str:
        """What a person may see otherwise."""
        if partner.kind == Partner.Kind.SPONSOR:
            return Exclusion.SPONSOR
        theirs = tongue(partner.language)
        return Exclusion.LANGUAGE if theirs and theirs != tongue(self.letter.language) else ""

    def basis_of(self, partner: Partner) -> str:
        """The ground that the message is sent on."""
        entry = self.entries.get(partner.pk)
        return str(entry.basis) if entry is not None and entry.basis in GROUNDS else Basis.LEGITIMATE_INTEREST.value


def facts_of(agency: Agency, letter: Letter, partners: Collection[Partner]) -> Facts:
    """Ask everything about a batch at once. Six queries; seven for news and prayer, two more in a series."""
    ids, today = [partner.pk for partner in partners], agency.today()
    addresses: dict[int, list[EmailAddress]] = {}
    for row in EmailAddress.objects.filter(partner__in=ids).order_by("whose", "pk"):
        addresses.setdefault(row.partner_id, []).append(row)
    asked = [(row.email, OutgoingMessage.Purpose.LETTER.value) for rows in addresses.values() for row in rows]
    return Facts(
        letter=letter,
        addresses=addresses,
        closed={to for to, _purpose in suppressed(asked)},
        entries=standing(ids, Channel.EMAIL, letter.purpose),
        policy=policy_in_force(),
        last_gifts=last_gifts(ids),
        giving=promising(ids, today),
        praying=praying(ids, letter) if letter.purpose == Purpose.NEWS else set(),
        talked_to=set(Partner.objects.filter(pk__in=talked_to(letter)).filter(pk__in=ids).values_list("pk", flat=True))
        if letter.series
        else set(),
        told=set(Partner.objects.filter(told(letter), pk__in=ids).values_list("pk", flat=True))
        if letter.series
        else set(),
        today=today,
    )


def last_gifts(partner_ids: Collection[int]) -> dict[int, date]:
    """The day of each partner's last gift to the agency, given directly or through a fund. Two queries."""
    found: dict[int, date] = {}
    for path in ("giving_unit__partner_id", "soft_partner_id"):
        rows = Gift.objects.standing().filter(**{f"{path}__in": partner_ids}, amount__gt=0)
        for partner_id, day in rows.values(path).annotate(last=Max("date")).values_list(path, "last"):
            found[partner_id] = max(day, found.get(partner_id, day))
    return found


def promising(partner_ids: Collection[int], today: date) -> set[int]:
    """Who has a commitment that runs today."""
    running = Commitment.objects.filter(giving_unit__partner__in=partner_ids, starts_on__lte=today)
    return set(running.exclude(ends_on__lt=today).values_list("giving_unit__partner_id", flat=True))


def praying(partner_ids: Collection[int], letter: Letter) -> set[int]:
    """Who prays for the unit of a letter."""
    found = Partner.objects.filter(prays_for(letter.unit_id), pk__in=partner_ids)
    return set(found.values_list("pk", flat=True))


def tongue(code: str) -> str:
    """The language of a code without its country: en for en_US."""
    return code.replace("_", "-").partition("-")[0].strip().lower()


def is_writable(address: str) -> bool:
    """Whether the outbox would take the address."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
