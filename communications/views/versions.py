"""The pages of agreed words, the same for core messages and guidelines: what counts, what is under way, who has read
it. The views of each kind say which right they need.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from agencies.access import AgencyRequest, reachable
from agencies.autosave import Attempt
from agencies.seats import Seat
from agencies.seen import revision_seen
from communications import operations, word_pages
from communications.comparing import differences
from communications.forms import BeginForm, ReturnForm, SignatureForm
from communications.kinds import Kind
from communications.sources import sources_for
from core.refusals import shown_on
from core.toasts import toast
from ssu.models import Unit, Worker
from ssu.pages.names_left import names_left
from ssu.queries.goals import goal_that_counts
from ssu.unit_tabs import tabs


def unit_of(request: AgencyRequest, kind: Kind, pk: int, right: str = "") -> Any:
    """The unit with its shown columns, or 404; 403 where the right does not reach it, or while it is closed to the
    person and something is to be written.
    """
    unit = get_object_or_404(Unit.objects.seen_by(request.seat), pk=pk)
    reachable(request.seat, right or kind.view, unit.pk)
    return unit


def version_of(request: AgencyRequest, kind: Kind, pk: int, version: int, right: str = "") -> Any:
    """A version of a unit whose words are open to the person."""
    unit = unit_of(request, kind, pk, right)
    if unit.is_withheld:
        raise Http404
    row = get_object_or_404(kind.model.objects.filter(unit=pk).select_related("edited_by"), version=version)
    row.unit = unit
    return row


def home(request: AgencyRequest, kind: Kind, pk: int) -> HttpResponse:
    """Back to the unit's page of this kind."""
    return redirect(kind.page, request.seat.agency.slug, pk)


def show(request: AgencyRequest, kind: Kind, unit: Any, **sent: Any) -> HttpResponse:
    """The page of a unit; all of it is free text, so it is kept back while the unit is closed to the reader."""
    seat = request.seat
    context: dict[str, Any] = {
        "unit": unit,
        "kind": kind,
        "lead": word_pages.lead_of(kind),
        "tabs": tabs(seat, unit.pk, kind.page),
        "names": {name: kind.named(name) for name in ACTS},
    }
    if not unit.is_withheld:
        context |= open_page(request, kind, unit) | sent
    form = next((form for form in sent.values() if form.errors), None)
    return TemplateResponse(request, "communications/words.html", context | {"form": form}, status=422 if form else 200)


ACTS = ("begin", "agree", "return", "drop", "acknowledge", "remind", "signature")


def open_page(request: AgencyRequest, kind: Kind, unit: Any) -> dict[str, Any]:
    """What the page shows to whom the unit is open."""
    seat = request.seat
    rows = list(kind.model.objects.filter(unit=unit.pk).order_by("-version"))
    shown = word_pages.version_rows(seat, rows)
    pairs = list(zip(rows, shown, strict=True))
    standing = next((pair for pair in pairs if pair[0].state == kind.model.State.APPROVED), None)
    under_way = next((pair for pair in pairs if pair[1].is_draft or pair[1].is_waiting), None)
    found: dict[str, Any] = {
        "versions": shown,
        "standing": standing[1] if standing else None,
        "sections": word_pages.sections(standing[0]) if standing else [],
        "under_way": under_way[1] if under_way else None,
        "under_way_sections": word_pages.sections(under_way[0]) if under_way else [],
        "names_left": names_left(seat, unit, word_pages.texts(under_way[0]).values()) if under_way else None,
        "may_write": unit.is_at_work and seat.can(kind.write, unit.pk),
        "return_form": ReturnForm(auto_id="return_%s"),
    }
    if under_way is None and found["may_write"]:
        found["begin_form"] = BeginForm(sources=sources_for(seat, kind, unit.pk), auto_id="begin_%s")
    if standing:
        found |= word_pages.reading(seat, standing[0])
    if found.get("signers"):
        today = {"signed_on": seat.agency.today()}
        found["signature_form"] = SignatureForm(people=found["signers"], auto_id="signature_%s", initial=today)
    return found


def read(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """One version, or with `?with=1` what is different from another."""
    row = version_of(request, kind, pk, version)
    (shown,) = word_pages.version_rows(request.seat, [row])
    context = {
        "unit": row.unit,
        "kind": kind,
        "names": {name: kind.named(name) for name in ACTS},
        "return_form": ReturnForm(auto_id="return_%s"),
        "tabs": tabs(request.seat, pk, kind.page),
        "version": shown,
        "sections": word_pages.sections(row),
        "others": [number for number in numbers(kind, pk) if number != version],
    }
    wanted = request.GET.get("with", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 9:
        other = get_object_or_404(kind.model.objects.filter(unit=pk), version=int(wanted))
        before, after = sorted((other, row), key=lambda each: each.version)
        context |= {"before": before.version, "after": after.version}
        context["differences"] = differences(word_pages.texts(before), word_pages.texts(after))
    return TemplateResponse(request, "communications/words_version.html", context)


def numbers(kind: Kind, pk: int) -> list[int]:
    """The numbers of all versions of a unit, the newest first."""
    return list(kind.model.objects.filter(unit=pk).order_by("-version").values_list("version", flat=True))


def begin(request: AgencyRequest, kind: Kind, pk: int, make: Callable[[Seat, Any, str], Any]) -> HttpResponse:
    """Begin the next version from what was chosen; `make(seat, unit, source)` does it."""
    unit = unit_of(request, kind, pk, kind.write)
    if unit.is_withheld:
        raise Http404
    form = BeginForm(request.POST, sources=sources_for(request.seat, kind, pk), auto_id="begin_%s")
    if form.is_valid():
        with shown_on(form):
            made = make(request.seat, unit, form.cleaned_data["source"])
    if form.errors:
        return show(request, kind, unit, begin_form=form)
    return redirect(kind.named("edit"), request.seat.agency.slug, pk, made.version)


def agree(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """Agree to a version that somebody else wrote."""
    row = version_of(request, kind, pk, version, kind.write)
    operations.approve(agency=request.seat.agency, actor=request.user, words=row, revision=revision_seen(request.POST))
    toast(request, _("Agreed. This counts from now on; everybody of the unit is asked to read it."))
    return home(request, kind, pk)


def send_back(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """Make a submitted version a draft again."""
    row = version_of(request, kind, pk, version, kind.write)
    form = ReturnForm(request.POST, auto_id="return_%s")
    if form.is_valid():
        with shown_on(form):
            operations.send_back(agency=request.seat.agency, actor=request.user, words=row, **form.cleaned_data)
    if form.errors:
        return show(request, kind, row.unit, return_form=form)
    toast(request, _("It is a draft again."))
    return home(request, kind, pk)


def drop(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """Throw a draft away."""
    row = version_of(request, kind, pk, version, kind.write)
    operations.drop(agency=request.seat.agency, actor=request.user, words=row)
    toast(request, _("The draft is gone."))
    return home(request, kind, pk)


def acknowledge(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """One tap: I have read this version."""
    row = version_of(request, kind, pk, version)
    reachable(request.seat, "words.acknowledge", pk)
    operations.acknowledge(agency=request.seat.agency, actor=request.user, words=row)
    toast(request, _("Thank you. It is written down that you have read version %(number)s.") % {"number": version})
    return home(request, kind, pk)


def remind(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """Ask those again who have not acknowledged."""
    row = version_of(request, kind, pk, version, kind.write)
    asked = operations.remind(agency=request.seat.agency, actor=request.user, words=row)
    if asked:
        toast(request, _("Asked again: %(count)s.") % {"count": asked})
    else:
        toast(request, _("Everybody who is missing was asked within the last day."))
    return home(request, kind, pk)


def keep_signature(request: AgencyRequest, kind: Kind, pk: int, version: int) -> HttpResponse:
    """Write down a copy signed on paper."""
    row = version_of(request, kind, pk, version, kind.write)
    people = word_pages.reading(request.seat, row)["signers"]
    form = SignatureForm(request.POST, people=people, auto_id="signature_%s")
    if form.is_valid():
        with shown_on(form):
            operations.keep_signature(
                agency=request.seat.agency,
                actor=request.user,
                words=row,
                worker=Worker.objects.get(pk=form.cleaned_data["worker"]),
                signed_on=form.cleaned_data["signed_on"],
            )
    if form.errors:
        return show(request, kind, row.unit, signature_form=form)
    toast(request, _("Written down."))
    return home(request, kind, pk)


def edit_page(request: AgencyRequest, row: Any, kind: Kind, made: Attempt | None, **context: Any) -> HttpResponse:
    """The page on which a draft is written; after a conflict with what stands now beside one's own words."""
    seat = request.seat
    keep = "" if row.unit.discretion == "closed" else f"yk.{seat.agency.slug}.{kind.key}.{row.pk}.{seat.user_id}"
    context |= {
        "unit": row.unit,
        "kind": kind,
        "version": row.version,
        "reason": row.return_reason,
        "keep": keep,
        "fresh": made is not None,
        "names_left": names_left(seat, row.unit, word_pages.texts(row).values()),
        "impact_goal": goal_of(row.unit) if not row.unit.is_withheld else "",
        "cancel_url": home(request, kind, row.unit_id)["Location"],
    }
    if made is not None and made.conflict is not None:
        context["conflict_by"] = seat.name_of(made.conflict.by)
        context["theirs"] = word_pages.sections(row)
    return TemplateResponse(request, "communications/words_edit.html", context, status=made.status if made else 200)


def goal_of(unit: Any) -> str:
    """The sentence that the words stand under."""
    goal = goal_that_counts(unit.pk)
    return goal.statement if goal else ""
