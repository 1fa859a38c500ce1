"""The rules by which a file of columns that nobody knew is read, as plain data that travels, is kept and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from imports.reading.delimited import column_key
from imports.reading.writing import Writing

OURS, SUSPENSE, OUT = "ours", "suspense", "out"
"""What becomes of a value: it is one of ours, it waits in suspense, or its rows are left out for a reason."""


class Meant(NamedTuple):
    """What a value of a file is: what becomes of it, and our value or the reason."""

    what: str
    text: str = ""


@dataclass(frozen=True)
class Rules:
    """What a file is (`kind`, the name of a target), which column holds which fact, what holds for every row, and what
    values mean. Values are compared by `value_key`. order: of days, one of ORDERS. mark: the decimal mark. header: the
    columns that a file had when the rules were made. deposit: the account that the money of such files comes to.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Meant]] = field(default_factory=dict)
    writing: Writing = field(default_factory=Writing)
    order: str = ""
    mark: str = "."
    header: tuple[str, ...] = ()
    deposit: int | None = None

    def meant(self, fact: str, text: str) -> Meant | None:
        """What was said that a value of the file is."""
        said = self.values.get(fact)
        return said.get(value_key(text)) if said else None

    def as_json(self) -> dict[str, Any]:
        """The rules as they are kept."""
        return {
            "kind": self.kind,
            "columns": dict(self.columns),
            "fixed": dict(self.fixed),
            "values": {fact: {text: list(meant) for text, meant in said.items()} for fact, said in self.values.items()},
            "encoding": self.writing.encoding,
            "delimiter": self.writing.delimiter,
            "header_line": self.writing.header_line,
            "order": self.order,
            "mark": self.mark,
            "header": list(self.header),
            "deposit": self.deposit,
        }


def rules_of(kept: Mapping[str, Any]) -> Rules | None:
    """The rules that were kept; None for none."""
    if not kept.get("kind"):
        return None
    return Rules(
        kind=kept["kind"],
        columns=kept["columns"],
        fixed=kept["fixed"],
        values={fact: {text: Meant(*meant) for text, meant in said.items()} for fact, said in kept["values"].items()},
        writing=Writing(kept["encoding"], kept["delimiter"], kept["header_line"]),
        order=kept["order"],
        mark=kept["mark"],
        header=tuple(kept["header"]),
        deposit=kept["deposit"],
    )


def value_key(text: str) -> str:
    """What makes two values of a file the same: letter case and blanks do not count."""
    return " ".join(text.split()).casefold()


def missing_in(rules: Rules, header: tuple[str, ...]) -> dict[str, str]:
    """Fact -> name of each column of the rules that a header has not got."""
    there = {column_key(name) for name in header}
    return {fact: name for fact, name in rules.columns.items() if column_key(name) not in there}
