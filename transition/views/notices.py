"""The letters of a wave."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member, reachable
from communications.series_form import SeriesLetterForm
from core.refusals import shown_on
from core.toasts import toast
from transition import operations
from transition.forms import PostedForm
from transition.pages.notices import beginning
from transition.queries.notices import may_name_all
from transition.views.waves import show, wave_for


@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_letter_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write the letter by which the givers of a wave are told, in one language. Its own page approves and sends it."""
    seat, found = request.seat, wave_for(request, pk, "transition.talk")
    reachable(seat, "letters.write", found.plan.unit_id)
    form = SeriesLetterForm(
        request.POST or None, unit_id=found.plan.unit_id, initial=beginning(seat, found) if not request.POST else None
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = operations.write_notice(
                agency=seat.agency,
                actor=request.user,
                wave=found,
                unmasked=seat.unit_ids("units.unmask"),
                **form.cleaned_data,
            )
        if not form.errors:
            toast(request, _("Draft saved. Read it, and see who gets it."))
            return redirect("letter", seat.agency.slug, made.pk)
    context = {"form": form, "wave": found}
    return TemplateResponse(request, "transition/wave_letter.html", context, status=422 if form.errors else 200)


@member(can="transition.talk")
@require_POST
def wave_print(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the letters made for those whom no e-mail reaches; the job's page hands them out."""
    seat, found = request.seat, wave_for(request, pk, "transition.talk")
    if not may_name_all(seat):
        raise PermissionDenied("partners.view")
    job = operations.print_notices(agency=seat.agency, actor=request.user, wave=found)
    return redirect("job", seat.agency.slug, job.pk)


@member(can="transition.talk")
@require_POST
def wave_posted(request: AgencyRequest, pk: int) -> HttpResponse:
    """The printed letters were posted on a day."""
    seat, found = request.seat, wave_for(request, pk, "transition.talk")
    form = PostedForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            count = operations.note_posted(agency=seat.agency, actor=request.user, wave=found, **form.cleaned_data)
        if not form.errors:
            said = ngettext("Noted for %(count)s commitment.", "Noted for %(count)s commitments.", count)
            toast(request, said % {"count": count})
            return redirect("wave", seat.agency.slug, pk)
    return show(request, found, form)
