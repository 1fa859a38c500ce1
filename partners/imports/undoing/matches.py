"""Putting back what an import changed of partners who were there. What a person changed since stays."""

from typing import Any

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from imports.models import ImportRun
from partners.keys import donor_number
from partners.models import Address, EmailAddress, ExternalId, Gift, ImportMatch, Partner, Phone


def take_matches_back(*, agency: Agency, actor: User | None, run: ImportRun) -> int:
    """Take numbers, ways to reach and fields back from the partners; return of how many. What was decided stands."""
    applied = ImportMatch.objects.filter(import_run=run).exclude(applied_at=None).select_related("partner")
    applied = applied.order_by("-pk")  # each rests on what the one before it left
    count = 0
    for match in applied:
        if match.choice == ImportMatch.Choice.UPDATE:
            label, changes = f"partner {match.partner_id}", {"import": run.pk}
            if put_back(match):
                changes["number_kept"] = 1
            audit.record(actor=actor, verb="undo update by import", of=match.partner, label=label, changes=changes)
            count += 1
        match.before, match.applied_at = {}, None
        match.save(update_fields=["before", "applied_at"])
    return count


def put_back(match: ImportMatch) -> bool:
    """One partner as they were; whether the number stays, since gifts of another import came under it."""
    if match.reason == ImportMatch.Reason.NUMBER:
        put_ways_back(match.before)
        return False
    before, kept = match.before, is_used_by_another(match)
    if not kept:
        ExternalId.objects.filter(partner=match.partner_id, source=match.source, norm=match.number).delete()
    for name, (was, now) in before.get("fields", {}).items():
        Partner.objects.filter(pk=match.partner_id, **{name: now}).update(**{name: was})
    for model, name in ((EmailAddress, "email"), (Phone, "phone"), (Address, "address")):
        if before.get(name):
            model.objects.filter(pk=before[name], not_valid_since=None).delete()
    if before.get("ended"):
        Address.objects.filter(pk__in=before["ended"], not_valid_since=before["ended_on"]).update(not_valid_since=None)
    return kept


def put_ways_back(before: dict[str, Any]) -> None:
    """Remove the ways that came, and let those hold again that ended with them; but for what ended or was taken up
    again since.
    """
    for model, name in ((EmailAddress, "emails"), (Phone, "phones"), (Address, "addresses")):
        model.objects.filter(pk__in=before.get(name, ()), not_valid_since=None).delete()
        ended = model.objects.filter(pk__in=before.get(f"{name}_ended", ()), not_valid_since=before["ended_on"])
        ended.update(not_valid_since=None)


def is_used_by_another(match: ImportMatch) -> bool:
    """Whether a standing gift that another import brought came to the partner under this number. One query."""
    gifts = Gift.objects.standing().filter(giving_unit__partner=match.partner_id, source=match.source)
    keys = gifts.exclude(import_id=match.import_run_id).exclude(giver_key="").values_list("giver_key", flat=True)
    return match.number in {donor_number(key) for key in keys.distinct()}
