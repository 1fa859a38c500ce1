"""Inviting somebody to act for a member or for the backbone, and the page behind the link."""

from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import reauthenticated
from accounts.models import User
from accounts.queries import has_address
from agencies.scope import Scope, enter
from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.invitations import JoinForm, PersonForm
from alliances.invitation_links import ForgedLink, read
from alliances.models import Alliance, Member, Representative, SeatInvitation
from alliances.views.answers import acting, go, page
from alliances.wording import day_words
from core.access import token as by_token
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]


@alliance_member(can="members.edit")
@require_http_methods(FORM)
@reauthenticated
def staff_invite(request: AllianceRequest) -> HttpResponse:
    """Invite somebody to the staff of the backbone."""
    return invite(request, None)


@alliance_member(can="members.edit")
@require_http_methods(FORM)
@reauthenticated
def representative_invite(request: AllianceRequest, pk: int) -> HttpResponse:
    """Invite somebody to act for a member."""
    return invite(request, get_object_or_404(Member, pk=pk))


def invite(request: AllianceRequest, member: Member | None) -> HttpResponse:
    """Write an invitation. The answer is the same whether or not the address has an account."""
    form = PersonForm(request.POST or None, for_backbone=member is None)
    if form.is_valid():
        with shown_on(form):
            operations.invite_person(**acting(request), member=member, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Invitation sent to %(email)s.") % {"email": form.cleaned_data["email"]})
            return go(request, "alliance_member", member.pk) if member else go(request, "alliance_members")
    return page(request, "alliances/person_invite.html", form, member=member)


@alliance_member(can="members.edit")
@require_POST
def seat_withdraw(request: AllianceRequest, pk: int) -> HttpResponse:
    """Stop a link from working."""
    invitation = get_object_or_404(SeatInvitation, pk=pk)
    operations.withdraw_seat(**acting(request), invitation=invitation)
    toast(request, _("Invitation withdrawn."))
    back = invitation.member_id
    return go(request, "alliance_member", back) if back else go(request, "alliance_members")


@by_token
@never_cache
@require_http_methods(FORM)
def seat_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link. Reading it, as a mail scanner does, leaves it valid; joining uses it up."""
    found, alliance = by_link(token)
    user = request.user
    if user.is_authenticated and found.accepted_by_id == user.pk:
        return redirect("alliance_home", alliance.slug)
    if not found.is_open:
        return TemplateResponse(request, "alliances/invitation_closed.html", status=410)
    if user.is_authenticated:
        return join_signed_in(request, alliance, found)
    return join_new(request, alliance, found)


def by_link(token: str) -> tuple[SeatInvitation, Alliance]:
    """The invitation of a link, in the scope of the backbone that wrote it. 404 for an address not made here.

    The page shows the invitation and nothing else of the alliance.
    """
    try:
        link = read(token)
    except ForgedLink:
        raise Http404 from None
    enter(Scope(alliance_id=link.alliance_id))
    found = get_object_or_404(
        SeatInvitation.objects.select_related("alliance", "member", "invited_by"), nonce=link.nonce
    )
    return found, found.alliance


def join_signed_in(request: HttpRequest, alliance: Alliance, found: SeatInvitation) -> HttpResponse:
    """One button; it works for the invited address only."""
    user = cast(User, request.user)
    if request.method == "POST":
        operations.accept_seat(alliance=alliance, actor=user, nonce=found.nonce)
        return redirect("alliance_home", alliance.slug)
    return shown(request, alliance, found, {"matches": has_address(user, found.email)})


def join_new(request: HttpRequest, alliance: Alliance, found: SeatInvitation) -> HttpResponse:
    """Name and password, then the sign-in page: for an address that has an account too, so that nothing tells it."""
    form = JoinForm(request.POST or None, initial={"name": found.name}, invitation=found)
    if form.is_valid():
        operations.accept_seat_as_new_person(alliance=alliance, nonce=found.nonce, **form.cleaned_data)
        toast(request, _("Now sign in with %(email)s and your password.") % {"email": found.email})
        return redirect_to_login(request.path)
    return shown(request, alliance, found, {"form": form}, status=422 if form.is_bound else 200)


def shown(
    request: HttpRequest, alliance: Alliance, found: SeatInvitation, parts: dict[str, Any], status: int = 200
) -> HttpResponse:
    """For whom one will act, what one may do, and until when the link works."""
    promised = Representative(**dict.fromkeys(found.capacities, True))
    context = {
        "alliance": alliance,
        "invitation": found,
        "may": promised.may,
        "inviter": found.invited_by.name if found.invited_by else alliance.name,
        "last_day": day_words(alliance.day_of(found.expires_at)),
        **parts,
    }
    return TemplateResponse(request, "alliances/invitation.html", context, status=status)
