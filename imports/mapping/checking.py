"""Whether rules can read a file: what is needed has a column, and what the cells prove is not contradicted. Every
problem at once, each beside what it is about.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from core.errors import Refused
from imports.mapping.rules import Rules
from imports.mapping.targets import Target
from imports.reading.delimited import column_key
from imports.reading.glance import ColumnSeen, Proof
from imports.reading.written_days import ORDERS
from imports.reading.written_numbers import MARKS

Problem = tuple[str, str]
"""(Field: order, mark, kind, a fact; and a sentence)."""


class MappingWrong(Refused):
    """A mapping that cannot be used, with every problem."""

    code = "mapping_wrong"
    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(dict.fromkeys(sentence for _, sentence in problems)))
        self.problems = tuple(problems)


def order_words(order: str) -> str:
    """An order of days in words."""
    words = {"dmy": _("day first"), "mdy": _("month first"), "ymd": _("year first")}
    return words[order]


def check_rules(rules: Rules, target: Target | None, columns: Sequence[ColumnSeen]) -> None:
    """Raises MappingWrong."""
    if target is None:
        raise MappingWrong([("kind", _("Say what the file is: gifts, partners, commitments or a bank statement."))])
    problems = [*_of_columns(rules, target, columns), *_of_needs(rules, target), *_of_days(rules, target, columns)]
    problems += _of_marks(rules, target, columns)
    if problems:
        raise MappingWrong(problems)


def _of_columns(rules: Rules, target: Target, columns: Sequence[ColumnSeen]) -> list[Problem]:
    there = {column_key(column.name) for column in columns}
    lost = [name for name in rules.columns.values() if column_key(name) not in there]
    problems = [("columns", _("The file has no column “%(name)s”.") % {"name": name[:60]}) for name in lost]
    strange = [fact for fact in (*rules.columns, *rules.fixed) if target.fact(fact) is None]
    return problems + [("columns", _("“%(fact)s” is no field of ours.") % {"fact": fact[:60]}) for fact in strange]


def _of_needs(rules: Rules, target: Target) -> list[Problem]:
    told = {*rules.columns, *(fact for fact, text in rules.fixed.items() if text)}
    problems = [
        (fact.name, _("Needed: choose the column that is “%(fact)s”.") % {"fact": fact.label})
        for fact in target.facts
        if fact.required and fact.name not in told
    ]
    for facts, sentence in target.one_of:
        if told.isdisjoint(facts):
            problems.append((facts[0], _("Needed: choose %(what)s.") % {"what": sentence}))
    return problems


def _of_days(rules: Rules, target: Target, columns: Sequence[ColumnSeen]) -> list[Problem]:
    seen = _columns_of(rules, target.days, columns)
    if not seen:
        return []
    if rules.order not in ORDERS:
        return [("order", _("Say in which order the file writes day, month and year."))]
    proofs = {proof.says: proof for column in reversed(seen) for proof in reversed(column.orders)}
    return _contradicted(
        "order", rules.order, proofs, _("%(text)s on line %(line)s can only be %(says)s."), order_words
    )


def _of_marks(rules: Rules, target: Target, columns: Sequence[ColumnSeen]) -> list[Problem]:
    seen = _columns_of(rules, target.amounts, columns)
    if rules.mark not in MARKS:
        return [("mark", _("Say which sign stands before the decimals."))]
    proofs = {proof.says: proof for column in reversed(seen) for proof in reversed(column.marks)}
    sentence = _("In %(text)s on line %(line)s the decimals can only stand behind “%(says)s”.")
    return _contradicted("mark", rules.mark, proofs, sentence, str)


def _contradicted(
    field: str, said: str, proofs: dict[str, Proof], sentence: str, words: Callable[[str], str]
) -> list[Problem]:
    """A problem where the file proves something else and never what was said."""
    if said in proofs or not proofs:
        return []
    proof = next(iter(proofs.values()))
    return [(field, sentence % {"text": proof.text, "line": proof.line, "says": words(proof.says)})]


def _columns_of(rules: Rules, facts: frozenset[str], columns: Sequence[ColumnSeen]) -> list[ColumnSeen]:
    names = {column_key(rules.columns[fact]) for fact in facts & rules.columns.keys()}
    return [column for column in columns if column_key(column.name) in names]


def proved_order(columns: Sequence[ColumnSeen]) -> Proof | None:
    """The first cell that proves an order of days, where no other proves another."""
    found = {proof.says: proof for column in columns for proof in column.orders}
    return next(iter(found.values())) if len(found) == 1 else None


def proved_mark(columns: Sequence[ColumnSeen]) -> Proof | None:
    """The first cell that proves a decimal mark, where no other proves another."""
    found = {proof.says: proof for column in columns for proof in column.marks}
    return next(iter(found.values())) if len(found) == 1 else None
