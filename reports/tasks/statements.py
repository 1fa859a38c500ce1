"""The background jobs of statements."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import Refused
from core.pdf.merge import Part, merge_pdfs, zip_pdfs
from jobs import kinds, schedule
from jobs.running import Running
from reports.documents.contents import Names
from reports.models import StatementIssue, StatementPart
from reports.operations import (
    Outcome,
    finish_part,
    issue_one,
    issue_statements,
    keep_statement_files,
    render_issue,
)
from reports.operations.ending import end_statements
from reports.operations.files import Made
from reports.operations.rehearsal import drafts_of, long_drafts_of, rehearse
from reports.operations.single import SINGLE
from reports.queries.bundles import Printed, files_of
from reports.queries.givers import to_state
from reports.queries.issues import with_file
from reports.queries.naming import bundle_may_be_had, public_names


class NothingMade(Refused):
    """A bundle needs a file."""

    code = "nothing_made"
    message = "None of the statements could be made, so there is nothing to bundle. The run tells why."


CHUNK = 20
"""Giving units per unit of work: what is done again when a worker dies, and how soon a cancel is heard."""


@kinds.register("statements.end", right="statements.view")
def end_past_statements(job: Running) -> dict[str, int]:
    """Nightly: statements of erased partners go after their last legal day."""
    with job.unit():
        return {"ended": end_statements(agency=job.agency)}


schedule.register("end statements", "35 3 * * *", "statements.end", title="End old statements", per_agency=True)


@kinds.register("statements.run", right="statements.view")
def run_part(job: Running) -> dict[str, Any]:
    """Make one part of a run, chunk by chunk. Begun anew, it goes on behind the last chunk that was finished."""
    with job.unit():
        part = StatementPart.objects.select_related("run").get(pk=job.arguments["part"])
        year = part.run.year
        left = [giver for giver in to_state(year) if giver % part.of == part.place and giver > part.after]
        names = public_names()
    total = part.done + len(left)
    job.progress(part.done, total)
    for begin in range(0, len(left), CHUNK):
        job.stop_if_cancelled()
        make_chunk(job, part, left[begin : begin + CHUNK], names)
        job.progress(part.done, total)
    with job.unit():
        finish_part(agency=job.agency, part=part)
    job.log(_("%(issued)s new, %(replaced)s corrected, %(unchanged)s unchanged.") % counts(part))
    return {**way_to(job, part.run_id), "silent": True}


def way_to(job: Running, run_id: int) -> dict[str, Any]:
    """Where the run is to be seen, for the page of one of its jobs."""
    return {"url": reverse("statement_run", args=[job.agency.slug, run_id]), "label": _("See the run")}


def counts(part: StatementPart) -> dict[str, int]:
    """The counts of a part, as its log and the run's page tell them."""
    return {"issued": part.issued, "replaced": part.replaced, "unchanged": part.unchanged}


def make_chunk(job: Running, part: StatementPart, givers: Sequence[int], names: Names) -> None:
    """Issue in one short transaction, make the PDFs in none, keep them and move the mark in another. What is long
    enough to be refused is tried before it gets a number.
    """
    year = part.run.year
    with job.unit():
        long = long_drafts_of(job.agency, job.actor, year, givers, names)
    unprintable = rehearse(long)
    with job.unit():
        outcomes = issue_statements(
            agency=job.agency, actor=job.actor, year=year, givers=givers, names=names, unprintable=unprintable
        )
        there = with_file(outcome.issue.pk for outcome in outcomes if outcome.issue)
    made, failed = rendered(job, [outcome for outcome in outcomes if outcome.issue and outcome.issue.pk not in there])
    failed += [(outcome.giver, outcome.reason) for outcome in outcomes if outcome.state == "failed"]
    with job.unit():
        keep_statement_files(made=made)
        note(part, outcomes, failed)


def rendered(job: Running, outcomes: list[Outcome]) -> tuple[list[tuple[StatementIssue, Made]], list[tuple[int, str]]]:
    """The PDFs, and what could not be made with its reason."""
    made, failed = [], []
    for outcome in outcomes:
        if outcome.issue is None:
            continue
        try:
            made.append((outcome.issue, render_issue(outcome.issue)))
        except Refused as refusal:
            failed.append((outcome.giver, str(refusal)))
            job.log(f"{outcome.issue.label}: {refusal}")
    return made, failed


def note(part: StatementPart, outcomes: list[Outcome], failed: list[tuple[int, str]]) -> None:
    """Move the mark behind these giving units and count them, each once."""
    bad = {giver for giver, _ in failed}
    for name in ("issued", "replaced", "unchanged"):
        fine = sum(outcome.state == name and outcome.giver not in bad for outcome in outcomes)
        setattr(part, name, getattr(part, name) + fine)
    part.failures = [*part.failures, *failed]
    part.after = outcomes[-1].giver
    part.save(update_fields=["issued", "replaced", "unchanged", "failures", "after"])


@kinds.register(SINGLE, right="statements.view")
def issue_single(job: Running) -> dict[str, Any]:
    """One statement: tried, numbered, made and kept, each in a step of its own. Begun anew it goes on where it was,
    for what has its number is found unchanged, and its file is made from what was frozen with it.
    """
    year, giver = job.arguments["year"], job.arguments["giver"]
    with job.unit():
        drafts = drafts_of(job.agency, job.actor, year, [giver])
    unprintable = rehearse(drafts)
    with job.unit():
        issue = issue_one(agency=job.agency, actor=job.actor, giver=giver, year=year, unprintable=unprintable)
        there = with_file([issue.pk])
    if not there:
        made = render_issue(issue)
        with job.unit():
            keep_statement_files(made=[(issue, made)])
    job.log(_("%(issue)s is issued.") % {"issue": issue})
    return {"url": reverse("statement", args=[job.agency.slug, year, giver]), "label": _("See the statement")}


@kinds.register("statements.bundle", right="statements.view", may_have_files=bundle_may_be_had)
def bundle(job: Running) -> dict[str, Any]:
    """One PDF to print and one zip to send, of all newest statements of the year, in order of the givers' names.
    Bookmarks and file names are numbers: a bundle lists no givers.
    """
    year, agency = job.arguments["year"], job.agency
    with job.unit():
        files = files_of(year)
    if not files:
        raise NothingMade
    with tempfile.TemporaryDirectory() as folder:
        merged, packed = Path(folder) / "merged.pdf", Path(folder) / "packed.zip"
        printed = (Part(f"{year}-{each.number:06d}", pdf) for each, pdf in opened(job, files, 0))
        merge_pdfs(printed, merged, title=f"Giving statements {year}", lang=agency.locale.partition("_")[0])
        zip_pdfs((Part(each.name, pdf) for each, pdf in opened(job, files, len(files))), packed)
        job.keep_file(f"giving-statements-{year}.pdf", merged, "application/pdf")
        job.keep_file(f"giving-statements-{year}.zip", packed, "application/zip")
    return {**way_to(job, job.arguments["run"]), "statements": len(files)}


def opened(job: Running, files: list[Printed], before: int) -> Iterator[tuple[Printed, bytes]]:
    """The files one at a time, telling the progress of both rounds together; heard between chunks: a cancel."""
    for place, each in enumerate(files):
        if place % CHUNK == 0:
            job.stop_if_cancelled()
            job.progress(before + place, 2 * len(files))
        with default_storage.open(each.path) as file:
            yield each, file.read()
    job.progress(before + len(files), 2 * len(files))
