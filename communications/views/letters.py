"""The list of letters, writing one, and its page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member, reachable
from agencies.seats import Seat
from communications import pages
from communications.documents import composer_of
from communications.forms import LetterForm, NewLetterForm, TimeForm, filled, units_to_choose
from communications.letter_check import check_letter
from communications.models import Letter, Purpose
from communications.operations import edit_letter, write_letter
from communications.queries.audience import named_audience_of, named_partners
from communications.queries.letters import core_message_of, reasons_of, sizes_of, states_of
from communications.queries.readers import counts_of, would_get
from communications.series import series_named
from core.refusals import shown_on
from core.toasts import toast
from jobs.models import Job
from jobs.panels import panel
from partners.models import Partner
from ssu.models import Unit
from ssu.models.discretion import Discretion
from ssu.pages.appeals import blocker_rows
from ssu.queries.gate import gate_of
from ssu.queries.second_person import is_no_author

PAGE = 50
MOST_PREVIEWS = 200


@member(can="letters.view")
@require_safe
def letters(request: AgencyRequest) -> HttpResponse:
    """The letters that this person may see, the newest first."""
    seat = request.seat
    page = Paginator(Letter.objects.seen_by(seat), PAGE).get_page(request.GET.get("page"))
    sizes = sizes_of([letter.pk for letter in page])
    rows = [pages.row(letter, seat.agency, sizes) for letter in page]
    return TemplateResponse(request, "communications/letters.html", {"page": page, "rows": rows})


@member(can="letters.write")
@require_http_methods(["GET", "HEAD", "POST"])
def letter_add(request: AgencyRequest) -> HttpResponse:
    """Write a letter of a unit in which this person may."""
    seat = request.seat
    units = units_to_choose(Unit.objects.seen_by(seat), seat.unit_ids("letters.write"))
    initial = {"unit": request.GET.get("unit", "")}
    form = NewLetterForm(request.POST or None, units=units, unit_word=seat.agency.unit_word, initial=initial)
    if form.is_valid():
        with shown_on(form):
            made = write_letter(agency=seat.agency, actor=request.user, unmasked=unmasked(request), **form.cleaned_data)
        if not form.errors:
            toast(request, _("Draft saved."))
            return redirect("letter", seat.agency.slug, made.pk)
    context = {"form": form, "core_message": None}
    return TemplateResponse(request, "communications/letter_add.html", context, status=422 if form.is_bound else 200)


@member(can="letters.write")
@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change the words. What is on its way cannot be changed, which the operation says."""
    letter = found(request, pk, "letters.write")
    form = LetterForm(request.POST or None, initial=filled(letter))
    if form.is_valid():
        with shown_on(form):
            edit_letter(
                agency=request.seat.agency,
                actor=request.user,
                letter=letter,
                unmasked=unmasked(request),
                **form.cleaned_data,
            )
        if not form.errors:
            toast(request, _("Letter saved."))
            return redirect("letter", request.seat.agency.slug, pk)
    context = {"form": form, "letter": letter, "core_message": core_message_of(letter.unit_id)}
    return TemplateResponse(request, "communications/letter_edit.html", context, status=422 if form.is_bound else 200)


@member(can="letters.view")
@require_safe
def letter(request: AgencyRequest, pk: int) -> HttpResponse:
    """One letter: before it goes out its words, readers and warnings; afterwards what became of it."""
    return show(request, found(request, pk, "letters.view"))


def found(request: AgencyRequest, pk: int, right: str) -> Any:
    """A letter that this person may see, or 404; 403 where the right does not reach its unit."""
    letter = get_object_or_404(
        Letter.objects.seen_by(request.seat).select_related("unit", "author", "core_message"), pk=pk
    )
    reachable(request.seat, right, letter.unit_id)
    return letter


def unmasked(request: AgencyRequest) -> frozenset[int] | None:
    """The units whose true name this person may see."""
    return request.seat.unit_ids("units.unmask")


def show(request: AgencyRequest, letter: Any, *, refusal: str = "", time_form: TimeForm | None = None) -> HttpResponse:
    """The page of a letter; `refusal` is why what was asked for was not done, `time_form` holds a wrong time."""
    seat = request.seat
    is_open, is_at_work = letter.state in Letter.EDITABLE, letter.unit.is_at_work
    context = {
        "letter": letter,
        "subject": pages.subject(letter, seat.agency),
        "status": pages.state_words(letter),
        "tone": pages.TONES[Letter.State(letter.state)],
        "facts": pages.facts(letter, seat),
        "refusal": refusal,
        "time_form": time_form or TimeForm(initial=pages.time_chosen(letter, seat.agency)),
        **pages.clock(letter, seat.agency),
        "series_url": series_url(seat, letter),
        "is_open": is_open,
        "may_write": is_open and is_at_work and seat.can("letters.write", letter.unit_id),
        "may_send": (may_send := seat.can("letters.send", letter.unit_id)),
        "may_approve": may_send and is_at_work and may_approve(seat, letter),
        "is_at_work": is_at_work,
        **(before(request, letter) if is_open else after(request, letter)),
    }
    status = 409 if refusal else 422 if time_form else 200
    return TemplateResponse(request, "communications/letter.html", context, status=status)


def series_url(seat: Seat, letter: Letter) -> str:
    """The page of what the series of a letter is about, "" for a letter by itself and who may not open it."""
    if not letter.series:
        return ""
    series, numbers = series_named(letter.series)
    return reverse(series.page, args=[seat.agency.slug, numbers[0]]) if seat.can(series.right, letter.unit_id) else ""


def may_approve(seat: Seat, letter: Letter) -> bool:
    """Whether this person is one who may approve a draft: of a closed unit, only who wrote none of it."""
    return letter.unit.discretion != Discretion.CLOSED or is_no_author(seat.user_id, letter)


def before(request: AgencyRequest, letter: Any) -> dict[str, Any]:
    """Who would get it, who not and why, what is wrong with the words, and how it looks to one partner."""
    seat = request.seat
    agency = seat.agency
    counts = counts_of(agency, letter)
    url = list_url(seat, letter, "letter_audience")
    return {
        "findings": check_letter(letter, unmasked(request)),
        "without_address": not agency.address.strip(),
        **gate_shown(seat, letter),
        "readers": counts.readers,
        "audience": counts.audience,
        "reasons": pages.reason_counts(counts.reasons, url),
        "audience_url": url,
        **preview(request, letter, named(request, letter)),
    }


def gate_shown(seat: Seat, letter: Letter) -> dict[str, Any]:
    """What an appeal waits for, while the gate of its unit is shut."""
    if letter.purpose != Purpose.APPEAL or (gate := gate_of(letter.unit, seat.agency.today())).is_open:
        return {}
    may_open = seat.can("rollout.view", letter.unit_id)
    url = reverse("unit_gate", args=[seat.agency.slug, letter.unit_id]) if may_open else ""
    return {"shut": True, "blockers": blocker_rows(seat, gate), "gate_url": url}


def list_url(seat: Seat, letter: Letter, page: str) -> str:
    """A list of partners of the letter, for who writes in its unit; the others read how many they are."""
    return reverse(page, args=[seat.agency.slug, letter.pk]) if seat.can("letters.write", letter.unit_id) else ""


def named(request: AgencyRequest, letter: Letter) -> list[Partner]:
    """Partners to show the letter as they get it, for who writes in the unit: the first readers whom the person may
    know by name, and the one that was asked for; where there are none, the first of the audience. One who shares the
    address of another reader may be among them: to know whose turn it is all would have to be read.
    """
    seat = request.seat
    if not seat.can("letters.write", letter.unit_id):
        return []
    known = named_partners(seat, letter.unit_id, letter.purpose).values("pk")
    reading = would_get(seat.agency, letter, in_turn=False).filter(reason="", pk__in=known)
    wanted = request.GET.get("partner", "")
    asked = list(reading.filter(pk=int(wanted))) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else []
    first = list(reading[:MOST_PREVIEWS]) or list(named_audience_of(seat, letter)[:MOST_PREVIEWS])
    return [*asked, *(each for each in first if each not in asked)]


def preview(request: AgencyRequest, letter: Any, partners: list[Partner]) -> dict[str, Any]:
    """The letter as the first of these partners gets it; without one, the words that all get."""
    composer = composer_of(request.seat.agency, letter)
    if not partners:
        return {"preview": None, "words": pages.shared_words(composer.html, letter, request.seat.agency)}
    choices = sorted((each.pk, each.name) for each in partners)
    return {"preview": composer.render(partners[0]), "preview_partner": partners[0], "preview_choices": choices}


def after(request: AgencyRequest, letter: Any) -> dict[str, Any]:
    """What the outbox says now, who was left out, and the job while it is at work."""
    agency = request.seat.agency
    url = list_url(request.seat, letter, "letter_messages")
    states, reasons = states_of(letter), reasons_of(letter)
    waiting = states["queued"] + states["paused"]
    return {
        "states": pages.state_counts(states, url),
        "reasons": pages.reason_counts(reasons, url),
        "queued": states.total(),
        "left_out": reasons.total(),
        "messages_url": url,
        "waiting": waiting,
        "words": pages.shared_words(composer_of(agency, letter).html, letter, agency),
        **job_of(request, letter),
    }


def job_of(request: AgencyRequest, letter: Any) -> dict[str, Any]:
    """The job that queues the letter, as long as the letter is not through."""
    agency = request.seat.agency
    job = Job.objects.filter(pk=letter.job_id).first() if letter.state == Letter.State.SENDING else None
    if job is None:
        return {"job": None, "may_go_on": False}
    url = reverse("job", args=[agency.slug, job.pk])
    return {"job": panel(job, agency, url=url, cancel_url="", files=[]), "may_go_on": job.has_ended}
