"""One action item: its page, and claiming, confirming, undoing, setting aside and planning it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.seats import Seat
from core.refusals import shown_on
from core.toasts import toast
from ssu import evidence as registry
from ssu import operations, steps
from ssu.forms.items import (
    ClaimForm,
    FileForm,
    LinkForm,
    NoteForm,
    PlanForm,
    RemovalForm,
    SetAsideForm,
    ThingForm,
    UndoForm,
    WhyForm,
)
from ssu.models import Evidence, ItemEvent, State
from ssu.operations.coaching_gate import TEAM_COACHED, has_team
from ssu.operations.items import CoachingApplies
from ssu.pages.item import history, removed_pieces, shown_pieces
from ssu.pages.parts import KEPT_BACK, TONES, Link, by_on
from ssu.queries.items import NOTHING, doer_of, last_act, may
from ssu.queries.people import members_to_assign, names_in
from ssu.queries.second_person import is_another_person
from ssu.states import UNCLAIMED
from ssu.unit_tabs import tabs
from ssu.views.reached import item_at, open_item_at

Act = Callable[..., Any]
EXPLAINED = {
    ItemEvent.Kind.UNDONE: _l("Taken back by %(name)s on %(day)s"),
    ItemEvent.Kind.REOPENED: _l("Opened again by what %(name)s did on %(day)s"),
    ItemEvent.Kind.NOT_APPLICABLE: _l("Set as not applicable by %(name)s on %(day)s"),
}
SEND_BACK = {
    State.READY: _l("Send it back"),
    State.COMPLETED: _l("Take the confirmation back"),
    State.NOT_APPLICABLE: _l("It does apply"),
}
"""What taking back somebody else's act is called, by the state in which the item is."""


@member(can="rollout.view")
@require_safe
def item(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Where the item stands, what it rests on, what was done to it, and what this person may do."""
    return item_page(request, item_at(request, pk, key))


def item_page(request: AgencyRequest, found: Any, **sent: Form) -> HttpResponse:
    """The page of an item, with the form that was sent and did not go through, by its name."""
    seat = request.seat
    is_archived = not found.unit.is_at_work
    allowed = NOTHING if is_archived else may(seat, found)
    never_aside = allowed.set_aside and found.key == TEAM_COACHED and has_team(found.unit_id)
    last = last_act(found)
    names = names_in(seat, found.unit_id, [found.claimed_by_id, found.confirmed_by_id, last.by_id if last else None])
    context = {
        "item": found,
        "is_archived": is_archived,
        "may": replace(allowed, set_aside=False) if never_aside else allowed,
        "never_aside": CoachingApplies.message if never_aside else "",
        "step": steps.step(found.step),
        "crumbs": crumbs(request, found),
        "tabs": tabs(seat, found.unit_id, "rollout"),
        "status": State(found.state).label,
        "tone": TONES[State(found.state)],
        "reason": KEPT_BACK if found.reason and found.is_withheld else found.reason,
        "claim": said(request, _("Claimed by %(name)s on %(day)s"), names, found.claimed_by_id, found.claimed_at),
        "confirmation": said(
            request, _("Confirmed by %(name)s on %(day)s"), names, found.confirmed_by_id, found.confirmed_at
        ),
        "explained": explained(request, found, names, last),
        "own_act": doer_of(found, last) == seat.user_id,
        "send_back": SEND_BACK.get(State(found.state), ""),
        "waits_for_other": waits_for_other(seat, found),
        "needs": needed_kind(found),
        "pieces": shown_pieces(seat, found, cast("RemovalForm | None", sent.get("removal_form"))),
        "removed": removed_pieces(seat, found, allowed.add),
        "days": history(seat, found),
        "workplaces": workplaces(request, found),
        "form": next(iter(sent.values()), None),
        **fresh_forms(request, found),
        **sent,
    }
    return TemplateResponse(request, "ssu/item.html", context, status=422 if sent else 200)


def explained(request: AgencyRequest, found: Any, names: dict[int, str], last: ItemEvent | None) -> str:
    """Who set it aside, opened it again or took something back, and when; "" where a claim or a confirmation came
    last.
    """
    words = EXPLAINED.get(ItemEvent.Kind(last.kind)) if last else None
    return said(request, str(words), names, last.by_id, last.at) if last and words else ""


def waits_for_other(seat: Seat, found: Any) -> str:
    """Why this person does not confirm a claim that waits: "" where somebody else made it, or none waits."""
    if found.state != State.READY or is_another_person(seat.user_id, found.claimed_by_id):
        return ""
    if found.claimed_by_id == seat.user_id:
        return _("You claimed it. Somebody else confirms it: the leader, the coach or an administrator.")
    return _("Your spouse claimed it. Somebody outside the family confirms it.")


def needed_kind(found: Any) -> str:
    """The kind of evidence that the agency asks for with an item of its own, "" for any."""
    asked = found.own_item.evidence_kind if found.own_item else ""
    return str(Evidence.Kind(asked).label).lower() if asked else ""


def fresh_forms(request: AgencyRequest, found: Any) -> dict[str, Form]:
    """All forms of the page, empty."""
    plan = {"due_on": found.due_on, "assignee": found.assignee_id}
    people = members_to_assign(request.seat, found.unit)
    offered = [] if found.is_withheld else registry.offered(found.unit, found.key)
    return {
        "note_form": NoteForm(auto_id="note_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
        "file_form": FileForm(auto_id="file_%s"),
        "thing_form": ThingForm(auto_id="thing_%s", offered=offered),
        "claim_form": (ClaimForm if found.state in UNCLAIMED else WhyForm)(auto_id="claim_%s"),
        "aside_form": SetAsideForm(auto_id="aside_%s"),
        "undo_form": UndoForm(auto_id="undo_%s"),
        "plan_form": PlanForm(auto_id="plan_%s", initial=plan, people=people),
    }


def workplaces(request: AgencyRequest, found: Any) -> list[Link]:
    """Where in the app this item is worked on."""
    here = [request.seat.agency.slug, found.unit_id]
    return [
        Link(title, reverse(page, args=here))
        for title, page in registry.workplaces(request.seat, found.unit_id, found.key)
    ]


def crumbs(request: AgencyRequest, found: Any) -> list[Link]:
    slug = request.seat.agency.slug
    page = reverse("rollout", args=[slug, found.unit_id])
    return [
        Link(found.unit_name, reverse("unit", args=[slug, found.unit_id])),
        Link(_("Step %(number)s") % {"number": found.step}, f"{page}#step-{found.step}"),
    ]


def said(request: AgencyRequest, words: str, names: dict[int, str], user_id: int | None, at: Any) -> str:
    """Who did it and when, "" while nobody did."""
    if user_id is None:
        return ""
    return by_on(request.seat.agency, names.get(user_id, ""), at, words)


def done(
    request: AgencyRequest, found: Any, sentence: str, *, at: str = "state", undo: bool = False, undo_url: str = ""
) -> HttpResponse:
    """Back to the item's page, to the card `at` which it was done, saying what was done."""
    here = [request.seat.agency.slug, found.unit_id, found.key]
    toast(request, sentence, undo_url=reverse("item_undo", args=here) if undo else undo_url)
    return redirect(f"{reverse('item', args=here)}#{at}")


def act(
    request: AgencyRequest, found: Any, operation: Act, form: Form, name: str, *, reason_is: str = "reason"
) -> HttpResponse | None:
    """Run an operation on the item with what the form holds (its reason goes by the name `reason_is`); None when it
    went through, else the page with the refusal on its form.
    """
    if form.is_valid():
        given = {reason_is if field == "reason" else field: value for field, value in form.cleaned_data.items()}
        with shown_on(form):
            operation(agency=request.seat.agency, actor=request.user, item=found, **given)
    return item_page(request, item_at(request, found.unit_id, found.key), **{name: form}) if form.errors else None


@member(can="rollout.claim")
@require_POST
def item_claim(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Claim the item as done."""
    found = open_item_at(request, pk, key, "rollout.claim")
    form = ClaimForm(request.POST, auto_id="claim_%s")
    refused = act(request, found, operations.claim_item, form, "claim_form", reason_is="note")
    return refused or done(request, found, _("Claimed. Somebody else confirms it."), undo=True)


@member(can="rollout.confirm")
@require_POST
def item_confirm(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Confirm somebody else's claim."""
    found = open_item_at(request, pk, key, "rollout.confirm")
    form = WhyForm(request.POST, auto_id="claim_%s")
    refused = act(request, found, operations.confirm_item, form, "claim_form", reason_is="note")
    return refused or done(request, found, _("Confirmed."), undo=True)


@member(can="rollout.view")
@require_POST
def item_undo(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Take back what was done last: the own claim, or anything for who confirms here."""
    found = open_item_at(request, pk, key, "rollout.view")
    if not may(request.seat, found).undo and not request.seat.can("rollout.confirm", found.unit_id):
        raise PermissionDenied("rollout.confirm")
    form = UndoForm(request.POST, auto_id="undo_%s")
    refused = act(request, found, operations.undo_item, form, "undo_form")
    return refused or done(request, found, _("Taken back."))


@member(can="rollout.confirm")
@require_POST
def item_set_aside(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Set the item as not applicable, with the reason."""
    found = open_item_at(request, pk, key, "rollout.confirm")
    form = SetAsideForm(request.POST, auto_id="aside_%s")
    refused = act(request, found, operations.set_not_applicable, form, "aside_form")
    return refused or done(request, found, _("Set as not applicable."), undo=True)


@member(can="rollout.view")
@require_POST
def item_plan(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Say who does the item, and by when."""
    found = open_item_at(request, pk, key, "rollout.view")
    if not may(request.seat, found).plan:
        raise PermissionDenied("rollout.claim")
    people = members_to_assign(request.seat, found.unit)
    form = PlanForm(request.POST, auto_id="plan_%s", people=people)
    refused = act(request, found, operations.plan_item, form, "plan_form")
    if refused:
        return refused
    doer = form.cleaned_data["assignee"]
    if doer is not None and doer.membership_id is None:
        sentence = _("Saved. %(name)s has no sign-in, so tell them yourself.") % {"name": doer.shown_name}
        return done(request, found, sentence, at="plan")
    return done(request, found, _("Saved."), at="plan")
