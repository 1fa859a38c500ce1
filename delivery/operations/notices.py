"""Telling people, by the ways that each chose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from delivery.channels import Channels, channels_for
from delivery.models import Notice
from delivery.operations.tasks import Asked, ask


@dataclass(frozen=True)
class Named:
    """The thing whose name is filled into a text: the kind under which its app registered with `delivery.naming`."""

    kind: str
    id: int


NOBODY = Named("", 0)


@transaction.atomic
def notify(
    *,
    agency: Agency,
    users: Iterable[User],
    kind: str,
    text: str,
    url: str = "",
    named: Named = NOBODY,
    key: str = "",
    about: str = "",
    due_on: date | None = None,
    to_do: str = "",
    asks: bool = True,
    quiet_for: User | None = None,
) -> list[Notice]:
    """Tell people something, in the scope of the agency: in the app, by mail, as a task, as each of them chose.

    `text` must be what each of them may read; the name in it (`delivery.naming.NAME`) is that of `named`. `url` is a
    path of this workspace. With a `key` a person is told once only. `about` is the matter: one open task of a person,
    with the day `due_on`, until `settle_tasks` ends it, which says
    `to_do` where the sentence would grow old; without `asks`
    there is nothing to do this time. `quiet_for` gets the task and no sentence: it is their own act.
    """
    people = {user.pk: user for user in users}
    if key:
        told = Notice.objects.filter(key=key, user__in=people).values_list("user_id", flat=True)
        people = {pk: user for pk, user in people.items() if pk not in set(told)}
    ways = channels_for(kind, people)
    words: dict[str, Any] = {
        "text": text[:300],
        "url": url[:300],
        "named_kind": named.kind,
        "named_id": named.id or None,
    }
    rows = [
        Notice(user=user, kind=kind, key=key, in_app=ways[pk].in_app, to_mail=ways[pk].email, **words)
        for pk, user in people.items()
        if keeps_a_row(ways[pk], key) and user != quiet_for
    ]
    made: list[Notice] = Notice.objects.bulk_create(rows, ignore_conflicts=bool(key))
    if asks:
        words["text"] = (to_do or text)[:300]
        doers = [user for pk, user in people.items() if ways[pk].task]
        ask(doers, Asked(kind=kind, about=about, due_on=due_on, **words))
    return [notice for notice in made if notice.in_app or notice.to_mail]


def keeps_a_row(ways: Channels, key: str) -> bool:
    """A sentence that is wanted nowhere is kept only to remember, by its key, that it was told as a task."""
    return ways.tells or (bool(key) and ways.task)


@transaction.atomic
def mark_read(*, agency: Agency, actor: User, notice: Notice | None = None) -> int:
    """Mark one of the actor's own notices as read, or all of them; return how many were new."""
    rows = Notice.objects.filter(user=actor, read_at=None)
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    read: int = rows.update(read_at=timezone.now())
    return read


@transaction.atomic
def overtake(*, kinds: Collection[str], url: str) -> int:
    """Events have overtaken what was told of a page by these kinds: nobody finds it new, and no mail brings it any
    more. Return how many.
    """
    rows = Notice.objects.filter(kind__in=kinds, url=url, read_at=None)
    gone: int = rows.update(read_at=timezone.now())
    return gone
