"""What the clock starts for the roll-out of units. Nothing here closes anything."""

from jobs import schedule
from jobs.kinds import register
from jobs.running import Running
from ssu.operations.reminders import remind, tell_quiet


@register("ssu.remind", right="rollout.view")
def remind_of_items(job: Running) -> dict[str, int]:
    """Daily: items that are due soon or late."""
    agency = job.agency
    with job.unit():
        return {"items": remind(agency=agency)}


@register("ssu.tell_quiet", right="rollout.view")
def tell_of_quiet_units(job: Running) -> dict[str, int]:
    """Weekly: units in which nothing was done for the agency's number of days."""
    agency = job.agency
    with job.unit():
        return {"units": tell_quiet(agency=agency)}


schedule.register("remind of items", "15 5 * * *", "ssu.remind", title="Remind of due items", per_agency=True)
schedule.register("quiet units", "30 5 * * 1", "ssu.tell_quiet", title="Tell of quiet units", per_agency=True)
