"""Several lines of a draft at once: all of them are written, or none."""

from collections.abc import Collection, Sequence

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from agencies.operations.written import need_as_seen
from budgets.line_words import MOST_LINES, LinesWrong, LineWords
from budgets.models import Budget, Line
from budgets.operations.lines import add_line, change_line, remove_line
from budgets.operations.versions import NotADraft, locked
from core.errors import Refused
from imports.reading.lists import Problem

GONE = "Line {} is not in this version any more. Leave it out of what is removed."


class TooManyLines(Refused):
    """A budget is read by people."""

    code = "budget_too_many_lines"
    status = 422
    message = f"A budget has at most {MOST_LINES} lines. Put small ones together."


class LineGone(Refused):
    """A line is changed in the version in which it stands."""

    code = "budget_line_gone"
    field = "line"
    message = "This line is not in this version any more. Empty its number to add it anew, or leave the row out."


@transaction.atomic
def write_lines(
    *,
    agency: Agency,
    actor: User | None,
    budget: Budget,
    rows: Sequence[LineWords],
    removed: Collection[int] = (),
    revision: int | None = None,
) -> dict[str, int]:
    """Bring a draft to what these rows say: how many lines were `added`, `changed` and `removed`. A line that is in no
    row stays as it is; one that stands as its row says is not touched. `revision` is that of the lines which were read.

    Raises LinesWrong with everything that is wrong, and then nothing is written; NotADraft, ChangedSinceSeen,
    TooManyLines and UnitArchived.
    """
    held = locked(budget)
    if not held.is_draft:
        raise NotADraft
    need_as_seen(held, revision)
    stands = {line.pk: line for line in Line.objects.filter(budget=held).select_related("budget__unit")}
    if len(stands) + sum(row.line is None for row in rows) - len(set(removed) & stands.keys()) > MOST_LINES:
        raise TooManyLines
    done = {"added": 0, "changed": 0, "removed": 0}
    problems = [Problem(0, "removed", GONE.format(pk)) for pk in sorted(set(removed) - stands.keys())]
    for row in rows:
        try:
            with transaction.atomic():
                done |= counted(done, write_line(agency, actor, held, stands, row))
        except Refused as refusal:
            problems.append(Problem(row.row, str(getattr(refusal, "field", None) or ""), str(refusal)))
    if problems:
        raise LinesWrong(problems)
    for pk in sorted(set(removed)):
        remove_line(agency=agency, actor=actor, line=stands[pk])
        done |= counted(done, "removed")
    return done


def counted(done: dict[str, int], what: str) -> dict[str, int]:
    """One more of this; nothing for what was left as it is."""
    return {what: done[what] + 1} if what else {}


def write_line(agency: Agency, actor: User | None, budget: Budget, stands: dict[int, Line], row: LineWords) -> str:
    """Add or change one line; "added", "changed", or "" where it stands so already. Raises LineGone."""
    if row.line is None:
        add_line(agency=agency, actor=actor, budget=budget, **row.said)
        return "added"
    line = stands.get(row.line)
    if line is None:
        raise LineGone
    if row.is_as(line):
        return ""
    change_line(agency=agency, actor=actor, line=line, **row.said)
    return "changed"
