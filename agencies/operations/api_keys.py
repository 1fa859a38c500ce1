"""Making and ending the keys by which programs use the API."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.key_text import digest_of, new_text, sign_of
from agencies.models import Agency, ApiKey, Membership
from agencies.rights_in_words import AREAS, allowed_areas
from agencies.seats import seat_of
from core.errors import Refused

LONGEST_DAYS: Final = 366
"""A key that nobody looks after ends within a year."""


class KeyNameTaken(Refused):
    """Keys are told apart by their names, in the list and in the trail."""

    code = "key_name_taken"
    field = "name"
    message = "Another key of this name works now. Choose another name, or end that one first."


class KeyReachesNothing(Refused):
    """A key opens at least one area, and none that its person may not enter."""

    code = "key_areas"
    status = 422
    field = "areas"
    message = "Choose at least one area, among those that you may use yourself."


class KeyDays(Refused):
    """A key ends by itself."""

    code = "key_days"
    status = 422
    field = "days"
    message = f"A key works for 1 to {LONGEST_DAYS} days."


class KeyEnded(Refused):
    """It works no more already."""

    code = "key_ended"
    message = "This key was ended already."


@transaction.atomic
def make_key(
    *, agency: Agency, actor: User, name: str, areas: Iterable[str], writes: bool, days: int
) -> tuple[ApiKey, str]:
    """A key that acts for the actor in these areas for so many days, today being the first, and its text, which nobody
    can read again. Raises KeyNameTaken, KeyReachesNothing, KeyDays.
    """
    membership = Membership.objects.select_for_update().get(user=actor, left_at=None)
    wanted = [area for area in AREAS if area in set(areas)]
    if not wanted or not set(wanted) <= allowed_areas(seat_of(agency, membership).all_roles()):
        raise KeyReachesNothing
    if not 1 <= days <= LONGEST_DAYS:
        raise KeyDays
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if ApiKey.objects.working(agency.today()).filter(name=name).exists():
        raise KeyNameTaken
    text = new_text()
    key: ApiKey = ApiKey.objects.create(
        agency=agency,
        membership=membership,
        name=name,
        sign=sign_of(text),
        sha256=digest_of(text),
        areas=wanted,
        writes=writes,
        last_day=agency.today() + timedelta(days=days - 1),
    )
    said = {"areas": wanted, "writes": writes, "last day": str(key.last_day)}
    audit.record(actor=actor, verb="make key", of=key, label=key.name, changes=said)
    return key, text


@transaction.atomic
def end_key(*, agency: Agency, actor: User | None, key: ApiKey) -> ApiKey:
    """The key works no more, from now on and for ever. Raises KeyEnded."""
    row: ApiKey = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if row.ended_at is not None:
        raise KeyEnded
    row.ended_at, row.ended_by = timezone.now(), actor
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(actor=actor, verb="end key", of=row, label=row.name)
    return row


def end_keys_of(*, agency: Agency, actor: User | None, membership: Membership) -> None:
    """Everything that acts for a person who leaves: it does not come back with them."""
    for key in ApiKey.objects.filter(membership=membership, ended_at=None).order_by("pk"):
        end_key(agency=agency, actor=actor, key=key)


def key_used(key: ApiKey) -> None:
    """Note the day on which a key is used: one write a day."""
    today = key.agency.today()
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)
