"""Keeping the filter of a list under a name."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency, SavedView
from core.errors import Refused


class NothingToKeep(Refused):
    """A view is a filter."""

    code = "nothing_to_keep"
    field = "name"
    status = 422
    message = "The list is not filtered, so there is nothing to save. Choose a filter first."


class ViewNameTaken(Refused):
    """One name per person and list."""

    code = "view_name_taken"
    field = "name"
    message = "You have a view of this name already. Choose another name."


class TellsClosedName(Refused):
    """What everybody reads holds no name or place that is closed to some."""

    code = "tells_closed_name"
    field = "shared"
    status = 422
    message = (
        "The name or the words of this view hold a true name or place that not everybody may read. "
        "Keep the view to yourself, or take the words out."
    )


@transaction.atomic
def save_view(
    *, agency: Agency, actor: User, listing: str, name: str, query: str, shared: bool = False, tells: bool = False
) -> SavedView:
    """Keep a filter for oneself, or share it with the agency. `query` is one that the list has cleaned; `tells`: it or
    the name holds a word that not everybody may read. Raises NothingToKeep, ViewNameTaken, TellsClosedName.
    """
    if not query:
        raise NothingToKeep
    judge(actor=actor, listing=listing, name=name, shared=shared, tells=tells)
    shared_at = timezone.now() if shared else None
    made: SavedView = SavedView.objects.create(
        listing=listing, name=name, query=query, owner=actor, shared_at=shared_at
    )
    note(actor, "save view", made)
    return made


@transaction.atomic
def edit_view(
    *, agency: Agency, actor: User, view: SavedView, name: str, shared: bool, tells: bool = False
) -> SavedView:
    """Rename a view, share it or take it back. Raises ViewNameTaken, TellsClosedName."""
    row: SavedView = SavedView.objects.select_for_update().select_related("owner").get(pk=view.pk)
    judge(actor=row.owner, listing=row.listing, name=name, shared=shared, tells=tells, but=row.pk)
    row.name = name
    row.shared_at = (row.shared_at or timezone.now()) if shared else None
    row.save(update_fields=["name", "shared_at"])
    note(actor, "change view", row)
    return row


@transaction.atomic
def remove_view(*, agency: Agency, actor: User, view: SavedView) -> SavedView:
    """Take a view away. `restore_view` brings it back."""
    SavedView.objects.filter(pk=view.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=actor)
    note(actor, "remove view", view)
    return view


@transaction.atomic
def restore_view(*, agency: Agency, actor: User, view: SavedView) -> SavedView:
    """Bring a removed view back. Raises ViewNameTaken when its name was given to another one meanwhile."""
    row: SavedView = SavedView.objects.select_for_update(of=("self",)).select_related("owner").get(pk=view.pk)
    judge(actor=row.owner, listing=row.listing, name=row.name, shared=False, tells=False, but=row.pk)
    row.removed_at = row.removed_by = None
    row.save(update_fields=["removed_at", "removed_by"])
    note(actor, "restore view", row)
    return row


def judge(*, actor: User, listing: str, name: str, shared: bool, tells: bool, but: int | None = None) -> None:
    """Raise TellsClosedName or ViewNameTaken."""
    if shared and tells:
        raise TellsClosedName
    twins = SavedView.objects.filter(listing=listing, owner=actor, name=name, removed_at=None)
    if twins.exclude(pk=but).exists():
        raise ViewNameTaken


def note(actor: User, verb: str, view: SavedView) -> None:
    """Write down what everybody sees; what a person keeps for themselves is nobody's business."""
    if view.shared_at is not None:
        audit.record(actor=actor, verb=verb, of=view, label=view.name)
