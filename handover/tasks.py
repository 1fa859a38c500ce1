"""The nightly task of this app."""

from handover.operations import end_left_out, make_check
from handover.queries.retention import checks_due
from jobs import kinds, schedule
from jobs.running import Running


@kinds.register("handover.checks", right="handover.open")
def checks(job: Running) -> dict[str, int]:
    """Nightly: giving 30, 90 and 180 days after exits, and the end of holding partners who were left out. The job
    counts nothing: a number would tell of an exit that nobody was told of.
    """
    agency = job.agency
    with job.unit():
        due = checks_due(agency)
    for case, after in due:
        job.stop_if_cancelled()
        with job.unit():
            make_check(agency=agency, actor=None, case=case, after=after)
    with job.unit():
        end_left_out(agency=agency, actor=None)
    return {}


schedule.register(
    "check hand-overs", "20 4 * * *", "handover.checks", title="Check giving after exits", per_agency=True
)
