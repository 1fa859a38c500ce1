"""Issued statements."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q

from partners.models import Gift, Merge
from reports.models import StatementFile, StatementIssue, StatementSeries
from reports.queries.stated_with import Shared


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


def outdated_givers(year: int, together: Shared) -> set[int]:
    """Giving units with a gift recorded, or withdrawn, after their newest statement of the year was issued; or which
    came to be stated with another, or went apart from it, since. Two queries, three where some share a statement.
    """
    given = Gift.objects.filter(date__year=year)
    after = Q(recorded_at__gt=OuterRef("issued_at")) | Q(withdrawn_at__gt=OuterRef("issued_at"))
    touched = given.filter(after, giving_unit=OuterRef("giving_unit"))
    newest = newest_issues(year)
    found = set(newest.filter(Exists(touched)).values_list("giving_unit_id", flat=True))
    gave = Exists(given.filter(giving_unit__partner=OuterRef("loser")))
    apart = Merge.objects.filter(
        gave,
        survivor=OuterRef("giving_unit__partner"),
        loser__kind=F("survivor__kind"),
        at__lt=OuterRef("issued_at"),
        undone_at__gt=OuterRef("issued_at"),
    )
    found |= set(newest.filter(Exists(apart), giving_unit__came_by=None).values_list("giving_unit_id", flat=True))
    return found | joined_since(newest, given, together)


def joined_since(newest: Any, given: Any, together: Shared) -> set[int]:
    """Whose newest statement was issued before a gift of who is stated with them came: by the gift or by the merge."""
    if not together:
        return set()
    issued = dict(newest.filter(giving_unit__in=together.into.values()).values_list("giving_unit_id", "issued_at"))
    gifts = given.filter(giving_unit__in=together.into)
    days = gifts.values("giving_unit_id", at=F("giving_unit__came_by__at")).annotate(
        recorded=Max("recorded_at"), withdrawn=Max("withdrawn_at")
    )
    return {
        own
        for giver, *moments in days.values_list("giving_unit_id", "at", "recorded", "withdrawn")
        if (own := together.into[giver]) in issued and max(filter(None, moments)) > issued[own]
    }


def gaps(year: int) -> list[str]:
    """What is wrong with the numbers of a year, in sentences: nothing, as long as the database does its work."""
    series = StatementSeries.objects.filter(year=year).first()
    last = series.last if series else 0
    given = set(StatementIssue.objects.filter(year=year, version=1).values_list("number", flat=True))
    missing = [f"Statement {year}-{number:06d} is missing." for number in range(1, last + 1) if number not in given]
    return missing + [f"Statement {year}-{number:06d} is past the last number." for number in given if number > last]
