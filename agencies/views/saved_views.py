"""Saving the filter of a list, and renaming, sharing, removing and restoring what was saved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from agencies.forms.saved_views import NewViewForm, SavedViewForm
from agencies.models import SavedView
from agencies.operations.saved_views import edit_view, remove_view, restore_view, save_view
from agencies.saved_views import Listing, cleaned, listing_named, may_manage, tells
from core.refusals import shown_on
from core.toasts import toast


def listing_at(request: AgencyRequest, key: str) -> Listing:
    """The list of an address: 404 for one that nobody registered, 403 for one that the person may not open."""
    found = listing_named(key)
    if found is None:
        raise Http404
    if not request.seat.can(found.right):
        raise PermissionDenied(found.right)
    return found


def view_at(request: AgencyRequest, pk: int) -> SavedView:
    """A view that the person manages; 404 for one that they cannot see, 403 for one that belongs to somebody else."""
    view: SavedView = get_object_or_404(SavedView.objects.select_related("owner"), pk=pk)
    if view.shared_at is None and view.owner_id != request.seat.user_id:
        raise Http404
    if not may_manage(request.seat, view):
        raise PermissionDenied
    return view


def back(request: AgencyRequest, listing: Listing, query: str) -> HttpResponse:
    """To the list with a filter."""
    page = reverse(listing.page, args=[request.seat.agency.slug])
    return redirect(f"{page}?{query}" if query else page)


def page_of(request: AgencyRequest, form: SavedViewForm, listing: Listing, title: str, query: str) -> HttpResponse:
    """The form on a page of its own."""
    page = reverse(listing.page, args=[request.seat.agency.slug])
    context = {"form": form, "title": title, "back": f"{page}?{query}"}
    return TemplateResponse(request, "agencies/saved_view.html", context, status=422 if form.errors else 200)


@member(can="home.view")
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_add(request: AgencyRequest, listing: str) -> HttpResponse:
    """Save the filter that the address of the list holds; only what the list offers is kept."""
    found, seat = listing_at(request, listing), request.seat
    form = NewViewForm(request.POST or None, initial={"query": request.GET.urlencode()})
    sent = QueryDict(request.POST.get("query", "")[:2000] or request.GET.urlencode())
    query = cleaned(found, sent, found.choices(seat))
    if form.is_valid():
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "shared")}
        told = tells(found, given["name"], query, found.known(seat))
        with shown_on(form):
            save_view(agency=seat.agency, actor=request.user, listing=listing, query=query, tells=told, **given)
        if not form.errors:
            toast(request, _("View “%(name)s” saved.") % given)
            return back(request, found, sent.urlencode())
    return page_of(request, form, found, _("Save this view"), sent.urlencode())


@member(can="home.view")
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Rename a view, share it with the agency or take it back."""
    view, seat = view_at(request, pk), request.seat
    found = listing_at(request, view.listing)
    form = SavedViewForm(request.POST or None, initial={"name": view.name, "shared": view.shared_at is not None})
    if form.is_valid():
        told = tells(found, form.cleaned_data["name"], view.query, found.known(seat))
        with shown_on(form):
            edit_view(agency=seat.agency, actor=request.user, view=view, tells=told, **form.cleaned_data)
        if not form.errors:
            toast(request, _("View saved."))
            return back(request, found, view.query)
    return page_of(request, form, found, _("Change the view"), view.query)


@member(can="home.view")
@require_POST
def saved_view_remove(request: AgencyRequest, pk: int) -> HttpResponse:
    """Remove a view; the list stays as it is filtered."""
    view = view_at(request, pk)
    found = listing_at(request, view.listing)
    remove_view(agency=request.seat.agency, actor=request.user, view=view)
    undo = reverse("saved_view_restore", args=[request.seat.agency.slug, view.pk])
    toast(request, _("View “%(name)s” removed.") % {"name": view.name}, undo_url=undo)
    return back(request, found, view.query)


@member(can="home.view")
@require_POST
def saved_view_restore(request: AgencyRequest, pk: int) -> HttpResponse:
    """Bring a removed view back; one that is there stays."""
    view = view_at(request, pk)
    found = listing_at(request, view.listing)
    restore_view(agency=request.seat.agency, actor=request.user, view=view)
    toast(request, _("View “%(name)s” is back.") % {"name": view.name})
    return back(request, found, view.query)
