"""Compare old and new, then go live: totals, differences, two signatures."""

import hashlib
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet, dated, download, export_links, wants_file
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files
from imports.giving_tabs import giving_tabs
from imports.reading.lists import read_list
from imports.reading.sheets import MAX_LIST_BYTES
from partners.forms.go_live import BackForm, LiveDateForm, NoteForm, OldTotalsForm, SignForm, day_of
from partners.imports.old_totals import Problem, judge_old_totals
from partners.models import GoLiveSignature
from partners.operations import go_live as operations
from partners.pages.go_live import cells, go_live_page, header
from partners.queries.go_live import compared, signatures

SHOWN = 500
"""Problems of a file on one page; who has more corrects these first."""


@member(can="go_live.sign")
@require_safe
def go_live(request: AgencyRequest) -> HttpResponse:
    """Old and new beside each other; `?on=<day>` is the go-live date to look at, `?export=csv` or `xlsx` the file."""
    on = day_of(request.GET.get("on", ""), usual_day(request))
    if wants_file(request):
        return download(request, "go-live comparison", lambda: sheet(request, on))
    return show(request, on)


def usual_day(request: AgencyRequest) -> date:
    """The day in force, else the one that was signed last, else the first of this month."""
    agency = request.seat.agency
    newest = next(iter(signatures()), None)
    return agency.live_on or (newest.live_on if newest else agency.today().replace(day=1))


def sheet(request: AgencyRequest, on: date) -> Sheet:
    """All lines of the comparison."""
    return Sheet(dated(request, "go-live"), header(), list(cells(request.seat, compared(on).lines)))


def show(
    request: AgencyRequest, on: date, *, problems: list[Problem] | None = None, refused: Any = None
) -> HttpResponse:
    """The page, with what is wrong with a file or what was refused."""
    context = {
        **go_live_page(request.seat, on),
        "date_form": LiveDateForm(initial={"on": on}),
        "file_form": OldTotalsForm(initial={"on": on}),
        "tabs": giving_tabs(request.seat, "go_live"),
        "export_links": export_links(request),
        "problems": (problems or [])[:SHOWN],
        "total": len(problems or []),
        "more": max(0, len(problems or []) - SHOWN),
        "form": refused,
    }
    status = 422 if problems or refused else 200
    return TemplateResponse(request, "partners/go_live.html", context, status=status)


def back(request: AgencyRequest, on: date) -> HttpResponseRedirect:
    """To the comparison of this day."""
    return HttpResponseRedirect(f"{reverse('go_live', args=[request.seat.agency.slug])}?on={on.isoformat()}")


@takes_files(MAX_LIST_BYTES)
@member(can="go_live.sign")
@require_POST
def go_live_totals(request: AgencyRequest) -> HttpResponse:
    """Take the totals of the old system, and say everything that is wrong with them; then nothing is kept."""
    form = OldTotalsForm(request.POST, request.FILES)
    on = day_of(request.POST.get("on", ""), usual_day(request))
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        with shown_on(form):
            rows, problems = judge_old_totals(read_list(content))
            if problems:
                return show(request, on, problems=problems)
            operations.keep_old_totals(
                agency=request.seat.agency,
                actor=request.user,
                name=form.cleaned_data["file"].name,
                sha256=hashlib.sha256(content).hexdigest(),
                rows=rows,
            )
        if not form.errors:
            toast(request, _("%(number)s totals are in.") % {"number": len(rows)})
            return back(request, on)
    return show(request, on, refused=form)


@member(can="go_live.sign")
@require_POST
def go_live_note(request: AgencyRequest) -> HttpResponse:
    """Say why a line differs."""
    form = NoteForm(request.POST)
    on = day_of(request.POST.get("on", ""), usual_day(request))
    if form.is_valid():
        with shown_on(form):
            operations.explain_difference(agency=request.seat.agency, actor=request.user, **form.arguments())
        if not form.errors:
            toast(request, _("Explained."))
            return back(request, on)
    return show(request, on, refused=form)


@member(can="go_live.sign")
@require_POST
@reauthenticated
def go_live_sign(request: AgencyRequest) -> HttpResponse:
    """Sign the figures that were seen; the second person's signature puts the date into force."""
    form = SignForm(request.POST)
    on = day_of(request.POST.get("on", ""), usual_day(request))
    if form.is_valid():
        agency = request.seat.agency
        with shown_on(form):
            operations.sign_go_live(agency=agency, actor=request.user, live_on=on, digest=form.cleaned_data["digest"])
        if not form.errors:
            agency.refresh_from_db(fields=["live_on"])
            toast(request, _("Signed. You are live.") if agency.live_on else _("Signed. One more person has to sign."))
            return back(request, on)
    return show(request, on, refused=form)


@member(can="go_live.sign")
@require_POST
def go_live_withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a signature back, with the reason."""
    found = get_object_or_404(GoLiveSignature, pk=pk)
    form = BackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.withdraw_signature(
                agency=request.seat.agency, actor=request.user, signature=found, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("The signature is withdrawn."))
            return back(request, found.live_on)
    return show(request, found.live_on, refused=form)


@member(can="go_live.sign")
@require_POST
@reauthenticated
def go_live_take_back(request: AgencyRequest) -> HttpResponse:
    """Take the date out of force, with the reason, while nothing rests on it."""
    form = BackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.take_back_go_live(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The go-live date is no longer in force."))
            return redirect("go_live", request.seat.agency.slug)
    return show(request, usual_day(request), refused=form)
