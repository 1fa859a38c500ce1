"""The API's door: the same membership, rights and scope as the pages'."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.access import need_recent_password
from agencies.access import needs_second_factor, sit
from agencies.rights import GIVING_RIGHTS

GIVING = frozenset({"POST", "PUT", "PATCH"})


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
        seat = sit(request.user, slug)
        if needs_second_factor(seat.membership.user, seat):
            raise PermissionDenied("Set up a second factor first: your role requires it.")
        request._request.seat = seat  # type: ignore[attr-defined]
        request.seat = seat  # type: ignore[attr-defined]
        if right is None and not hasattr(view, method.lower()):
            raise MethodNotAllowed(method)
        if not right or not seat.can(right):
            return False
        if asks_password(view, right, method):
            need_recent_password(request._request)
        return True


def asks_password(view: Any, right: str, method: str) -> bool:
    """Whether an endpoint asks for the password before a method: it says so in `password_first`, or its right gives
    rights, and the method does not only read or take back.
    """
    return method in getattr(view, "password_first", ()) or (right in GIVING_RIGHTS and method in GIVING)
