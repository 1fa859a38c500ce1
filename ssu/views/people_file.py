"""Bringing in many people at once from a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import reauthenticated_first
from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet
from agencies.downloads import download as made
from agencies.settings_tabs import settings_tabs
from core.form_pages import download
from core.refusals import shown_on
from core.uploads import takes_files
from imports.reading.lists import Problem
from imports.reading.sheets import MAX_LIST_BYTES
from ssu.forms.people_file import PeopleFileForm
from ssu.imports.receiving import receive_people
from ssu.pages.people_file import columns
from ssu.people_rows import COLUMNS, PeopleWrong

SHOWN = 500
"""Problems on one page; who has more corrects these first."""


@takes_files(MAX_LIST_BYTES)
@member(can="people.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated_first
def people_file(request: AgencyRequest) -> HttpResponse:
    """Take a file, and say everything that is wrong with it; nothing is written before all of it is right."""
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        given: dict[str, Any] = {"content": file, "size": file.size}
        with shown_on(form):
            try:
                job = receive_people(agency=request.seat.agency, actor=request.user, **given)
            except PeopleWrong as wrong:
                problems = wrong.problems
            else:
                return redirect("job", request.seat.agency.slug, job.pk)
    return page(request, form, problems)


def page(request: AgencyRequest, form: PeopleFileForm, problems: list[Problem]) -> HttpResponse:
    """The form, what each column holds, and the problems of the file that was sent."""
    context = {
        "form": form,
        "problems": problems[:SHOWN],
        "total": len(problems),
        "more": max(0, len(problems) - SHOWN),
        "columns": columns(),
        "file_again": request.GET.get("file") == "again" and not form.is_bound,
        "tabs": settings_tabs(request.seat, "people"),
    }
    return TemplateResponse(request, "ssu/people_file.html", context, status=422 if form.errors or problems else 200)


@download
@member(can="people.edit")
@require_safe
def people_template(request: AgencyRequest) -> HttpResponse:
    """The first line of the file, ready to be filled in."""
    return made(request, "template of people", lambda: Sheet("people", COLUMNS, []))
