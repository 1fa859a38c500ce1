"""The door of an agency's workspace: `@member(can=…)` on every view below `/a/<agency>/`.

It verifies the membership, sets the scope once in the request's transaction, checks the right in the one table, and
hands the view a request with a seat. Outsiders, and addresses that do not exist, get the same 404; a member without
the right gets 403.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agencies.lookups import place_in
from agencies.models import Agency, ApiKey, Membership
from agencies.rights import RIGHTS, UnknownRight
from agencies.scope import Scope, enter
from agencies.seats import Seat, seat_of
from agencies.sent_once import sent_once
from core.access import declare
from core.errors import Refused

View = Callable[..., HttpResponseBase]
SPACE = signing.Signer(salt="space")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SECOND_FACTOR_FIRST = _("Your role needs a second factor. Set it up now; then open your workspace again.")


class AgencyRequest(HttpRequest):
    """A request that came through the door: `seat` is who is at work, in which agency, with which roles."""

    seat: Seat
    user: User


class OldForm(Refused):
    """The form was opened in another workspace, or by another person."""

    code = "old_form"
    message = "This form was opened in another workspace or by another person. Nothing was saved. Open the page again."


def member(*, can: str) -> Callable[[View], View]:
    """Let in members of the agency in the address who hold the right `can` for at least one unit; the view narrows
    further.
    """
    if can not in RIGHTS:
        raise UnknownRight(can)

    def decorate(view: View) -> View:
        @wraps(view)
        def enter_agency(request: Any, agency: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.seat = sit(request.user, agency)
            if needs_second_factor(request.user, request.seat):
                messages.warning(request, SECOND_FACTOR_FIRST)
                return redirect("mfa_activate_totp")
            if not request.seat.can(can):
                raise PermissionDenied(can)
            if request.method in SAFE:
                return view(request, *args, **kwargs)
            check_space(request)
            return sent_once(request, lambda: view(request, *args, **kwargs))

        return declare(enter_agency, "member", can)

    return decorate


def sit(user: User, slug: str, key: ApiKey | None = None) -> Seat:
    """Verify the membership, set the scope, and say what the person may do; a program that came with a `key` may do it
    in the areas of its key. 404 for everybody else.
    """
    place = place_in(slug, user.pk)
    if place is None or not user.is_active:
        raise Http404
    enter(Scope(agency_id=place.agency_id, through=key.name if key else ""))
    membership = Membership.objects.get(pk=place.membership_id)
    membership.user = user
    seat = seat_of(Agency.objects.get(pk=place.agency_id), membership)
    return replace(seat, areas=frozenset(key.areas)) if key else seat


def needs_second_factor(user: User, seat: Seat) -> bool:
    """Whether this person must first set up a second factor, because a role asks for one."""
    return seat.needs_second_factor() and lacks_second_factor(user)


def lacks_second_factor(user: User) -> bool:
    """Whether a person has no second factor. Demo people are exempt under development settings only."""
    exempt = settings.DEMO_SIGN_INS and user.is_demo
    return not exempt and not is_mfa_enabled(user)


def space_mark(agency_id: int, user_id: int) -> str:
    """What a form carries to say in whose workspace, and by whom, it was opened."""
    return SPACE.sign(f"{agency_id}.{user_id}")


def check_space(request: AgencyRequest) -> None:
    """Refuse a form that was opened in another workspace or by another person (trust rule T5)."""
    mark = request.POST.get("space") or request.headers.get("X-Space", "")
    if mark != space_mark(request.seat.agency.pk, request.seat.user_id):
        raise OldForm


def reachable(seat: Seat, right: str, unit_id: int | None) -> None:
    """Raise PermissionDenied unless the right reaches this unit."""
    if not seat.can(right, unit_id):
        raise PermissionDenied(right)
