"""A file of expenses, judged as a whole: every problem at once, with row, column and remedy. Writes nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256

from core.dates import AmbiguousDate, WrongDate, parse_date
from core.money import Money, UnknownCurrency, WrongAmount, parse_amount
from funds.expense_rows import COLUMNS, LENGTHS, NEEDED, ExpenseRow
from funds.queries.expenses import KnownExpenses
from imports.reading.lists import ListLine, Problem, places_of, wrong_columns
from imports.reading.sheets import SheetRead, SheetRow, counted_day

Content = tuple[str, ...]


def judge_expenses(sheet: SheetRead, known: KnownExpenses) -> tuple[list[ExpenseRow], list[Problem]]:
    """The expenses of a file and everything that is wrong with it. With a problem nothing of it may be written."""
    places = places_of(sheet)
    problems = wrong_columns(sheet, COLUMNS, NEEDED)
    if problems:
        return [], problems
    if not sheet.rows:
        return [], [Problem(0, "", "The file has a header and no expenses. Add a row for each.")]
    lines = [ExpenseLine(row, places, known) for row in sheet.rows]
    keys = keys_of(lines)
    rows = [made for line, key in zip(lines, keys, strict=True) if (made := line.expense(key))]
    problems = [problem for line in lines for problem in line.problems]
    order = {name: place for place, name in enumerate(COLUMNS)}
    return rows, sorted(problems, key=lambda each: (each.row, order.get(each.column, -1)))


def keys_of(lines: "list[ExpenseLine]") -> list[str]:
    """The number of each expense: its own, or one made of what stands in the row and how often it stood before, so
    that the same file twice brings nothing twice.
    """
    seen: Counter[Content] = Counter()
    keys = []
    for line in lines:
        if not line.cells["id"]:
            content = tuple(line.cells.values())
            seen[content] += 1
            keys.append(f"row-{sha256('|'.join(content).encode()).hexdigest()[:48]}-{seen[content]}")
            continue
        own = ("id", line.cells["id"])
        seen[own] += 1
        if seen[own] > 1:
            line.wrong("id", f"“{line.cells['id']}” stands on an earlier row too. Give each expense its own.")
        keys.append(f"id-{line.cells['id']}")
    return keys


class ExpenseLine(ListLine):
    """One row of the file."""

    def __init__(self, row: SheetRow, places: dict[str, int], known: KnownExpenses) -> None:
        super().__init__(row, places, COLUMNS)
        self.known = known

    def expense(self, key: str) -> ExpenseRow | None:
        """The row as an expense; None, with what is wrong noted, when it is none."""
        for name, most in LENGTHS.items():
            if len(self.cells[name]) > most:
                self.wrong(name, f"This is longer than {most} characters. Shorten it.")
        on, amount = self.day(), self.money()
        designation = self.named("designation", self.known.designations, "Open the designation first")
        category = self.named("category", self.known.categories, "Open the category first")
        paid_from = self.paid_from()
        if on and amount and self.known.is_open(paid_from, amount.currency, on) is False:
            name = self.cells["paid_from"] or "The main deposit account"
            self.wrong("paid_from", f"“{name}” takes no {amount.currency} on that day. Choose another account.")
        if self.problems or not (on and amount and designation and category and paid_from):
            return None
        made = ExpenseRow(
            row=self.row,
            external_id=key,
            on=on,
            designation=designation,
            category=category,
            paid_from=paid_from,
            amount=amount,
            payee=self.cells["payee"],
            description=self.cells["description"],
            reference=self.cells["reference"],
        )
        return self.compared(made)

    def compared(self, made: ExpenseRow) -> ExpenseRow | None:
        """The expense, marked when it was brought in before; one of the same number with another content is wrong."""
        there = self.known.there.get(made.external_id)
        if there is None:
            return made
        if there != (made.on, made.designation, made.amount):
            self.wrong("id", f"“{self.cells['id']}” is another expense that was brought in before. Give it a new one.")
            return None
        return replace(made, is_there=True)

    def day(self) -> date | None:
        """The day of the expense, on which the ledger takes postings."""
        text = self.cells["date"]
        if not text:
            self.wrong("date", "The date is empty. Write the day on which it was paid, like 2025-03-14.")
            return None
        try:
            day = counted_day(text) or parse_date(text, today=self.known.today)
        except (WrongDate, AmbiguousDate) as refusal:
            self.wrong("date", str(refusal))
            return None
        if day > self.known.today:
            self.wrong("date", "The date is in the future. Enter the day on which it was paid.")
        elif self.known.open_from and day < self.known.open_from:
            self.wrong(
                "date", f"The ledger takes postings from {self.known.open_from} on. Use that day or a later one."
            )
        return day

    def money(self) -> Money | None:
        """The amount, above zero, in the currency of the row or else the agency's."""
        currency = self.cells["currency"].upper() or self.known.currency
        try:
            amount = parse_amount(self.cells["amount"], currency)
        except UnknownCurrency as refusal:
            self.wrong("currency", str(refusal))
        except WrongAmount as refusal:
            self.wrong("amount", str(refusal))
        else:
            if amount.minor > 0:
                return amount
            self.wrong("amount", "Write an amount above zero. What came back of an expense is a reversal of it.")
        return None

    def named(self, column: str, known: dict[str, int], remedy: str) -> int | None:
        """The row that a cell names by its code or name."""
        text = self.cells[column]
        found = known.get(text.casefold())
        if not text:
            self.wrong(column, f"The {column} is empty. Fill it in.")
        elif found is None:
            self.wrong(column, f"“{text}” is not known here. {remedy}, or correct the cell.")
        return found

    def paid_from(self) -> int | None:
        """The deposit account; the main one where the cell is empty."""
        if not self.cells["paid_from"]:
            return self.known.main
        return self.named("paid_from", self.known.deposits, "Open the account first")
