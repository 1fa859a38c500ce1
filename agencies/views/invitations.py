"""Inviting people, and the page behind the link in the invitation."""

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
from accounts.queries import somebody_has_address
from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.forms.people import InviteForm, NewPersonForm
from agencies.invitation_links import ForgedLink, read
from agencies.models import Agency, Invitation
from agencies.operations import (
    accept_invitation,
    invite,
    join_as_new_person,
    refusal_of,
    resend_invitation,
    withdraw_invitation,
)
from agencies.operations.addressees import OtherPerson
from agencies.queries.invitations import held_invitations, roles_in_words, waiting_invitations
from agencies.rights_in_words import allowed
from agencies.scope import Scope, enter
from agencies.settings_tabs import settings_tabs
from core.access import token as by_token
from core.refusals import shown_on
from core.toasts import toast


@member(can="people.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def invite_person(request: AgencyRequest) -> HttpResponse:
    """Write an invitation. The answer is the same whether or not the address has an account."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            invite(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Invitation sent to %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("people", request.seat.agency.slug)
    context = {"form": form, "tabs": settings_tabs(request.seat, "people")}
    return TemplateResponse(request, "agencies/invite.html", context, status=422 if form.is_bound else 200)


@member(can="people.edit")
@require_POST
@reauthenticated
def invitation_resend(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send a new link; the one before stops working."""
    sent = resend_invitation(agency=request.seat.agency, actor=request.user, invitation=waiting(pk))
    toast(request, _("A new link went to %(email)s.") % {"email": sent.email})
    return redirect("people", request.seat.agency.slug)


@member(can="people.edit")
@require_POST
def invitation_withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Stop a link from working."""
    withdraw_invitation(agency=request.seat.agency, actor=request.user, invitation=waiting(pk))
    toast(request, _("Invitation withdrawn."))
    return redirect("people", request.seat.agency.slug)


def waiting(pk: int) -> Invitation:
    """An invitation of this agency that is neither used nor withdrawn, sent or held, else 404."""
    return get_object_or_404(waiting_invitations() | held_invitations(), pk=pk)


@by_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link. Reading it, as a mail scanner does, leaves it valid; joining uses it up."""
    found, agency = by_link(token)
    user = request.user
    if user.is_authenticated and found.accepted_by_id == user.pk:
        return redirect("home", agency.slug)
    if not found.is_open:
        return TemplateResponse(request, "agencies/invitation_closed.html", status=410)
    if user.is_authenticated:
        return join_signed_in(request, agency, found)
    return join_new(request, agency, found)


def by_link(token: str) -> tuple[Invitation, Agency]:
    """The invitation of a link, after entering the scope that it names. 404 for an address not made here."""
    try:
        link = read(token)
    except ForgedLink:
        raise Http404 from None
    enter(Scope(agency_id=link.agency_id))
    found = get_object_or_404(Invitation.objects.select_related("agency", "invited_by"), nonce=link.nonce)
    return found, found.agency


def join_signed_in(request: HttpRequest, agency: Agency, found: Invitation) -> HttpResponse:
    """One button; it works for the invited person only."""
    user = cast(User, request.user)
    if request.method == "POST":
        accept_invitation(agency=agency, actor=user, nonce=found.nonce)
        return redirect("home", agency.slug)
    refusal = refusal_of(found, user)
    return page(request, agency, found, {"matches": refusal is None, "is_anothers": refusal is OtherPerson})


def join_new(request: HttpRequest, agency: Agency, found: Invitation) -> HttpResponse:
    """Name and password, then the sign-in page: for an address that has an account too, so that nothing tells it."""
    form = NewPersonForm(request.POST or None, initial={"name": found.name}, invitation=found)
    if form.is_valid():
        name = sign_in_of(found)
        join_as_new_person(agency=agency, nonce=found.nonce, **form.cleaned_data)
        toast(request, _("Now sign in with %(name)s and your password.") % {"name": name})
        return redirect_to_login(request.path)
    return page(request, agency, found, {"form": form}, status=422 if form.is_bound else 200)


def sign_in_of(found: Invitation) -> str:
    """What the new person will sign in with: the address, or a name where the spouse has an account under it."""
    shared = found.sign_in_name and somebody_has_address(found.email)
    return found.sign_in_name if shared else found.email


def page(
    request: HttpRequest, agency: Agency, found: Invitation, parts: dict[str, Any], status: int = 200
) -> HttpResponse:
    """What the invitation gives, in words, and until when; `parts` holds the form, or whether the address matches."""
    last_day = day_in_words(agency, found.expires_at)
    inviter = found.invited_by.name if found.invited_by else agency.name
    context = {
        "agency": agency,
        "invitation": found,
        "sign_in": sign_in_of(found),
        "roles": roles_in_words(found),
        "allowed": allowed([*found.roles, *(role for _unit, role in found.unit_roles)]),
        "lead": _("%(inviter)s invites you. The link works once, until %(day)s.")
        % {"inviter": inviter, "day": last_day},
        **parts,
    }
    return TemplateResponse(request, "agencies/invitation.html", context, status=status)
