"""The API's door: the same membership, rights and scope as the pages'."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.access import PasswordFirst, need_recent_password
from agencies.access import SAFE, needs_second_factor, sit
from agencies.models import ApiKey
from agencies.rights import GIVING_RIGHTS
from core.errors import Refused

GIVING = frozenset({"POST", "PUT", "PATCH"})


class KeyOnlyReads(Refused):
    """A key says when it is made whether it writes."""

    code = "key_only_reads"
    status = 403
    message = "This key only reads. Make one that also writes, and give it to the program instead."


class KeyTypesNoPassword(PasswordFirst):
    """What gives rights to others, or hands much out, is done by a person."""

    message = "This asks for a person's password, and no key can type it. Sign in, and do it on its page."


class MayUse(BasePermission):
    """Default deny: an endpoint without `right` (a verb of the one table, or a dict by HTTP method) lets nobody in.

    What gives rights to others asks for a password typed in the last five minutes, as its page does: 403
    `password_first`.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        right = getattr(view, "right", None)
        method = str(request.method)
        if isinstance(right, dict):
            right = right.get(method)
        slug = view.kwargs.get("agency")
        if not slug:
            return False
        key = request.auth if isinstance(request.auth, ApiKey) else None
        seat = sit(request.user, slug, key)
        if needs_second_factor(seat.membership.user, seat):
            raise PermissionDenied("Set up a second factor first: your role requires it.")
        request._request.seat = seat  # type: ignore[attr-defined]
        request.seat = seat  # type: ignore[attr-defined]
        if right is None and not hasattr(view, method.lower()):
            raise MethodNotAllowed(method)
        if not right:
            return False
        if not seat.can(right):
            raise PermissionDenied(right)
        if key is not None and not key.writes and method not in SAFE:
            raise KeyOnlyReads
        if asks_password(view, right, method):
            check_password(request, key)
        return True


def check_password(request: Request, key: ApiKey | None) -> None:
    """Raise PasswordFirst unless the person typed the password a moment ago; a key types none."""
    if key is not None:
        raise KeyTypesNoPassword
    need_recent_password(request._request)


def asks_password(view: Any, right: str, method: str) -> bool:
    """Whether an endpoint asks for the password before a method: it says so in `password_first`, or its right gives
    rights, and the method does not only read or take back.
    """
    return method in getattr(view, "password_first", ()) or (right in GIVING_RIGHTS and method in GIVING)
