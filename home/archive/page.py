"""The page of the archive: what it holds, asking for one, and those that were made."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.seats import Seat
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast
from home.archive.asking import STAYS, archives, ask_for_archive, ends, may_have
from home.archive.tables import COLUMNS
from jobs.models import Job
from jobs.panels import TONES

SHOWN = 20


@dataclass(frozen=True)
class ArchiveRow:
    """One archive."""

    url: str
    by: str
    day: str
    status: str
    tone: str
    words: str
    mine: bool


def stays(seat: Seat, job: Job, until: datetime) -> str:
    """How long an archive can be had, and by whom."""
    day = {"day": day_in_words(seat.agency, until)}
    if until <= timezone.now():
        return _("deleted on %(day)s") % day
    mine = _("can be downloaded until %(day)s") % day
    return mine if may_have(seat, job.arguments) else _("for whoever asked alone, until %(day)s") % day


def archive_row(seat: Seat, job: Job) -> ArchiveRow:
    """An archive in words."""
    until = ends(job)
    return ArchiveRow(
        url=reverse("job", args=[seat.agency.slug, job.pk]),
        by=seat.name_of(job.actor),
        day=day_in_words(seat.agency, job.created_at),
        status=str(Job.State(job.state).label),
        tone=TONES[Job.State(job.state)],
        words=stays(seat, job, until) if until else "",
        mine=until is not None and until > timezone.now() and may_have(seat, job.arguments),
    )


@member(can="archive.take")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def archive(request: AgencyRequest) -> HttpResponse:
    """See what an archive holds, and ask for one."""
    seat = request.seat
    form = Form(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            job = ask_for_archive(agency=seat.agency, actor=request.user)
        if not form.errors:
            toast(request, _("The archive is being made."))
            return redirect("job", seat.agency.slug, job.pk)
    context = {
        "form": form,
        "rows": [archive_row(seat, job) for job in archives().select_related("actor")[:SHOWN]],
        "tables": len(COLUMNS),
        "days": STAYS.days,
        "tabs": settings_tabs(seat, "archive"),
    }
    return TemplateResponse(request, "home/archive.html", context, status=422 if form.errors else 200)
