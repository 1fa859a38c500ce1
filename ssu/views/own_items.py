"""Settings: the six steps, and the action items that the agency adds to them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.own_items import OwnItemForm, UnitsForm, WordingForm
from ssu.models import ActionItem, Unit
from ssu.operations import add_own_item, give_own_item, restore_own_item, retire_own_item, reword_own_item
from ssu.pages.own_items import history, step_lists
from ssu.queries.own_items import own_items, wording_of


@member(can="settings.edit")
@require_safe
def six_steps(request: AgencyRequest) -> HttpResponse:
    """The eleven items in the words of their source, and beside them the agency's own."""
    context = {"steps": step_lists(request.seat), "tabs": settings_tabs(request.seat, "six_steps")}
    return TemplateResponse(request, "ssu/six_steps.html", context)


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def own_item_add(request: AgencyRequest) -> HttpResponse:
    """A new item."""
    units = named_units(request)
    form = OwnItemForm(request.POST or None, units=units, initial={"step": request.GET.get("step")})
    if form.is_valid():
        given = with_units(form.cleaned_data)
        with shown_on(form):
            add_own_item(agency=request.seat.agency, actor=request.user, **given)
        if not form.errors:
            toast(request, _("The item stands in the roll-out now."))
            return redirect("six_steps", request.seat.agency.slug)
    context = {"form": form, "tabs": settings_tabs(request.seat, "six_steps")}
    return TemplateResponse(request, "ssu/own_item_add.html", context, status=422 if form.errors else 200)


@member(can="settings.edit")
@require_safe
def own_item(request: AgencyRequest, own_item: int) -> HttpResponse:
    """One item: its words through time, who has it, and what can be done with it."""
    return own_item_page(request, item_of(own_item))


def own_item_page(request: AgencyRequest, found: Any, **forms: Any) -> HttpResponse:
    """The page of an item, with whichever form was sent."""
    there = set(ActionItem.objects.filter(own_item=found).values_list("unit_id", flat=True))
    lacking = [unit for unit in named_units(request) if unit[0] not in there]
    wrong = next((form for form in forms.values() if form.errors), None)
    context = {
        "item": found,
        "history": history(request.seat, found),
        "wording_form": forms.get("wording") or WordingForm(initial={"wording": wording_of(found)}),
        "units_form": forms.get("units") or (UnitsForm(units=lacking) if lacking else None),
        "form": wrong,
        "tabs": settings_tabs(request.seat, "six_steps"),
    }
    return TemplateResponse(request, "ssu/own_item.html", context, status=422 if wrong else 200)


@member(can="settings.edit")
@require_POST
def own_item_reword(request: AgencyRequest, own_item: int) -> HttpResponse:
    """The next version of the words."""
    found = item_of(own_item)
    form = WordingForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            reword_own_item(agency=request.seat.agency, actor=request.user, own_item=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The new words stand. What was claimed before keeps the old ones."))
            return redirect("own_item", request.seat.agency.slug, found.pk)
    return own_item_page(request, found, wording=form)


@member(can="settings.edit")
@require_POST
def own_item_give(request: AgencyRequest, own_item: int) -> HttpResponse:
    """Give the item to more units."""
    found = item_of(own_item)
    form = UnitsForm(request.POST, units=named_units(request))
    if form.is_valid():
        with shown_on(form):
            units = with_units(form.cleaned_data)["units"]
            given = give_own_item(agency=request.seat.agency, actor=request.user, own_item=found, units=units)
        if not form.errors:
            toast(request, _("%(count)s more have this item now.") % {"count": given})
            return redirect("own_item", request.seat.agency.slug, found.pk)
    return own_item_page(request, found, units=form)


@member(can="settings.edit")
@require_POST
def own_item_retire(request: AgencyRequest, own_item: int) -> HttpResponse:
    """End an item everywhere."""
    found = retire_own_item(agency=request.seat.agency, actor=request.user, own_item=item_of(own_item))
    undo = reverse("own_item_restore", args=[request.seat.agency.slug, found.pk])
    toast(request, _("The item is retired."), undo_url=undo)
    return redirect("six_steps", request.seat.agency.slug)


@member(can="settings.edit")
@require_POST
def own_item_restore(request: AgencyRequest, own_item: int) -> HttpResponse:
    """Take a retired item up again."""
    found = restore_own_item(agency=request.seat.agency, actor=request.user, own_item=item_of(own_item))
    toast(request, _("The item is in use again."))
    return redirect("own_item", request.seat.agency.slug, found.pk)


def item_of(pk: int) -> Any:
    """An own item of this agency with its words and counts, else 404."""
    return get_object_or_404(own_items(), pk=pk)


def named_units(request: AgencyRequest) -> list[tuple[int, str]]:
    """Active units by the names that the person may know."""
    found = Unit.objects.seen_by(request.seat).active()
    return list(found.values_list("pk", "shown_name"))


def with_units(given: dict[str, Any]) -> dict[str, Any]:
    """What a form says, with units for their ids."""
    return {**given, "units": list(Unit.objects.active().filter(pk__in=given["units"]).order_by("pk"))}
