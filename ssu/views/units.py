"""The register of units and one unit's overview; adding, changing and archiving."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.queries.people import another_administrator
from agencies.saved_views import saved_bar
from core.opened import values_of
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.units import LoweringForm, UnitForm
from ssu.models import Discretion
from ssu.operations import add_unit, edit_unit, set_archived
from ssu.pages.declaring import declaration
from ssu.pages.lineage import lineage
from ssu.pages.parts import Link
from ssu.pages.rollout import tracker
from ssu.pages.units import facts, list_rows
from ssu.queries.counts import progress_of
from ssu.queries.discretion import open_lowering
from ssu.queries.goals import NO_GOAL, goal_page
from ssu.queries.own_items import telling_of
from ssu.queries.people import leaders_of
from ssu.queries.units import narrowed, rows, strategies
from ssu.unit_filters import REGISTER, filter_context, filters_of
from ssu.unit_tabs import tabs
from ssu.views.reached import unit_at

PAGE = 50
TELLING = gettext_lazy(
    "Some action items of your agency tell everybody the name or place of this unit. Reword them now."
)


@member(can="units.view")
@require_safe
def units(request: AgencyRequest) -> HttpResponse:
    """The units that this person may see, by shown name, narrowed by strategy, leader, kind and words."""
    filters = filters_of(request.GET)
    page = Paginator(narrowed(request.seat, filters), PAGE).get_page(request.GET.get("page"))
    found = list_rows(request.seat, rows(request.seat, list(page)))
    saved = saved_bar(request, "units")
    kept = filter_context(request.GET, filters, REGISTER, saved.choices)
    context = {"page": page, "rows": found, "saved": saved, **kept}
    return TemplateResponse(request, "ssu/units.html", context)


@member(can="units.view")
@require_safe
def unit(request: AgencyRequest, pk: int) -> HttpResponse:
    """The state of one unit: its steps, goal and people, and what the apps above put here."""
    found, seat = unit_at(request, pk), request.seat
    sees_steps = seat.can("rollout.view", found.pk)
    progress = progress_of([found.pk], seat.agency.today())[found.pk]
    goals = goal_page(found) if sees_steps and not found.is_withheld else NO_GOAL
    context = {
        "unit": found,
        "tabs": tabs(seat, found.pk, "unit"),
        "sees_steps": sees_steps,
        "tasks": tracker(seat, found, progress) if sees_steps else [],
        "progress": progress,
        "declared": declaration(seat, found),
        "facts": facts(found, leaders_of(seat, [found.pk]).get(found.pk, [])) + lineage(seat, found),
        "goal": goals.current,
        "goal_draft": goals.draft,
    }
    return TemplateResponse(request, "ssu/unit.html", context)


@member(can="units.edit")
def unit_add(request: AgencyRequest) -> HttpResponse:
    """A new unit."""
    form = UnitForm(request.POST or None, initial={"strategy": request.GET.get("strategy")})
    if form.is_valid():
        with shown_on(form):
            made = add_unit(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("%(name)s was added.") % {"name": made.public_name})
            return redirect("unit", request.seat.agency.slug, made.pk)
    context = {"form": form, "has_strategies": bool(strategies())}
    return TemplateResponse(request, "ssu/unit_add.html", context, status=422 if form.errors else 200)


@member(can="units.edit")
def unit_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change a unit. A stricter level works at once; a less strict one has its own page."""
    found = unit_at(request, pk, "units.edit")
    said = values_of(found, UnitForm.base_fields, held=bool(request.POST))
    form = UnitForm(request.POST or None, stands=said)
    if form.is_valid():
        with shown_on(form):
            row = edit_unit(agency=request.seat.agency, actor=request.user, unit=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            if telling_of(row):
                messages.warning(request, TELLING)
                return redirect("unit_edit", request.seat.agency.slug, found.pk)
            return redirect("unit", request.seat.agency.slug, found.pk)
    return settings_page(request, found, form=form)


def settings_page(request: AgencyRequest, found: Any, *, form: UnitForm | None = None, **others: Any) -> HttpResponse:
    """The settings of a unit, with whichever form was sent."""
    lowering = others.get("lowering_form")
    wrong = next((each for each in (form, lowering) if each is not None and each.errors), None)
    context = {
        "unit": found,
        "tabs": tabs(request.seat, found.pk, "unit_edit"),
        "unit_form": form or UnitForm(stands=values_of(found, UnitForm.base_fields, held=False)),
        "form": wrong,
        "lowering_form": lowering or LoweringForm(level=found.discretion, auto_id="lower_%s"),
        "may_lower": found.discretion != Discretion.OPEN,
        "asked": open_lowering(request.seat, found),
        "telling": telling_links(request, found),
        "is_only_administrator": not another_administrator(request.seat),
    }
    return TemplateResponse(request, "ssu/unit_edit.html", context, status=422 if wrong else 200)


def telling_links(request: AgencyRequest, found: Any) -> list[Link]:
    """The agency's own items whose words tell a closed unit, each leading to where it is reworded."""
    slug = request.seat.agency.slug
    return [Link(each.words, reverse("own_item", args=[slug, each.pk])) for each in telling_of(found)]


@member(can="units.edit")
@require_POST
def unit_archive(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put a unit away."""
    found = unit_at(request, pk, "units.edit")
    set_archived(agency=request.seat.agency, actor=request.user, unit=found, archived=True)
    undo = reverse("unit_restore", args=[request.seat.agency.slug, found.pk])
    toast(request, _("%(name)s was archived.") % {"name": found.shown_name}, undo_url=undo)
    return redirect("unit", request.seat.agency.slug, found.pk)


@member(can="units.edit")
@require_POST
def unit_restore(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take an archived unit up again."""
    found = unit_at(request, pk, "units.edit")
    set_archived(agency=request.seat.agency, actor=request.user, unit=found, archived=False)
    toast(request, _("%(name)s is active again.") % {"name": found.shown_name})
    return redirect("unit", request.seat.agency.slug, found.pk)
