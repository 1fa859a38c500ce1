"""A unit's guidelines and expectations: what counts, the draft, agreeing to it, and that each person has read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import autosave
from agencies.access import AgencyRequest, member
from communications import operations
from communications.beginning import begun_guidelines
from communications.forms import GuidelinesForm
from communications.kinds import GUIDELINES as KIND
from communications.models import Guidelines
from communications.operations.guidelines import sections_of
from communications.views import versions
from communications.views.letters import unmasked
from core.toasts import toast


@member(can="guidelines.view")
@require_safe
def guidelines(request: AgencyRequest, pk: int) -> HttpResponse:
    """What counts, who has acknowledged it, what is under way, all versions."""
    return versions.show(request, KIND, versions.unit_of(request, KIND, pk))


@member(can="guidelines.view")
@require_safe
def guidelines_version(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """One version, by itself or beside another."""
    return versions.read(request, KIND, pk, version)


@member(can="guidelines.write")
@require_POST
def begin(request: AgencyRequest, pk: int) -> HttpResponse:
    """Begin the next version."""
    return versions.begin(request, KIND, pk, begun_guidelines)


@member(can="guidelines.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Write a draft; it is saved while it is written."""
    row = versions.version_of(request, KIND, pk, version, KIND.write)
    if request.method != "POST" and row.state != row.State.DRAFT:
        return versions.home(request, KIND, pk)
    if request.method != "POST":
        form = GuidelinesForm(initial={**sections_of(row), "revision": row.revision})
        return versions.edit_page(request, row, KIND, None, form=form)
    form = GuidelinesForm(request.POST)
    made = autosave.attempt(form, lambda: save(request, row, form))
    if autosave.wanted(request):
        return autosave.answer(request.seat, form, made)
    if made.row is None:
        return versions.edit_page(request, row, KIND, made, form=form)
    if request.POST.get("act") == "submit":
        toast(request, _("Submitted. Somebody else reads it and agrees."))
        return versions.home(request, KIND, pk)
    toast(request, _("Draft saved."))
    return redirect("guidelines_edit", request.seat.agency.slug, pk, version)


def save(request: AgencyRequest, row: Guidelines, form: GuidelinesForm) -> Guidelines:
    """Keep the words, and submit them when asked to."""
    words = dict(form.cleaned_data)
    act: dict[str, Any] = {"agency": request.seat.agency, "actor": request.user, "unmasked": unmasked(request)}
    saved = operations.save_guidelines(guidelines=row, revision=words.pop("revision"), words=words, **act)
    if request.POST.get("act") == "submit" and not autosave.wanted(request):
        operations.submit_guidelines(guidelines=saved, **act)
    return saved


@member(can="guidelines.write")
@require_POST
def agree(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Agree to a version that somebody else wrote."""
    return versions.agree(request, KIND, pk, version)


@member(can="guidelines.write")
@require_POST
def send_back(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Make a submitted version a draft again."""
    return versions.send_back(request, KIND, pk, version)


@member(can="guidelines.write")
@require_POST
def drop(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Throw a draft away."""
    return versions.drop(request, KIND, pk, version)


@member(can="words.acknowledge")
@require_POST
def acknowledge(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """One tap: I have read these guidelines."""
    return versions.acknowledge(request, KIND, pk, version)


@member(can="guidelines.write")
@require_POST
def remind(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Ask those again who have not acknowledged."""
    return versions.remind(request, KIND, pk, version)


@member(can="guidelines.write")
@require_POST
def keep_signature(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Write down a copy signed on paper."""
    return versions.keep_signature(request, KIND, pk, version)
