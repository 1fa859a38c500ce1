"""A period: who has reported, what overlaps, what to publish."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.measures import OverlapForm, StanceForm
from alliances.models import Audience, Member, Obligation, Overlap, Period, Publication, Submission, SubmissionState
from alliances.queries import waiting
from alliances.queries.rollup import last_words, settled
from alliances.views.answers import acting, go, page
from alliances.views.measures import PERIOD_TONES
from alliances.wording import day_words, due_words, reported_words, written
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]
TONES = {
    SubmissionState.DRAFT: "none",
    SubmissionState.APPROVED: "none",
    SubmissionState.SUBMITTED: "prog",
    SubmissionState.ACCEPTED: "done",
    SubmissionState.RETURNED: "warn",
}


def found_period(pk: int) -> Period:
    """A period of this alliance, else 404."""
    found: Period = get_object_or_404(Period.objects.select_related("indicator", "version"), pk=pk)
    return found


@alliance_member(can="measures.view")
@require_safe
def period(request: AllianceRequest, pk: int) -> HttpResponse:
    """Who has reported; for the backbone the way to review and publish, for a member its own report."""
    found, seat = found_period(pk), request.alliance_seat
    today = seat.alliance.today()
    obligations = list(waiting.period_reports(pk))
    cases = list(Overlap.objects.filter(period=found).select_related("one", "other").order_by("pk"))
    state = found.state(today)
    return page(
        request,
        "alliances/period.html",
        period=found,
        state=state,
        tone=PERIOD_TONES[state],
        due=due_words(found.due_on, today) if found.published_at is None else day_words(found.due_on),
        complete=reported_words(sum(each.accepted_at is not None for each in obligations), len(obligations)),
        reports=report_rows(obligations, today > found.due_on),
        overlaps=overlap_rows(cases),
        publications=Publication.objects.filter(period=found).order_by("audience", "-revision"),
        audiences=Audience.choices if seat.can("publications.publish") else [],
        owes=seat.member is not None and any(each.member_id == seat.member.pk for each in obligations),
    )


def report_rows(obligations: list[Obligation], late: bool) -> list[dict[str, Any]]:
    """One line per member. A reader who may not see a report sees only whether one was accepted."""
    newest = waiting.newest_reports(obligations)
    return [report_row(each, newest.get(each.pk), late) for each in obligations]


def report_row(obligation: Obligation, submission: Submission | None, late: bool) -> dict[str, Any]:
    """A member's line: accepted, on its way as far as the reader may know, or missing."""
    row = {"organization": obligation.member.organization, "submission": submission}
    if submission is not None:
        state = SubmissionState(submission.state)
        return {**row, "state": state.label, "tone": TONES[state]}
    if obligation.accepted_at is not None:
        return {**row, "state": SubmissionState.ACCEPTED.label, "tone": "done"}
    return {**row, "state": _("Late") if late else _("Not yet"), "tone": "bad" if late else "none"}


def overlap_rows(cases: list[Overlap]) -> list[dict[str, Any]]:
    """The overlaps that the reader may see, each with whether it is settled."""
    words = last_words(cases)
    return [{"case": case, "settled": settled(case, words) is not None} for case in cases]


@alliance_member(can="measures.edit")
@require_POST
def period_lock(request: AllianceRequest, pk: int, step: str) -> HttpResponse:
    """Close the intake, or open it again."""
    if step == "lock":
        operations.lock_period(**acting(request), period=found_period(pk))
        toast(request, _("Intake closed: the numbers stand still until they are published."))
    elif step == "unlock":
        operations.unlock_period(**acting(request), period=found_period(pk))
        toast(request, _("Reports are taken again."))
    else:
        raise Http404
    return go(request, "measure_period", pk)


@alliance_member(can="overlaps.open")
@require_http_methods(FORM)
def overlap_open(request: AllianceRequest, pk: int) -> HttpResponse:
    """Ask two members whether they counted the same."""
    found = found_period(pk)
    reporting = Member.objects.filter(obligations__period=found).order_by("organization")
    form = OverlapForm(request.POST or None, members=reporting)
    if form.is_valid():
        with shown_on(form):
            made = operations.open_overlap(**acting(request), period=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Both members are asked."))
            return go(request, "overlap", made.pk)
    return page(request, "alliances/overlap_open.html", form, period=found)


@alliance_member(can="overlaps.view")
@require_http_methods(FORM)
def overlap(request: AllianceRequest, pk: int) -> HttpResponse:
    """What both say; each of the two speaks for itself, the backbone only reads."""
    cases = Overlap.objects.select_related("period__version__indicator", "one", "other")
    case = get_object_or_404(cases, pk=pk)
    member = request.alliance_seat.member
    speaks = member is not None and request.alliance_seat.can("overlaps.settle")
    form = StanceForm(request.POST or None) if speaks else None
    if form is not None and member is not None and form.is_valid():
        with shown_on(form):
            operations.take_stance(**acting(request), member=member, overlap=case, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Your word is noted."))
            return go(request, "overlap", pk)
    words = last_words([case])
    return page(
        request,
        "alliances/overlap.html",
        form,
        case=case,
        stances=[stance_row(each, words.get((case.pk, each.pk))) for each in (case.one, case.other)],
        settled=settled(case, words) is not None,
    )


def stance_row(member: Member, stance: Any) -> dict[str, Any]:
    """What one of the two said last."""
    said = stance.get_resolution_display() if stance else _("has not spoken yet")
    joint = written(stance.joint) if stance and stance.joint is not None else ""
    return {"organization": member.organization, "said": said, "joint": joint}
