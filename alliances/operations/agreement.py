"""Writing, offering, signing and adopting an agreement."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from alliances.models import Agreement, AgreementState, Alliance, Member, MemberChange, MemberState, Signature
from core.errors import Refused

SIGNABLE = (AgreementState.OFFERED, AgreementState.ADOPTED)


class TextIsFrozen(Refused):
    """What somebody may have signed does not change."""

    code = "text_is_frozen"
    message = "This agreement is no longer a draft, so its text stays as it is. Write a new version."


class NotOpenForSignature(Refused):
    """Only an offered or adopted agreement is signed."""

    code = "not_open_for_signature"
    message = "This agreement is not open for signature."


class AlreadySigned(Refused):
    """A member signs once."""

    code = "already_signed"
    message = "Your organization has signed this agreement."


class SignaturesMissing(Refused):
    """An agreement is adopted when every active member signed it, and two members at least."""

    code = "signatures_missing"


@transaction.atomic
def write_agreement(*, alliance: Alliance, actor: User | None, title: str, text: str) -> Agreement:
    """Begin the next version as a draft."""
    number = (Agreement.objects.aggregate(top=Max("version"))["top"] or 0) + 1
    agreement: Agreement = Agreement.objects.create(version=number, title=title, text=text, written_by=actor)
    audit.record(actor=actor, verb="write agreement", of=agreement, label=str(agreement))
    return agreement


@transaction.atomic
def edit_agreement(*, alliance: Alliance, actor: User | None, agreement: Agreement, title: str, text: str) -> Agreement:
    """Change the words of a draft. Raises TextIsFrozen."""
    if agreement.state != AgreementState.DRAFT:
        raise TextIsFrozen
    agreement.title, agreement.text = title, text
    agreement.save(update_fields=["title", "text"])
    audit.record(actor=actor, verb="edit agreement", of=agreement, label=str(agreement))
    return agreement


@transaction.atomic
def offer_agreement(*, alliance: Alliance, actor: User | None, agreement: Agreement) -> Agreement:
    """Open a draft for signature; from now on its text is frozen. Raises TextIsFrozen when it is no draft."""
    if agreement.state != AgreementState.DRAFT:
        raise TextIsFrozen
    agreement.state, agreement.offered_at = AgreementState.OFFERED, timezone.now()
    agreement.save(update_fields=["state", "offered_at"])
    audit.record(actor=actor, verb="offer agreement", of=agreement, label=str(agreement))
    return agreement


@transaction.atomic
def sign_agreement(
    *, alliance: Alliance, actor: User, member: Member, agreement: Agreement, signed_name: str
) -> Signature:
    """Sign for a member, in its scope: PostgreSQL takes a signature from the member alone.
    An invited member is signed by it.

    Raises NotOpenForSignature, AlreadySigned.
    """
    if agreement.state not in SIGNABLE:
        raise NotOpenForSignature
    if Signature.objects.filter(agreement=agreement, member=member).exists():
        raise AlreadySigned
    signature: Signature = Signature.objects.create(
        agreement=agreement, member=member, signed_name=signed_name, signed_by=actor
    )
    if member.state == MemberState.INVITED:
        member.state = MemberState.SIGNED
        member.save(update_fields=["state"])
        MemberChange.objects.create(member=member, state=member.state, by=actor)
    audit.record(actor=actor, verb="sign agreement", of=agreement, label=f"{agreement}: {member.organization}")
    return signature


@transaction.atomic
def adopt_agreement(*, alliance: Alliance, actor: User | None, agreement: Agreement) -> Agreement:
    """Adopt an offered agreement; the one before is superseded. Raises NotOpenForSignature, SignaturesMissing naming
    who is missing.
    """
    if agreement.state != AgreementState.OFFERED:
        raise NotOpenForSignature
    signed = set(Signature.objects.filter(agreement=agreement).values_list("member_id", flat=True))
    missing = Member.objects.filter(state=MemberState.ACTIVE).exclude(pk__in=signed).order_by("organization")
    if missing:
        names = ", ".join(member.organization for member in missing)
        raise SignaturesMissing(_("Not yet signed by: %(names)s.") % {"names": names})
    if len(signed) < 2:
        raise SignaturesMissing(_("An agreement binds at least two members, and fewer have signed."))
    now = timezone.now()
    Agreement.objects.filter(state=AgreementState.ADOPTED).update(state=AgreementState.SUPERSEDED, superseded_at=now)
    agreement.state, agreement.adopted_at = AgreementState.ADOPTED, now
    agreement.save(update_fields=["state", "adopted_at"])
    audit.record(actor=actor, verb="adopt agreement", of=agreement, label=str(agreement))
    return agreement
