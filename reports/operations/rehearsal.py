"""Trying a document before a number is spent on it, so that no number stands without its document."""

from collections.abc import Collection, Sequence

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from reports.documents.contents import Names, contents_of
from reports.models import StatementIssue
from reports.operations.files import render_issue
from reports.operations.issuing import Unprintable, judged
from reports.queries.issues import newest_of
from reports.queries.lines import longer_than

LONG = 1000
"""Lines up to which a statement stays far inside the caps of a document: about 30 of the 500 pages."""


def drafts_of(
    agency: Agency, actor: User | None, year: int, givers: Collection[int], names: Names | None = None
) -> list[StatementIssue]:
    """What would be issued now, unsaved and without a number of its own. Locks nothing."""
    if not givers:
        return []
    said, newest = contents_of(agency, year, givers, names), newest_of(year, givers)
    outcomes = [judged(agency, actor, year, giver, said[giver], newest.get(giver)) for giver in givers]
    return [each.issue for each in outcomes if each.issue is not None and each.state != "unchanged"]


def long_drafts_of(
    agency: Agency, actor: User | None, year: int, givers: Collection[int], names: Names
) -> list[StatementIssue]:
    """The drafts that are long enough to be refused for their size: in a run, only these are made twice."""
    return drafts_of(agency, actor, year, longer_than(year, givers, LONG), names)


def rehearse(drafts: Sequence[StatementIssue]) -> Unprintable:
    """Make these documents and throw them away; those that were refused, with the reason. Outside a transaction."""
    refused: dict[int, tuple[str, str]] = {}
    for draft in drafts:
        try:
            render_issue(draft)
        except Refused as refusal:
            refused[draft.giving_unit_id] = (draft.content_hash, str(refusal))
    return refused
