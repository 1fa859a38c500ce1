"""The background jobs of this app: each makes one domain call."""

from typing import Any

from django.urls import reverse

from agencies.models import Agency
from jobs import kinds, schedule
from jobs.models import StoredFile
from jobs.running import Running
from ssu.imports.people import judge_people
from ssu.imports.receiving import sheet_of
from ssu.operations import bring_people
from ssu.operations.kept_people import forget_file, forget_old_files
from ssu.pages.people_file import brought_in_words
from ssu.people_rows import PeopleWrong
from ssu.queries.people_file import PEOPLE_JOB, known_people


@kinds.register(PEOPLE_JOB, right="people.edit")
def people(job: Running) -> dict[str, Any]:
    """Judge a file of people again, under the agency's lock, and bring it in: all of it, or nothing. Then it goes."""
    with job.unit():
        agency = Agency.objects.select_for_update(no_key=True).get(pk=job.agency.pk)
        stored = StoredFile.objects.get(pk=job.arguments["file"])
        rows, problems = judge_people(sheet_of(stored), known_people())
        if problems:
            raise PeopleWrong(problems)
        brought = bring_people(agency=agency, actor=job.actor, rows=rows, progress=job.progress)
        forget_file(pk=stored.pk)
        for row in brought.returning:
            job.log(f"Row {row}: this person had left. Nothing is given back at once; a held invitation is prepared.")
        job.progress(len(rows), len(rows), brought_in_words(brought.counts(), len(rows)))
        page = "invitations_held" if brought.invitations else "people"
        label = "Look at the held invitations" if brought.invitations else "Open people"
        return {**brought.counts(), "url": reverse(page, args=[agency.slug]), "label": label}


@kinds.register("ssu.forget_people", right="people.edit")
def forget_people(job: Running) -> dict[str, int]:
    """Daily: files of people that no job brought in."""
    agency = job.agency
    with job.unit():
        return {"files": forget_old_files(agency=agency)}


schedule.register("forget people", "40 3 * * *", "ssu.forget_people", title="Forget files of people", per_agency=True)
