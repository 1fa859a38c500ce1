"""Sending a statement again while its giver is at the telephone, and the page behind the link in the mail."""

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies import audit
from agencies.access import AgencyRequest, member
from agencies.models import Agency
from agencies.scope import Scope, enter
from core.access import token as by_token
from core.toasts import toast
from delivery.models import OutgoingMessage
from jobs.files import answer
from partners.reached import cared_partner
from reports import operations
from reports.models import StatementFile, StatementIssue
from reports.operations.sending import still_holds
from reports.statement_links import read_link


@member(can="statements.send")
@require_POST
def statement_send(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send it to the address on record; the call goes on."""
    seat = request.seat
    issue = get_object_or_404(StatementIssue.objects.select_related("giving_unit__partner"), pk=pk)
    partner = cared_partner(seat, issue.giving_unit.partner_id or 0)
    key = request.POST.get("key", "")[:40]
    made = operations.send_statement(agency=seat.agency, actor=request.user, issue=issue, key=key)
    if made.state == OutgoingMessage.State.SUPPRESSED:
        toast(request, _("Nothing was sent: this address asked for no more mail, or bounced. Print the statement."))
    else:
        toast(request, _("The statement of %(year)s is on its way.") % {"year": issue.year})
    return redirect("call", seat.agency.slug, partner.pk)


@by_token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement_by_link(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """The page names nobody; the file comes by its button, since a mail scanner opens links."""
    try:
        agency_id, issue_id, sent_to = read_link(token)
    except signing.SignatureExpired:
        return TemplateResponse(request, "reports/statement_link_void.html", {}, status=410)
    except signing.BadSignature:
        raise Http404 from None
    enter(Scope(agency_id=agency_id))
    issue = get_object_or_404(StatementIssue.objects.select_related("giving_unit__partner"), pk=issue_id)
    if not still_holds(issue, sent_to):
        return TemplateResponse(request, "reports/statement_link_void.html", {}, status=410)
    if request.method == "POST":
        audit.record(actor=None, verb="open statement by link", of=issue, label=f"statement {issue.label}")
        return answer(StatementFile.objects.select_related("stored").get(issue=issue).stored)
    agency = get_object_or_404(Agency, pk=agency_id)
    context = {"agency": agency.name, "year": issue.year}
    return TemplateResponse(request, "reports/statement_link.html", context)
