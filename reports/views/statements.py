"""The statements of a year: exceptions first, then the run; lists; one statement; its file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.downloads import one_document
from core.errors import Refused
from core.refusals import shown_on
from core.toasts import toast
from jobs.files import answer
from partners.models import GivingUnit
from reports import operations
from reports.forms import ReceiptStartForm
from reports.models import StatementFile, StatementIssue
from reports.pages import overview
from reports.pages.runs import run_rows
from reports.pages.statement import statement_page, withheld
from reports.queries.givers import TO_LOOK_AT, WITHOUT, amounts_of, givers_of, totals_by_standing, years_with_gifts
from reports.queries.issues import newest_issues, newest_of
from reports.queries.naming import public_names
from reports.queries.runs import is_under_way, runs
from reports.queries.standing import receipts_from
from reports.queries.timing import GIVEN, count

PAGE = 50
RUNS_SHOWN = 10
FIRST_YEAR = 1950
LISTS = {"stated": lazily("Get a statement"), **WITHOUT, **TO_LOOK_AT}


def year_of(request: AgencyRequest, years: list[int]) -> int:
    """The year in the address, or the last one that is complete, or the newest with gifts."""
    asked = request.GET.get("year", "")
    today = request.seat.agency.today()
    if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= today.year + 1:
        return int(asked)
    complete = [year for year in years if year < today.year]
    return (complete or years or [today.year - 1])[0]


def check_year(request: AgencyRequest, year: int) -> None:
    """404 for a year in which nobody could have given."""
    if not FIRST_YEAR <= year <= request.seat.agency.today().year + 1:
        raise Http404


@member(can="statements.view")
@require_safe
def statements(request: AgencyRequest) -> HttpResponse:
    """A year: what is to be looked at, who gets none and why, what was made, and a search for one giving unit."""
    agency, years = request.seat.agency, years_with_gifts()
    year = year_of(request, years)
    words = request.GET.get("giver", "").strip()[:100]
    found = givers_of(agency, year)
    issued = newest_issues(year).count()
    start = receipts_from()
    context = {
        "year": year,
        "years": sorted({*years, year}, reverse=True),
        "words": words,
        "without_words": f"?year={year}",
        "hits": hits(request, year, words) if words else [],
        "may_run": request.seat.can("statements.run"),
        "stated": len(found.stated),
        "tiles": tiles(request, year, len(found.stated), issued),
        "without": overview.without(agency, year, found),
        "to_look_at": overview.to_look_at(agency, year, found),
        "sums": overview.sum_tables(agency, totals_by_standing(year)),
        "runs": run_rows(request.seat, list(runs(year)[:RUNS_SHOWN])),
        "is_under_way": is_under_way(year),
        "is_open": year >= agency.today().year,
        "start": day_in_words(agency, start) if start else "",
    }
    return TemplateResponse(request, "reports/statements.html", context)


def tiles(request: AgencyRequest, year: int, stated: int, issued: int) -> list[dict[str, str]]:
    """The figures on top."""
    agency = request.seat.agency
    apart = count(year, GIVEN)
    timing = reverse("statement_timing", args=[agency.slug, year])
    everybody = reverse("statement_list", args=[agency.slug, year, "stated"])
    return [
        {"label": _("Get a statement"), "value": overview.counted(agency, stated), "url": everybody},
        {"label": _("Issued so far"), "value": overview.counted(agency, issued)},
        {"label": _("Deposited in another year"), "value": overview.counted(agency, apart), "url": timing},
    ]


def hits(request: AgencyRequest, year: int, words: str) -> list[overview.GiverRow]:
    """Giving units by name, with what they gave in the year."""
    named = GivingUnit.objects.filter(name__icontains=words).order_by("name", "pk")
    return rows_of(request, year, list(named.values_list("pk", "name")[:PAGE]))


def rows_of(request: AgencyRequest, year: int, givers: list[tuple[int, str]]) -> list[overview.GiverRow]:
    """Rows of a list of giving units. Two queries."""
    ids = [giver for giver, _name in givers]
    return overview.giver_rows(request.seat.agency, year, givers, amounts_of(year, ids), newest_of(year, ids))


@member(can="statements.view")
@require_safe
def statement_list(request: AgencyRequest, year: int, reason: str) -> HttpResponse:
    """The giving units that get a statement, or get none for one reason, or are to be looked at."""
    check_year(request, year)
    key = reason.replace("-", "_")
    if key not in LISTS:
        raise Http404
    found = givers_of(request.seat.agency, year)
    wanted = found.stated if key == "stated" else found.group(key)
    named = GivingUnit.objects.filter(pk__in=wanted).order_by("name", "pk").values_list("pk", "name")
    page = Paginator(named, PAGE).get_page(request.GET.get("page"))
    context = {"year": year, "title": LISTS[key], "page": page, "rows": rows_of(request, year, list(page))}
    return TemplateResponse(request, "reports/statement_list.html", context)


@member(can="statements.view")
@require_safe
def statement(request: AgencyRequest, year: int, pk: int) -> HttpResponse:
    """One giving unit's statement of a year, with its issued versions."""
    check_year(request, year)
    giver = get_object_or_404(GivingUnit, pk=pk)
    return show(request, giver, year)


def show(request: AgencyRequest, giver: GivingUnit, year: int, refused: str = "") -> HttpResponse:
    """The page of one statement, with what was refused if something was."""
    context: dict[str, Any] = {"giver": giver, "year": year, "refused": refused}
    context["page"] = statement_page(request.seat, giver, year)
    return TemplateResponse(request, "reports/statement.html", context, status=422 if refused else 200)


@member(can="statements.run")
@require_POST
def statement_issue(request: AgencyRequest, year: int, pk: int) -> HttpResponse:
    """Let one statement be issued, and show how far that is."""
    check_year(request, year)
    giver = get_object_or_404(GivingUnit, pk=pk)
    agency = request.seat.agency
    try:
        job = operations.start_single(agency=agency, actor=request.user, giving_unit=giver, year=year)
    except Refused as refusal:
        return show(request, giver, year, str(refusal))
    return redirect("job", agency.slug, job.pk)


@member(can="statements.view")
@require_safe
def statement_file(request: AgencyRequest, pk: int) -> FileResponse:
    """The PDF of an issued statement, under a name without the giver's."""
    issue = get_object_or_404(StatementIssue, pk=pk)
    if withheld(request.seat, issue, public_names()):
        raise PermissionDenied
    stored = get_object_or_404(StatementFile.objects.select_related("stored"), issue=issue).stored
    return one_document(request, "statement", answer(stored), of=issue, label=f"statement {issue.label}")


@member(can="statements.run")
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_start(request: AgencyRequest) -> HttpResponse:
    """Say from when on receipts are given here."""
    agency = request.seat.agency
    form = ReceiptStartForm(request.POST or None, initial={"on": receipts_from()})
    if form.is_valid():
        with shown_on(form):
            operations.set_receipt_start(agency=agency, actor=request.user, on=form.cleaned_data["on"])
        if not form.errors:
            toast(request, _("Saved. Gifts before this day get no receipt here."))
            return redirect("statements", agency.slug)
    return TemplateResponse(request, "reports/receipt_start.html", {"form": form}, status=422 if form.errors else 200)
