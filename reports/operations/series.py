"""Numbers without a gap."""

from reports.models import StatementSeries


def lock_series(year: int) -> StatementSeries:
    """The series of a year, locked until the transaction ends: one issuer at a time per agency and year, so a number
    is given with its statement or not at all.
    """
    StatementSeries.objects.get_or_create(year=year)
    locked: StatementSeries = StatementSeries.objects.select_for_update().get(year=year)
    return locked
