"""Invitations that were prepared and wait to be sent."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.forms.held import SendForm
from agencies.invitation_mail import words
from agencies.models.people import in_two_weeks
from agencies.operations import send_held
from agencies.queries.invitations import held_invitations, invitation_rows, roles_in_words, unit_names
from agencies.rights_in_words import allowed
from agencies.settings_tabs import settings_tabs
from agencies.views.invitations import waiting
from core.refusals import shown_on
from core.toasts import toast

PAGE = 50


@member(can="people.edit")
@require_safe
def invitations_held(request: AgencyRequest) -> HttpResponse:
    """Who would get a mail, and as what."""
    return held_page(request, SendForm())


def held_page(request: AgencyRequest, form: SendForm) -> HttpResponse:
    """The list, with what was wrong with the choice that was sent."""
    page = Paginator(held_invitations(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": invitation_rows(request.seat, list(page)),
        "total": page.paginator.count,
        "form": form,
        "tabs": settings_tabs(request.seat, "people"),
    }
    return TemplateResponse(request, "agencies/held.html", context, status=422 if form.errors else 200)


@member(can="people.edit")
@require_POST
@reauthenticated
def invitations_send(request: AgencyRequest) -> HttpResponse:
    """Send those that are ticked, or, by the other button, all."""
    form, sent = SendForm(request.POST), 0
    if form.is_valid():
        with shown_on(form):
            sent = send_held(agency=request.seat.agency, actor=request.user, only=form.only())
    if form.errors:
        return held_page(request, form)
    left = held_invitations().count()
    said = ngettext("%(count)s invitation sent.", "%(count)s invitations sent.", sent) % {"count": sent}
    toast(request, f"{said} " + (_("%(count)s still held.") % {"count": left} if left else ""))
    return redirect("invitations_held" if left else "people", request.seat.agency.slug)


@member(can="people.edit")
@require_safe
def invitation_preview(request: AgencyRequest, pk: int) -> HttpResponse:
    """The mail as it will go out, and what the person will be able to see and do. The link itself is shown to
    nobody.
    """
    found, agency = waiting(pk), request.seat.agency
    ends = in_two_weeks() if found.held_since else found.expires_at
    subject, text = words(agency, found, _("[the link of this person]"), day_in_words(agency, ends))
    context = {
        "invitation": found,
        "subject": subject,
        "text": text,
        "roles": roles_in_words(found, unit_names(request.seat, [found])),
        "allowed": allowed([*found.roles, *(role for _unit, role in found.unit_roles)]),
        "tabs": settings_tabs(request.seat, "people"),
    }
    return TemplateResponse(request, "agencies/invitation_preview.html", context)
