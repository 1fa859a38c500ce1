"""My coaching: for the coach, who still needs coaching; for everybody who is coached, how far they are."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.coaching import ConfidenceForm
from ssu.operations.coaching import NotYourWord
from ssu.pages.my_coaching import coached_units, own_units
from ssu.queries.coaching import units_i_serve
from ssu.views.reached import unit_at


@member(can="coaching.mine")
@require_safe
def my_coaching(request: AgencyRequest) -> HttpResponse:
    """Who of my units still needs coaching, and my own way."""
    return page(request, {})


def page(request: AgencyRequest, sent: dict[int, ConfidenceForm]) -> HttpResponse:
    """The page, with the form of a unit that was sent and did not go through."""
    seat = request.seat
    context = {
        "coached": coached_units(seat),
        "own": own_units(seat, sent),
        "form": next(iter(sent.values()), None),
    }
    return TemplateResponse(request, "ssu/my_coaching.html", context, status=422 if sent else 200)


@member(can="coaching.mine")
@require_POST
def confidence_say(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say how sure one feels oneself, in the areas of a unit where one serves."""
    unit, seat = unit_at(request, pk, "coaching.mine"), request.seat
    mine = next((each for each in units_i_serve(seat) if each.unit.pk == unit.pk), None)
    if mine is None:
        raise NotYourWord
    form = ConfidenceForm(request.POST, auto_id=f"sure_{pk}_%s", areas=mine.coaching.areas)
    if form.is_valid():
        with shown_on(form):
            operations.say_confidence(agency=seat.agency, actor=request.user, unit=mine.unit, levels=form.levels())
    if form.errors:
        return page(request, {pk: form})
    toast(request, _("Saved. Only you and the coach of the unit see it."))
    return redirect("my_coaching", seat.agency.slug)
