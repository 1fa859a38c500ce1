"""Adding to the consent ledger, and the agency's rule for who gives."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications.models import Basis, Channel, ConsentEntry, ConsentPolicy, Purpose
from communications.models.consent import LETTERS
from communications.queries.consent import standing_of
from core.errors import Refused
from delivery.models import OutgoingMessage, Suppression
from delivery.operations import lift, suppress
from partners.models import EmailAddress, Merge, Partner
from partners.operations.erased import refuse_erased

MAIL = OutgoingMessage.Purpose.LETTER.value
"""What the outbox calls all letters: one click closes an address for news and appeals alike."""


class NotYet(Refused):
    """Nobody has said anything tomorrow."""

    code = "consent_in_the_future"
    field = "on"
    message = "This day has not come yet. Enter the day on which the partner said so."


class WordsMissing(Refused):
    """A consent that cannot be shown is none (GDPR, article 7)."""

    code = "consent_words_missing"
    field = "wording"
    message = "Enter what the partner agreed to, word for word. Without the words nobody can show the consent."


class NoContractForLetters(Refused):
    """Nobody is bound to read news."""

    code = "contract_covers_receipts"
    field = "basis"
    message = "Contract or law is a ground for receipts only. Choose consent or legitimate interest."


@transaction.atomic
def record_consent(
    *,
    agency: Agency,
    actor: User | None,
    partner: Partner,
    channel: str,
    purpose: str,
    basis: str,
    wording: str,
    source: str,
    on: date,
) -> ConsentEntry:
    """Add what a partner said. Consent to letters by e-mail opens an address that the partner had closed; an
    objection to all letters closes it.

    Raises NotYet, WordsMissing, NoContractForLetters.
    """
    if on > agency.today():
        raise NotYet
    if basis == Basis.CONSENT and not wording.strip():
        raise WordsMissing
    if basis == Basis.CONTRACT and purpose != Purpose.RECEIPT:
        raise NoContractForLetters
    entry = add_entry(agency, actor, partner, channel, purpose, basis, wording, source, on)
    if channel == Channel.EMAIL and purpose in LETTERS:
        follow(actor, partner)
    return entry


def add_entry(
    agency: Agency,
    actor: User | None,
    partner: Partner,
    channel: str,
    purpose: str,
    basis: str,
    wording: str,
    source: str,
    on: date,
) -> ConsentEntry:
    """One row of the ledger, and one of the audit trail, which names the partner by number only."""
    refuse_erased(partner)
    entry: ConsentEntry = ConsentEntry.objects.create(
        agency=agency,
        partner=partner,
        channel=channel,
        purpose=purpose,
        basis=basis,
        wording=wording,
        source=source,
        on=on,
        by=actor,
    )
    audit.record(
        actor=actor,
        verb="record consent",
        of=entry,
        label=f"partner {partner.pk}",
        changes={"channel": channel, "purpose": purpose, "basis": basis},
    )
    return entry


def follow(actor: User | None, partner: Partner, *, may_open: bool = True) -> None:
    """Let the outbox follow the ledger: closed for who objects to every kind of letter, open for who agrees to one,
    where what was just written `may_open` an address.
    """
    entries = standing_of(partner)
    bases = [entry.basis for purpose in LETTERS if (entry := entries.get((Channel.EMAIL, purpose)))]
    if Basis.CONSENT in bases:
        for address in addresses(partner) if may_open else ():
            lift(actor=actor, address=address, purpose=MAIL, reason="consent recorded")
    elif bases == [Basis.OBJECTION] * len(LETTERS):
        for address in addresses(partner):
            suppress(actor=actor, address=address, purpose=MAIL, reason=Suppression.Reason.ASKED)


def addresses(partner: Partner) -> list[str]:
    """Every address of a partner, also those that no longer work."""
    return list(EmailAddress.objects.filter(partner=partner).order_by("pk").values_list("email", flat=True))


@transaction.atomic
def note_objection(*, agency: Agency, partner: Partner, wording: str, source: str) -> None:
    """The partner objected, without anybody of the agency at hand, to all letters by e-mail. What stands is not
    repeated.
    """
    entries = standing_of(partner)
    for purpose in LETTERS:
        entry = entries.get((Channel.EMAIL, purpose))
        if entry is None or entry.basis != Basis.OBJECTION:
            day = agency.today()
            add_entry(agency, None, partner, Channel.EMAIL, purpose, Basis.OBJECTION, wording, source, day)


@transaction.atomic
def decide_policy(
    *, agency: Agency, actor: User | None, news: bool, appeals: bool, months: int, wording: str
) -> ConsentPolicy:
    """The agency's new rule for who gives (ADR 10). Raises WordsMissing."""
    if (news or appeals) and not wording.strip():
        raise WordsMissing("Enter why the agency may write to those who give. A partner may ask for it.")
    policy: ConsentPolicy = ConsentPolicy.objects.create(
        agency=agency, news=news, appeals=appeals, months=months, wording=wording, decided_by=actor
    )
    changes = {"news": news, "appeals": appeals, "months": months}
    audit.record(actor=actor, verb="decide about letters to givers", of=policy, changes=changes)
    return policy


def keep_objections(*, agency: Agency, actor: User | None, merge: Merge) -> None:
    """After the undo of a merge: whoever objected while two records were one is not written to under either. The
    mailbox that objected may be the one that went back with the loser.
    """
    said = ConsentEntry.objects.filter(partner=merge.survivor_id, recorded_at__gte=merge.at)
    newest = said.order_by("channel", "purpose", "-on", "-pk").distinct("channel", "purpose")
    objections = [entry for entry in newest if entry.basis == Basis.OBJECTION]
    for entry in objections:
        source = f"{entry.source} (said while two records were one)"[:160]
        told = (entry.channel, entry.purpose, entry.basis, entry.wording, source, entry.on)
        add_entry(agency, actor, merge.loser, *told)
    if objections:
        follow(actor, merge.loser)
