"""The way of agreed words: a draft, submitted, agreed to by another, replaced by the next. The same for core messages
and guidelines.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.drafts import save_draft
from agencies.operations.written import need_as_seen
from communications.kinds import Kind, kind_of
from communications.models import AgreedWords
from communications.operations.agreement_notices import ask_to_agree, settle_draft, tell_agreed, tell_sent_back
from communications.operations.asking import ask_to_read, settle_reading
from core.errors import Refused
from ssu.models import Unit
from ssu.operations import need_at_work, need_no_author, reopen_resting_on

Draft = dict[str, Any]
State = AgreedWords.State


class OwnWords(Refused):
    """Who wrote any of it does not agree to it."""

    code = "own_words"
    message = "You wrote words of this version, so somebody else agrees to it."


class AgreedAlready(Refused):
    """A version is agreed to once."""

    code = "words_agreed"
    message = "Somebody has agreed to this version already, or a newer one has replaced it. Look at the page again."


class NotSubmitted(Refused):
    """Only what was submitted is agreed to or sent back."""

    code = "words_not_submitted"
    message = "This version is a draft again. It can be agreed to once it is submitted."


class NotADraft(Refused):
    """What was submitted stands as it is."""

    code = "words_not_a_draft"
    message = "This version was submitted, so its words stand. Begin the next version to change them."


class DraftThere(Refused):
    """One new version at a time."""

    code = "words_draft_there"
    message = "There is a version under way already. Go on with that one."


class NothingSaid(Refused):
    """A version says something."""

    code = "words_empty"
    status = 422
    message = "Write something before you submit it."


class ReasonMissing(Refused):
    """Whoever wrote a version must know what to change."""

    code = "return_reason"
    status = 422
    field = "reason"
    message = "Say what should change, so that the author can go on."


def locked(row: AgreedWords) -> Any:
    """The version as it stands now, held until the transaction ends, with its unit. Raises UnitArchived."""
    need_at_work(row.unit_id)  # type: ignore[attr-defined]
    return type(row).objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.pk)


def label(row: Any) -> str:
    """What the trail of acts calls a version."""
    return f"{row.unit.public_name}, version {row.version}"


def begin(kind: Kind, *, agency: Agency, actor: User | None, unit: Unit, **words: Any) -> Any:
    """The next version of a unit, as a draft. Raises DraftThere. Called in a transaction."""
    need_at_work(unit.pk)  # versions are counted one by one
    versions = kind.model.objects.filter(unit=unit)
    if versions.open().exists():
        raise DraftThere
    last = versions.aggregate(last=Max("version"))["last"] or 0
    kept = {"unit": unit, "version": last + 1, "author": actor, "edited_by": actor, **words}
    row: Any = kind.model(agency=agency, **kept)
    row.add_writers(row.author_id)
    row.save()
    audit.record(actor=actor, verb=f"begin {kind.noun}", of=row, label=label(row))
    return row


def keep(
    row: Any,
    *,
    actor: User,
    revision: int | None,
    stands: Mapping[str, Any],
    words: Mapping[str, Any],
    write: Callable[[Any], None],
) -> Any:
    """Save the words of a locked draft: `write(row)` puts them in. Raises NotADraft, EditedMeanwhile."""
    if row.state != State.DRAFT:
        raise NotADraft
    is_new = save_draft(row, actor=actor, revision=revision, stands=stands, words=words)
    if dict(stands) != dict(words):
        write(row)
        row.add_writers(actor.pk)
        row.save()
    if is_new:
        audit.record(actor=actor, verb=f"write {kind_of(row).noun}", of=row, label=label(row))
    return row


@transaction.atomic
def submit(*, agency: Agency, actor: User | None, words: AgreedWords, is_empty: Callable[[Any], bool]) -> Any:
    """Ask for somebody else's agreement; the words stand from now on. Raises NotADraft, NothingSaid."""
    row = locked(words)
    if row.state != State.DRAFT:
        raise NotADraft
    if is_empty(row):
        raise NothingSaid
    row.submitted_at, row.edited_by = timezone.now(), actor
    row.revision += 1
    row.returned_at = row.returned_by = None
    row.return_reason = ""
    row.save()
    audit.record(actor=actor, verb=f"submit {kind_of(row).noun}", of=row, label=label(row))
    ask_to_agree(agency, row)
    return row


@transaction.atomic
def send_back(*, agency: Agency, actor: User, words: AgreedWords, reason: str) -> Any:
    """Make a submitted version a draft again, with what to change; its author may take it back without a reason.

    Raises NotSubmitted, AgreedAlready, ReasonMissing.
    """
    row = locked(words)
    check_waiting(row)
    if not reason.strip() and actor.pk not in (row.author_id, row.edited_by_id):
        raise ReasonMissing
    row.submitted_at = None
    row.revision += 1
    row.returned_by, row.returned_at, row.return_reason = actor, timezone.now(), reason.strip()
    row.save()
    audit.record(actor=actor, verb=f"send back {kind_of(row).noun}", of=row, label=label(row), reason=reason.strip())
    tell_sent_back(agency, actor, row)
    return row


@transaction.atomic
def approve(*, agency: Agency, actor: User, words: AgreedWords, revision: int | None = None) -> Any:
    """Agree to a version; it replaces those before it, whose items open again, and everybody of the unit is asked to
    read it. `revision` is that of the words which were read. Raises NotSubmitted, AgreedAlready, ChangedSinceSeen,
    OwnWords, SpouseActed.
    """
    row = locked(words)
    check_waiting(row)
    need_as_seen(row, revision)
    need_no_author(actor, row, own=OwnWords)
    kind, now = kind_of(row), timezone.now()
    earlier = kind.model.objects.filter(unit=row.unit_id, version__lt=row.version)
    replaced = list(earlier.values_list("pk", flat=True))
    earlier.filter(superseded_at=None).update(superseded_at=now)
    row.approved_by, row.approved_at = actor, now
    row.save(update_fields=["approved_by", "approved_at"])
    audit.record(actor=actor, verb=f"agree to {kind.noun}", of=row, label=label(row))
    reason = f"There is a new version, {row.version}, of: {kind.noun}."
    reopen_resting_on(agency=agency, actor=actor, kind=kind.evidence, object_ids=replaced, reason=reason)
    tell_agreed(agency, row)
    settle_reading(kind, replaced)
    ask_to_read(agency=agency, words=row)
    return row


@transaction.atomic
def drop(*, agency: Agency, actor: User, words: AgreedWords) -> None:
    """Throw a draft away that nobody agreed to. Raises NotADraft."""
    row = locked(words)
    if row.state != State.DRAFT:
        raise NotADraft
    audit.record(actor=actor, verb=f"drop draft of {kind_of(row).noun}", of=row, label=label(row))
    settle_draft(row)
    if hasattr(row, "messages"):
        row.messages.all().delete()
    row.delete()


def check_waiting(row: Any) -> None:
    """Raise AgreedAlready or NotSubmitted unless the version waits for agreement."""
    if row.state in (State.APPROVED, State.SUPERSEDED):
        raise AgreedAlready
    if row.state == State.DRAFT:
        raise NotSubmitted
