"""Action items that the agency adds to the eleven: adding, giving to units, rewording, retiring.

The eleven themselves are in no table that an agency writes, so nothing here can take one away.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import ActionItem, Discretion, OwnItem, OwnItemWording, RollOut, State, Unit
from ssu.models.own_items import RETIRED
from ssu.operations.acts import Kind, locked, write
from ssu.queries.own_items import newest_words, wording_of
from ssu.states import UNCLAIMED
from ssu.telling import tells

FIRST_POSITION = 100
"""Own items stand below those of the source text in their step."""


class OwnItemRetired(Refused):
    """What was retired is only taken up again."""

    code = "own_item_retired"
    message = "This item is retired. Take it up again to change it or to give it to units."


class WordingUnchanged(Refused):
    """A version says something new."""

    code = "wording_unchanged"
    field = "wording"
    message = "These are the words that stand already. Change them, or leave the page."


class WordingTaken(Refused):
    """Two items of the same words in one step would be one."""

    code = "wording_taken"
    field = "wording"
    message = "Another item says this already. Use that one, or choose other words."


class WordingTells(Refused):
    """Everybody who sees a roll-out reads an item's words."""

    code = "wording_tells"
    field = "wording"
    message = "This tells the true name or place of a closed unit, and everybody reads it. Choose other words."


class NoUnits(Refused):
    """An item for named units needs at least one."""

    code = "no_units"
    field = "units"
    message = "Choose who gets this item: all of them, or at least one."


@transaction.atomic
def add_own_item(
    *,
    agency: Agency,
    actor: User,
    step: int,
    wording: str,
    evidence_kind: str = "",
    for_all: bool = True,
    units: Iterable[Unit] = (),
) -> OwnItem:
    """Add an item to a step: for every active unit whose roll-out is not declared complete, and for those to come; or
    for the `units` alone, declared or not. Raises NoUnits, WordingTaken, WordingTells.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)  # numbers are given one by one
    wording, named = wording.strip(), list(units)
    if not for_all and not named:
        raise NoUnits
    need_new_words(wording)
    last = OwnItem.objects.aggregate(last=Max("number"))["last"] or 0
    made: OwnItem = OwnItem.objects.create(
        number=last + 1, step=step, evidence_kind=evidence_kind, for_all=for_all, added_by=actor
    )
    OwnItemWording.objects.create(own_item=made, version=1, wording=wording, written_by=actor)
    audit.record(actor=actor, verb="add own item", of=made, label=wording, changes={"step": step})
    give_item(made, list(undeclared_units()) if for_all else named)
    return made


@transaction.atomic
def give_own_item(*, agency: Agency, actor: User, own_item: OwnItem, units: Iterable[Unit]) -> int:
    """Give an item to more units, also to those whose roll-out is declared complete: that stays declared. Returns how
    many got it. Raises OwnItemRetired, NoUnits.
    """
    row, chosen = standing(own_item), list(units)
    if not chosen:
        raise NoUnits
    given = give_item(row, chosen)
    for unit in given:
        audit.record(actor=actor, verb="give own item", of=row, label=f"{unit.public_name}: {wording_of(row)}")
    return len(given)


@transaction.atomic
def reword_own_item(*, agency: Agency, actor: User, own_item: OwnItem, wording: str) -> OwnItemWording:
    """The next version of an item's words. Open items take them; what was claimed, confirmed or set aside keeps the
    words that the person had read, until it is opened again. Raises OwnItemRetired, WordingUnchanged, WordingTaken,
    WordingTells.
    """
    row, wording = standing(own_item), wording.strip()
    last: OwnItemWording = OwnItemWording.objects.filter(own_item=row).order_by("-version")[0]
    if last.wording == wording:
        raise WordingUnchanged
    need_new_words(wording, but=row)
    made: OwnItemWording = OwnItemWording.objects.create(
        own_item=row, version=last.version + 1, wording=wording, written_by=actor
    )
    ActionItem.objects.filter(own_item=row, state__in=UNCLAIMED).update(own_wording=wording)
    changes = {"wording": [last.wording, wording]}
    audit.record(actor=actor, verb="reword own item", of=row, label=wording, changes=changes)
    return made


@transaction.atomic
def retire_own_item(*, agency: Agency, actor: User, own_item: OwnItem) -> OwnItem:
    """End an item: no unit is given it any more, and where it was not completed it is set aside, with that reason.
    Nothing of it is lost. Raises OwnItemRetired.
    """
    row = standing(own_item)
    row.retired_by, row.retired_at = actor, timezone.now()
    row.save(update_fields=["retired_by", "retired_at"])
    unsettled = (State.NOT_STARTED, State.IN_PROGRESS, State.READY)
    for item in ActionItem.objects.filter(own_item=row, state__in=unsettled).order_by("pk"):
        write(actor=actor, item=locked(item), kind=Kind.NOT_APPLICABLE, reason=RETIRED)
    audit.record(actor=actor, verb="retire own item", of=row, label=wording_of(row))
    return row


@transaction.atomic
def restore_own_item(*, agency: Agency, actor: User, own_item: OwnItem) -> OwnItem:
    """Take a retired item up again: where retiring set it aside, it is open as before. Nothing happens otherwise."""
    row: OwnItem = OwnItem.objects.select_for_update().get(pk=own_item.pk)
    if row.retired_at is None:
        return row
    row.retired_by = row.retired_at = None
    row.save(update_fields=["retired_by", "retired_at"])
    for item in ActionItem.objects.filter(own_item=row, state=State.NOT_APPLICABLE, reason=RETIRED).order_by("pk"):
        write(actor=actor, item=locked(item), kind=Kind.UNDONE)
    ActionItem.objects.filter(own_item=row, state__in=UNCLAIMED).update(own_wording=wording_of(row))
    audit.record(actor=actor, verb="take up own item again", of=row, label=wording_of(row))
    return row


def standing(own_item: OwnItem) -> OwnItem:
    """The item as it is now, held until the transaction ends. Raises OwnItemRetired."""
    row: OwnItem = OwnItem.objects.select_for_update().get(pk=own_item.pk)
    if row.retired_at is not None:
        raise OwnItemRetired
    return row


def need_new_words(wording: str, but: OwnItem | None = None) -> None:
    """Raise WordingTaken when another item that is not retired says the same now, WordingTells when a closed unit is
    named, also by a part of its name or place.
    """
    closed = Unit.objects.filter(discretion=Discretion.CLOSED).values_list("name", "place")
    if any(tells(wording, *pair) for pair in closed):
        raise WordingTells
    others = OwnItem.objects.filter(retired_at=None).annotate(words=newest_words())
    if others.exclude(pk=but.pk if but else 0).filter(words__iexact=wording).exists():
        raise WordingTaken


def undeclared_units() -> Iterable[Unit]:
    """Active units on their way: a declared roll-out is never opened by a new item."""
    found: Iterable[Unit] = (
        Unit.objects.active().exclude(pk__in=RollOut.objects.standing().values("unit")).order_by("pk")
    )
    return found


def give_item(own_item: OwnItem, units: Iterable[Unit]) -> list[Unit]:
    """Put the item into the roll-out of these units, those that lack it; return them."""
    chosen = list(units)
    there = set(ActionItem.objects.filter(own_item=own_item, unit__in=chosen).values_list("unit_id", flat=True))
    lacking = [unit for unit in chosen if unit.pk not in there]
    words = wording_of(own_item)
    ActionItem.objects.bulk_create(
        ActionItem(
            unit=unit,
            key=own_item.key,
            step=own_item.step,
            position=FIRST_POSITION + own_item.number,
            own_wording=words,
            own_item=own_item,
        )
        for unit in lacking
    )
    return lacking


def give_all(unit: Unit) -> None:
    """For a new unit: every item that is meant for all."""
    for own_item in OwnItem.objects.filter(for_all=True, retired_at=None).order_by("number"):
        give_item(own_item, [unit])
