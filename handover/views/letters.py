"""The letters of a hand-over."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member, reachable
from communications.series_form import SeriesLetterForm
from core.refusals import shown_on
from core.toasts import toast
from handover import operations
from handover.pages.letters import beginning
from handover.queries.letters import units_to_write
from handover.reached import case_seen


@member(can="handover.pass")
@require_http_methods(["GET", "HEAD", "POST"])
def handover_letter_add(request: AgencyRequest, pk: int, unit: int) -> HttpResponse:
    """Write the letter of a unit to whom the worker held there, in one language. Its own page approves and sends it. An
    untold case has none.
    """
    seat, case = request.seat, case_seen(request.seat, pk)
    found = get_object_or_404(units_to_write(seat, case), pk=unit)
    reachable(seat, "letters.write", found.pk)
    if case.told_at is None:
        raise Http404
    initial = beginning(seat, case, found) if not request.POST else None
    form = SeriesLetterForm(request.POST or None, unit_id=found.pk, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = operations.write_case_letter(
                agency=seat.agency,
                actor=request.user,
                case=case,
                unit=found,
                unmasked=seat.unit_ids("units.unmask"),
                **form.cleaned_data,
            )
        if not form.errors:
            toast(request, _("Draft saved. Read it, and see who gets it."))
            return redirect("letter", seat.agency.slug, made.pk)
    context = {"form": form, "case": case, "unit": found}
    return TemplateResponse(request, "handover/letter.html", context, status=422 if form.errors else 200)
