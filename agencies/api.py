"""The API's door: the same membership, rights and scope as the pages'."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from agencies.access import needs_second_factor, sit


class MayUse(BasePermission):
    """Default deny: an endpoint without `right` (a verb of the one table, or a dict by HTTP method) lets nobody in."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        right = getattr(view, "right", None)
        if isinstance(right, dict):
            right = right.get(request.method)
        slug = view.kwargs.get("agency")
        if not slug:
            return False
        seat = sit(request.user, slug)
        if needs_second_factor(seat.membership.user, seat):
            raise PermissionDenied("Set up a second factor first: your role requires it.")
        request._request.seat = seat  # type: ignore[attr-defined]
        request.seat = seat  # type: ignore[attr-defined]
        return seat.can(right) if right else False
