"""The list of jobs, one job with its progress, and the files that it kept."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download_made
from core.toasts import toast
from jobs.files import answer
from jobs.operations import request_cancel
from jobs.panels import panel, row
from jobs.polling import asked_from, polled
from jobs.queries import files_seen_by, has_withdrawn_files, jobs_seen_by, may_cancel, titles_of

PAGE = 50


@member(can="home.view")
@require_safe
def jobs(request: AgencyRequest) -> HttpResponse:
    """The jobs that this person may see, the newest first."""
    agency = request.seat.agency
    page = Paginator(jobs_seen_by(request.seat), PAGE).get_page(request.GET.get("page"))
    here = reverse("jobs", args=[agency.slug])
    titles = titles_of(request.seat, list(page))
    rows = [row(job, request.seat, url=f"{here}{job.pk}/", title=titles[job.pk]) for job in page]
    return TemplateResponse(request, "jobs/jobs.html", {"page": page, "rows": rows})


@member(can="home.view")
@require_safe
def job(request: AgencyRequest, pk: int) -> HttpResponse:
    """One job. Asked by htmx it answers the changing part alone; a page that shows more than it loads anew."""
    found = get_object_or_404(jobs_seen_by(request.seat), pk=pk)
    slug = request.seat.agency.slug
    shown = panel(
        found,
        request.seat.agency,
        url=reverse("job", args=[slug, pk]),
        cancel_url=reverse("job_cancel", args=[slug, pk]) if may_cancel(request.seat, found) else "",
        files=list(files_seen_by(request.seat, found)),
        title=titles_of(request.seat, [found])[pk],
        withdrawn=has_withdrawn_files(request.seat, found),
    )
    if request.headers.get("HX-Request"):
        return polled(request, shown, stays=asked_from(request) in {"", request.path})
    return TemplateResponse(request, "jobs/job.html", {"job": shown})


@member(can="home.view")
@require_POST
def job_cancel(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask a job to stop."""
    found = get_object_or_404(jobs_seen_by(request.seat), pk=pk)
    if not may_cancel(request.seat, found):
        raise PermissionDenied
    asked = request_cancel(actor=request.user, job=found)
    toast(request, _("Job cancelled.") if asked.has_ended else _("The job stops after the step under way."))
    return redirect("job", request.seat.agency.slug, pk)


@member(can="home.view")
@require_safe
def job_file(request: AgencyRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that a job kept: it may hold what a whole list holds, so it leaves like one."""
    found = get_object_or_404(jobs_seen_by(request.seat), pk=pk)
    stored = get_object_or_404(files_seen_by(request.seat, found), pk=file_pk)
    return download_made(request, "file of a job", lambda: answer(stored), of=found, label=found.title)
