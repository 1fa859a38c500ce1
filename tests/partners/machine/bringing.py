"""Files of gifts: brought in, brought again, set right and undone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from core.money import Money
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from imports.operations.corrections import correct_rows
from partners.models import Gift
from tests.partners.machine.base import CURRENCIES, Base
from tests.partners.machine.books import Given, Line, Place
from tests.partners.machine.ledger import ROWS as ROWS_THERE
from tests.partners.machine.ledger import rows as rows_there
from tests.partners.machine.world import CODES

HEAD = "source,gift_id,gift_date,donor_id,designation,amount,currency"
NOWHERE = "nowhere"
"""A designation that nobody knows: such lines go to suspense."""
NOBODY = 5
"""The number of the gift whose giver nobody knows."""


@dataclass
class Row:
    """A row of a file: the number of its gift, a designation, minor units; `bad`: its amount cannot be read."""

    number: int
    place: Place
    minor: int
    currency: str
    bad: bool

    @property
    def key(self) -> str:
        return NOWHERE if self.place is None else CODES[self.place]

    @property
    def who(self) -> int | None:
        return None if self.number == NOBODY else self.number % 4

    @property
    def day(self) -> date:
        return date(2026, 1 + self.number % 4, 10 + self.number)

    @property
    def amount(self) -> str:
        return Money(self.minor, self.currency).decimal_string()

    def __str__(self) -> str:
        donor = "0099" if self.who is None else f"00{self.who}"
        amount = "many" if self.bad else self.amount
        return f"TNT,{self.number},{self.day},{donor},{self.key},{amount},{self.currency}"


ROWS = some.builds(
    Row,
    number=some.integers(min_value=0, max_value=NOBODY),
    place=some.none() | some.integers(min_value=0, max_value=2),
    minor=some.sampled_from([1, 1000, 99_999]),
    currency=CURRENCIES,
    bad=some.integers(min_value=0, max_value=4).map(lambda drawn: drawn == 0),
)
Key = tuple[str, int]
MOST = 3
"""So many files in a run; they come again and again."""


@dataclass
class File:
    """A file that was received."""

    run: ImportRun
    rows: list[Row] = field(default_factory=list)
    stands: bool = False


class Bringing(Base):
    """What somebody does with files."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[File] = []

    @precondition(lambda self: len(self.files) < MOST)
    @rule(drawn=some.lists(ROWS, min_size=1, max_size=5))
    def bring(self, drawn: list[Row]) -> None:
        """A new file, which may bring gifts that are there, the same or with other amounts."""
        content = "\n".join([HEAD, *map(str, drawn)]).encode()
        said: dict[str, Any] = {"name": "gifts.csv", "content": content, "format_name": "generic_gifts"}
        run = self.tried(receive_file, refused=False, **said, check=False)
        assert run is not None
        self.files.append(File(run, [Row(**vars(row)) for row in drawn]))
        self.apply(self.files[-1])

    @precondition(lambda self: self.files)
    @rule(data=some.data())
    def bring_again(self, data: Any) -> None:
        """A file that is there is checked and applied once more: what stands stays, what was undone comes again."""
        if file := self.chosen(data, self.files):
            self.apply(file)

    @precondition(lambda self: any(row.bad for file in self.files for row in file.rows))
    @rule(data=some.data())
    def set_right(self, data: Any) -> None:
        """The amounts that could not be read are written over, and the rest of the file comes."""
        file = self.chosen(data, [each for each in self.files if any(row.bad for row in each.rows)])
        if file is None:
            return
        file.run.refresh_from_db()  # the undo of another file sends it back to be judged
        if file.run.state == ImportRun.State.UPLOADED:
            return
        cells = {(line, "amount"): row.amount for line, row in enumerate(file.rows, start=2) if row.bad}
        self.tried(correct_rows, refused=False, run=file.run, cells=cells)
        for row in file.rows:
            row.bad = False
        self.apply(file)

    def apply(self, file: File) -> None:
        """Check and apply, as the model says: a row is new, a repeat, in conflict with what stands, or wrong, also by
        the closed month of its day. What was applied is not judged again, but where rows of it are set right.
        """
        file.run = check_import(agency=self.world.agency, run=file.run)
        new = self.new_rows(file)
        if file.run.state != ImportRun.State.CHECKED:
            assert file.stands or new == [] or all(row.bad for row in file.rows), file.run.outcome
            return
        self.there = rows_there(ROWS_THERE)
        made = self.tried(apply_import, refused=False, run=file.run)
        if made is None:
            return
        file.run, file.stands = made, True
        self.take_over(file, new)

    def new_rows(self, file: File) -> list[Row]:
        """The rows that bring a line now: none of a closed month. A key stays taken while its gift stands or was
        corrected by hand.
        """
        taken: dict[Key, Given] = {}
        for gift in self.books.gifts.values():
            if gift.number is not None and (gift.stands or gift.corrected):
                taken |= {(line.key, gift.number): gift for line in gift.lines}
        new: dict[Key, Row] = {}
        for row in file.rows:
            if not (row.bad or self.books.closed(row.day)) and (row.key, row.number) not in taken:
                new.setdefault((row.key, row.number), row)
        return list(new.values())

    def take_over(self, file: File, new: list[Row]) -> None:
        """The gifts that came: one for each number and currency, with just these lines."""
        shares: dict[tuple[int, str], list[Row]] = {}
        for row in new:
            shares.setdefault((row.number, row.currency), []).append(row)
        known = set(self.books.gifts)
        brought = Gift.objects.filter(import_id=file.run.pk, withdrawn_at=None).exclude(pk__in=known)
        gifts = {(int(gift.external_id), gift.currency): gift for gift in brought}
        assert len(brought) == len(gifts)
        assert set(gifts) == set(shares)
        for key, rows in shares.items():
            lines = [Line(row.place, row.place, row.minor, row.key) for row in rows]
            of = {"number": rows[0].number, "run": file.run.pk}
            self.keep(gifts[key], who=rows[0].who, lines=lines, posted=rows[0].day, **of)

    @precondition(lambda self: self.files)
    @rule(data=some.data())
    def undo(self, data: Any) -> None:
        """All of an import goes, unless something rests on a gift of it; then nothing."""
        file = self.chosen(data, self.files)
        if file is None:
            return
        gifts = [gift for gift in self.books.gifts.values() if gift.run == file.run.pk]
        refused = not file.stands or any(self.is_held(gift) for gift in gifts)
        undone = self.tried(undo_import, refused=refused, run=file.run, reason="try")
        if undone:
            file.run, file.stands = undone, False
            for gift in gifts:
                if gift.stands:
                    self.books.withdraw(gift, gift.posted)

    def is_held(self, gift: Given) -> bool:
        """Whether a refund, an assignment, a correction or a closed month rests on it."""
        heirs = [each for each in self.books.standing() if each.root == gift.pk and each.pk != gift.pk]
        moved = any(line.place != line.origin for line in gift.lines)
        mine = bool(self.books.refunds(gift)) or moved or self.books.closed(gift.posted)
        return bool(heirs) or (gift.stands and mine)
