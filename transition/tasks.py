"""The background jobs of the transition: letters on paper, its report, and what the clock tells."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Membership
from agencies.seats import Seat, seat_of
from core.errors import Refused
from jobs import kinds, schedule
from jobs.running import Running
from ssu.models import Unit
from ssu.queries.units import names_seen
from transition.documents.letters import render_sheets, sheets_of
from transition.documents.report import TransitionReport, render_report
from transition.models import Plan, Wave
from transition.operations.notices import PRINT
from transition.operations.reminders import tell_replies_due
from transition.operations.reports import REPORT
from transition.pages.report import report_of
from transition.queries.notices import may_name_all
from transition.queries.telling import digests


class ChangedSince(Refused):
    """A report tells what may be told when it is made."""

    code = "changed_since"
    message = "What you may know of this unit changed meanwhile. Ask for the report again."


def may_have_letters(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Who writes to the partners of the unit, and may know the unit."""
    wave = Wave.objects.select_related("plan").filter(pk=arguments["wave"]).first()
    if wave is None or not seat.can("transition.talk", wave.plan.unit_id):
        return False
    unit: Any = Unit.objects.seen_by(seat).filter(pk=wave.plan.unit_id).first()
    return unit is not None and not unit.is_withheld and may_name_all(seat)


@kinds.register(PRINT, right="transition.talk", may_have_files=may_have_letters)
def print_letters(job: Running) -> dict[str, Any]:
    """Make one PDF of all letters of a wave that wait to be posted. Begun anew, it makes the same."""
    with job.unit():
        wave = Wave.objects.select_related("plan").get(pk=job.arguments["wave"])
        made = sheets_of(job.agency, wave)
    job.progress(1, 2)
    pdf = render_sheets(made, _("Letters to post"), timezone.now())
    with job.unit():
        job.keep_file(f"letters-wave-{wave.pk}.pdf", pdf, "application/pdf")
    job.progress(2, 2)
    url = reverse("wave", args=[job.agency.slug, wave.pk])
    return {"letters": len(made.sheets), "url": url, "label": _("Back to the wave")}


def report_for(seat: Seat, pk: int) -> TransitionReport | None:
    """The report as this seat may read it now, None where it may not have one."""
    plan = Plan.objects.seen_by(seat).select_related("unit", "designation").filter(pk=pk).first()
    unit: Any = Unit.objects.seen_by(seat).filter(pk=plan.unit_id).first() if plan is not None else None
    return report_of(seat, plan, unit) if plan is not None and unit is not None else None


def may_have_report(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whether a seat may have a report that was made before: when it would be told, now, every name in it (trust rule
    T6: raising a level takes effect at once, stored PDFs included).
    """
    report = report_for(seat, arguments["plan"])
    return report is not None and set(arguments["told"]) <= set(digests(seat.agency.pk, report.names))


def report_titles(seat: Seat, jobs: Sequence[dict[str, Any]]) -> list[str]:
    """What a seat calls the jobs of reports: by the units' names as it may know them now. Two queries."""
    plans = dict(Plan.objects.seen_by(seat).filter(pk__in={each["plan"] for each in jobs}).values_list("pk", "unit_id"))
    names = names_seen(seat, set(plans.values()))
    found = (names.get(plans.get(each["plan"], 0)) for each in jobs)
    return [_("Transition of %(unit)s") % {"unit": name} if name else _("Report of a transition") for name in found]


@kinds.register(REPORT, right="transition.figures", may_have_files=may_have_report, titles=report_titles)
def transition_report(job: Running) -> dict[str, Any]:
    """The report, with the rights that who asked for it has now. What may not be told any more since then ends the
    job.
    """
    with job.unit():
        membership = Membership.objects.filter(user=job.actor, left_at=None).first()
        seat = seat_of(job.agency, membership) if membership else None
        if seat is None or not may_have_report(seat, job.arguments):
            raise ChangedSince
        report = report_for(seat, job.arguments["plan"])
        if report is None:
            raise ChangedSince
    job.progress(1, 2)
    pdf = render_report(report, _("Report of a transition"), timezone.now())
    with job.unit():
        job.keep_file(f"transition-{job.agency.today():%Y-%m-%d}.pdf", pdf, "application/pdf")
    job.progress(2, 2)
    return {"url": reverse("transitions", args=[job.agency.slug]), "label": _("All transitions")}


@kinds.register("transition.replies_due", right="transition.talk")
def remind_of_replies(job: Running) -> dict[str, int]:
    """Nightly: waves whose day for replies is over."""
    with job.unit():
        return {"waves": tell_replies_due(agency=job.agency)}


schedule.register(
    "remind of replies", "50 5 * * *", "transition.replies_due", title="Remind of replies", per_agency=True
)
