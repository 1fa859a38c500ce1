"""How large a file an address takes: whoever takes files says so, and a page that refuses one names that limit."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(most: int) -> Callable[[View], View]:
    """Say of a view, or of the class of an endpoint, how many bytes a file may have that it takes."""

    def told(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return told


def most_bytes(request: HttpRequest) -> int:
    """The limit of a file sent to this address: its own, never above the one for all bodies, which also counts where
    an address says nothing or is none.
    """
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return int(settings.MAX_UPLOAD_BYTES)
    endpoint = getattr(view, "cls", None)
    own = getattr(view, "most_bytes", None) or getattr(endpoint, "most_bytes", None)
    return min(own or settings.MAX_UPLOAD_BYTES, settings.MAX_UPLOAD_BYTES)
