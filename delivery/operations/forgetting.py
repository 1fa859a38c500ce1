"""Overwriting what was sent to a person who was erased, and what names them. That something was sent stays."""

from collections.abc import Collection
from functools import reduce
from html import escape
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.patterns import nameless, whole_words
from delivery.models import Notice, OutgoingMessage, Task

NOBODY: Final = "erased@erased.invalid"
"""An address that reaches nobody (RFC 2606)."""
ERASED: Final = "Erased"
MESSAGE: Final = ("subject", "text", "html", "last_error")
AT_WORK: Final = frozenset({OutgoingMessage.State.LEASED, OutgoingMessage.State.SENDING})


def sent_to(addresses: Collection[str], message_ids: Collection[int] = ()) -> Any:
    """The messages to these addresses, given in small letters, and those of these ids."""
    found = OutgoingMessage.objects.annotate(plain=Lower("to"))
    return found.filter(Q(plain__in=addresses) | Q(pk__in=message_ids))


def forget_messages(*, addresses: Collection[str], message_ids: Collection[int] = (), words: Collection[str]) -> int:
    """Overwrite address and words of what was sent to these addresses; what waits is never sent. Messages to others
    that hold one of `words` lose just these and go on their way.
    """
    mine = list(sent_to(addresses, message_ids).values_list("pk", flat=True))
    silence(mine)
    told = int(OutgoingMessage.objects.filter(pk__in=mine).update(to=NOBODY))
    return told + take_names(OutgoingMessage.objects.exclude(pk__in=mine), MESSAGE, words)


def take_names(found: Any, columns: Collection[str], words: Collection[str]) -> int:
    """Put NAMELESS in the place of these words in rows that stay as they are otherwise."""
    if not words:
        return 0
    all_words = {*words, *(escape(word) for word in words)}  # as HTML writes them
    naming = found.filter(holding(columns, all_words))
    return int(naming.update(**{column: nameless(column, all_words) for column in columns}))


def silence(message_ids: Collection[int]) -> None:
    """Take the words of these messages away."""
    found, now = OutgoingMessage.objects.filter(pk__in=message_ids), timezone.now()
    waiting = found.filter(state__in=OutgoingMessage.WAITING)
    waiting.update(state=OutgoingMessage.State.CANCELLED, lease_until=None, changed_at=now)
    found.update(subject=ERASED, text="", html="", headers={}, last_error="")


def holding(columns: Collection[str], words: Collection[str]) -> Q:
    """The condition that one of these columns holds one of these words, in whatever letters."""
    each = (Q(**{f"{column}__iregex": word}) for column in columns for word in whole_words(words))
    return reduce(or_, each, Q(pk__in=[]))


def forget_notices(*, words: Collection[str]) -> int:
    """Take these words out of notices and tasks, which go on: they are of others."""
    return sum(take_names(model.objects.all(), ["text"], words) for model in (Task, Notice))
