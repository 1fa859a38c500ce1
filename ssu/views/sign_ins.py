"""Asking somebody who serves to sign in, from their own page."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.team import SignInForm
from ssu.views.people import worker_at, worker_page


@member(can="people.edit")
@require_POST
@reauthenticated
def worker_invite(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write the invitation, and send it unless it is held. The answer is the same whether or not the address has an
    account elsewhere.
    """
    found = worker_at(request, pk)
    form = SignInForm(request.POST, auto_id="sign_in_%s")
    if form.is_valid():
        with shown_on(form):
            operations.invite_worker(agency=request.seat.agency, actor=request.user, worker=found, **form.cleaned_data)
    if form.errors:
        return worker_page(request, found, asking=form)
    sent = _("Invitation sent to %(email)s.") % {"email": form.cleaned_data["email"]}
    toast(request, _("The invitation is held: nothing was sent yet.") if form.cleaned_data["held"] else sent)
    return redirect("worker_edit", request.seat.agency.slug, pk)


@member(can="people.edit")
@require_POST
@reauthenticated
def worker_invitation_send(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send what was held, or a new link; the one before stops working."""
    found = worker_at(request, pk)
    sent = operations.send_invitation_of(agency=request.seat.agency, actor=request.user, worker=found)
    toast(request, _("A link went to %(email)s.") % {"email": sent.email})
    return redirect("worker_edit", request.seat.agency.slug, pk)


@member(can="people.edit")
@require_POST
def worker_invitation_withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Stop the link from working."""
    found = worker_at(request, pk)
    operations.withdraw_invitation_of(agency=request.seat.agency, actor=request.user, worker=found)
    toast(request, _("Invitation withdrawn."))
    return redirect("worker_edit", request.seat.agency.slug, pk)
