"""Archives of everything hold whom they held when they were made: they go when somebody is erased."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from home.archive.asking import ARCHIVE_JOB
from jobs.operations.forgetting import drop_job_files, running
from partners.erasing import Hold, Marks, Part


def holds(agency: Agency, marks: Marks) -> list[Hold]:
    """An archive that is being made now."""
    words = _("An archive is being made now. Wait until it is done, or cancel it.")
    return [Hold(words, reverse("job", args=[agency.slug, pk])) for pk in running([ARCHIVE_JOB])]


def erase(**said: Any) -> None:
    """Delete the archives that were made until now."""
    drop_job_files(kinds=[ARCHIVE_JOB])


PART = Part(holds=holds, erase=erase)
