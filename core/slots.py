"""Named places in pages of lower apps that higher apps fill: imports go down only, page parts come up through here.

A higher app registers in `AppConfig.ready`: `slots.register("unit-overview", renderer)`. The page of the lower app
names the slot: `{% page_slot "unit-overview" unit=unit %}`. Everything is drawn on the server, in the scope and with
the rights of the request.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Renderer = Callable[..., str]
"""`renderer(request, **context)` returns safe HTML, or "" when it has nothing to show to this person."""

_slots: dict[str, list[tuple[int, Renderer]]] = {}


def register(slot: str, renderer: Renderer, *, order: int = 100) -> None:
    """Fill a slot; parts stand in the order of their number. Registering the same renderer twice changes nothing."""
    parts = _slots.setdefault(slot, [])
    if all(known is not renderer for _, known in parts):
        parts.append((order, renderer))
        parts.sort(key=lambda part: part[0])


def render(slot: str, request: HttpRequest, **context: Any) -> SafeString:
    """What the apps above put into this slot, one after the other; "" when none did."""
    parts = (renderer(request, **context) for _, renderer in _slots.get(slot, []))
    return mark_safe("".join(parts))  # noqa: S308 - every renderer returns safe HTML, as Renderer says
