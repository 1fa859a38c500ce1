"""Runs of statements: the list, and one of them with its progress."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words, time_in_words
from agencies.models import Agency
from agencies.seats import Seat
from jobs.models import Job, JobLog, StoredFile
from jobs.panels import TONES, Link, Panel, label
from partners.models import GivingUnit
from reports.pages.overview import Reason, counted
from reports.queries.givers import WITHOUT
from reports.queries.runs import RunState, state_of

MOST_LINES = 200
POLL_SECONDS = 2


@dataclass(frozen=True)
class RunRow:
    """A run in the list."""

    url: str
    started: str
    by: str
    words: str
    status: str
    tone: str


@dataclass(frozen=True)
class Failure:
    """A statement that could not be made."""

    name: str
    url: str
    reason: str


def run_rows(seat: Seat, runs: list[Any]) -> list[RunRow]:
    """The list of runs. No query but the seat's own for names."""
    agency = seat.agency
    found = []
    for run in runs:
        state = state_of(run)
        found.append(
            RunRow(
                url=reverse("statement_run", args=[agency.slug, run.pk]),
                started=f"{day_in_words(agency, run.started_at)}, {time_in_words(agency, run.started_at)}",
                by=seat.name_of(run.started_by, _("the clock")),
                words=words(agency, run, state),
                status=str(Job.State(state.state).label),
                tone=TONES[Job.State(state.state)],
            )
        )
    return found


def words(agency: Agency, run: Any, state: RunState) -> str:
    """How far a run is, in a sentence."""
    parts = [
        _("%(done)s of %(total)s") % {"done": counted(agency, state.done), "total": counted(agency, run.total)},
        _("%(n)s new") % {"n": counted(agency, state.issued)} if state.issued else "",
        _("%(n)s corrected") % {"n": counted(agency, state.replaced)} if state.replaced else "",
        _("%(n)s unchanged") % {"n": counted(agency, state.unchanged)} if state.unchanged else "",
        ngettext("%(n)s failed", "%(n)s failed", len(state.failures)) % {"n": len(state.failures)}
        if state.failures
        else "",
    ]
    return ", ".join(part for part in parts if part)


def run_panel(seat: Seat, run: Any) -> Panel:
    """A run as `components/job.html` shows it: its parts and its bundle as one. Two queries."""
    agency, state = seat.agency, state_of(run)
    jobs = [part.job for part in run.parts.all()] + ([run.bundle_job] if run.bundle_job else [])
    stopping = any(job.cancel_requested_at for job in jobs)
    bundling = run.bundle_job is not None and not state.has_ended
    failed = next((job.error for job in jobs if job.state == Job.State.FAILED), "")
    said = words(agency, run, state) + (f". {_('Making one file of all')}" if bundling else "")
    url = reverse("statement_run", args=[agency.slug, run.pk])
    may_stop = seat.can("statements.run") and not (state.has_ended or stopping)
    return Panel(
        id=run.pk,
        title=_("Giving statements %(year)s") % {"year": run.year},
        status=_("Making one file of all") if bundling else str(Job.State(state.state).label),
        tone=TONES[Job.State(state.state)],
        done=state.done,
        total=run.total,
        words=f"{said}. {failed}" if failed else said,
        failed=bool(failed),
        url=url,
        cancel_url=reverse("statement_run_cancel", args=[agency.slug, run.pk]) if may_stop else "",
        poll_seconds=0 if state.has_ended else POLL_SECONDS,
        log=log(agency, jobs),
        links=links(agency, run),
    )


def log(agency: Agency, jobs: list[Job]) -> list[str]:
    """The last lines that the jobs said, the oldest first."""
    lines = JobLog.objects.filter(job__in=jobs).order_by("-id")[:MOST_LINES]
    return [f"{time_in_words(agency, line.at)}  {line.text}" for line in reversed(lines)]


def links(agency: Agency, run: Any) -> list[Link]:
    """The files to download."""
    files = StoredFile.objects.filter(~Q(job=None), job=run.bundle_job_id).order_by("pk")
    return [Link(label(file), reverse("job_file", args=[agency.slug, run.bundle_job_id, file.pk])) for file in files]


def failures(agency: Agency, run: Any) -> list[Failure]:
    """What could not be made, by name. One query."""
    failed = dict(state_of(run).failures)
    named = GivingUnit.objects.filter(pk__in=failed).order_by("name", "pk").values_list("pk", "name")
    return [
        Failure(name, reverse("statement", args=[agency.slug, run.year, giver]), failed[giver]) for giver, name in named
    ]


def skipped(agency: Agency, run: Any) -> list[Reason]:
    """Who got none when the run was started, by reason."""
    return [
        Reason(
            str(WITHOUT[reason]),
            counted(agency, number),
            reverse("statement_list", args=[agency.slug, run.year, reason.replace("_", "-")]),
        )
        for reason, number in run.skipped.items()
        if reason in WITHOUT
    ]
