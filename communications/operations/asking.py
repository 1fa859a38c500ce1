"""Asking the people of a unit to read what was agreed, and writing down that they did."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications import notice_kinds
from communications.kinds import GUIDELINES, KINDS, Kind, kind_of
from communications.models import Acknowledgement, AgreedWords
from communications.queries.reading import readers_among
from core.errors import Refused
from delivery.kinds import Kind as NoticeKind
from delivery.models import Notice, Task
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from ssu.models import Unit, Worker
from ssu.notice_kinds import UNIT
from ssu.operations import need_at_work

AGAIN_AFTER: Final = timedelta(hours=20)
"""Nobody is reminded twice within a day."""
A_WEEK: Final = timedelta(days=7)


class NotAReader(Refused):
    """Only who serves in the unit acknowledges its words."""

    code = "not_a_reader"
    message = "Only those who serve in this unit today acknowledge its words."


class NotCounting(Refused):
    """Only the version that counts is acknowledged."""

    code = "words_not_counting"
    message = "This version does not count, or not any more. Open the newest one, read it and acknowledge that."


class HasSignIn(Refused):
    """A person who signs in acknowledges themselves."""

    code = "has_sign_in"
    message = "This person can sign in, so acknowledging is their own act."


class SignedInFuture(Refused):
    """A signature has happened."""

    code = "signed_in_future"
    status = 422
    field = "signed_on"
    message = "The day of a signature cannot be in the future."


@transaction.atomic
def acknowledge(*, agency: Agency, actor: User, words: AgreedWords) -> Acknowledgement:
    """Say that one has read this version. Saying it twice changes nothing. Raises NotCounting, NotAReader."""
    worker = Worker.objects.filter(membership__user=actor, membership__left_at=None).first()
    return written(actor, words, worker)


@transaction.atomic
def keep_signature(
    *, agency: Agency, actor: User, words: AgreedWords, worker: Worker, signed_on: date
) -> Acknowledgement:
    """Write down that somebody without a sign-in has signed a copy on paper. Raises HasSignIn, SignedInFuture,
    NotCounting, NotAReader.
    """
    if worker.membership_id is not None:
        raise HasSignIn
    if signed_on > agency.today():
        raise SignedInFuture
    return written(actor, words, worker, signed_on)


def written(actor: User, words: Any, worker: Worker | None, signed_on: date | None = None) -> Acknowledgement:
    """The row of a reader of the version that counts, made when there is none."""
    kind = kind_of(words)
    need_at_work(words.unit_id)
    row = kind.model.objects.select_for_update(of=("self",)).select_related("unit").get(pk=words.pk)
    if row.state != AgreedWords.State.APPROVED:
        raise NotCounting
    if worker is None or not readers_among([row.unit_id]).filter(worker=worker).exists():
        raise NotAReader
    there: Acknowledgement | None = Acknowledgement.objects.filter(**{kind.key: row}, worker=worker).first()
    if there is not None:
        return there
    made: Acknowledgement = Acknowledgement.objects.create(
        **{kind.key: row}, worker=worker, by=actor, signed_on=signed_on
    )
    if worker.membership is not None:
        tasks = Task.objects.filter(about=about(kind, row.pk), user=worker.membership.user_id, done_at=None)
        tasks.update(done_at=timezone.now())
    audit.record(
        actor=actor, verb=f"acknowledge {kind.noun}", of=made, label=f"{row.unit.public_name}, version {row.version}"
    )
    return made


@transaction.atomic
def remind(*, agency: Agency, actor: User, words: AgreedWords) -> int:
    """Ask those again who have not acknowledged, nobody twice within a day; return how many. Raises NotCounting."""
    need_at_work(words.unit_id)  # type: ignore[attr-defined]
    if words.state != AgreedWords.State.APPROVED:
        raise NotCounting
    asked = ask_to_read(agency=agency, words=words)
    if asked:
        unit = words.unit  # type: ignore[attr-defined]
        audit.record(actor=actor, verb=f"remind of {kind_of(words).noun}", of=words, label=unit.public_name)
    return asked


@transaction.atomic
def remind_all(*, agency: Agency) -> int:
    """Ask everybody, in all units at work, who has not acknowledged what counts: who joined since at once, the others
    once a week. Return how many.
    """
    rows = [
        row
        for kind in KINDS
        for row in kind.model.objects.standing().filter(unit__status=Unit.Status.ACTIVE).select_related("unit")
    ]
    return sum(ask_to_read(agency=agency, words=row, not_within=A_WEEK) for row in rows)


def ask_to_read(*, agency: Agency, words: Any, not_within: timedelta = AGAIN_AFTER) -> int:
    """Tell everybody with a sign-in who is still to read this version, unless they were told of it `not_within` that
    time; return how many. As a task it stays until they acknowledge.
    """
    kind = kind_of(words)
    url = reverse(kind.page, args=[agency.slug, words.unit_id])
    lately = max(words.approved_at, timezone.now() - not_within)  # a new version asks anew
    told = Notice.objects.filter(kind=notice_of(kind).name, url=url, created_at__gte=lately)
    users = User.objects.filter(
        pk__in=still_to_read(kind, words).values("worker__membership__user"), is_active=True
    ).exclude(pk__in=told.values("user"))
    said = notify(
        agency=agency,
        users=users,
        kind=notice_of(kind).name,
        text=sentence(kind) % {"unit": NAME},
        url=url,
        named=Named(UNIT, words.unit_id),
        about=about(kind, words.pk),
    )
    return len(said)


def still_to_read(kind: Kind, words: Any) -> Any:
    """The service of the readers with a sign-in who have not acknowledged."""
    done = Acknowledgement.objects.filter(**{kind.key: words}).values("worker")
    return readers_among([words.unit_id]).exclude(worker__in=done).filter(worker__membership__left_at=None)


def about(kind: Kind, version_id: int) -> str:
    """The matter of reading one version."""
    return f"read {kind.key} {version_id}"


def settle_reading(kind: Kind, version_ids: Collection[int]) -> None:
    """Nobody is to read these versions any more: others have replaced them."""
    settle_tasks(about=[about(kind, each) for each in version_ids])


def notice_of(kind: Kind) -> NoticeKind:
    """Of what people are told."""
    return notice_kinds.GUIDELINES if kind == GUIDELINES else notice_kinds.MESSAGES


def sentence(kind: Kind) -> str:
    """What people are asked."""
    if kind == GUIDELINES:
        return _("%(unit)s: read and acknowledge the guidelines for communication.")
    return _("%(unit)s: there are new core messages. Read and acknowledge them.")
