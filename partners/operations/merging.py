"""Making one partner of several records (ADR 14), and remembering that two are not the same."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import GivingUnit, Merge, NotSame, Partner
from partners.operations.duplicates import look_again
from partners.operations.erased import refuse_erased
from partners.operations.merge_lock import hold_merges
from partners.operations.merge_moves import move_everything, point, step
from partners.operations.partners import listed_name
from partners.operations.telling import tell_changed

FIELDS: Final = (
    *("kind", "title", "first_name", "middle_name", "last_name", "suffix", "organization", "roman_name"),
    *("spouse_title", "spouse_first_name", "spouse_last_name", "spouse_deceased"),
    *("greeting", "church", "language", "deceased_on"),
)
"""What a person chooses between when records differ. Notes are kept both; the name follows its parts."""
NAMED_BY: Final = (
    *("title", "first_name", "middle_name", "last_name", "suffix", "organization"),
    *("spouse_title", "spouse_first_name", "spouse_last_name"),
)
MOST: Final = 4
"""So many records at a time: more do not fit beside each other."""


class MergedAlready(Refused):
    """Somebody was faster."""

    code = "merged_already"
    message = "One of these records was merged in the meantime. Look at the list again."


class NothingToMerge(Refused):
    """A merge is of two different records at least."""

    code = "nothing_to_merge"
    message = "Choose two different records, and at most four."


class KeptApart(Refused):
    """Somebody said that they are two."""

    code = "kept_apart"
    message = "It was decided that these are not the same. Take that back first."


def held(ids: Collection[int]) -> dict[int, Partner]:
    """These partners, locked in the order of their numbers. Raises MergedAlready when one of them does not
    stand, ErasedAlready."""
    locked = Partner.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {partner.pk: partner for partner in locked if partner.merged_into_id is None}
    if len(found) < len(set(ids)):
        raise MergedAlready
    refuse_erased(*found.values())
    return found


@transaction.atomic
def merge_partners(
    *,
    agency: Agency,
    actor: User | None,
    survivor: Partner,
    losers: Collection[Partner],
    take: Mapping[str, int] | None = None,
    reason: str = "",
) -> list[Merge]:
    """The losers go on as the survivor, one merge for each, undone one by one. `take` says of which partner a field's
    value stays (field → id); unsaid, the survivor's, or where that is empty the first that is not.

    Raises NothingToMerge, MergedAlready, KeptApart, PartnersBusy, NameMissing.
    """
    order = list(dict.fromkeys(each.pk for each in losers))
    if not order or survivor.pk in order or len(order) >= MOST:
        raise NothingToMerge
    hold_merges(agency)
    locked = held([survivor.pk, *order])
    if decided_apart(locked):
        raise KeptApart
    made = [merge_one(actor, locked[survivor.pk], locked[pk], take or {}, reason.strip()[:200]) for pk in order]
    look_again(agency=agency, partner_ids=list(locked))
    tell_changed(agency, list(locked))
    return made


def decided_apart(ids: Collection[int]) -> bool:
    """Whether it was said of two of these, or of who was merged into them, that they are not the same."""
    both = Q(first__in=ids) | Q(first__merged_into__in=ids), Q(second__in=ids) | Q(second__merged_into__in=ids)
    return any(
        (each.first.merged_into_id or each.first_id) != (each.second.merged_into_id or each.second_id)
        for each in NotSame.objects.standing().filter(*both).select_related("first", "second")
    )


def merge_one(actor: User | None, survivor: Partner, loser: Partner, take: Mapping[str, int], reason: str) -> Merge:
    """Move all of the loser to the survivor."""
    merge: Merge = Merge.objects.create(survivor=survivor, loser=loser, reason=reason, by=actor)
    move_everything(merge)
    take_fields(merge, survivor, loser, take)
    point(merge)
    for partner, verb in ((survivor, "merge partner"), (loser, "merge into partner")):
        changes = {"merge": merge.pk, "survivor": survivor.pk, "loser": loser.pk}
        label = f"partner {partner.pk}"
        audit.record(actor=actor, verb=verb, of=partner, label=label, changes=changes, reason=reason)
    return merge


def take_fields(merge: Merge, survivor: Partner, loser: Partner, take: Mapping[str, int]) -> None:
    """The survivor's record says from now what was chosen."""
    now = {name: stays(name, survivor, loser, take) for name in FIELDS}
    if loser.note and loser.note not in survivor.note:
        now["note"] = "\n\n".join(filter(None, (survivor.note, loser.note)))
    now["death_day_known"] = day_known(now, survivor, loser)
    now["name"], now["sort_name"] = name_of(now, survivor, loser)
    changed = {name: value for name, value in now.items() if getattr(survivor, name) != value}
    rename_receipts(merge, survivor, changed.get("name"))
    for name, value in changed.items():
        step(merge, Partner, [survivor.pk], {name: plain(getattr(survivor, name))}, {name: plain(value)})
        setattr(survivor, name, value)


def day_known(now: Mapping[str, Any], survivor: Partner, loser: Partner) -> bool:
    """Whether the day of death that stays is the day itself: the record says that from which it comes."""
    return all(each.death_day_known for each in (survivor, loser) if each.deceased_on == now["deceased_on"])


def name_of(now: Mapping[str, Any], survivor: Partner, loser: Partner) -> tuple[str, str]:
    """How the partner is called and sorted: as the record whose parts of the name all stay, which a file may call
    otherwise than the parts tell; else by the parts that were chosen. Raises NameMissing.
    """
    for partner in (survivor, loser):
        if all(now[part] == getattr(partner, part) for part in NAMED_BY):
            return partner.name, partner.sort_name
    return listed_name(dict(now))


def stays(name: str, survivor: Partner, loser: Partner, take: Mapping[str, int]) -> Any:
    """The value of a field that stays."""
    if name in take:
        return getattr(loser if take[name] == loser.pk else survivor, name)
    return getattr(survivor, name) or getattr(loser, name)


def rename_receipts(merge: Merge, survivor: Partner, name: str | None) -> None:
    """The survivor's own giving unit is called as the survivor, as long as it was before."""
    if name is not None:
        own = GivingUnit.objects.filter(partner=survivor, came_by=None, name=survivor.name)
        step(merge, GivingUnit, list(own.values_list("pk", flat=True)), {"name": survivor.name}, {"name": name})


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
