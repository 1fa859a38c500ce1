"""What saved views lose when a person was erased whom they name."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode

from agencies.models import SavedView
from core.patterns import said_without

SEARCH = "q"
"""The free word of a filter."""


def forget_views(*, words: Collection[str], phones: Collection[str] = ()) -> int:
    """Delete the saved views, removed ones too, that search for just one of these words (in small letters) or
    telephones (digits). Where a longer search or the name of a view holds a word, only the word goes.
    """
    gone, changed = [], []
    for view in SavedView.objects.all():
        if any(is_one(value, words, phones) for name, value in parse_qsl(view.query) if name == SEARCH):
            gone.append(view.pk)
        elif take_words(view, words):
            changed.append(view)
    SavedView.objects.filter(pk__in=gone).delete()
    SavedView.objects.bulk_update(changed, ["name", "query"])
    return len(gone) + len(changed)


def is_one(value: str, words: Collection[str], phones: Collection[str]) -> bool:
    """Whether a search is for a name, an address or a telephone, as it is."""
    said = " ".join(value.split()).lower()
    return said in words or "".join(filter(str.isdigit, said)) in phones


def take_words(view: SavedView, words: Collection[str]) -> bool:
    """Take the words out of a view's name and search; whether there was one."""
    before = (view.name, view.query)
    view.name = said_without(view.name, words)
    pairs = parse_qsl(view.query, keep_blank_values=True)
    told = [(name, said_without(value, words) if name == SEARCH else value) for name, value in pairs]
    view.query = urlencode(told) if told != pairs else view.query
    return (view.name, view.query) != before
