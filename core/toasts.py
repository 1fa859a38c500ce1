"""The short sentence after something was done, with its way back."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo="


def toast(request: HttpRequest, sentence: str, *, undo_url: str = "") -> None:
    """Say on the next page what was done; `undo_url` takes a POST that takes it back."""
    messages.success(request, sentence, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def undo_url(message: Message) -> str:
    """Return the URL that takes back what the message says, or "" where there is none."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
