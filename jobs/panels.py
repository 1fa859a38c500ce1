"""What the job component shows, worked out before the template (docs/COMPONENTS.md)."""

from dataclasses import dataclass, field
from datetime import timedelta

from babel.numbers import format_decimal
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.days import day_in_words, time_in_words
from agencies.models import Agency
from agencies.seats import Seat
from jobs.models import Job, JobLog, StoredFile

State = Job.State
TONES = {State.QUEUED: "none", State.RUNNING: "prog", State.DONE: "done", State.FAILED: "bad", State.CANCELLED: "warn"}
QUICK = timedelta(seconds=30)
MOST_LINES = 200


@dataclass(frozen=True)
class Link:
    """A way onward."""

    label: str
    url: str


@dataclass(frozen=True)
class Panel:
    """A job for `components/job.html`. `poll_seconds` is 0 when it has ended, 2 at first, then 10."""

    id: int
    title: str
    status: str
    tone: str
    done: int
    total: int | None
    words: str
    failed: bool
    url: str
    cancel_url: str
    poll_seconds: int
    note: str = ""
    log: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def panel(
    job: Job,
    agency: Agency,
    *,
    url: str,
    cancel_url: str,
    files: list[StoredFile],
    title: str = "",
    withdrawn: bool = False,
) -> Panel:
    """The job as its page shows it; `url` is the page, a file is below it, `title` what its reader calls it.
    `withdrawn`: it kept a file that the reader may have no more. Two queries (agency's clock is known).
    """
    stopping = job.cancel_requested_at is not None
    return Panel(
        id=job.pk,
        title=title or job.title,
        status=str(State(job.state).label),
        tone=TONES[State(job.state)],
        done=job.done,
        total=job.total,
        words=words(job, agency),
        failed=job.state == State.FAILED,
        url=url,
        cancel_url="" if job.has_ended or stopping else cancel_url,
        poll_seconds=poll_seconds(job),
        note=_("Its file was withdrawn: what it tells is closed to you now. Make a new one.") if withdrawn else "",
        log=[f"{time_in_words(agency, line.at)}  {line.text}" for line in lines(job)],
        links=[*(Link(label(kept), f"{url}files/{kept.pk}/") for kept in files), *way_onward(job)],
    )


def lines(job: Job) -> list[JobLog]:
    """The last lines of the log, the oldest first."""
    return list(job.lines.order_by("-id")[:MOST_LINES])[::-1]


def poll_seconds(job: Job) -> int:
    """How soon to ask again."""
    if job.has_ended:
        return 0
    return 2 if timezone.now() - job.created_at < QUICK else 10


def words(job: Job, agency: Agency) -> str:
    """Where the job is, in a sentence."""
    if job.state == State.QUEUED:
        return _("Waiting for its turn. You may leave this page; the bell rings when it has ended.")
    if job.state == State.RUNNING and job.cancel_requested_at is not None:
        return _("Stopping after the step under way.")
    if job.state == State.FAILED:
        return job.error
    parts = [counts(job, agency), job.message, ended(job, agency)]
    return " – ".join(part for part in parts if part)


def counts(job: Job, agency: Agency) -> str:
    """ "120 of 400", as the agency writes numbers; nothing for a job that does not count."""
    if job.total is None:
        return ""
    done, total = (format_decimal(number, locale=agency.locale) for number in (job.done, job.total))
    return _("%(done)s of %(total)s") % {"done": done, "total": total}


def ended(job: Job, agency: Agency) -> str:
    """When it ended, on the agency's clock."""
    if job.finished_at is None:
        return ""
    moment = f"{day_in_words(agency, job.finished_at)}, {time_in_words(agency, job.finished_at)}"
    return (_("Done %s") if job.state == State.DONE else _("Cancelled %s")) % moment


def way_onward(job: Job) -> list[Link]:
    """Where the job's handler said that its work is to be seen; only inside this site."""
    url = str(job.result.get("url", ""))
    inside = url.startswith("/") and not url.startswith("//")
    return [Link(str(job.result.get("label") or _("See the result")), url)] if inside else []


def label(kept: StoredFile) -> str:
    """The words on a download button."""
    return _("Download %(name)s (%(size)s)") % {"name": kept.name, "size": filesizeformat(kept.size)}


@dataclass(frozen=True)
class Row:
    """A job in the list."""

    url: str
    title: str
    by: str
    started: str
    status: str
    tone: str
    words: str


def row(job: Job, seat: Seat, *, url: str, title: str) -> Row:
    """The job as the list shows it, called `title`. No query but the seat's own for names."""
    agency = seat.agency
    return Row(
        url=url,
        title=title,
        by=seat.name_of(job.actor, _("the clock")),
        started=f"{day_in_words(agency, job.created_at)}, {time_in_words(agency, job.created_at)}",
        status=str(State(job.state).label),
        tone=TONES[State(job.state)],
        words=counts(job, agency),
    )
