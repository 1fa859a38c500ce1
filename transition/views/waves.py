"""Waves."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from core.refusals import shown_on
from core.toasts import toast
from partners.models import Commitment
from transition import operations
from transition.forms import NoticeForm, OpenForm, PostedForm, WaveForm
from transition.models import Wave
from transition.pages.notices import notices_of
from transition.pages.replies import reply_sheet
from transition.pages.wave import candidates, wave_page
from transition.reached import open_for, plan_seen, unit_with, wave_seen


@member(can="transition.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Plan the next wave."""
    seat, plan = request.seat, plan_seen(request.seat, pk, "transition.plan")
    unit = open_for(seat, plan.unit_id, "transition.plan")
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = operations.add_wave(agency=seat.agency, actor=request.user, plan=plan, **form.cleaned_data)
        if not form.errors:
            return redirect("wave_choose", seat.agency.slug, made.pk)
    context = {"form": form, "unit": unit}
    return TemplateResponse(request, "transition/wave_add.html", context, status=422 if form.errors else 200)


@member(can="transition.view")
@require_safe
def wave(request: AgencyRequest, pk: int) -> HttpResponse:
    """Its commitments: how far each is, and what comes next."""
    found = wave_seen(request.seat, pk)
    if wants_file(request):
        unit_with(request.seat, found.plan.unit_id, "transition.view")
        return download(request, "wave of a transition", lambda: reply_sheet(request.seat, found))
    return show(request, found)


def show(request: AgencyRequest, found: Wave, form: OpenForm | PostedForm | None = None) -> HttpResponse:
    """The page of a wave, with what was wrong where somebody tried to open it, or to note what was posted."""
    unit = unit_with(request.seat, found.plan.unit_id, "transition.view")
    today = {"on": request.seat.agency.today()}
    open_form = form if isinstance(form, OpenForm) else OpenForm(initial=today)
    posted_form = form if isinstance(form, PostedForm) else PostedForm(initial=today)
    links = export_links(request)
    context = {
        "unit": unit,
        "open_form": open_form,
        "posted_form": posted_form,
        "export_links": links,
        **wave_page(request.seat, found, withheld=unit.is_withheld),
        "notices": notices_of(request.seat, found, withheld=unit.is_withheld),
    }
    if form is not None:
        context["form"] = form
    return TemplateResponse(request, "transition/wave.html", context, status=422 if form else 200)


def wave_for(request: AgencyRequest, pk: int, right: str) -> Wave:
    """A wave in which this person may do something; 403 while its unit is closed to them."""
    found = wave_seen(request.seat, pk, right)
    open_for(request.seat, found.plan.unit_id, right)
    return found


@member(can="transition.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_change(request: AgencyRequest, pk: int) -> HttpResponse:
    """Another name, or more time to reply."""
    seat, found = request.seat, wave_for(request, pk, "transition.plan")
    form = WaveForm(request.POST or None, initial={"name": found.name, "reply_by": found.reply_by})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            operations.change_wave(agency=seat.agency, actor=request.user, wave=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Changed."))
            return redirect("wave", seat.agency.slug, pk)
    context = {"form": form, "wave": found}
    return TemplateResponse(request, "transition/wave_change.html", context, status=422 if form.errors else 200)


@member(can="transition.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_choose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Choose commitments for a wave that is planned."""
    seat, found = request.seat, wave_for(request, pk, "transition.plan")
    rows = candidates(seat, found.plan)
    if request.method == "POST":
        asked = {value for value in request.POST.getlist("commitment") if value.isascii() and value.isdigit()}
        known = [row.pk for row in rows if str(row.pk) in asked]
        if known:
            made = operations.add_to_wave(
                agency=seat.agency,
                actor=request.user,
                wave=found,
                commitments=Commitment.objects.seen_by(seat).filter(pk__in=known),
                is_key=bool(request.POST.get("is_key")),
            )
            said = ngettext("%(count)s commitment is in the wave.", "%(count)s commitments are in the wave.", len(made))
            toast(request, said % {"count": len(made)})
            return redirect("wave", seat.agency.slug, pk)
    context = {"wave": found, "rows": rows, "missing": request.method == "POST"}
    return TemplateResponse(request, "transition/wave_choose.html", context, status=422 if context["missing"] else 200)


@member(can="transition.plan")
@require_POST
def wave_open(request: AgencyRequest, pk: int) -> HttpResponse:
    """From today its givers are talked to."""
    seat, found = request.seat, wave_for(request, pk, "transition.plan")
    form = OpenForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.open_wave(agency=seat.agency, actor=request.user, wave=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The wave is open. All later months are compared with what was promised that day."))
            return redirect("wave", seat.agency.slug, pk)
    return show(request, found, form)


@member(can="transition.plan")
@require_POST
def wave_close(request: AgencyRequest, pk: int) -> HttpResponse:
    """All have answered."""
    found = wave_for(request, pk, "transition.plan")
    operations.close_wave(agency=request.seat.agency, actor=request.user, wave=found)
    toast(request, _("The wave is closed."))
    return redirect("wave", request.seat.agency.slug, pk)


@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_tell(request: AgencyRequest, pk: int) -> HttpResponse:
    """Note that all who were not told yet were told on a day, as when a letter went out."""
    seat, found = request.seat, wave_for(request, pk, "transition.talk")
    form = NoticeForm(request.POST or None, plan=found.plan)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = operations.tell_all(agency=seat.agency, actor=request.user, wave=found, **form.arguments())
        if not form.errors:
            toast(request, _("Noted for %(count)s commitments.") % {"count": len(made)})
            return redirect("wave", seat.agency.slug, pk)
    context = {"form": form, "wave": found}
    return TemplateResponse(request, "transition/wave_tell.html", context, status=422 if form.errors else 200)


@member(can="transition.talk")
@require_POST
def wave_silent(request: AgencyRequest, pk: int) -> HttpResponse:
    """Note that all who were told and did not reply are silent."""
    found, agency = wave_for(request, pk, "transition.talk"), request.seat.agency
    made = operations.note_silences(agency=agency, actor=request.user, wave=found, on=agency.today())
    toast(request, _("Silence is noted for %(count)s commitments: they stay where they are.") % {"count": len(made)})
    return redirect("wave", agency.slug, pk)
