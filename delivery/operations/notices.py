"""Telling people inside the workspace."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from delivery.models import Notice


def notify(*, agency: Agency, users: Iterable[User], kind: str, text: str, url: str = "") -> list[Notice]:
    """Tell people something, in the scope of the agency. `text` must be what each of them may read; `url` is a path
    of this workspace.
    """
    rows = [Notice(agency=agency, user=user, kind=kind, text=text[:300], url=url[:300]) for user in users]
    made: list[Notice] = Notice.objects.bulk_create(rows)
    return made


@transaction.atomic
def mark_read(*, agency: Agency, actor: User, notice: Notice | None = None) -> int:
    """Mark one of the actor's own notices as read, or all of them; return how many were new."""
    rows = Notice.objects.filter(user=actor, read_at=None)
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    read: int = rows.update(read_at=timezone.now())
    return read
