"""What stands in notices and tasks for people and items, for a reader in the app and for anybody in a mail."""

from collections.abc import Collection, Mapping
from typing import Any

from accounts.models import User
from agencies.seats import Seat
from ssu.models import ActionItem, TeamMember, Unit, Worker
from ssu.models.discretion import SOMEBODY, Discretion, is_withheld, masked_for, public_worker_name, shown_worker_name
from ssu.queries.people import names_of
from ssu.telling import tells

Ids = tuple[int, ...]


def actors_told(seat: Seat | None, wanted: Collection[Ids]) -> Mapping[Ids, str]:
    """People who did something in a unit, by (unit id, user id): whoever ever served in a unit that is closed to the
    reader is somebody of the team, as everywhere. At most three queries.
    """
    user_ids = {user_id for _unit_id, user_id in wanted}
    names = names_of(seat, user_ids) if seat else public_names_of(user_ids)
    kept = unnamed({unit_id for unit_id, _user_id in wanted}, seat)
    return {each: str(SOMEBODY) if each in kept else names.get(each[1], "") for each in wanted}


def public_names_of(user_ids: Collection[int]) -> dict[int, str]:
    """What anybody may call people who signed in and acted, by user id. Two queries."""
    names = dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))
    serving = Worker.objects.filter(membership__user__in=user_ids).annotate(public=public_worker_name(""))
    return names | dict(serving.values_list("membership__user", "public"))


def unnamed(unit_ids: Collection[int], seat: Seat | None) -> set[Ids]:
    """Those who ever served in units that are closed to the reader, as (unit id, user id)."""
    if seat is not None and seat.unit_ids("units.unmask") is None:
        return set()
    closed = TeamMember.objects.filter(masked_for("unit", seat, Discretion.CLOSED), unit__in=unit_ids)
    served = closed.exclude(worker__membership=None)
    return set(served.values_list("unit", "worker__membership__user"))


def people_told(seat: Seat | None, wanted: Collection[Ids]) -> Mapping[Ids, str]:
    """People who have to do with a unit, by (unit id, worker id): somebody of the team while it is closed to the
    reader. Two queries.
    """
    worker_ids = {worker_id for _unit_id, worker_id in wanted}
    named = shown_worker_name("", seat) if seat else public_worker_name("")
    found = Worker.objects.filter(pk__in=worker_ids).annotate(told=named)
    names = dict(found.values_list("pk", "told"))
    units = Unit.objects.filter(masked_for("", seat, Discretion.CLOSED), pk__in={unit_id for unit_id, _id in wanted})
    closed = set(units.values_list("pk", flat=True))
    return {each: str(SOMEBODY) if each[0] in closed else names.get(each[1], "") for each in wanted}


def items_told(seat: Seat | None, wanted: Collection[Ids]) -> Mapping[Ids, str]:
    """Action items by (item id,): number and words. The agency's own words stay out while the unit is closed to the
    reader; from mails also where they tell of a unit that is guarded now. At most two queries.
    """
    found = ActionItem.objects.filter(pk__in=[pk for (pk,) in wanted])
    items = list(found.annotate(is_withheld=is_withheld("unit", seat)))
    guarded = guarded_names() if seat is None and any(item.own_wording for item in items) else []
    return {(item.pk,): item_told(item, guarded) for item in items}


def item_told(item: Any, guarded: list[str]) -> str:
    """One item, in quotation marks."""
    is_kept = bool(item.own_wording) and tells(item.own_wording, *guarded)
    words = item.unnamed_wording if is_kept else item.shown_wording
    return f"“{item.number} {words.rstrip('.')}”"


def guarded_names() -> list[str]:
    """The true names and places of all units that are guarded now."""
    guarded = Unit.objects.exclude(discretion=Discretion.OPEN).values_list("name", "place")
    return [words for pair in guarded for words in pair]
