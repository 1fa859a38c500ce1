"""The common agenda, its versions, and the agreement beside it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.agenda import ItemForm
from alliances.models import AgendaItem, AgendaState, AgendaVersion, Agreement, AgreementState, ItemKind
from alliances.views.answers import acting, go, page
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]
IN_THE_MAKING = (AgendaState.DRAFT, AgendaState.CONSULTATION)
TONES = {AgendaState.DRAFT: "none", AgendaState.CONSULTATION: "prog", AgendaState.ADOPTED: "done"}


@alliance_member(can="agenda.view")
@require_safe
def agenda(request: AllianceRequest) -> HttpResponse:
    """What we want to see, what we work on, how we work together; and what we put our names to."""
    versions = visible_versions(request)
    adopted = next((version for version in versions if version.state == AgendaState.ADOPTED), None)
    making = next((version for version in versions if version.state in IN_THE_MAKING), None)
    agreements = Agreement.objects.order_by("-version")
    if not request.alliance_seat.can("agreements.edit"):
        agreements = agreements.exclude(state=AgreementState.DRAFT)
    return page(
        request,
        "alliances/agenda.html",
        adopted=adopted,
        parts=parts(adopted.items.all()) if adopted else [],
        making=making,
        former=[version for version in versions if version.state == AgendaState.SUPERSEDED],
        agreements=agreements,
    )


def visible_versions(request: AllianceRequest) -> list[AgendaVersion]:
    """All versions, the newest first; a draft is shown to those who write it."""
    versions = AgendaVersion.objects.order_by("-number")
    if not request.alliance_seat.can("agenda.edit"):
        versions = versions.exclude(state=AgendaState.DRAFT)
    return list(versions)


def parts(items: Iterable[AgendaItem]) -> list[dict[str, Any]]:
    """The items by part, in the order in which an agenda is read."""
    every = list(items)
    found = ((kind, [item for item in every if item.kind == kind]) for kind in ItemKind)
    return [{"heading": kind.label, "items": mine} for kind, mine in found if mine]


@alliance_member(can="agenda.edit")
@require_POST
def agenda_begin(request: AllianceRequest) -> HttpResponse:
    """Begin the next version from the adopted one."""
    version = operations.begin_agenda(**acting(request))
    toast(request, _("Version %(number)d begun.") % {"number": version.number})
    return go(request, "agenda_version", version.number)


@alliance_member(can="agenda.view")
@require_safe
def agenda_version(request: AllianceRequest, number: int) -> HttpResponse:
    """One version; while it is a draft, its items can be changed."""
    version = version_of(request, number)
    editing = version.state == AgendaState.DRAFT and request.alliance_seat.can("agenda.edit")
    return page(
        request,
        "alliances/agenda_version.html",
        version=version,
        tone=TONES.get(AgendaState(version.state), "none"),
        parts=parts(version.items.all()),
        editing=editing,
        consulting=version.state == AgendaState.CONSULTATION,
    )


def version_of(request: AllianceRequest, number: int) -> AgendaVersion:
    """A version that the reader may see, else 404."""
    found = next((version for version in visible_versions(request) if version.number == number), None)
    if found is None:
        raise Http404
    return found


@alliance_member(can="agenda.edit")
@require_http_methods(FORM)
def agenda_item_add(request: AllianceRequest, number: int) -> HttpResponse:
    """Add an item to a draft."""
    version = version_of(request, number)
    form = ItemForm(request.POST or None, initial={"kind": request.GET.get("kind", ItemKind.FOCUS_AREA)})
    if form.is_valid():
        with shown_on(form):
            operations.add_item(**acting(request), version=version, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Item added."))
            return go(request, "agenda_version", number)
    return page(request, "alliances/agenda_item.html", form, version=version)


@alliance_member(can="agenda.edit")
@require_http_methods(FORM)
def agenda_item(request: AllianceRequest, number: int, pk: int) -> HttpResponse:
    """Change an item of a draft."""
    version = version_of(request, number)
    item = get_object_or_404(version.items.select_related("version"), pk=pk)
    now = {"kind": item.kind, "title": item.title, "text": item.text}
    form = ItemForm(request.POST or None, initial=now)
    if form.is_valid():
        with shown_on(form):
            operations.change_item(**acting(request), item=item, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Item saved."))
            return go(request, "agenda_version", number)
    return page(request, "alliances/agenda_item.html", form, version=version, item=item)


@alliance_member(can="agenda.edit")
@require_POST
def agenda_item_remove(request: AllianceRequest, number: int, pk: int) -> HttpResponse:
    """Take an item out of a draft."""
    item = get_object_or_404(version_of(request, number).items.select_related("version"), pk=pk)
    operations.remove_item(**acting(request), item=item)
    toast(request, _("Item removed."))
    return go(request, "agenda_version", number)


@alliance_member(can="agenda.edit")
@require_POST
def agenda_step(request: AllianceRequest, number: int, step: str) -> HttpResponse:
    """Open the consultation, take the version back from it, or adopt it."""
    version = version_of(request, number)
    steps = {
        "consult": (operations.consult_on_agenda, _("The members can read this version now.")),
        "take-back": (operations.take_back_agenda, _("This version is a draft again.")),
        "adopt": (operations.adopt_agenda, _("Agenda adopted.")),
    }
    if step not in steps:
        raise Http404
    run, words = steps[step]
    run(**acting(request), version=version)
    toast(request, words)
    return go(request, "agenda" if step == "adopt" else "agenda_version", *([] if step == "adopt" else [number]))
