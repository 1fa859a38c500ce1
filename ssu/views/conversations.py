"""A conversation with a leader: writing it down, its page, correcting and withdrawing it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member, reachable
from agencies.days import day_in_words
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.dialogue import ConversationForm, WithdrawForm
from ssu.models import Conversation, Worker
from ssu.pages.dialogue import AGREED, earlier_versions, talk_facts
from ssu.pages.parts import Link
from ssu.queries.dialogue import leaders_to_talk_with
from ssu.starter import Entry, entries
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at


@member(can="dialogue.record")
def conversation_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write a conversation down; `?with=` names the leader."""
    unit, seat = open_unit_at(request, pk, "dialogue.record"), request.seat
    listed = [leader.worker_id for leader in leaders_to_talk_with([unit.pk], seat)[unit.pk]]
    form = ConversationForm(
        request.POST or None,
        initial={"date": seat.agency.today(), "worker": request.GET.get("with", "")},
        points=entries(seat.agency, "discussion_points"),
        people=Worker.objects.seen_by(seat).filter(pk__in=listed),
    )
    if form.is_valid():
        with shown_on(form):
            made = operations.write_conversation(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The conversation is written down."))
            return redirect(f"{reverse_dialogue(request, pk)}#leader-{made.worker_id}")
    return form_page(request, unit, form, title=_("Write down a conversation"), back=reverse_dialogue(request, pk))


@member(can="dialogue.view")
@require_safe
def conversation(request: AgencyRequest, pk: int, conversation: int) -> HttpResponse:
    """What was talked over, as it stands and as it was."""
    return page(request, talk_at(request, pk, conversation, "dialogue.view"))


@member(can="dialogue.record")
def conversation_correct(request: AgencyRequest, pk: int, conversation: int) -> HttpResponse:
    """Write a new version; the old one stays."""
    seat, found = request.seat, talk_at(request, pk, conversation, "dialogue.record")
    ticked = list(found.points.order_by("position").values_list("title", flat=True))
    said = {name: getattr(found, name) for name in ("date", "other_points", "outcome", "agreed", "next_on")}
    form = ConversationForm(request.POST or None, initial={**said, "points": ticked}, points=points_of(request, ticked))
    if form.is_valid():
        with shown_on(form):
            made = operations.correct_conversation(
                agency=seat.agency, actor=request.user, conversation=found, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Corrected. The version before stays readable."))
            return redirect("conversation", seat.agency.slug, pk, made.pk)
    back = reverse("conversation", args=[seat.agency.slug, pk, found.pk])
    title = _("Correct the conversation with %(name)s") % {"name": found.person_name}
    return form_page(request, unit_of(request, found), form, title=title, back=back)


@member(can="dialogue.record")
@require_POST
def conversation_withdraw(request: AgencyRequest, pk: int, conversation: int) -> HttpResponse:
    """Withdraw it with the reason."""
    found = talk_at(request, pk, conversation, "dialogue.record")
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.withdraw_conversation(
                agency=request.seat.agency, actor=request.user, conversation=found, **form.cleaned_data
            )
    if form.errors:
        return page(request, found, form)
    toast(request, _("The conversation is withdrawn."))
    return redirect("dialogue", request.seat.agency.slug, pk)


def talk_at(request: AgencyRequest, pk: int, conversation: int, right: str) -> Any:
    """A conversation that the person may see; 403 where the right does not reach its unit."""
    found = Conversation.objects.seen_by(request.seat).select_related("unit", "worker")
    talk = get_object_or_404(found, unit=pk, pk=conversation)
    reachable(request.seat, right, talk.unit_id)
    return talk


def points_of(request: AgencyRequest, ticked: list[str]) -> list[Entry]:
    """The agency's points, and those ticked before that are no longer among them."""
    known = entries(request.seat.agency, "discussion_points")
    titles = {entry.title for entry in known}
    return [*known, *(Entry(title, "") for title in ticked if title not in titles)]


def unit_of(request: AgencyRequest, talk: Any) -> Any:
    """The unit of a conversation with its shown columns."""
    return open_unit_at(request, talk.unit_id, "dialogue.view")


def reverse_dialogue(request: AgencyRequest, pk: int) -> str:
    return reverse("dialogue", args=[request.seat.agency.slug, pk])


def crumbs(request: AgencyRequest, unit: Any) -> list[Link]:
    """The way back up."""
    up = reverse("unit", args=[request.seat.agency.slug, unit.pk])
    return [Link(unit.shown_name, up), Link(_("Dialogue"), reverse_dialogue(request, unit.pk))]


def form_page(
    request: AgencyRequest, unit: Any, form: Form, *, title: str, back: str, button: str = ""
) -> HttpResponse:
    """The page of the form."""
    context = {
        "unit": unit,
        "tabs": tabs(request.seat, unit.pk, "dialogue"),
        "crumbs": crumbs(request, unit),
        "title": title,
        "form": form,
        "back": back,
        "button": button or _("Save conversation"),
    }
    return TemplateResponse(request, "ssu/unit_form.html", context, status=422 if form.errors else 200)


def page(request: AgencyRequest, found: Any, sent: Form | None = None) -> HttpResponse:
    """The page of a conversation, with the form that was sent and did not go through."""
    seat, unit = request.seat, unit_of(request, found)
    newer = Conversation.objects.filter(replaces=found).first()
    stands = newer is None and found.withdrawn_at is None
    here = [seat.agency.slug, unit.pk, found.pk]
    may = stands and seat.can("dialogue.record", unit.pk)
    status, tone = AGREED[found.agreed]
    context = {
        "unit": unit,
        "crumbs": crumbs(request, unit),
        "talk": found,
        "day": day_in_words(seat.agency, found.date),
        "points": found.points.order_by("position"),
        "facts": talk_facts(seat, found),
        "versions": earlier_versions(seat, found),
        "newer_url": reverse("conversation", args=[seat.agency.slug, unit.pk, newer.pk]) if newer else "",
        "status": status if stands else _("Withdrawn") if found.withdrawn_at else _("Corrected since"),
        "tone": tone if stands else "none",
        "correct_url": reverse("conversation_correct", args=here) if may else "",
        "withdraw_form": sent or (WithdrawForm() if may else None),
        "form": sent,
    }
    return TemplateResponse(request, "ssu/conversation.html", context, status=422 if sent else 200)
