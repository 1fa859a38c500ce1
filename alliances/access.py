"""The door of an alliance's workspace: `@alliance_member(can=…)` on every view below `/alliances/<alliance>/`.

It verifies the seat, sets the scope of the alliance and of the member once, checks the right in the one table of
this app, and gives the
request a seat and a frame. Outsiders, and addresses that do not exist, get the same 404.
No agency is ever in scope here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from agencies.access import SAFE, SPACE, OldForm, View, lacks_second_factor
from agencies.context import Shell
from alliances.frame import frame
from alliances.lookups import place_in
from alliances.rights import RIGHTS, UnknownRight
from alliances.seats import AllianceSeat, sit_down
from core.access import declare


class AllianceRequest(HttpRequest):
    """A request that came through the door: who is at work, in which alliance, for which member."""

    alliance_seat: AllianceSeat
    shell: Shell
    space_mark: str
    user: User


def alliance_member(*, can: str) -> Callable[[View], View]:
    """Let in representatives and backbone staff of the alliance in the address who hold the right `can`."""
    if can not in RIGHTS:
        raise UnknownRight(can)

    def decorate(view: View) -> View:
        @wraps(view)
        def enter_alliance(request: Any, alliance: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            seat = request.alliance_seat = seat_in(request.user, alliance)
            request.shell = frame(request, seat)
            request.space_mark = alliance_mark(seat.alliance.pk, seat.user.pk)
            if seat.needs_second_factor() and lacks_second_factor(seat.user):
                return redirect("mfa_activate_totp")
            if not seat.can(can):
                raise PermissionDenied(can)
            if request.method not in SAFE:
                check_space(request)
            return view(request, *args, **kwargs)

        return declare(enter_alliance, "alliance", can)

    return decorate


def seat_in(user: User, slug: str) -> AllianceSeat:
    """Verify the seat and set the scope. 404 for everybody else."""
    place = place_in(slug, user.pk)
    if place is None or not user.is_active:
        raise Http404
    return sit_down(user, place)


def alliance_mark(alliance_id: int, user_id: int) -> str:
    """What a form carries to say in which alliance, and by whom, it was opened.
    No mark of an agency's form is equal to one.
    """
    return SPACE.sign(f"alliance.{alliance_id}.{user_id}")


def check_space(request: AllianceRequest) -> None:
    """Refuse a form that was opened in another workspace or by another person (trust rule T5)."""
    mark = request.POST.get("space") or request.headers.get("X-Space", "")
    if mark != request.space_mark:
        raise OldForm
