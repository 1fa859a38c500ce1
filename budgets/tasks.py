"""The nightly task of this app."""

from budgets.operations import tell_gaps
from jobs import kinds, schedule
from jobs.running import Running


@kinds.register("budgets.behind", right="budgets.edit")
def tell_of_gaps(job: Running) -> dict[str, int]:
    """Nightly: budgets that are well behind, each told once a month."""
    with job.unit():
        return {"budgets": tell_gaps(agency=job.agency)}


schedule.register("tell of budget gaps", "10 6 * * *", "budgets.behind", title="Tell of budget gaps", per_agency=True)
