"""What is laid beside an action item, and what happens when it is taken away."""

from collections.abc import Callable, Collection
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from ssu import evidence as registry
from ssu import file_types
from ssu.models import ActionItem, Evidence, State
from ssu.operations.acts import Kind, at_work, write
from ssu.operations.notices import tell_evidence_removed, tell_ground_changed

Telling = Callable[[Agency, User, ActionItem, User | None, User | None], None]


class SetAside(Refused):
    """Evidence belongs to items that apply."""

    code = "set_aside"
    message = "This item is set as not applicable. Undo that first, then add evidence."


class FileTooLarge(Refused):
    """Evidence is for people to look at."""

    code = "file_too_large"
    status = 413
    field = "file"
    message = "The file is larger than 20 MB. Add a smaller one, or a link to where it is kept."


class FileEmpty(Refused):
    """A file without content shows nothing."""

    code = "file_empty"
    status = 422
    field = "file"
    message = "The file is empty. Choose the file again."


class FileTypeWrong(Refused):
    """The content is of no kind that may be evidence, or of another kind than the name says."""

    code = "file_type"
    status = 422
    field = "file"


class NotThere(Refused):
    """The object is not one that this item may rest on; a foreign one is answered like one that does not exist."""

    code = "not_there"
    status = 422
    field = "thing"
    message = "This cannot be used as evidence here. Choose something from the list."


class AlreadyAttached(Refused):
    """The same object is evidence of this item already."""

    code = "already_attached"
    field = "thing"
    message = "This is evidence of the item already."


class AlreadyRemoved(Refused):
    """The piece was removed before."""

    code = "already_removed"
    message = "This evidence was removed already."


class RemovalReason(Refused):
    """Whoever confirmed an item must know why it is open again."""

    code = "removal_reason"
    status = 422
    field = "reason"
    message = "Somebody confirmed this item. Say why the evidence goes: the item opens again, and they read it."


@transaction.atomic
def add_note(*, agency: Agency, actor: User, item: ActionItem, text: str, title: str = "") -> Evidence:
    """Lay a note beside an item. Without a title its first words are the title. Raises SetAside."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    return keep(actor, item, kind="note", title=(title or first)[:160], text=text.strip())


@transaction.atomic
def add_link(*, agency: Agency, actor: User, item: ActionItem, url: str, title: str = "") -> Evidence:
    """Lay a link beside an item. Raises SetAside."""
    return keep(actor, item, kind="link", title=(title or url)[:160], url=url)


@transaction.atomic
def add_file(*, agency: Agency, actor: User, item: ActionItem, file: File[bytes], title: str = "") -> Evidence:
    """Lay a file beside an item: at most 20 MB, of a kind that content and name agree on.

    It is stored under a random name. Raises FileTooLarge, FileEmpty, FileTypeWrong, SetAside.
    """
    content_type, content = checked(file)
    name = PurePath(file.name or "file").name[:160]
    stored = ContentFile(content, name=name)
    title = title or name
    return keep(actor, item, kind="file", title=title, file=stored, content_type=content_type, size=len(content))


def checked(file: File[bytes]) -> tuple[str, bytes]:
    """The type and content of an upload that may be evidence."""
    if (file.size or 0) > file_types.MAX_BYTES:
        raise FileTooLarge
    content = file.read(file_types.MAX_BYTES + 1)
    if len(content) > file_types.MAX_BYTES:
        raise FileTooLarge
    if not content:
        raise FileEmpty
    found = file_types.type_of(content)
    if not found:
        raise FileTypeWrong(f"This file cannot be kept as evidence. Use a {file_types.NAMES}.")
    if not file_types.name_fits(file.name or "", found):
        endings = " or ".join(f".{ending}" for ending in file_types.TYPES[found])
        raise FileTypeWrong(
            f"The name of the file does not fit its content. By its content it should end in {endings}."
        )
    return found, content


@transaction.atomic
def add_object(*, agency: Agency, actor: User, item: ActionItem, kind: str, object_id: int) -> Evidence:
    """Let an item rest on an object of the app that belongs to the same unit. Raises NotThere, AlreadyAttached,
    SetAside.
    """
    thing = registry.things([(kind, object_id)]).get((kind, object_id))
    resolver = registry.resolver(kind)
    if thing is None or resolver is None or thing.unit_id != item.unit_id or not resolver.fits(item.key):
        raise NotThere
    if thing.trouble:
        raise NotThere(thing.trouble)
    if Evidence.objects.filter(item=item, object_kind=kind, object_id=object_id, removed_at=None).exists():
        raise AlreadyAttached
    title = f"{resolver.title}: {thing.label}"[:160]
    return keep(actor, item, kind="object", title=title, object_kind=kind, object_id=object_id)


def keep(actor: User, item: ActionItem, **fields: Any) -> Evidence:
    """Write the evidence and its event, holding the item's lock."""
    row = at_work(item)
    if row.state == State.NOT_APPLICABLE:
        raise SetAside
    made: Evidence = Evidence.objects.create(agency_id=row.agency_id, item=row, added_by=actor, **fields)
    write(actor=actor, item=row, kind=Kind.EVIDENCE_ADDED, reason=made.title)
    return made


@transaction.atomic
def remove_evidence(*, agency: Agency, actor: User, evidence: Evidence, reason: str = "") -> ActionItem:
    """Take evidence away. An item that was claimed or completed opens again and says so; what was confirmed needs a
    reason. Raises AlreadyRemoved, RemovalReason. See restoring.restore_evidence.
    """
    row = at_work(evidence.item)
    if row.state == State.COMPLETED and not reason.strip():
        raise RemovalReason
    taken = Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_by=actor, removed_at=timezone.now())
    if not taken:
        raise AlreadyRemoved
    said = f"“{evidence.title}”: {reason.strip()}" if reason.strip() else evidence.title
    write(actor=actor, item=row, kind=Kind.EVIDENCE_REMOVED, reason=said)
    if row.state in (State.READY, State.COMPLETED):
        why = "Evidence was removed." + (f" {reason}" if reason else "")
        open_again(agency, actor, row, why, tell_evidence_removed)
    return row


@transaction.atomic
def reopen_item(*, agency: Agency, actor: User, item: ActionItem, reason: str) -> ActionItem:
    """Open a claimed or completed item again because what it rested on has gone. An open item stays as it is."""
    row = at_work(item)
    if row.state in (State.READY, State.COMPLETED):
        open_again(agency, actor, row, reason, tell_ground_changed)
    return row


def open_again(agency: Agency, actor: User, row: ActionItem, reason: str, tell: Telling) -> None:
    """Write that a claimed or completed item is open again, and tell whoever claimed and confirmed it."""
    claimant, confirmer = row.claimed_by, row.confirmed_by
    write(actor=actor, item=row, kind=Kind.REOPENED, reason=reason)
    tell(agency, actor, row, claimant, confirmer)


@transaction.atomic
def reopen_resting_on(
    *, agency: Agency, actor: User, kind: str, object_ids: Collection[int], reason: str
) -> list[ActionItem]:
    """For the owner of objects that were deleted or superseded: open every item again that rests on one of them."""
    resting = ActionItem.objects.filter(
        evidence__kind="object",
        evidence__object_kind=kind,
        evidence__object_id__in=object_ids,
        evidence__removed_at=None,
        state__in=(State.READY, State.COMPLETED),
    )
    found = resting.distinct().order_by("pk")
    return [reopen_item(agency=agency, actor=actor, item=item, reason=reason) for item in found]
