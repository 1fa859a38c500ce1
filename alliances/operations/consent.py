"""What a member lets others see."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from alliances.models import Alliance, Consent, Indicator, Member


@transaction.atomic
def give_consent(
    *,
    alliance: Alliance,
    actor: User,
    member: Member,
    indicator: Indicator,
    audience: str,
    form: str,
    expires_on: date | None = None,
) -> Consent:
    """Consent, in the member's own scope, to one form of use for one audience; a former consent for it is revoked."""
    now = timezone.now()
    former = Consent.objects.filter(member=member, indicator=indicator, audience=audience, revoked_at=None)
    former.update(revoked_at=now, revoked_by=actor)
    consent: Consent = Consent.objects.create(
        member=member, indicator=indicator, audience=audience, form=form, expires_on=expires_on, given_by=actor
    )
    record(actor, "give consent", consent, member, indicator)
    return consent


@transaction.atomic
def revoke_consent(*, alliance: Alliance, actor: User, member: Member, indicator: Indicator, audience: str) -> None:
    """Take a consent back: the member's own number is no longer shown from this moment, and is in no new total.
    Past totals stay.
    """
    open_ones = Consent.objects.select_for_update().filter(
        member=member, indicator=indicator, audience=audience, revoked_at=None
    )
    for consent in open_ones:
        consent.revoked_at, consent.revoked_by = timezone.now(), actor
        consent.save(update_fields=["revoked_at", "revoked_by"])
        record(actor, "revoke consent", consent, member, indicator)


def record(actor: User, verb: str, consent: Consent, member: Member, indicator: Indicator) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        of=consent,
        label=f"{member.organization}: {indicator.name}",
        changes={"form": consent.form, "audience": consent.audience},
    )
