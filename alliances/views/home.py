"""The first page of an alliance: for the backbone, for a representative, and for who reads only."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliances.access import AllianceRequest, alliance_member
from alliances.models import AllianceState, Indicator, Member, SubmissionState
from alliances.queries import waiting
from alliances.queries.published import Reading, readings
from alliances.queries.readiness import checklist
from alliances.seats import AllianceSeat
from alliances.wording import due_words, reported_words, signed, written

FEW = 12
"""How many lines of a list stand on the first page; the rest is behind its link."""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list (components/task_list.html)."""

    title: str
    url: str
    meta: str = ""
    status: str = ""
    tone: str = "none"
    note: str = ""
    done: bool = False
    current: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Moving:
    """A measure at a glance: the last published number and how it moved."""

    name: str
    url: str
    period: str = ""
    net: str = ""
    change: str = ""
    complete: str = ""
    own: str = ""


@alliance_member(can="home.view")
@require_safe
def alliance_home(request: AllianceRequest) -> HttpResponse:
    """The question of the backbone: are the measures moving, who has not reported? Of a member:
    what do we owe, by when?
    """
    seat = request.alliance_seat
    context: dict[str, Any] = {"alliance": seat.alliance, "measures": glance(seat)}
    if seat.member is not None:
        context |= {"tasks": asked_of(seat, seat.member), "reads_only": not seat.can("members.view")}
        return TemplateResponse(request, "alliances/asked.html", context)
    return TemplateResponse(request, "alliances/home.html", context | of_backbone(seat))


def glance(seat: AllianceSeat) -> list[Moving]:
    """Each measure with its last published number, the change from the period before, and a member's own number
    beside it.
    """
    if not seat.can("measures.view"):
        return []
    published = readings(seat.member)
    own = waiting.own_values(seat.member) if seat.member and seat.can("reports.view") else {}
    return [
        moving(seat.alliance.slug, indicator, published.get(indicator.pk, []), own)
        for indicator in Indicator.objects.filter(retired_at=None)
    ]


def moving(slug: str, indicator: Indicator, series: list[Reading], own: dict[int, waiting.Own]) -> Moving:
    """One measure at a glance. There is no change to tell where a number is missing, nor where others were counted."""
    url = reverse("measure", args=[slug, indicator.pk])
    if not series:
        return Moving(indicator.name, url)
    last, before = series[0], series[1] if len(series) > 1 else None
    mine = own.get(last.publication.period_id)
    return Moving(
        name=indicator.name,
        url=url,
        period=last.label,
        net=written(last.net),
        change=change_words(last, before),
        complete=reported_words(*last.reported),
        own=answer_words(mine),
    )


def change_words(last: Reading, before: Reading | None) -> str:
    """How a measure moved since the period before; two sums of different completeness are not compared."""
    if before is None or last.net is None or before.net is None:
        return ""
    if last.reported != before.reported:
        return _("not comparable: %(reported)s before") % {"reported": reported_words(*before.reported)}
    return signed(last.net - before.net)


def answer_words(own: waiting.Own | None) -> str:
    """A member's own answer: its number, or why there is none."""
    if own is None:
        return _("no report")
    return written(own.value) if own.value is not None else own.state


def of_backbone(seat: AllianceSeat) -> dict[str, Any]:
    """What waits for the coordinator, and for whom the alliance waits."""
    today, slug = seat.alliance.today(), seat.alliance.slug
    missing = list(waiting.not_yet_reported()[: FEW + 1])
    return {
        "waiting": [
            {
                "organization": each.member.organization,
                "what": f"{each.period.version.indicator.name}, {each.period.label}",
                "url": reverse("measure_period", args=[slug, each.period_id]),
                "due": due_words(each.period.due_on, today),
                "tone": "bad" if each.period.due_on < today else "none",
            }
            for each in missing[:FEW]
        ],
        "more": len(missing) > FEW,
        "reviews": waiting.to_review().count() if seat.can("reports.review") else 0,
        "checks": checklist() if seat.alliance.state in (AllianceState.EXPLORING, AllianceState.FORMING) else [],
    }


def asked_of(seat: AllianceSeat, member: Member) -> list[Task]:
    """What a member owes the alliance: signatures first, then reports by due day, overlaps, consents."""
    slug = seat.alliance.slug
    tasks = [
        Task(
            _("Sign the agreement “%(title)s”") % {"title": agreement.title},
            reverse("agreement", args=[slug, agreement.pk]),
            status=_("To sign"),
            tone="warn",
        )
        for agreement in waiting.to_sign(member)
    ]
    if not seat.can("reports.view"):
        return tasks
    return [*tasks, *reports_due(seat, member), *overlaps_open(seat, member), *consents_missing(seat, member)]


def reports_due(seat: AllianceSeat, member: Member) -> list[Task]:
    """One task per report that is not accepted."""
    today = seat.alliance.today()
    return [
        Task(
            title=f"{owed.obligation.period.version.indicator.name}, {owed.obligation.period.label}",
            url=reverse("measure_report", args=[seat.alliance.slug, owed.obligation.period_id]),
            meta=due_words(owed.obligation.period.due_on, today),
            status=str(SubmissionState(owed.submission.state).label) if owed.submission else _("To report"),
            tone=report_tone(owed, owed.obligation.period.due_on < today),
            note=owed.submission.review_note if owed.submission else "",
        )
        for owed in waiting.owed_by(member)
    ]


def report_tone(owed: waiting.Owed, late: bool) -> str:
    """Handed in is the backbone's turn; returned and late want attention."""
    state = owed.submission.state if owed.submission else ""
    if state == SubmissionState.SUBMITTED:
        return "prog"
    return "bad" if late or state == SubmissionState.RETURNED else "warn"


def overlaps_open(seat: AllianceSeat, member: Member) -> list[Task]:
    """One task per overlap that is not settled."""
    return [
        Task(
            _("Settle what %(one)s and %(other)s both counted") % {"one": case.one, "other": case.other},
            reverse("overlap", args=[seat.alliance.slug, case.pk]),
            meta=f"{case.period.version.indicator.name}, {case.period.label}",
            status=_("To settle"),
            tone="warn",
        )
        for case in waiting.to_settle(member)
    ]


def consents_missing(seat: AllianceSeat, member: Member) -> list[Task]:
    """One task for the consent sheet while it has a gap."""
    names = [indicator.name for indicator in waiting.without_consent(member)]
    if not names:
        return []
    return [
        Task(
            _("Say who may see your numbers"),
            reverse("measure_consents", args=[seat.alliance.slug]),
            meta=", ".join(names),
            status=_("No consent yet"),
            tone="warn",
        )
    ]
