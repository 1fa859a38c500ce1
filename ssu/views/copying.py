"""Starting a unit with what another one has worked out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import copying
from ssu.forms.copying import CopyForm
from ssu.models import Unit
from ssu.operations import copy_unit, need_whole
from ssu.pages.parts import Fact
from ssu.views.reached import unit_at

NEVER = (
    gettext_lazy("Partners, gifts, commitments and letters"),
    gettext_lazy("Designations and whatever stands in the books"),
    gettext_lazy("Evidence, claims and confirmations: every item begins open"),
    gettext_lazy("The team, its coaching and who is assigned"),
    gettext_lazy("Readings, baseline, target and date of the goal"),
    gettext_lazy("Name, place, alias and shift date"),
)


@member(can="units.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def unit_copy(request: AgencyRequest, pk: int) -> HttpResponse:
    """Show what a copy takes over and what it never does; make it."""
    source = unit_at(request, pk, "units.edit")
    need_whole(request.seat, source)
    found = copying.offered(request.seat, source)
    form = CopyForm(request.POST or None, source=source, parts=choices(found), initial=initial_of(source, found))
    if form.is_valid():
        with shown_on(form):
            made = copy_unit(agency=request.seat.agency, actor=request.user, source=source, **form.cleaned_data)
        if not form.errors:
            toast(request, _("%(name)s was made as a copy.") % {"name": made.public_name})
            return redirect("unit", request.seat.agency.slug, made.pk)
    context = {"unit": source, "form": form, "taken": taken(source), "never": NEVER}
    return TemplateResponse(request, "ssu/unit_copy.html", context, status=422 if form.errors else 200)


def choices(found: list[tuple[copying.Part, int]]) -> list[tuple[str, str]]:
    """The parts in words, with how much each holds."""
    return [(part.key, f"{part.title} ({count})" if count > 1 else str(part.title)) for part, count in found]


def initial_of(source: Unit, found: list[tuple[copying.Part, int]]) -> dict[str, Any]:
    """Everything is copied unless somebody says otherwise, but the plan, which needs its day."""
    parts = [part.key for part, _count in found if part.key != "plan"]
    return {"strategy": source.strategy_id, "discretion": source.discretion, "parts": parts}


def taken(source: Any) -> list[Fact]:
    """What every copy takes over."""
    return [
        Fact(_("Kind"), source.get_kind_display()),
        Fact(_("Discretion"), _("%(level)s, or stricter") % {"level": source.get_discretion_display()}),
        Fact(_("Roll-out"), _("The six steps with all eleven items, open, and the items your agency adds for all")),
    ]
