"""What moved money at the bank and at processors, as their files told it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from imports.giving_tabs import giving_tabs
from partners.forms.statements import StatementFilter
from partners.pages.statements import account_rows, statement_lines, statement_rows

PAGE = 50


@member(can="ledger.view")
@require_safe
def statements(request: AgencyRequest) -> HttpResponse:
    """Statement lines, the newest first, by account and payout."""
    accounts = account_rows(request.seat)
    form = StatementFilter(request.GET, accounts=accounts)
    fits = form.is_valid()
    found = statement_lines(request.seat, **form.wanted()) if fits else statement_lines(request.seat).none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": statement_rows(request.seat, page),
        "accounts": accounts,
        "filtered": fits and any(form.wanted().values()),
        "tabs": giving_tabs(request.seat, "statement_lines"),
    }
    return TemplateResponse(request, "partners/statement_lines.html", context, status=422 if form.errors else 200)
