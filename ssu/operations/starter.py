"""Writing the agency's own words of the starter pack."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.drafts import save_draft
from core.errors import Refused
from ssu import starter
from ssu.models import StarterDraft, StarterText


class StarterEmpty(Refused):
    """A part says something; without own words the original counts."""

    code = "starter_empty"
    status = 422
    field = "text"
    message = "Write something, or go back to the original words."


class StarterUnchanged(Refused):
    """A version says something new."""

    code = "starter_unchanged"
    message = "These words count already, so there is no new version."


class LineTooLong(Refused):
    """A line is a short title, a colon and a sentence."""

    code = "starter_line"
    status = 422
    field = "text"


MOST_TITLE = 120


def draft_of(key: str) -> StarterDraft:
    """The draft of a part, held until the transaction ends; made when there is none."""
    found, _made = StarterDraft.objects.select_for_update(of=("self",)).get_or_create(
        key=key, defaults={"is_open": False}
    )
    draft: StarterDraft = found
    return draft


@transaction.atomic
def save_starter_draft(
    *, agency: Agency, actor: User, key: str, text: str, revision: int | None = None
) -> StarterDraft:
    """Keep words while they are written; what counts stays as it is. Raises EditedMeanwhile, StarterEmpty."""
    draft, words = draft_of(key), clean(text)
    if not words:
        raise StarterEmpty
    stands = draft.text if draft.is_open else starter.text(agency, key)
    is_new = save_draft(draft, actor=actor, revision=revision, stands={"text": stands}, words={"text": words})
    if stands != words:
        draft.text, draft.is_open = words, True
        draft.save()
    if is_new:
        audit.record(actor=actor, verb="write starter draft", of=draft, label=key)
    return draft


@transaction.atomic
def use_starter_text(*, agency: Agency, actor: User, key: str, text: str, revision: int | None = None) -> StarterText:
    """Let these words count from now on: the next version. Raises EditedMeanwhile, StarterEmpty, StarterUnchanged,
    LineTooLong.
    """
    words = clean(text)
    if not words:
        raise StarterEmpty
    check_lines(key, words)
    draft = draft_of(key)
    stands = draft.text if draft.is_open else starter.text(agency, key)
    save_draft(draft, actor=actor, revision=revision, stands={"text": stands}, words={"text": words})
    if words == starter.text(agency, key):
        raise StarterUnchanged
    close(draft)
    return next_version(actor, key, text=words)


@transaction.atomic
def return_starter_text(*, agency: Agency, actor: User, key: str, version: int | None) -> StarterText:
    """Let the words of an earlier version count again, or with None those of the product. Raises StarterUnchanged."""
    draft = draft_of(key)
    if version is None:
        if starter.text(agency, key) == starter.original(key):
            raise StarterUnchanged
        close(draft)
        return next_version(actor, key, is_original=True)
    earlier: StarterText = StarterText.objects.get(key=key, version=version)
    words = starter.original(key) if earlier.is_original else earlier.text
    if words == starter.text(agency, key):
        raise StarterUnchanged
    close(draft)
    return next_version(actor, key, text=earlier.text, is_original=earlier.is_original)


@transaction.atomic
def drop_starter_draft(*, agency: Agency, actor: User, key: str) -> None:
    """Throw a draft away; what counts stays. Without a draft nothing changes."""
    draft = draft_of(key)
    if draft.is_open:
        close(draft)
        audit.record(actor=actor, verb="drop starter draft", of=draft, label=key)


def close(draft: StarterDraft) -> None:
    """End a draft. Its revision goes on, so that a page opened before notices."""
    draft.is_open, draft.text = False, ""
    draft.revision += 1
    draft.save(update_fields=["is_open", "text", "revision"])


def next_version(actor: User, key: str, *, text: str = "", is_original: bool = False) -> StarterText:
    last = StarterText.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0
    made: StarterText = StarterText.objects.create(
        key=key, version=last + 1, text=text, is_original=is_original, written_by=actor
    )
    audit.record(actor=actor, verb="write starter text", of=made, label=f"{key}, version {made.version}")
    return made


def clean(text: str) -> str:
    """Words as they are kept: lines end in one way, nothing hangs over."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def check_lines(key: str, words: str) -> None:
    """Raise LineTooLong where a line of a part of lines has no short title."""
    part = starter.part(key)
    if part is None or not part.is_lines:
        return
    long = [entry.title for entry in starter.lines_of(words) if len(entry.title) > MOST_TITLE]
    if long:
        said = _(
            "Each line is a short title, a colon and a sentence. This one has a title that is too long: “%(line)s…”"
        )
        raise LineTooLong(said % {"line": long[0][:60]})
