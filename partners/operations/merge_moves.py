"""What belongs to a partner and goes to another by a merge, row by row, with what is needed to take it back.

Money never moves by itself: gifts and commitments are of a giving unit, and the giving unit goes over as a whole.
"""

from collections.abc import Collection
from typing import Any, Final

from django.apps import apps
from django.db.models import Q

from partners.models import (
    Address,
    BatchRow,
    Contact,
    EmailAddress,
    ExternalId,
    FollowUp,
    Gift,
    GiftBatch,
    GivingUnit,
    Holder,
    ImportMatch,
    Merge,
    MergeStep,
    Partner,
    Phone,
    Relation,
    Stage,
    Tagging,
    Undertaking,
)

WHOLE: Final = (Contact, FollowUp, ImportMatch)
"""What goes over without a look at what the survivor has."""


def step(merge: Merge, model: Any, ids: Collection[int], before: dict[str, Any], after: dict[str, Any]) -> None:
    """Change these rows and write down how. Nothing is written for no rows."""
    if ids:
        rows = sorted(ids)
        model.objects.filter(pk__in=rows).update(**after)
        MergeStep.objects.create(merge=merge, what=model._meta.model_name, ids=rows, before=before, after=after)


def model_named(what: str) -> Any:
    """The model of a step."""
    return apps.get_model("partners", what)


def move(merge: Merge, model: Any, ids: Collection[int], column: str = "partner_id") -> None:
    """These rows go from the loser to the survivor."""
    step(merge, model, ids, {column: merge.loser_id}, {column: merge.survivor_id})


def ids_of(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def move_everything(merge: Merge) -> None:
    """All that belongs to the loser goes over; what the survivor has in the same words stays behind, and so do the
    stage, the holder and the prayer for a unit that has its own with the survivor: they come back with the undo.
    """
    for model in WHOLE:
        move(merge, model, ids_of(model.objects.filter(partner=merge.loser_id)))
    move_giving(merge)
    move_ways(merge)
    move_care(merge)
    move_undertakings(merge)
    move_relations(merge)
    have = Tagging.objects.filter(partner=merge.survivor_id).values("tag")
    move(merge, Tagging, ids_of(Tagging.objects.filter(partner=merge.loser_id).exclude(tag__in=have)))


def move_giving(merge: Merge) -> None:
    """The giving units go over with their gifts and commitments; the loser's numbers keep naming the loser's own unit,
    so that what comes under them later is told apart. Soft credits follow, also those of batches that are still open.
    """
    units = list(GivingUnit.objects.filter(partner=merge.loser_id).own_first())
    numbers = ExternalId.objects.filter(partner=merge.loser_id)
    if units:
        step(merge, ExternalId, ids_of(numbers.filter(giving_unit=None)), NO_UNIT, {"giving_unit_id": units[0].pk})
    move(merge, ExternalId, ids_of(numbers))
    brought = [unit.pk for unit in units if unit.came_by_id is None]
    step(merge, GivingUnit, brought, {"came_by_id": None}, {"came_by_id": merge.pk})
    move(merge, GivingUnit, [unit.pk for unit in units])
    move(merge, Gift, ids_of(Gift.objects.filter(soft_partner=merge.loser_id)), "soft_partner_id")
    keyed = BatchRow.objects.filter(soft_partner=merge.loser_id, batch__state=GiftBatch.State.OPEN)
    move(merge, BatchRow, ids_of(keyed), "soft_partner_id")


NO_UNIT: Final[dict[str, Any]] = {"giving_unit_id": None}


def move_ways(merge: Merge) -> None:
    """Ways to reach the loser, but for those by which the survivor is reached already."""
    traits: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (EmailAddress, ("whose", "norm")),
        (Phone, ("whose", "digits")),
        (Address, ("whose", "lines", "city", "postal_code")),
    )
    for model, columns in traits:
        known = set(model.objects.filter(partner=merge.survivor_id).values_list(*columns))
        rows = model.objects.filter(partner=merge.loser_id).values_list("pk", *columns)
        move(merge, model, [pk for pk, *trait in rows if tuple(trait) not in known])


def move_care(merge: Merge) -> None:
    """Stages and holders. Of two first holders in a unit the survivor's stays the first."""
    staged = Stage.objects.filter(partner=merge.survivor_id, left_at=None).values("unit")
    stays = Q(left_at=None, unit__in=staged)
    move(merge, Stage, ids_of(Stage.objects.filter(partner=merge.loser_id).exclude(stays)))
    theirs = Holder.objects.filter(partner=merge.survivor_id, ends_on=None)
    standing = set(theirs.values_list("unit", "worker"))
    first = set(theirs.filter(is_primary=True).values_list("unit", flat=True))
    going: list[int] = []
    second: list[int] = []
    for holder in Holder.objects.filter(partner=merge.loser_id):
        is_standing = holder.ends_on is None
        if is_standing and (holder.unit_id, holder.worker_id) in standing:
            continue
        is_second = is_standing and holder.is_primary and holder.unit_id in first
        (second if is_second else going).append(holder.pk)
    move(merge, Holder, going)
    before = {"partner_id": merge.loser_id, "is_primary": True}
    step(merge, Holder, second, before, {"partner_id": merge.survivor_id, "is_primary": False})


def move_undertakings(merge: Merge) -> None:
    """What the loser undertakes, but for what the survivor undertakes for the same unit already."""
    theirs = Undertaking.objects.standing().filter(partner=merge.survivor_id)
    known = set(theirs.values_list("unit", "kind"))
    found = Undertaking.objects.filter(partner=merge.loser_id)
    stands = set(found.standing().values_list("pk", flat=True))
    rows = found.values_list("pk", "unit", "kind")
    move(merge, Undertaking, [pk for pk, *what in rows if pk not in stands or tuple(what) not in known])


def move_relations(merge: Merge) -> None:
    """Relations from both sides, but for one between the two, one that the survivor has, and a second spouse."""
    survivor, loser = merge.survivor_id, merge.loser_id
    known = {(each.partner_id, each.other_id, each.kind) for each in Relation.objects.standing().of(survivor)}
    is_married = any(kind == Relation.Kind.SPOUSE for _one, _two, kind in known)
    for each in Relation.objects.of(loser).order_by("pk"):
        sides = [survivor if pk == loser else pk for pk in (each.partner_id, each.other_id)]
        if each.kind == Relation.Kind.SPOUSE:
            sides.sort()
        stands = each.ended_at is None
        second_spouse = stands and is_married and each.kind == Relation.Kind.SPOUSE
        if sides[0] == sides[1] or second_spouse or (stands and (*sides, each.kind) in known):
            continue
        before = {"partner_id": each.partner_id, "other_id": each.other_id}
        step(merge, Relation, [each.pk], before, {"partner_id": sides[0], "other_id": sides[1]})


def point(merge: Merge) -> None:
    """Who was merged into the loser before is found with the survivor, and so is the loser."""
    before = Partner.objects.filter(merged_into=merge.loser_id)
    to = {"merged_into_id": merge.survivor_id}
    step(merge, Partner, ids_of(before), {"merged_into_id": merge.loser_id}, to)
    step(merge, Partner, [merge.loser_id], {"merged_into_id": None}, to)


def take_back(each: MergeStep) -> int:
    """Undo one step, as far as its rows are still as it left them; return how many it changed. What was changed by
    hand since stays as it is, but a row that went over comes back with its partner.
    """
    rows = model_named(each.what).objects.filter(pk__in=each.ids)
    went_over = {name: value for name, value in each.after.items() if name in MOVED_BY}
    if went_over:
        changed: int = rows.filter(**went_over).update(**each.before)
        return changed
    return sum(rows.filter(**{name: each.after[name]}).update(**{name: value}) for name, value in each.before.items())


MOVED_BY: Final = frozenset({"partner_id", "other_id", "soft_partner_id", "merged_into_id"})
"""Columns that name a partner."""
