"""The background job of a letter."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communications.models import LetterMessage
from communications.operations import begin_sending, queue_chunk, send_at_its_time, timing
from communications.operations.sending import KIND
from communications.queries.letters import titles
from jobs import kinds
from jobs.running import Running


@kinds.register(KIND, right="letters.view", titles=titles)
def send(job: Running) -> dict[str, Any]:
    """Put a letter into the outbox, a step at a time. A job that begins anew goes on where the last step ended."""
    letter_id = job.arguments["letter"]
    with job.unit():
        composer, total = begin_sending(agency=job.agency, letter_id=letter_id)
        done = LetterMessage.objects.filter(letter=letter_id).count()
    job.progress(done, total)
    while True:
        job.stop_if_cancelled()
        with job.unit():
            dealt_with = queue_chunk(agency=job.agency, composer=composer)
        if not dealt_with:
            break
        done += dealt_with
        job.progress(done, max(total, done))
    return summed_up(job, letter_id)


@kinds.register(timing.KIND, right="letters.view", titles=titles)
def send_later(job: Running) -> dict[str, Any]:
    """Begin to send a letter whose time has come; a second job sends it."""
    letter_id = job.arguments["letter"]
    with job.unit():
        held = send_at_its_time(agency=job.agency, letter_id=letter_id, job=job.row)
    if held:
        job.log(held)
    url = reverse("letter", args=[job.agency.slug, letter_id])
    return {"url": url, "label": _("See the letter")}


def summed_up(job: Running, letter_id: int) -> dict[str, Any]:
    """The last line of the log and where to read on. Counts only: a log names nobody."""
    with job.unit():
        rows = LetterMessage.objects.filter(letter=letter_id)
        queued, left_out = rows.filter(excluded="").count(), rows.exclude(excluded="").count()
    job.log(
        _("%(queued)s messages in the outbox, %(left_out)s partners left out.")
        % {
            "queued": queued,
            "left_out": left_out,
        }
    )
    url = reverse("letter", args=[job.agency.slug, letter_id])
    return {"queued": queued, "left_out": left_out, "url": url, "label": _("See the letter")}
