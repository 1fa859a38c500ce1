"""The door of the pages that belong to a person and to no workspace, and of acts that ask for the password again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from core.access import declare
from core.errors import Refused

View = Callable[..., HttpResponse]


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
    """The same, asked before the page is shown: for forms with a file, which no second asking could keep."""
    asking: View = reauthentication_required(view, allow_get=False)
    return asking


class PasswordFirst(Refused):
    """A program cannot be led to the page that asks."""

    code = "password_first"
    status = 403
    message = "This asks for your password first. Type it again on your account's security page, then send this anew."


def need_recent_password(request: HttpRequest) -> None:
    """The same for programs: refuse where a page would ask. Raises PasswordFirst."""
    if is_reauthentication_required(request, app="account"):
        raise PasswordFirst
