"""The starter pack: read by whoever works with units, written by administrators."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import autosave
from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from core.toasts import toast
from ssu import operations, starter
from ssu.forms.starter import StarterForm
from ssu.models import StarterDraft, StarterText
from ssu.pages.starter import blocks, part_rows, version_rows
from ssu.queries import names_of
from ssu.queries.starter import draft_of, newest_texts, open_drafts, versions_of


@member(can="starter.view")
@require_safe
def starter_pack(request: AgencyRequest) -> HttpResponse:
    """All parts of the pack."""
    seat = request.seat
    context = {
        "rows": part_rows(seat, newest_texts(), open_drafts()),
        "may_edit": seat.can("settings.edit"),
        "tabs": settings_tabs(seat, "starter_pack") if seat.can("settings.edit") else [],
    }
    return TemplateResponse(request, "ssu/starter_pack.html", context)


def part_at(key: str) -> starter.Part:
    """A part of the pack, or 404."""
    found = starter.part(key)
    if found is None:
        raise Http404
    return found


@member(can="starter.view")
@require_safe
def starter_part(request: AgencyRequest, part: str) -> HttpResponse:
    """One part as it counts, and its versions. It prints as it stands; the explanation on two pages."""
    found, seat = part_at(part), request.seat
    versions = versions_of(part)
    wanted = request.GET.get("version", "")
    words = starter.text(seat.agency, part)
    older = next((each for each in versions if str(each.version) == wanted), None)
    if wanted == "original" or (older is not None and older.is_original):
        words = starter.original(part)
    elif older is not None:
        words = older.text
    context = {
        "part": found,
        "lines": starter.lines_of(words) if found.is_lines else [],
        "blocks": [] if found.is_lines else blocks(words),
        "older": older.version if older and older != versions[0] else 0,
        "is_original_shown": wanted == "original",
        "versions": version_rows(seat, versions, names_of(seat, {each.written_by_id for each in versions})),
        "is_own": bool(versions) and not versions[0].is_original,
        "may_edit": seat.can("settings.edit"),
    }
    return TemplateResponse(request, "ssu/starter_part.html", context)


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def starter_edit(request: AgencyRequest, part: str) -> HttpResponse:
    """Write a part in own words; they are saved while they are written, and count when they are used."""
    found, agency = part_at(part), request.seat.agency
    draft = draft_of(part)
    if request.method != "POST":
        form = StarterForm(is_lines=found.is_lines, initial=stands(request, part, draft))
        return edit_page(request, found, form, draft)
    form = StarterForm(request.POST, is_lines=found.is_lines)
    made = autosave.attempt(form, lambda: save(request, part, form))
    if autosave.wanted(request):
        return autosave.answer(request.seat, form, made)
    if made.row is None:
        return edit_page(request, found, form, draft, made)
    if request.POST.get("act") == "use":
        toast(request, _("From now on these words count."))
        return redirect("starter_part", agency.slug, part)
    toast(request, _("Draft saved."))
    return redirect("starter_edit", agency.slug, part)


def stands(request: AgencyRequest, part: str, draft: StarterDraft | None) -> dict[str, Any]:
    """What the form begins with: the draft, or else the words that count."""
    text = draft.text if draft is not None and draft.is_open else starter.text(request.seat.agency, part)
    return {"text": text, "revision": draft.revision if draft else 0}


def save(request: AgencyRequest, part: str, form: StarterForm) -> StarterDraft:
    """Keep the words, and let them count when asked to."""
    agency = request.seat.agency
    if request.POST.get("act") == "use" and not autosave.wanted(request):
        operations.use_starter_text(agency=agency, actor=request.user, key=part, **form.cleaned_data)
        used: StarterDraft = StarterDraft.objects.get(key=part)
        return used
    return operations.save_starter_draft(agency=agency, actor=request.user, key=part, **form.cleaned_data)


def edit_page(
    request: AgencyRequest,
    part: starter.Part,
    form: StarterForm,
    draft: StarterDraft | None,
    made: autosave.Attempt | None = None,
) -> HttpResponse:
    """The form; after a conflict with what stands now beside one's own words."""
    seat = request.seat
    context: dict[str, Any] = {
        "part": part,
        "form": form,
        "keep": f"yk.{seat.agency.slug}.starter.{part.key}.{seat.user_id}",
        "fresh": made is not None,
        "has_draft": draft is not None and draft.is_open,
    }
    if made is not None and made.conflict is not None:
        context |= {"conflict_by": seat.name_of(made.conflict.by), "theirs": made.conflict.fields["text"]}
    return TemplateResponse(request, "ssu/starter_edit.html", context, status=made.status if made else 200)


@member(can="settings.edit")
@require_POST
def starter_return(request: AgencyRequest, part: str) -> HttpResponse:
    """Let an earlier version count again, or the original (`version` empty)."""
    part_at(part)
    agency, wanted = request.seat.agency, request.POST.get("version", "")
    version = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else None
    if version is not None and not StarterText.objects.filter(key=part, version=version).exists():
        raise Http404
    operations.return_starter_text(agency=agency, actor=request.user, key=part, version=version)
    toast(request, _("The earlier words count again."))
    return redirect("starter_part", agency.slug, part)


@member(can="settings.edit")
@require_POST
def starter_drop(request: AgencyRequest, part: str) -> HttpResponse:
    """Throw a draft away."""
    part_at(part)
    operations.drop_starter_draft(agency=request.seat.agency, actor=request.user, key=part)
    toast(request, _("The draft is gone."))
    return redirect("starter_part", request.seat.agency.slug, part)
