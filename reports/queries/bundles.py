"""The files of a year in the order in which they are printed."""

from typing import NamedTuple

from jobs.operations.forgetting import GONE
from reports.models import StatementFile
from reports.queries.issues import newest_issues


class Printed(NamedTuple):
    """One statement's file: the number for the bookmark, the file's name, its place in the storage."""

    number: int
    version: int
    name: str
    path: str


def files_of(year: int) -> list[Printed]:
    """The newest statements of a year that have their file, by the giver's name. One query."""
    found = StatementFile.objects.filter(issue__in=newest_issues(year).values("pk")).exclude(
        stored__path__startswith=f"{GONE}/"
    )
    ordered = found.order_by("issue__giving_unit__partner__sort_name", "issue__giving_unit_id")
    columns = ("issue__number", "issue__version", "stored__name", "stored__path")
    return [Printed(*row) for row in ordered.values_list(*columns)]
