"""What the clock starts for agreed words."""

from communications.operations.asking import remind_all
from jobs import schedule
from jobs.kinds import register
from jobs.running import Running


@register("communications.remind", right="guidelines.view")
def remind_to_read(job: Running) -> dict[str, int]:
    """Daily: who joined since, and once a week who has still not acknowledged."""
    agency = job.agency
    with job.unit():
        return {"asked": remind_all(agency=agency)}


schedule.register("remind to read", "45 5 * * *", "communications.remind", title="Remind to read", per_agency=True)
