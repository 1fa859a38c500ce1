"""Telling people that words wait for their agreement, and those who wrote them what became of it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from communications import notice_kinds
from communications.kinds import GUIDELINES, kind_of
from delivery.kinds import Kind as NoticeKind
from delivery.naming import NAME
from delivery.operations import Named, notify, settle_tasks
from ssu.notice_kinds import UNIT
from ssu.queries.people import holders_of
from ssu.queries.second_person import families_of


def to_agree(words: Any) -> str:
    """The matter of agreeing to a version."""
    return f"agree {kind_of(words).key} {words.pk}"


def to_rewrite(words: Any) -> str:
    """The matter of writing a version again that was sent back."""
    return f"rewrite {kind_of(words).key} {words.pk}"


def ask_to_agree(agency: Agency, words: Any) -> None:
    """A version was submitted: told to everybody who may agree to it: neither wrote it nor is married to who did."""
    settle_tasks(about=[to_rewrite(words)])
    users = holders_of(kind_of(words).write, words.unit).exclude(pk__in=families_of(words.authors))
    tell(agency, users, words, notice_kinds.WAITS, waiting(words), about=to_agree(words))


def tell_sent_back(agency: Agency, actor: User, words: Any) -> None:
    """A version is a draft again: told to those who wrote it, unless they took it back themselves."""
    settle_tasks(about=[to_agree(words)])
    users = User.objects.filter(pk__in=writers(words) - {actor.pk}, is_active=True)
    tell(agency, users, words, notice_kinds.SENT_BACK, sent_back(words), about=to_rewrite(words))


def tell_agreed(agency: Agency, words: Any) -> None:
    """A version counts: told to those who wrote it."""
    settle_tasks(about=[to_agree(words)])
    users = User.objects.filter(pk__in=writers(words), is_active=True)
    tell(agency, users, words, notice_kinds.AGREED, agreed(words))


def settle_draft(words: Any) -> None:
    """A draft was thrown away: nobody is to write it again."""
    settle_tasks(about=[to_rewrite(words)])


def writers(words: Any) -> set[int]:
    """Who wrote a version, by user id."""
    return {pk for pk in (words.author_id, words.edited_by_id) if pk is not None}


def waiting(words: Any) -> str:
    if kind_of(words) == GUIDELINES:
        return _("%(unit)s: version %(number)s of the guidelines waits for your agreement.")
    return _("%(unit)s: version %(number)s of the core messages waits for your agreement.")


def sent_back(words: Any) -> str:
    if kind_of(words) == GUIDELINES:
        return _("%(unit)s: version %(number)s of the guidelines, which you wrote, came back. Read what should change.")
    return _("%(unit)s: version %(number)s of the core messages, which you wrote, came back. Read what should change.")


def agreed(words: Any) -> str:
    if kind_of(words) == GUIDELINES:
        return _("%(unit)s: version %(number)s of the guidelines, which you wrote, is agreed to and counts.")
    return _("%(unit)s: version %(number)s of the core messages, which you wrote, is agreed to and counts.")


def tell(agency: Agency, users: Iterable[User], words: Any, kind: NoticeKind, said: str, *, about: str = "") -> None:
    """One sentence about a version, which leads to the page of its unit; what should change stands there alone."""
    notify(
        agency=agency,
        users=users,
        kind=kind.name,
        text=said % {"unit": NAME, "number": words.version},
        url=reverse(kind_of(words).page, args=[agency.slug, words.unit_id]),
        named=Named(UNIT, words.unit_id),
        about=about,
        asks=bool(about),
    )
