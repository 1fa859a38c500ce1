"""The reports of giving: the list by question, each report, and what is behind a figure."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.downloads import MOST_ROWS, Sheet, dated, download, export_links, wants_file, whole
from agencies.idempotency import once
from agencies.saved_views import saved_bar
from agencies.seats import Seat
from core.site import site
from imports.giving_tabs import giving_tabs
from jobs.operations import start
from partners.forms.giving_reports import NARROWING, WITH_COLUMNS, Asked, ReportFilter, names_of, offered
from partners.job_kinds import REPORT_JOB
from partners.models import Channel
from partners.models.discretion import in_field
from partners.pages.giving_reports.behind import Behind, behind, lines_table
from partners.pages.giving_reports.files import HeldStaysHere, header, lines_of
from partners.pages.giving_reports.filters import chips_of, parts_of
from partners.pages.giving_reports.library import reports_shown
from partners.pages.giving_reports.registry import WHOLE, rows_found, table_of
from partners.pages.giving_reports.tables import Table, Ways
from partners.pages.giving_reports.words import BY_KEY, ReportWords, field_rule, ground_rules
from partners.views.list_files import ask_first, query_sent

PAGE = 50


@member(can="gifts.view")
@require_safe
def giving_reports(request: AgencyRequest) -> HttpResponse:
    """What can be asked of the gifts, by question."""
    context = {"reports": reports_shown(request.seat), "tabs": giving_tabs(request.seat, "giving_reports")}
    return TemplateResponse(request, "partners/giving_reports.html", context)


def report_page(request: AgencyRequest, key: str) -> HttpResponse:
    """One report by the filter in its address; `?export=csv` and `?export=xlsx` give all its rows as a file, a long one
    from a job.
    """
    seat, words = request.seat, BY_KEY[key]
    saved = saved_bar(request, words.page)
    form = ReportFilter(request.GET, seat=seat, report=key, choices=saved.choices)
    context = {**frame(request, words, form), "saved": saved}
    if not form.is_valid():
        return TemplateResponse(request, "partners/giving_report.html", context, status=422)
    asked = form.asked(request.GET.get("sort", ""))
    ways, found = Ways(seat, key, kept(request, key)), rows_found(seat, key, asked, first_row(request))
    if wants_file(request):
        return as_file(request, ways, asked, found)
    page = None if key in WHOLE else Paginator(found, PAGE).get_page(request.GET.get("page"))
    table = table_of(seat, ways, asked, found, list(page or ()))
    context |= {"table": table, "page": page, **explained(request, words, asked)}
    return TemplateResponse(request, "partners/giving_report.html", context)


def first_row(request: AgencyRequest) -> int:
    """The number of the first row of the page that an address asks for, from 0; of what is no page, 0."""
    page = request.GET.get("page", "")
    return (int(page) - 1) * PAGE if re.fullmatch("[1-9][0-9]{0,6}", page) else 0


def kept(request: AgencyRequest, key: str) -> str:
    """The filter of the address, without what is said about pages, order and columns."""
    query = request.GET.copy()
    for name in [each for each in query if each not in (*NARROWING, *names_of(key)) or each.startswith("show_")]:
        del query[name]
    return str(query.urlencode())


def frame(request: AgencyRequest, words: ReportWords, form: ReportFilter) -> dict[str, Any]:
    """What stands around the table."""
    return {
        "words": words,
        "form": form,
        "parts": parts_of(form),
        "chips": chips_of(form, request.GET),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "export_links": [] if request.GET.get("held") else export_links(request),
        "tabs": giving_tabs(request.seat, "giving_reports"),
        "has_columns": words.key in WITH_COLUMNS,
        "channels": channels() if words.key == "thanks" and request.seat.can("partners.care") else [],
        "here": request.GET.urlencode(),
        "as_of": day_in_words(request.seat.agency, request.seat.agency.today()),
    }


def channels() -> list[tuple[str, str]]:
    """How thanks can be said."""
    return [(value, str(capfirst(label))) for value, label in Channel.choices]


def explained(request: AgencyRequest, words: ReportWords, asked: Asked) -> dict[str, Any]:
    """How the report is counted."""
    rules = ground_rules()
    if in_field(request.seat):
        rules.append(field_rule())
    return {"formula": words.formula(request.seat.agency, asked.periods), "rules": rules}


def as_file(request: AgencyRequest, ways: Ways, asked: Asked, found: Any) -> HttpResponse:
    """All rows as a file; a report too long to wait for is made by a job. Raises HeldStaysHere."""
    if asked.wanted.held:
        raise HeldStaysHere
    if ways.report not in WHOLE and found.count() > MOST_ROWS:
        return ask_first(request, BY_KEY[ways.report].page, "giving_report_file", ways.report)
    name = dated(request, f"giving-{ways.report.replace('_', '-')}")
    return download(
        request, "giving report", lambda: sheet(name, table_of(request.seat, ways, asked, found, list(found)))
    )


def sheet(name: str, table: Table) -> Sheet:
    """A table as a file."""
    return Sheet(name, header(table), lines_of(table, site()))


@member(can="gifts.view")
@require_POST
def giving_report_file(request: AgencyRequest, report: str) -> HttpResponse:
    """Make a long report in the background, with the rights that who asked for it has then; once per form."""
    if report not in BY_KEY:
        raise Http404
    query, agency = query_sent(request), request.seat.agency
    arguments = {"report": report, "query": query.urlencode(), "for": request.seat.user_id}

    def effect() -> dict[str, Any]:
        title = _("Report of giving")
        return {"job": start(kind=REPORT_JOB, actor=request.user, title=title, arguments=arguments).pk}

    key = request.POST.get("key", "")
    made = once(agency=agency, endpoint="report_file", key=key, content=arguments, effect=effect)
    return redirect("job", agency.slug, made["job"])


@member(can="gifts.view")
@require_safe
def giving_behind(request: AgencyRequest, report: str) -> HttpResponse:
    """What a figure of a report is made of: `figure`, and `giver` and `of` (a currency) where it is not of all. Without
    one it leads to the report.
    """
    seat, words = request.seat, BY_KEY.get(report)
    if words is None:
        raise Http404
    if "figure" not in request.GET:
        return redirect(words.page, seat.agency.slug)
    form = ReportFilter(request.GET, seat=seat, report=report, choices=offered(seat, report))
    context = {**frame(request, words, form), "figure_report": f"{reverse(words.page, args=[seat.agency.slug])}"}
    if not form.is_valid():
        return TemplateResponse(request, "partners/giving_behind.html", context, status=422)
    asked = form.asked()
    found = behind_of(seat, report, asked, request.GET)
    if found is None:
        raise Http404
    ways = Ways(seat, report, kept(request, report))
    if wants_file(request):
        rows = lambda: sheet(dated(request, "giving-lines"), lines_table(seat, ways, found, whole(found.lines)))  # noqa: E731
        return download(request, "gift lines", rows)
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    table = lines_table(seat, ways, found, list(page))
    context |= {"behind": found, "table": table, "page": page, "back": ways.page(words.page)}
    return TemplateResponse(request, "partners/giving_behind.html", {**context, **explained(request, words, asked)})


def behind_of(seat: Seat, report: str, asked: Asked, query: QueryDict) -> Behind | None:
    """What is behind the figure of an address; None for one that there is not."""
    giver, code = query.get("giver", ""), query.get("of", "")
    if giver and not re.fullmatch(r"-?[0-9]{1,18}", giver):
        return None
    return behind(seat, report, asked, query.get("figure", ""), int(giver) if giver else None, code[:3])


@member(can="gifts.view")
@require_safe
def giving_thanks(request: AgencyRequest) -> HttpResponse:
    """Whom have we not thanked yet?"""
    return report_page(request, "thanks")


@member(can="gifts.view")
@require_safe
def giving_grid(request: AgencyRequest) -> HttpResponse:
    """Who gives what, month by month, and where are holes?"""
    return report_page(request, "grid")


@member(can="gifts.view")
@require_safe
def giving_months(request: AgencyRequest) -> HttpResponse:
    """How much comes in each month?"""
    return report_page(request, "months")


@member(can="gifts.view")
@require_safe
def giving_last_year(request: AgencyRequest) -> HttpResponse:
    """Who gave last year but not yet this year?"""
    return report_page(request, "last_year")


@member(can="gifts.view")
@require_safe
def giving_some_years(request: AgencyRequest) -> HttpResponse:
    """Who gave in an earlier year but not yet this year?"""
    return report_page(request, "some_years")


@member(can="gifts.view")
@require_safe
def giving_new_givers(request: AgencyRequest) -> HttpResponse:
    """Who gave for the first time?"""
    return report_page(request, "new_givers")


@member(can="gifts.view")
@require_safe
def giving_lapsed(request: AgencyRequest) -> HttpResponse:
    """Who gave regularly and has stopped?"""
    return report_page(request, "lapsed")


@member(can="gifts.view")
@require_safe
def giving_retention(request: AgencyRequest) -> HttpResponse:
    """Of those who gave before, how many gave again?"""
    return report_page(request, "retention")


@member(can="gifts.view")
@require_safe
def giving_stayed(request: AgencyRequest) -> HttpResponse:
    """Who of the earlier givers gave again, and who did not?"""
    return report_page(request, "stayed")


@member(can="gifts.view")
@require_safe
def giving_changes(request: AgencyRequest) -> HttpResponse:
    """Whose giving changed most?"""
    return report_page(request, "changes")
