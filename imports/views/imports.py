"""Bringing files in: upload, what the check found, applying, and what came of it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet, download
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files
from imports.forms import UploadForm
from imports.giving_tabs import giving_tabs
from imports.models import ImportRun
from imports.operations import receive_file, request_apply, request_check, say_toward
from imports.pages import fixing as fixing_pages
from imports.pages import mapping as mapping_pages
from imports.pages import runs as pages
from imports.pages import undo as undo_pages
from imports.reading.limits import MAX_BYTES

PAGE = 50


@takes_files(MAX_BYTES)
@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def imports(request: AgencyRequest) -> HttpResponse:
    """The imports, the newest first, and the form that begins one."""
    agency = request.seat.agency
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with shown_on(form):
            run = receive_file(
                agency=agency,
                actor=request.user,
                name=file.name,
                content=file,
                format_name=form.cleaned_data["format_name"],
            )
        if not form.errors:
            return redirect("import", agency.slug, run.pk)
    page = Paginator(pages.listed_runs(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": pages.run_rows(request.seat, page),
        "tabs": giving_tabs(request.seat, "imports"),
    }
    return TemplateResponse(request, "imports/imports.html", context, status=422 if form.errors else 200)


def run_or_404(pk: int) -> ImportRun:
    """An import of the agency in scope."""
    found: ImportRun = get_object_or_404(
        ImportRun.objects.select_related("uploaded_by", "undone_by", "saved_mapping"), pk=pk
    )
    return found


@member(can="imports.run")
@require_safe
def import_run(request: AgencyRequest, pk: int) -> HttpResponse:
    """One import: where it stands, what the file brings, and every finding with row, line and column."""
    kind, number = request.GET.get("kind", ""), request.GET.get("page")
    run = run_or_404(pk)
    context = pages.run_page(request.seat, run, kind, number)
    context |= {"may_undo": undo_pages.may_undo(run), "undone": undo_pages.undone_words(request.seat, run)}
    context["fix"] = fixing_pages.fix_words(request.seat, run)
    context |= mapping_pages.way_to_mapping(request.seat, run)
    return TemplateResponse(request, "imports/import.html", context)


@member(can="imports.run")
@require_POST
def import_apply(request: AgencyRequest, pk: int) -> HttpResponse:
    """Bring a checked file in, in the background."""
    sent = request.POST.get("deposit", "")
    deposit = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None
    request_apply(agency=request.seat.agency, actor=request.user, run=run_or_404(pk), deposit=deposit)
    return redirect("import", request.seat.agency.slug, pk)


@member(can="imports.run")
@require_POST
def import_check(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the file judged again, for example after a designation was opened."""
    request_check(agency=request.seat.agency, actor=request.user, run=run_or_404(pk))
    toast(request, _("The file is being checked again."))
    return redirect("import", request.seat.agency.slug, pk)


@member(can="imports.run")
@require_POST
def import_toward(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say for which designation the promises and stages of the file are, and have it judged again."""
    said = request.POST.get("designation", "")
    say_toward(agency=request.seat.agency, actor=request.user, run=run_or_404(pk), designation=said)
    toast(request, _("Saved. The file is being checked again."))
    return redirect("import", request.seat.agency.slug, pk)


@member(can="imports.run")
@require_safe
def import_findings(request: AgencyRequest, pk: int) -> HttpResponse:
    """Every finding as a file: a finding may quote what the file says of a person."""
    run = run_or_404(pk)
    return download(request, "findings", lambda: findings_sheet(run), of=run, label=f"import {run.pk}")


def findings_sheet(run: ImportRun) -> Sheet:
    """Every finding as a row."""
    return Sheet(f"import-{run.pk}-findings", pages.finding_header(), pages.finding_cells(run))
