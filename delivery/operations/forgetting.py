"""Overwriting what was sent to a person who was erased, and what names them. That something was sent stays."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.patterns import whole_words
from delivery.models import Notice, OutgoingMessage, Task

NOBODY: Final = "erased@erased.invalid"
"""An address that reaches nobody (RFC 2606)."""
ERASED: Final = "Erased"
AT_WORK: Final = frozenset({OutgoingMessage.State.LEASED, OutgoingMessage.State.SENDING})


def sent_to(addresses: Collection[str], message_ids: Collection[int] = ()) -> Any:
    """The messages to these addresses, given in small letters, and those of these ids."""
    found = OutgoingMessage.objects.annotate(plain=Lower("to"))
    return found.filter(Q(plain__in=addresses) | Q(pk__in=message_ids))


def forget_messages(*, addresses: Collection[str], message_ids: Collection[int] = (), words: Collection[str]) -> int:
    """Overwrite address and words of what was sent to these addresses, and the words of every message that holds one of
    `words`. What waits is never sent.
    """
    mine = list(sent_to(addresses, message_ids).values_list("pk", flat=True))
    naming = OutgoingMessage.objects.filter(holding(("subject", "text", "html"), words)).exclude(pk__in=mine)
    others = list(naming.values_list("pk", flat=True))
    silence([*mine, *others])
    return int(OutgoingMessage.objects.filter(pk__in=mine).update(to=NOBODY)) + len(others)


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
    """Delete notices that hold one of these words; a task that does loses them and is done."""
    Task.objects.filter(holding(["text"], words), done_at=None).update(done_at=timezone.now())
    tasks = Task.objects.filter(holding(["text"], words)).update(text=ERASED)
    gone, _by_table = Notice.objects.filter(holding(["text"], words)).delete()
    return int(tasks) + int(gone)
