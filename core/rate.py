"""How often one address may ask for a page that needs no sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

RATE: Final = "120/m/ip"
"""Of one address in a minute, the limits of the sign-in being counted the same way."""


def limited(action: str, rate: str = RATE) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 429 to an address that asks more often than the rate; reading counts."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            allowed = ratelimit.consume(request, app="pages", action=action, config={action: rate}, limit_get=True)
            return view(request, *args, **kwargs) if allowed else ratelimit.respond_429(request)

        return ask

    return decorate
