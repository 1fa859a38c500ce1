"""Lines that leave as a file, and come back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download
from budgets.forms.files import LinesFileForm
from budgets.imports.receiving import receive_lines
from budgets.line_file import REMOVE, YES, line_sheet
from budgets.line_words import LinesWrong
from budgets.models import Budget, Line
from budgets.months import months_of
from budgets.owners import owners_offered
from budgets.reached import open_unit_at
from budgets.views.grid import said
from budgets.views.lines import budget_to_change
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files
from imports.reading.lists import Problem
from imports.reading.sheets import MAX_LIST_BYTES
from ssu.models import Unit
from ssu.queries.people import worker_names_in


@member(can="budgets.view")
@require_safe
def lines_file(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """The lines of a version with their months, to work on in a spreadsheet."""
    seat = request.seat
    found = get_object_or_404(Budget.objects.seen_by(seat), pk=budget_id)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=found.unit_id)

    def make() -> Any:
        lines = list(Line.objects.filter(budget=found).order_by("kind", "priority", "pk"))
        owners = worker_names_in(seat, unit, [each.owner_id for each in lines])
        months = months_of(seat.agency, found.fiscal_year)
        return line_sheet(found, lines, months, owners, withheld=bool(unit.is_withheld))

    return download(request, "budget lines", make, of=found, label=f"{found.fiscal_year} version {found.version}")


@takes_files(MAX_LIST_BYTES)
@member(can="budgets.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def lines_bring(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """Take in lines from a file, and say everything that is wrong with it; nothing is written before all of it is
    right.
    """
    seat, found = request.seat, budget_to_change(request, budget_id)
    if request.method != "POST" and not found.is_draft:
        return redirect("budget", seat.agency.slug, found.pk)
    form = LinesFileForm(request.POST or None, request.FILES or None)
    unit = open_unit_at(request, found.unit_id, "budgets.edit")
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        owners = owners_offered(seat, unit, Line.objects.filter(budget=found)).values()
        given: dict[str, Any] = {"budget": found, "owners": owners, "content": form.cleaned_data["file"].read()}
        with shown_on(form):
            try:
                done = receive_lines(agency=seat.agency, actor=request.user, **given)
            except LinesWrong as wrong:
                problems = wrong.problems
            else:
                toast(request, said(**done))
                return redirect("budget", seat.agency.slug, found.pk)
    context: dict[str, Any] = {"form": form, "budget": found, "unit": unit, "problems": problems}
    context |= {"total": len(problems), "columns": column_facts()}
    status = 422 if form.errors or problems else 200
    return TemplateResponse(request, "budgets/bring_lines.html", context, status=status)


def column_facts() -> list[dict[str, str]]:
    """Each column in a sentence."""
    words = [
        ("line", _("The number of a line that is changed; empty for a new line.")),
        ("impact", _("What it makes possible, in words a partner understands.")),
        ("category", _("A word or two, the same for lines that belong together.")),
        ("kind", _("expense or income; empty for expense.")),
        ("priority", _("1 is covered first; empty for 1.")),
        ("owner", _("Who looks after the line, by the name on the team page; empty for nobody.")),
        ("amount", _("For the whole year, in the currency of the budget.")),
        ("month_…", _("What falls into each month. All empty: evenly, or in the proportions that stand.")),
        (REMOVE, _("%(yes)s takes the line out. Lines that are not in the file stay.") % {"yes": YES}),
    ]
    return [{"label": label, "value": value} for label, value in words]
