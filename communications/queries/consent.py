"""What counts of the consent ledger."""

from collections.abc import Collection

from communications.models import Channel, ConsentEntry, ConsentPolicy
from partners.models import Partner


def standing(partner_ids: Collection[int], channel: str, purpose: str) -> dict[int, ConsentEntry]:
    """The entry that counts, by partner: of the latest day the one recorded last. One query."""
    rows = ConsentEntry.objects.filter(partner__in=partner_ids, channel=channel, purpose=purpose)
    newest = rows.order_by("partner_id", "-on", "-pk").distinct("partner_id")
    return {entry.partner_id: entry for entry in newest}


def standing_of(partner: Partner) -> dict[tuple[str, str], ConsentEntry]:
    """The entries that count for one partner, by channel and purpose. One query."""
    rows = ConsentEntry.objects.filter(partner=partner).order_by("channel", "purpose", "-on", "-pk")
    return {(entry.channel, entry.purpose): entry for entry in rows.distinct("channel", "purpose")}


def ledger_of(partner: Partner) -> list[ConsentEntry]:
    """All entries of a partner, the newest first."""
    return list(ConsentEntry.objects.filter(partner=partner).select_related("by").order_by("-on", "-pk"))


def policy_in_force() -> ConsentPolicy | None:
    """The agency's rule for who gives, if it has made one."""
    found: ConsentPolicy | None = ConsentPolicy.objects.order_by("-pk").first()
    return found


def email_basis(partner: Partner, purpose: str) -> ConsentEntry | None:
    """What counts for letters of a purpose by e-mail to one partner."""
    return standing([partner.pk], Channel.EMAIL, purpose).get(partner.pk)
