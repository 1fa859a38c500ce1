"""The landing page: it answers the question of each role that the reader holds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from agencies.access import AgencyRequest, member
from agencies.models import Role
from agencies.seats import Seat
from home import cards
from home.forms import SinceForm

# Work for the whole agency first, then for one's own units, then what is only read; the first that fits gives the page
# its name. A question is asked once, whatever roles ask it.
LANDINGS: list[tuple[frozenset[str], StrOrPromise, Callable[[Seat], list[cards.Card]]]] = [
    (frozenset({Role.STAFF}), _("Today"), cards.today),
    (frozenset({Role.FINANCE}), _("Giving"), cards.giving),
    (frozenset({Role.ADMINISTRATOR}), _("Setup and health"), cards.setup_and_health),
    (frozenset({Role.LEADER, Role.MEMBER}), _("My unit"), cards.my_units),
    (frozenset({Role.COACH}), _("My coaching"), cards.coach),
    (frozenset({Role.BOARD}), _("Overview"), cards.overview),
]


@member(can="home.view")
@require_safe
def home(request: AgencyRequest) -> HttpResponse:
    """The parts of the page for the roles that the person holds now."""
    held = request.seat.all_roles()
    mine = [(title, make) for roles, title, make in LANDINGS if roles & held]
    shown: dict[str, cards.Card] = {}
    for card in cards.asked(request.seat):
        shown[card.id] = card
    for _title, make in mine:
        for card in make(request.seat):
            shown.setdefault(card.id, card)
    context: dict[str, Any] = {"title": mine[0][0] if mine else request.seat.agency.name}
    status = 200
    if Role.BOARD in held:
        card = changes(request)
        shown[card.id] = card
        context["form"] = card.form if card.form.errors else None
        status = 422 if card.form.errors else 200
    return TemplateResponse(request, "home/home.html", {**context, "cards": list(shown.values())}, status=status)


def changes(request: AgencyRequest) -> cards.Card:
    """What changed since the day in the address (`?since=2026-08-01`), else since the board last met."""
    agency = request.seat.agency
    usual = cards.usual_since(agency)
    given = request.GET if "since" in request.GET else None
    form = SinceForm(given, today=agency.today(), initial={"since": usual})
    since = form.cleaned_data["since"] if form.is_valid() else usual
    return replace(cards.changes(request.seat, since), form=form)
