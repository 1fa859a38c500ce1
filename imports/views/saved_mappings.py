"""Saved mappings: the list, one of them, renaming, removing and bringing back."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.forms.saved_mappings import MappingNameForm
from imports.models import SavedMapping
from imports.operations import remove_mapping, restore_mapping, write_mapping
from imports.pages import saved_mappings as saved_mapping_pages

PAGE = 50


@member(can="imports.run")
@require_safe
def import_mappings(request: AgencyRequest) -> HttpResponse:
    """The mappings by which files are recognized."""
    found = SavedMapping.objects.filter(removed_at=None).select_related("changed_by").order_by("name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "imports/mappings.html", saved_mapping_pages.list_page(request.seat, page))


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_mapping(request: AgencyRequest, pk: int) -> HttpResponse:
    """What a mapping says, and calling it otherwise. Its columns are changed with a file of its kind at hand."""
    saved = get_object_or_404(SavedMapping.objects.select_related("changed_by"), pk=pk, removed_at=None)
    form = MappingNameForm(request.POST or None, initial={"name": saved.name})
    if form.is_valid():
        with shown_on(form):
            write_mapping(agency=request.seat.agency, actor=request.user, saved=saved, name=form.cleaned_data["name"])
        if not form.errors:
            toast(request, _("Mapping renamed."))
            return redirect("import_mappings", request.seat.agency.slug)
    context = {"form": form, **saved_mapping_pages.mapping_page(request.seat, saved)}
    return TemplateResponse(request, "imports/mapping.html", context, status=422 if form.errors else 200)


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
