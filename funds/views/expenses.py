"""Expenses: the list, one by hand, many from a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet
from agencies.downloads import download as made
from core.form_pages import download
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files
from funds.expense_rows import COLUMNS, ExpensesWrong
from funds.forms.movements import ExpenseFileForm, ExpenseForm
from funds.imports.receiving import receive_expenses
from funds.models import Expense
from funds.operations import record_expense
from funds.pages.expense_file import column_facts
from funds.pages.frame import Heading, frame, link, links
from funds.pages.keyset import page_of
from funds.pages.lists import expense_table
from funds.queries import deposit_account, is_withheld
from funds.views.frames import form_page, list_page
from funds.views.movements import with_state
from imports.reading.lists import Problem
from imports.reading.sheets import MAX_LIST_BYTES

SHOWN = 500
"""Problems on one page; who has more corrects these first."""


@member(can="ledger.view")
@require_safe
def expenses(request: AgencyRequest) -> HttpResponse:
    """What designations spent, the newest first."""
    seat = request.seat
    found = Expense.objects.select_related("category").annotate(withheld=is_withheld(seat, "designation"))
    page = page_of(with_state(found), request.GET, "posting__date")
    heading = Heading(
        _("Expenses"),
        lead=_("What designations spent, each with its category and receipt."),
        primary=link(seat, "ledger.post", _("Record expense"), "expense_add"),
        menu=links(link(seat, "ledger.post", _("Bring in a file"), "expense_file")),
    )
    context: dict[str, Any] = {
        "table": expense_table(seat, page.rows),
        "page": page,
        "none_yet": _("No expenses yet"),
        "none_lead": _("Record one, or bring in a file from your accounting."),
    }
    return list_page(request, "expenses", heading, **context)


@member(can="ledger.post")
@require_http_methods(["GET", "POST"])
def expense_add(request: AgencyRequest) -> HttpResponse:
    """Record an expense."""
    seat, agency = request.seat, request.seat.agency
    initial = {"on": agency.today(), "paid_from": deposit_account().pk}
    form = ExpenseForm(request.POST or None, seat=seat, initial=initial)
    if form.is_valid():
        names = ("designation", "category", "paid_from", "on", "payee", "description", "reference")
        with shown_on(form):
            posted = record_expense(agency=agency, actor=request.user, **form.said(*names))
        if not form.errors:
            toast(request, _("Expense posted."))
            return redirect("posting", agency.slug, posted.posting_id)
    heading = Heading(_("Record expense"))
    return form_page(request, "expenses", heading, form, _("Post expense"), "expenses")


@takes_files(MAX_LIST_BYTES)
@member(can="ledger.post")
@require_http_methods(["GET", "POST"])
def expense_file(request: AgencyRequest) -> HttpResponse:
    """Take a file, and say everything that is wrong with it; nothing is posted before all of it is right."""
    form = ExpenseFileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        given: dict[str, Any] = {"name": file.name, "content": file, "size": file.size}
        with shown_on(form):
            try:
                job = receive_expenses(agency=request.seat.agency, actor=request.user, **given)
            except ExpensesWrong as wrong:
                problems = wrong.problems
            else:
                return redirect("job", request.seat.agency.slug, job.pk)
    context: dict[str, Any] = {
        **frame(request.seat, "expenses", Heading(_("File of expenses"), lead=lead())),
        "form": form,
        "problems": problems[:SHOWN],
        "total": len(problems),
        "more": max(0, len(problems) - SHOWN),
        "columns": column_facts(request.seat.agency),
    }
    return TemplateResponse(request, "funds/expense_file.html", context, status=422 if form.errors or problems else 200)


def lead() -> str:
    """What becomes of a file."""
    return _("Either all of it is posted, or nothing. The same file twice posts nothing twice.")


@download
@member(can="ledger.post")
@require_safe
def expense_template(request: AgencyRequest) -> HttpResponse:
    """The first line of the file, ready to be filled in."""
    return made(request, "template of expenses", lambda: Sheet("expenses", COLUMNS, []))
