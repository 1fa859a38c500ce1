"""A member's report, and the backbone's answer to it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import operations
from alliances.access import AllianceRequest, alliance_member
from alliances.forms.measures import ReportForm, ReviewForm
from alliances.models import Member, Obligation, Observation, Submission, SubmissionState
from alliances.queries import waiting
from alliances.views.answers import acting, go, page
from alliances.views.periods import TONES
from alliances.wording import due_words, written
from core.refusals import shown_on
from core.toasts import toast

FORM = ["GET", "HEAD", "POST"]
ON_ITS_WAY = (SubmissionState.DRAFT, SubmissionState.APPROVED)


def own_obligation(request: AllianceRequest, period_id: int) -> tuple[Obligation, Member]:
    """What the reader's own organization owes for a period, else 404."""
    member = request.alliance_seat.member
    if member is None:
        raise Http404
    owed = Obligation.objects.select_related("period__version__indicator").filter(member=member)
    return get_object_or_404(owed, period=period_id), member


@alliance_member(can="reports.view")
@require_safe
def report(request: AllianceRequest, pk: int) -> HttpResponse:
    """The own report for a period: its revisions, and the form for who prepares it."""
    obligation, _member = own_obligation(request, pk)
    return shown(request, obligation)


@alliance_member(can="reports.write")
@require_POST
def report_save(request: AllianceRequest, pk: int) -> HttpResponse:
    """Save the draft of the own report."""
    obligation, member = own_obligation(request, pk)
    form = ReportForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.save_report(**acting(request), member=member, obligation=obligation, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Draft saved. Nobody outside your organization sees it yet."))
            return go(request, "measure_report", pk)
    return shown(request, obligation, form)


def shown(request: AllianceRequest, obligation: Obligation, form: ReportForm | None = None) -> HttpResponse:
    """The page of an own report."""
    seat = request.alliance_seat
    revisions = list(
        Submission.objects.filter(obligation=obligation)
        .select_related("prepared_by", "approved_by", "submitted_by")
        .prefetch_related("observations")
        .order_by("-revision")
    )
    newest = revisions[0] if revisions else None
    writable = newest is None or newest.state != SubmissionState.SUBMITTED
    return page(
        request,
        "alliances/report.html",
        form or (ReportForm(initial=answers(newest)) if writable and seat.can("reports.write") else None),
        period=obligation.period,
        version=obligation.period.version,
        due=due_words(obligation.period.due_on, seat.alliance.today()),
        newest=newest,
        revisions=[revision_row(each) for each in revisions],
        may_approve=newest is not None and newest.state == SubmissionState.DRAFT and seat.can("reports.approve"),
        may_hand_in=newest is not None and newest.state == SubmissionState.APPROVED and seat.can("reports.hand_in"),
        again=newest is not None and newest.state not in ON_ITS_WAY,
    )


def answers(submission: Submission | None) -> dict[str, Any]:
    """What the newest revision says, to begin the form with."""
    found = next(iter(submission.observations.all()), None) if submission else None
    if found is None:
        return {}
    whole = None if found.value is None else f"{found.value:.0f}"
    return {"state": found.state, "value": whole, "note": found.note}


def revision_row(submission: Submission) -> dict[str, Any]:
    """One revision in words."""
    state = SubmissionState(submission.state)
    observation = next(iter(submission.observations.all()), None)
    return {
        "submission": submission,
        "state": state.label,
        "tone": TONES[state],
        "answer": value_words(observation),
        "note": observation.note if observation else "",
    }


def value_words(observation: Observation | None) -> str:
    """A value, or why there is none; an estimate says so."""
    if observation is None:
        return "–"
    label = str(observation.get_state_display())
    if observation.value is None:
        return label
    number = written(observation.value)
    return number if observation.state == "reported" else f"{number} ({label})"


@alliance_member(can="reports.approve")
@require_POST
def report_approve(request: AllianceRequest, pk: int) -> HttpResponse:
    """Stand by the draft for the own organization."""
    submission, member = on_its_way(request, pk)
    operations.approve_report(**acting(request), member=member, submission=submission)
    toast(request, _("Approved. It can be handed in now."))
    return go(request, "measure_report", pk)


@alliance_member(can="reports.hand_in")
@require_POST
def report_hand_in(request: AllianceRequest, pk: int) -> HttpResponse:
    """Give the approved report to the backbone."""
    submission, member = on_its_way(request, pk)
    operations.hand_in_report(**acting(request), member=member, submission=submission)
    toast(request, _("Handed in. Nobody can change the number any more, the backbone included."))
    return go(request, "measure_report", pk)


def on_its_way(request: AllianceRequest, period_id: int) -> tuple[Submission, Member]:
    """The own report that is not handed in yet, else 404."""
    obligation, member = own_obligation(request, period_id)
    drafts = Submission.objects.filter(obligation=obligation, state__in=ON_ITS_WAY)
    return get_object_or_404(drafts), member


@alliance_member(can="reports.review")
@require_safe
def reviews(request: AllianceRequest) -> HttpResponse:
    """What was handed in and waits for an answer."""
    return page(request, "alliances/reviews.html", submissions=waiting.to_review())


@alliance_member(can="reports.review")
@require_http_methods(FORM)
def review(request: AllianceRequest, pk: int) -> HttpResponse:
    """Accept a report, or return it with a reason. There is no way to change it."""
    submission = get_object_or_404(
        Submission.objects.select_related(
            "member", "obligation__period__version__indicator", "prepared_by", "approved_by", "submitted_by"
        ),
        pk=pk,
    )
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        accepting = request.POST.get("answer") == "accept"
        answer = operations.accept_report if accepting else operations.return_report
        with shown_on(form):
            answer(**acting(request), submission=submission, note=form.cleaned_data["note"])
        if not form.errors:
            toast(request, _("Report accepted.") if accepting else _("Report returned."))
            return go(request, "measure_reviews")
    return page(
        request,
        "alliances/review.html",
        form,
        submission=submission,
        row=revision_row(submission),
        period=submission.obligation.period,
        waits=submission.state == SubmissionState.SUBMITTED,
    )
