"""What counts of the consent ledger. What was said under a record that was merged counts for the one that stands: the
entries stay where they are, so that they come back with the undo of the merge.
"""

from collections.abc import Collection

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from communications.models import Basis, Channel, ConsentEntry, ConsentPolicy
from communications.models.consent import LETTERS
from partners.models import EmailAddress, Partner


def standing(partner_ids: Collection[int], channel: str, purpose: str) -> dict[int, ConsentEntry]:
    """The entry that counts, by partner: of the latest day the one recorded last. One query."""
    said = Q(partner__in=partner_ids) | Q(partner__merged_into__in=partner_ids)
    rows = ConsentEntry.objects.filter(said, channel=channel, purpose=purpose)
    rows = rows.annotate(said_by=Coalesce("partner__merged_into", "partner"))
    newest = rows.order_by("said_by", "-on", "-pk").distinct("said_by")
    return {entry.said_by: entry for entry in newest}


def said_by(partner: Partner) -> Q:
    """The condition that an entry is of this partner, or of a record that was merged into it."""
    return Q(partner=partner) | Q(partner__merged_into=partner)


def standing_of(partner: Partner) -> dict[tuple[str, str], ConsentEntry]:
    """The entries that count for one partner, by channel and purpose. One query."""
    rows = ConsentEntry.objects.filter(said_by(partner)).order_by("channel", "purpose", "-on", "-pk")
    return {(entry.channel, entry.purpose): entry for entry in rows.distinct("channel", "purpose")}


def ledger_of(partner: Partner) -> list[ConsentEntry]:
    """All entries of a partner, the newest first."""
    return list(ConsentEntry.objects.filter(said_by(partner)).select_related("by").order_by("-on", "-pk"))


def policy_in_force() -> ConsentPolicy | None:
    """The agency's rule for who gives, if it has made one."""
    found: ConsentPolicy | None = ConsentPolicy.objects.order_by("-pk").first()
    return found


def gets(partner: Partner) -> list[str]:
    """The purposes of letters that the partner gets by e-mail, by the ledger and the agency's rule. Two queries."""
    entries, policy = standing_of(partner), policy_in_force()
    found = []
    for purpose in LETTERS:
        entry = entries.get((Channel.EMAIL, purpose))
        by_rule = entry is None and policy is not None and policy.covers(purpose)
        if by_rule or (entry is not None and entry.basis != Basis.OBJECTION):
            found.append(purpose.value)
    return found


def newest_entry(partner: Partner) -> int:
    """The number of the entry that was recorded last about the partner, 0 without any."""
    found: int | None = ConsentEntry.objects.filter(said_by(partner)).aggregate(newest=Max("pk"))["newest"]
    return found or 0


def address_on_record(partner: Partner) -> str:
    """The e-mail address that letters go to: the first that works, the partner's own before the spouse's."""
    working = EmailAddress.objects.filter(partner=partner, not_valid_since=None).order_by("whose", "pk").first()
    return working.email.strip() if working else ""
