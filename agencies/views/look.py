"""How what leaves on paper looks: the agency's logo and color."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.forms.look import AccentForm, LogoForm
from agencies.letterhead import letterhead_of, logo_answer
from agencies.models import Look
from agencies.operations.look import choose_accent, remove_logo, set_logo, undo_look
from agencies.queries.look import look_now
from agencies.settings_tabs import settings_tabs
from core.colors import readable
from core.form_pages import download
from core.pictures import MAX_BYTES
from core.refusals import shown_on
from core.toasts import toast
from core.uploads import takes_files


def page(request: AgencyRequest, accent: AccentForm | None = None, logo: LogoForm | None = None) -> HttpResponse:
    """The page with its two forms, one of which may have been refused."""
    seat = request.seat
    look = look_now(seat.agency)
    accent = accent or AccentForm(initial={"accent": look.accent})
    context = {
        "look": look,
        "letterhead": letterhead_of(seat.agency, look),
        "accent_form": accent,
        "logo_form": logo or LogoForm(),
        "darker": darker_tone(accent),
        "tabs": settings_tabs(seat, "look"),
    }
    refused = accent.is_bound or logo is not None
    return TemplateResponse(request, "agencies/look.html", context, status=422 if refused else 200)


def darker_tone(form: AccentForm) -> str:
    """The tone that is offered in the place of one that is too pale, else ""."""
    if not form.has_error("accent", code="accent_too_pale"):
        return ""
    return readable(form["accent"].value().strip().lower())


def done(request: AgencyRequest, sentence: str, look: Look, before: int | None) -> HttpResponse:
    """Back to the page, with the way back where something was changed."""
    slug = request.seat.agency.slug
    undo = reverse("look_undo", args=[slug, look.pk]) if look.pk != before else ""
    toast(request, sentence, undo_url=undo)
    return redirect("look", slug)


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: AgencyRequest) -> HttpResponse:
    """See how paper looks, and choose the color."""
    agency = request.seat.agency
    if request.method != "POST":
        return page(request)
    form, before = AccentForm(request.POST), look_now(agency).pk
    if form.is_valid():
        with shown_on(form):
            chosen = choose_accent(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            return done(request, _("Color saved."), chosen, before)
    return page(request, accent=form)


@takes_files(MAX_BYTES)
@member(can="settings.edit")
@require_POST
def look_logo_add(request: AgencyRequest) -> HttpResponse:
    """Choose a logo, or put another in its place."""
    agency = request.seat.agency
    form, before = LogoForm(request.POST, request.FILES), look_now(agency).pk
    if form.is_valid():
        with shown_on(form):
            chosen = set_logo(agency=agency, actor=request.user, content=form.content())
        if not form.errors:
            return done(request, _("Logo saved."), chosen, before)
    return page(request, logo=form)


@member(can="settings.edit")
@require_POST
def look_logo_remove(request: AgencyRequest) -> HttpResponse:
    """Do without a logo."""
    chosen = remove_logo(agency=request.seat.agency, actor=request.user)
    return done(request, _("Logo removed."), chosen, None)


@member(can="settings.edit")
@require_POST
def look_undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take the newest change back."""
    changed: Look = get_object_or_404(Look, pk=pk)
    undo_look(agency=request.seat.agency, actor=request.user, look=changed)
    toast(request, _("The look is as before."))
    return redirect("look", request.seat.agency.slug)


@download
@member(can="home.view")
@require_safe
def look_logo(request: AgencyRequest, pk: int) -> FileResponse:
    """The logo of a look, as pages show it that are printed."""
    return logo_answer(get_object_or_404(Look, pk=pk))
