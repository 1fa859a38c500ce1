"""Taking in a file of budget lines: read in the child, judged, and written at once."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from agencies.models import Agency
from budgets.imports.lines import Draft, judge_lines
from budgets.line_words import LinesWrong
from budgets.models import Budget, Line
from budgets.months import months_of
from budgets.operations import write_lines
from core.formulas import without_guard
from imports.reading.lists import read_list
from ssu.models import Worker


def receive_lines(
    *, agency: Agency, actor: User | None, budget: Budget, owners: Iterable[Worker], content: bytes
) -> dict[str, int]:
    """Bring a draft to what a file says: how many lines were added, changed and removed. Lines that are not in the file
    stay. `owners` are those who may look after a line, each with the `shown_name` that the reader knows. Nothing of the
    file is kept. Raises FileRefused, LinesWrong with everything that is wrong, and what `write_lines` raises.
    """
    found, problems = judge_lines(read_list(content), draft_of(agency, budget, owners))
    if problems:
        raise LinesWrong(problems)
    given: dict[str, Any] = {"agency": agency, "actor": actor, "budget": budget}
    return write_lines(**given, rows=found.rows, removed=found.removed, revision=budget.revision)


def draft_of(agency: Agency, budget: Budget, owners: Iterable[Worker]) -> Draft:
    """What a file for this draft may name."""
    by_name: dict[str, list[Worker]] = {}
    for each in owners:
        by_name.setdefault(without_guard(str(getattr(each, "shown_name", ""))).casefold(), []).append(each)
    lines = frozenset(Line.objects.filter(budget=budget).values_list("pk", flat=True))
    return Draft(lines, budget.currency, months_of(agency, budget.fiscal_year), by_name)
