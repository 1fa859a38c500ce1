"""Replies of a wave from a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files
from imports.reading.lists import Problem
from imports.reading.sheets import MAX_LIST_BYTES
from transition.forms import RepliesForm
from transition.imports.receiving import receive_replies
from transition.pages.replies import column_facts, known_shifts
from transition.reply_rows import RepliesWrong
from transition.views.waves import wave_for


@takes_files(MAX_LIST_BYTES)
@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_replies(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take the list of the wave with replies filled in, and say everything that is wrong with it; nothing is noted
    before all of it is right.
    """
    seat, found = request.seat, wave_for(request, pk, "transition.talk")
    form = RepliesForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        content, known = form.cleaned_data["file"].read(), known_shifts(seat, found)
        with shown_on(form):
            try:
                made = receive_replies(agency=seat.agency, actor=request.user, wave=found, known=known, content=content)
            except RepliesWrong as wrong:
                problems = wrong.problems
            else:
                toast(request, said(**made))
                return redirect("wave", seat.agency.slug, pk)
    context: dict[str, Any] = {"form": form, "wave": found, "problems": problems, "total": len(problems)}
    context["columns"] = column_facts()
    status = 422 if form.errors or problems else 200
    return TemplateResponse(request, "transition/replies.html", context, status=status)


def said(noted: int, there: int) -> str:
    """What became of a file."""
    words = ngettext("%(count)s reply is noted.", "%(count)s replies are noted.", noted) % {"count": noted}
    if there:
        stood = ngettext("%(count)s stood here already.", "%(count)s stood here already.", there) % {"count": there}
        words = f"{words} {stood}"
    return words if noted or there else _("Nothing was noted.")
