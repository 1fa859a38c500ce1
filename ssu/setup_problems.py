"""What is wrong in a setup folder, all of it at once: each sentence names file, row, column and remedy."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from core.errors import Refused


class SetupWrong(Refused):
    """The folder cannot be loaded; `problems` are its sentences, one per problem."""

    code = "setup_wrong"
    status = 422

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Problems:
    """The sentences so far, and the files of which not every row could be read."""

    found: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def add(self, file: str, row: int, column: str, said: str) -> None:
        """One more: "ssus.csv, row 3, column kind: …". Rows count from 1 below the header, without empty ones; row 0
        and column "" mean the file as a whole.
        """
        place = [file, f"row {row}" if row else "", f"column {column}" if column else ""]
        self.found.append(f"{', '.join(filter(None, place))}: {said}")

    @contextmanager
    def at(self, file: str, row: int, columns: Mapping[str, str]) -> Iterator[None]:
        """Run the operation of one row: its refusal undoes that row and becomes a problem, so that the next rows are
        judged too. `columns` are the file's words for the fields that a refusal may name.
        """
        try:
            with transaction.atomic():
                yield
        except Refused as refusal:
            self.add(file, row, columns.get(getattr(refusal, "field", None) or "", ""), str(refusal))

    def refuse(self) -> None:
        """Raise SetupWrong when there is anything."""
        if self.found:
            raise SetupWrong(self.found)
