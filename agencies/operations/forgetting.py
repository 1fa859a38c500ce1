"""Letting saved views go whose words name a person who was erased."""

from collections.abc import Collection
from urllib.parse import parse_qsl

from agencies.models import SavedView

FEWEST = 3
"""A shorter word finds too many to mean one."""


def forget_views(*, words: Collection[str]) -> int:
    """Delete the saved views, removed ones too, with a value that is part of one of these words."""
    said = " \n".join(words)
    gone = [view.pk for view in SavedView.objects.exclude(query="") if names_one(view, said)]
    SavedView.objects.filter(pk__in=gone).delete()
    return len(gone)


def names_one(view: SavedView, said: str) -> bool:
    """Whether the view's name or a free word of its filter tells of whom is erased."""
    values = [view.name, *(value for name, value in parse_qsl(view.query) if not value.isdigit() and name == "q")]
    return any(len(value) >= FEWEST and value.strip().lower() in said for value in values)
