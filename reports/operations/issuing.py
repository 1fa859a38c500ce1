"""Giving statements their number and version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.operations.merge_lock import share_merges
from reports.documents.contents import Content, Names, content_hash, contents_of
from reports.documents.issued import document
from reports.documents.statement import Replaced
from reports.models import StatementIssue
from reports.operations.series import lock_series
from reports.queries.givers import to_state
from reports.queries.issues import newest_of

Unprintable = Mapping[int, tuple[str, str]]
"""Giving units whose document was refused when it was tried: the hash of that content, and the reason."""
State = Literal["issued", "replaced", "unchanged", "failed"]


class NothingToState(Refused):
    """A statement needs a gift that is receipted here."""

    code = "nothing_to_state"
    message = "There is no gift of this year to state. The page says of each gift why."


@dataclass(frozen=True)
class Outcome:
    """What became of one giving unit: a new statement, a new version, the old one, or a reason why it failed."""

    giver: int
    state: State
    issue: StatementIssue | None = None
    reason: str = ""


@transaction.atomic
def issue_statements(
    *,
    agency: Agency,
    actor: User | None,
    year: int,
    givers: Sequence[int],
    names: Names | None = None,
    unprintable: Unprintable | None = None,
) -> list[Outcome]:
    """Issue the statements of these giving units: numbers for new ones, a new version where the content changed, and
    nothing where it is the same. Files are made afterwards, outside this transaction, which holds the year's lock.

    One whose document is refused, or was refused when the same content was tried (`unprintable`), is left as it was
    and told as failed; the others go on. Meanwhile nobody merges, so that every gift is told once. Raises PartnersBusy.
    """
    share_merges(agency.pk)
    series = lock_series(year)
    said = contents_of(agency, year, givers, names)
    newest = newest_of(year, givers)
    outcomes: list[Outcome] = []
    for giver in givers:
        outcome = judged(agency, actor, year, giver, said[giver], newest.get(giver))
        if outcome.issue is not None and outcome.state != "unchanged":
            outcome = spared(outcome, outcome.issue, unprintable or {})
        if outcome.state == "issued" and outcome.issue is not None:
            series.last += 1
            outcome.issue.number = series.last
        outcomes.append(outcome)
    fresh = [outcome.issue for outcome in outcomes if outcome.issue is not None and outcome.state != "unchanged"]
    series.save(update_fields=["last"])
    StatementIssue.objects.bulk_create(fresh)
    return outcomes


def judged(
    agency: Agency, actor: User | None, year: int, giver: int, said: Content, before: StatementIssue | None
) -> Outcome:
    """What one giving unit needs; a new issue is not saved yet, and a first one has no number yet."""
    hashed = content_hash(said)
    if before is not None and before.content_hash == hashed:
        return Outcome(giver, "unchanged", before)
    issue = StatementIssue(
        agency=agency,
        giving_unit_id=giver,
        year=year,
        number=before.number if before else 1,
        version=before.version + 1 if before else 1,
        replaces=before,
        content=said,
        content_hash=hashed,
        issued_on=agency.today(),
        issued_by=actor,
    )
    try:
        check(issue, before)
    except Refused as refusal:
        return Outcome(giver, "failed", reason=str(refusal))
    return Outcome(giver, "replaced" if before else "issued", issue)


def spared(outcome: Outcome, issue: StatementIssue, unprintable: Unprintable) -> Outcome:
    """The outcome, or failed where this very content could not be printed: no number is spent on it."""
    hashed, reason = unprintable.get(outcome.giver, ("", ""))
    return Outcome(outcome.giver, "failed", reason=reason) if hashed == issue.content_hash else outcome


def check(issue: StatementIssue, before: StatementIssue | None) -> None:
    """Raise what the document would raise, before a number is spent on it."""
    replaced = Replaced(before.version, before.issued_on) if before else None
    frame = {"year": issue.year, "version": issue.version, "issued_on": issue.issued_on, "replaces": replaced}
    document(issue.content, number=issue.label, **frame)


@transaction.atomic
def issue_one(
    *, agency: Agency, actor: User | None, giver: int, year: int, unprintable: Unprintable | None = None
) -> StatementIssue:
    """Give one giving unit's statement its number; its file is made afterwards. The one that stands comes back where
    nothing has changed. Raises NothingToState, also with the reason why the document is refused.
    """
    if not to_state(year, [giver]):
        raise NothingToState
    outcome = issue_statements(agency=agency, actor=actor, year=year, givers=[giver], unprintable=unprintable)[0]
    if outcome.issue is None:
        raise NothingToState(outcome.reason)
    if outcome.state != "unchanged":
        audit.record(actor=actor, verb="issue statement", of=outcome.issue, label=str(outcome.issue))
    return outcome.issue
