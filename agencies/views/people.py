"""Who works here: the list, one person's roles, and the end of a membership."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.forms.people import EndRoleForm, ReasonForm, RoleForm
from agencies.models import Membership, Role
from agencies.operations import end_role, grant_role, remove_member
from agencies.queries.invitations import held_invitations, invited
from agencies.queries.people import Colleague, colleagues, current_members, matching
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast

PAGE = 50


@member(can="people.view")
@require_safe
def people(request: AgencyRequest) -> HttpResponse:
    """Everybody who serves now, with roles, second factor and last sign-in, and the invitations that wait."""
    q = request.GET.get("q", "").strip()[:100]
    page = Paginator(matching(current_members(), q), PAGE).get_page(request.GET.get("page"))
    context = {
        "q": q,
        "page": page,
        "colleagues": colleagues(request.seat.agency, list(page)),
        "invitations": invited(request.seat) if request.seat.can("people.edit") else [],
        "held": held_invitations().count() if request.seat.can("people.edit") else 0,
        "tabs": settings_tabs(request.seat, "people"),
    }
    return TemplateResponse(request, "agencies/people.html", context)


@member(can="people.view")
@require_safe
def person(request: AgencyRequest, pk: int) -> HttpResponse:
    """One person: roles, and, for who may, giving and ending them."""
    return show(request, colleague(request, pk))


@member(can="people.edit")
@require_POST
@reauthenticated
def role_give(request: AgencyRequest, pk: int) -> HttpResponse:
    """Give a role chosen in the form."""
    found = colleague(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            give(request, found.membership, form.cleaned_data["role"])
    if form.errors:
        return show(request, found, role_form=form)
    return redirect("person", request.seat.agency.slug, pk)


@member(can="people.edit")
@require_POST
@reauthenticated
def role_end(request: AgencyRequest, pk: int, role: str) -> HttpResponse:
    """End a role at once. Refused for the last administrator."""
    found = colleague(request, pk)
    form = EndRoleForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            end_role(
                agency=request.seat.agency,
                actor=request.user,
                membership=found.membership,
                role=role,
                reason=form.cleaned_data["reason"],
            )
    if form.errors:
        return show(request, found, end_form=form)
    toast(request, _("Role ended."), undo_url=reverse("role_restore", args=[request.seat.agency.slug, pk, role]))
    return back(request, found.membership)


@member(can="people.edit")
@require_POST
@reauthenticated
def role_restore(request: AgencyRequest, pk: int, role: str) -> HttpResponse:
    """Take the end of a role back: it is given anew."""
    give(request, colleague(request, pk).membership, role)
    return redirect("person", request.seat.agency.slug, pk)


@member(can="people.edit")
@require_POST
@reauthenticated
def person_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """End a membership, with a reason: every role ends, the person's next request finds nothing here."""
    found = colleague(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            remove_member(
                agency=request.seat.agency,
                actor=request.user,
                membership=found.membership,
                reason=form.cleaned_data["reason"],
            )
    if form.errors:
        return show(request, found, reason_form=form)
    toast(request, _("%(name)s no longer has access.") % {"name": found.membership.user.name})
    return back(request, found.membership)


def give(request: AgencyRequest, membership: Membership, role: str) -> None:
    """Give a role and say so."""
    grant_role(agency=request.seat.agency, actor=request.user, membership=membership, role=role)
    toast(request, _("%(name)s is now: %(role)s.") % {"name": membership.user.name, "role": Role(role).label})


def colleague(request: AgencyRequest, pk: int) -> Colleague:
    """Somebody who serves here now, else 404."""
    return colleagues(request.seat.agency, [get_object_or_404(current_members(), pk=pk)])[0]


def back(request: AgencyRequest, membership: Membership) -> HttpResponse:
    """The list, or, for who changed their own place, the page that still lets them in."""
    own = membership.user_id == request.user.pk
    return redirect("spaces") if own else redirect("people", request.seat.agency.slug)


def show(
    request: AgencyRequest,
    found: Colleague,
    role_form: RoleForm | None = None,
    end_form: EndRoleForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    """The page of one person, with what was wrong if anything was."""
    broken = role_form or end_form or reason_form
    context = {
        "colleague": found,
        "role_form": role_form or RoleForm(held=frozenset(found.roles)),
        "end_form": end_form,
        "reason_form": reason_form or ReasonForm(),
        "form": broken,
        "tabs": settings_tabs(request.seat, "people"),
    }
    return TemplateResponse(request, "agencies/person.html", context, status=422 if broken else 200)
