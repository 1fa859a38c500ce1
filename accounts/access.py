"""The door of the pages that belong to a person and to no workspace, and of acts that ask for the password again."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from core.access import declare
from core.errors import Refused

View = Callable[..., HttpResponse]
FORM_STAYS_OPEN = 60 * 60
"""Seconds in which a form that was shown after the password may come back with its file."""
OPENED = "form_with_file"
"""The key in the session: which form was shown, and when."""


class PersonalRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


def signed_in(view: View) -> View:
    """Let in whoever has signed in; everybody else goes to the sign-in page and comes back."""

    @wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return declare(enter, "signed_in")


def reauthenticated(view: View) -> View:
    """Ask for password or second factor again before a POST, unless given in the last five minutes (trust rule T13).

    The form that was sent is kept and goes through afterwards. Stands inside the door that lets people in.
    """
    asking: View = reauthentication_required(view, allow_get=True)
    return asking


def reauthenticated_first(view: View) -> View:
    """The same, asked before the page is shown: for forms with a file, which no second asking could keep. What was
    shown is taken for FORM_STAYS_OPEN; a file that comes later is asked for again (`?file=again`), in words.
    """
    asking: View = reauthentication_required(view, allow_get=False)

    @wraps(view)
    def ask(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            answer = asking(request, *args, **kwargs)
            request.session[OPENED] = {"path": request.path, "at": time.time()}
            return answer
        if not opened_lately(request) and is_reauthentication_required(request, app=""):
            return way_to_password(request, f"{request.path}?file=again")
        return view(request, *args, **kwargs)

    return ask


def opened_lately(request: HttpRequest) -> bool:
    """Whether this form was shown to this session, after the password, within FORM_STAYS_OPEN."""
    opened = request.session.get(OPENED) or {}
    return opened.get("path") == request.path and time.time() - opened["at"] < FORM_STAYS_OPEN


def way_to_password(request: HttpRequest, page: str) -> HttpResponse:
    """To the page that asks for password or second factor again, and from there to `page`."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    asks = ways[0]["url"] if ways else reverse("account_login")
    return HttpResponseRedirect(f"{asks}?{urlencode({REDIRECT_FIELD_NAME: page})}")


class PasswordFirst(Refused):
    """A program cannot be led to the page that asks."""

    code = "password_first"
    status = 403
    message = "This asks for your password first. Type it again on your account's security page, then send this anew."


def need_recent_password(request: HttpRequest) -> None:
    """The same for programs: refuse where a page would ask. Raises PasswordFirst."""
    if is_reauthentication_required(request, app="account"):
        raise PasswordFirst
