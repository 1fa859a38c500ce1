"""A unit's core messages: what counts, the draft, agreeing to it, and that people have read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import autosave
from agencies.access import AgencyRequest, member
from communications import operations
from communications.beginning import begun_message
from communications.forms import CoreMessageForm, MessageForms
from communications.kinds import CORE_MESSAGES as KIND
from communications.models import CoreMessage
from communications.operations.core_messages import Said, check_core_message, said_by
from communications.views import versions
from communications.views.letters import unmasked
from core.toasts import toast


@member(can="messages.view")
@require_safe
def core_messages(request: AgencyRequest, pk: int) -> HttpResponse:
    """What counts, what is under way, all versions."""
    return versions.show(request, KIND, versions.unit_of(request, KIND, pk))


@member(can="messages.view")
@require_safe
def core_message(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """One version, by itself or beside another."""
    return versions.read(request, KIND, pk, version)


@member(can="letters.write")
@require_POST
def begin(request: AgencyRequest, pk: int) -> HttpResponse:
    """Begin the next version."""
    return versions.begin(request, KIND, pk, begun_message)


@member(can="letters.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Write a draft; it is saved while it is written."""
    row = versions.version_of(request, KIND, pk, version, KIND.write)
    if request.method != "POST" and row.state != row.State.DRAFT:
        return versions.home(request, KIND, pk)
    said = said_by(row)
    if request.method != "POST":
        form = CoreMessageForm(initial={"text": said["text"], "revision": row.revision})
        return page(request, row, form, message_forms(said, more="more" in request.GET or not said["messages"]))
    form = CoreMessageForm(request.POST)
    forms = MessageForms(request.POST, prefix="message")
    made = autosave.attempt(form, lambda: save(request, row, form, forms), [forms])
    if autosave.wanted(request):
        notes = sentences(request, made.row) if made.row else []
        return autosave.answer(request.seat, form, made, notes, [forms])
    if made.row is None:
        return page(request, row, form, forms, made)
    return after_save(request, pk, version)


def save(request: AgencyRequest, row: CoreMessage, form: CoreMessageForm, forms: Any) -> CoreMessage:
    """Keep the words, and submit them when asked to."""
    agency, known = request.seat.agency, unmasked(request)
    saved = operations.save_core_message(
        agency=agency, actor=request.user, message=row, messages=forms.said(), unmasked=known, **form.cleaned_data
    )
    if request.POST.get("act") == "submit" and not autosave.wanted(request):
        operations.submit_core_message(agency=agency, actor=request.user, message=saved, unmasked=known)
    return saved


def after_save(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Where a saved draft leads: one more message, the same page, or the unit's page."""
    act = request.POST.get("act")
    if act == "submit":
        toast(request, _("Submitted. Somebody else reads it and agrees."))
        return versions.home(request, KIND, pk)
    if act != "more":
        toast(request, _("Draft saved."))
    here = reverse("core_message_edit", args=[request.seat.agency.slug, pk, version])
    return redirect(f"{here}?more=1#more" if act == "more" else here)


def page(
    request: AgencyRequest, row: Any, form: CoreMessageForm, forms: Any, made: autosave.Attempt | None = None
) -> HttpResponse:
    """The form, with what the check of wording says about the words that stand."""
    notes = sentences(request, row)
    return versions.edit_page(request, row, KIND, made, form=form, forms=forms, notes=notes)


def message_forms(said: dict[str, Any], *, more: bool) -> Any:
    """The messages of a draft, and an empty one for the next."""
    return MessageForms(prefix="message", initial=[*said["messages"], *([{}] if more else [])])


def sentences(request: AgencyRequest, row: Any) -> list[str]:
    """What the check of wording says, while one writes."""
    said = said_by(row)
    found = check_core_message(row.unit, row.text, [Said(**each) for each in said["messages"]], unmasked(request))
    return [finding.sentence for finding in found]


@member(can="letters.write")
@require_POST
def agree(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Agree to a version that somebody else wrote."""
    return versions.agree(request, KIND, pk, version)


@member(can="letters.write")
@require_POST
def send_back(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Make a submitted version a draft again."""
    return versions.send_back(request, KIND, pk, version)


@member(can="letters.write")
@require_POST
def drop(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Throw a draft away."""
    return versions.drop(request, KIND, pk, version)


@member(can="words.acknowledge")
@require_POST
def acknowledge(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """One tap: I have read these messages."""
    return versions.acknowledge(request, KIND, pk, version)


@member(can="letters.write")
@require_POST
def remind(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Ask those again who have not acknowledged."""
    return versions.remind(request, KIND, pk, version)


@member(can="letters.write")
@require_POST
def keep_signature(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Write down a copy signed on paper."""
    return versions.keep_signature(request, KIND, pk, version)
