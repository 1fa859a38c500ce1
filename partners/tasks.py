"""The background jobs of this app: each makes one domain call at a time."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from jobs import kinds, schedule
from jobs.running import Running
from partners.models import DuplicateCandidate, MatchKey, Partner
from partners.operations.commitment_events import find_events
from partners.operations.duplicates import compare_blocks, forget_before, next_keys, take_keys
from partners.queries.looking import DUPLICATES

schedule.register("look for duplicates", "20 2 * * *", DUPLICATES, title="Look for duplicates", per_agency=True)
schedule.register(
    "commitment events", "10 5 * * *", "partners.commitment_events", title="Look at commitments", per_agency=True
)


@kinds.register(DUPLICATES, right="partners.merge")
def look_for_duplicates(job: Running) -> dict[str, Any]:
    """Look through the whole agency, a bounded part at a time: first what everybody is compared by, then the blocks.
    Stopped in between it has only added; begun anew it finds the same.
    """
    agency, started = job.agency, timezone.now()
    with job.unit():
        everybody = Partner.objects.count()
    read_everybody(job, everybody)
    compare_everybody(job, everybody)
    with job.unit():
        forget_before(started)
        found = DuplicateCandidate.objects.count()
    job.progress(everybody, everybody)
    job.log(f"Pairs that may be one partner: {found}.")
    return {"url": reverse("duplicates", args=[agency.slug]), "label": "Look at them"}


def read_everybody(job: Running, everybody: int) -> None:
    """Write down what each is compared by."""
    after: int | None = 0
    while after is not None:
        job.stop_if_cancelled()
        with job.unit():
            last = after
            after = take_keys(last)
            done = Partner.objects.filter(pk__lte=last).count()
        job.progress(done // 2, everybody)


def compare_everybody(job: Running, everybody: int) -> None:
    """Compare within each block."""
    with job.unit():
        keys = MatchKey.objects.count()
    key = ""
    while True:
        job.stop_if_cancelled()
        with job.unit():
            until = next_keys(key)
            if until is None:
                break
            compare_blocks(agency=job.agency, after=key, until=until)
            seen = MatchKey.objects.filter(key__lte=until).count()
            key = until
        job.progress(everybody // 2 + everybody * seen // max(keys, 1) // 2, everybody)


@kinds.register("partners.commitment_events", right="gifts.record")
def commitment_events(job: Running) -> dict[str, int]:
    """Daily: what happened with commitments, written down and told."""
    agency = job.agency
    with job.unit():
        return {"events": len(find_events(agency=agency))}
