"""Putting back what an import changed of partners who were there. What a person changed since stays."""

from typing import Any, Final

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
        put_ways_back(match)
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


WAYS: Final[tuple[tuple[Any, str], ...]] = ((EmailAddress, "emails"), (Phone, "phones"), (Address, "addresses"))


def put_ways_back(match: ImportMatch) -> None:
    """Remove the ways that came, and let those hold again that ended with them; but for what ended or was taken up
    again since. What a later file replaced meanwhile goes too, and what it stood in for ends with that file's.
    """
    before = match.before
    for model, name in WAYS:
        brought, ended = before.get(name, []), before.get(f"{name}_ended", [])
        heirs = heirs_of(match, model, name) if ended and brought else {}
        model.objects.filter(pk__in=brought, not_valid_since=None).delete()
        for place, pk in enumerate(ended):
            stood_in = brought[min(place, len(brought) - 1)] if brought else None
            was = model.objects.filter(pk=pk, not_valid_since=before["ended_on"])
            heir = heirs.get(stood_in)
            was.update(not_valid_since=heir.before["ended_on"] if heir else None)
        for gone, heir in heirs.items():
            instead = [pk for place, pk in enumerate(ended) if brought[min(place, len(brought) - 1)] == gone]
            hand_over(heir, f"{name}_ended", gone, instead)
        model.objects.filter(pk__in=heirs).delete()


def heirs_of(match: ImportMatch, model: Any, name: str) -> dict[int | None, ImportMatch]:
    """The ways that this match brought and that another import ended since, with its match. Two queries."""
    brought = model.objects.filter(pk__in=match.before[name]).exclude(not_valid_since=None)
    since = {pk: day.isoformat() for pk, day in brought.values_list("pk", "not_valid_since")}
    others = ImportMatch.objects.filter(partner=match.partner_id).exclude(applied_at=None).exclude(pk=match.pk)
    return {
        pk: other
        for other in others.filter(reason=ImportMatch.Reason.NUMBER).order_by("pk")
        for pk in other.before.get(f"{name}_ended", ())
        if since.get(pk) == other.before["ended_on"]
    }


def hand_over(heir: ImportMatch, name: str, gone: int | None, instead: list[int]) -> None:
    """A later match now stands in for what stood before the way that goes."""
    found = ImportMatch.objects.get(pk=heir.pk)
    kept = [pk for each in found.before[name] for pk in (instead if each == gone else [each])]
    found.before = {**found.before, name: kept}
    found.save(update_fields=["before"])


def is_used_by_another(match: ImportMatch) -> bool:
    """Whether a standing gift that another import brought came to the partner under this number. One query."""
    gifts = Gift.objects.standing().filter(giving_unit__partner=match.partner_id, source=match.source)
    keys = gifts.exclude(import_id=match.import_run_id).exclude(giver_key="").values_list("giver_key", flat=True)
    return match.number in {donor_number(key) for key in keys.distinct()}
