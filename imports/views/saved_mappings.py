"""Saved mappings: the list, one of them, renaming, removing and bringing back."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.forms.saved_mappings import MappingNameForm, SavedRulesForm, initial_of
from imports.kinds import domain
from imports.mapping.checking import MappingWrong
from imports.mapping.rules import rules_of
from imports.models import SavedMapping
from imports.operations import change_rules, remove_mapping, restore_mapping, write_mapping
from imports.operations.saved_mappings import target_named
from imports.pages import saved_mappings as saved_mapping_pages

PAGE = 50


@member(can="imports.run")
@require_safe
def import_mappings(request: AgencyRequest) -> HttpResponse:
    """The mappings by which files are recognized."""
    standing = SavedMapping.objects.filter(removed_at=None).select_related("changed_by").order_by("name", "pk")
    page = Paginator(saved_mapping_pages.with_use(standing), PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "imports/mappings.html", saved_mapping_pages.list_page(request.seat, page))


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_mapping(request: AgencyRequest, pk: int) -> HttpResponse:
    """What a mapping says, calling it otherwise, and changing its columns and values with no file at hand."""
    standing = SavedMapping.objects.filter(removed_at=None).select_related("changed_by")
    saved = get_object_or_404(saved_mapping_pages.with_use(standing), pk=pk)
    edits = request.method == "POST" and "mark" in request.POST
    form = MappingNameForm(request.POST if request.POST and not edits else None, initial={"name": saved.name})
    edit = rules_form(request, saved, sent=edits)
    if form.is_valid():
        with shown_on(form):
            write_mapping(agency=request.seat.agency, actor=request.user, saved=saved, name=form.cleaned_data["name"])
        if not form.errors:
            toast(request, _("Mapping renamed."))
            return redirect("import_mappings", request.seat.agency.slug)
    if edit is not None and edit.is_valid():
        with shown_on(edit):
            save_rules(request, saved, edit)
        if not edit.errors:
            toast(request, _("Mapping changed. Files that came in stay as they are."))
            return redirect("import_mapping", request.seat.agency.slug, pk)
    wrong = bool(form.errors or (edit is not None and edit.errors))
    context = {"form": form, **saved_mapping_pages.mapping_page(request.seat, saved, edit)}
    return TemplateResponse(request, "imports/mapping.html", context, status=422 if wrong else 200)


def rules_form(request: AgencyRequest, saved: SavedMapping, *, sent: bool) -> SavedRulesForm | None:
    """The form of the rules that stand; None for rules of a kind that there is no more."""
    rules = rules_of(saved.rules)
    target = target_named(rules.kind) if rules else None
    if rules is None or target is None:
        return None
    return SavedRulesForm(
        request.POST if sent else None,
        target=target,
        stands=rules,
        deposits=domain().deposits(agency=request.seat.agency),
        initial=initial_of(rules, target, saved.changed_at.isoformat()),
    )


def save_rules(request: AgencyRequest, saved: SavedMapping, form: SavedRulesForm) -> None:
    """Change the mapping; every problem goes beside what it is about."""
    seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    try:
        change_rules(agency=request.seat.agency, actor=request.user, saved=saved, rules=form.changed(), seen=seen)
    except MappingWrong as wrong:
        form.say(wrong)


@member(can="imports.run")
@require_POST
def import_mapping_remove(request: AgencyRequest, pk: int) -> HttpResponse:
    """No file is recognized by it any more; what came in stays."""
    saved = get_object_or_404(SavedMapping, pk=pk)
    remove_mapping(agency=request.seat.agency, actor=request.user, saved=saved)
    undo = reverse("import_mapping_restore", args=[request.seat.agency.slug, pk])
    toast(request, _("Mapping “%(name)s” removed.") % {"name": saved.name}, undo_url=undo)
    return redirect("import_mappings", request.seat.agency.slug)


@member(can="imports.run")
@require_POST
def import_mapping_restore(request: AgencyRequest, pk: int) -> HttpResponse:
    """Bring it back."""
    saved = get_object_or_404(SavedMapping, pk=pk)
    restore_mapping(agency=request.seat.agency, actor=request.user, saved=saved)
    toast(request, _("Mapping “%(name)s” is back.") % {"name": saved.name})
    return redirect("import_mappings", request.seat.agency.slug)
