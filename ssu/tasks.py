"""The background jobs of this app: each makes one domain call."""

from typing import Any

from django.urls import reverse

from agencies.models import Agency
from jobs import kinds
from jobs.models import StoredFile
from jobs.operations.files import remove_file
from jobs.running import Running
from ssu.imports.people import judge_people
from ssu.imports.receiving import sheet_of
from ssu.operations import bring_people
from ssu.people_rows import PeopleWrong
from ssu.queries.people_file import known_people


@kinds.register("ssu.people", right="people.edit")
def people(job: Running) -> dict[str, Any]:
    """Judge a file of people again, under the agency's lock, and bring it in: all of it, or nothing. Then it goes."""
    with job.unit():
        agency = Agency.objects.select_for_update().get(pk=job.agency.pk)
        stored = StoredFile.objects.get(pk=job.arguments["file"])
        rows, problems = judge_people(sheet_of(stored), known_people())
        if problems:
            raise PeopleWrong(problems)
        brought = bring_people(agency=agency, actor=job.actor, rows=rows, progress=job.progress)
        remove_file(stored=stored)
        page = "invitations_held" if brought.invitations else "people"
        label = "Look at the held invitations" if brought.invitations else "Open people"
        return {**brought.counts(), "url": reverse(page, args=[agency.slug]), "label": label}
