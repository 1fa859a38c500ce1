"""Kinds of jobs that the trial worker knows beside the product's own."""

import os
import time

from jobs.kinds import register
from jobs.models import StoredFile
from jobs.running import Running


@register("trial.steps")
def steps(job: Running) -> dict[str, int]:
    """Keep one file per step, slowly; a later attempt goes on where the former one died."""
    job.log(f"process {os.getpid()}")
    with job.unit():
        begun = StoredFile.objects.filter(job=job.row).count()
    for step in range(begun, job.arguments["steps"]):
        job.stop_if_cancelled()
        job.keep_file(f"step {step}", str(job.attempt).encode())
        job.progress(step + 1, job.arguments["steps"])
        time.sleep(job.arguments["seconds"])
    return {"begun": begun}


@register("trial.transaction")
def transaction(job: Running) -> None:
    """One long step: its progress must be seen from outside while it is open."""
    with job.unit():
        for done in range(job.arguments["steps"]):
            job.progress(done + 1, job.arguments["steps"])
            time.sleep(job.arguments["seconds"])
