"""Issued statements."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from partners.models import Gift
from reports.models import StatementFile, StatementIssue, StatementSeries


def newest_issues(year: int) -> Any:
    """The versions of a year that nothing replaces."""
    later = StatementIssue.objects.filter(replaces=OuterRef("pk"))
    return StatementIssue.objects.filter(~Exists(later), year=year)


def newest_of(year: int, givers: Collection[int]) -> dict[int, StatementIssue]:
    """The newest version of these giving units with what it replaces, by giving unit. One query."""
    found = newest_issues(year).filter(giving_unit__in=givers).select_related("replaces")
    return {issue.giving_unit_id: issue for issue in found}


def with_file(issues: Iterable[int]) -> set[int]:
    """Those of these issues whose PDF is kept."""
    return set(StatementFile.objects.filter(issue__in=list(issues)).values_list("issue_id", flat=True))


def outdated_givers(year: int) -> set[int]:
    """Giving units with a gift recorded, or withdrawn, after their newest statement of the year was issued."""
    touched = Gift.objects.filter(
        Q(recorded_at__gt=OuterRef("issued_at")) | Q(withdrawn_at__gt=OuterRef("issued_at")),
        giving_unit=OuterRef("giving_unit"),
        date__year=year,
    )
    return set(newest_issues(year).filter(Exists(touched)).values_list("giving_unit_id", flat=True))


def gaps(year: int) -> list[str]:
    """What is wrong with the numbers of a year, in sentences: nothing, as long as the database does its work."""
    series = StatementSeries.objects.filter(year=year).first()
    last = series.last if series else 0
    given = set(StatementIssue.objects.filter(year=year, version=1).values_list("number", flat=True))
    missing = [f"Statement {year}-{number:06d} is missing." for number in range(1, last + 1) if number not in given]
    return missing + [f"Statement {year}-{number:06d} is past the last number." for number in given if number > last]
