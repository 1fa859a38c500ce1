"""Lines of a bank and what was posted, for tests."""

from datetime import date
from typing import Any

from accounts.models import User
from agencies.models import Agency
from funds.models import Designation
from imports.models import ImportRun
from imports.operations import receive_file
from partners.models import BankMatch, GiftBatch, GivingUnit, MatchPart, StatementLine
from partners.operations.reconciling.matching import Explanation, Piece, match_lines
from tests.partners.batched import key_in, opened, post

DAY = date(2026, 3, 4)


class Bank:
    """A bank account, a giver and a designation of one agency."""

    def __init__(self, agency: Agency, actor: User, giver: GivingUnit, place: Designation) -> None:
        self.agency, self.actor, self.giver, self.place = agency, actor, giver, place
        self.number = 0
        self.run: ImportRun = receive_file(agency=agency, actor=actor, name="bank.csv", content=b"x", check=False)

    def next(self) -> int:
        """A number that was not used yet."""
        self.number += 1
        return self.number

    def line(self, minor: int, on: date = DAY, **fields: Any) -> StatementLine:
        """A line of the bank."""
        facts = {"account": "DE0001", "reference": f"r{self.next()}", "currency": "USD", **fields}
        made: StatementLine = StatementLine.objects.create(import_run=self.run, amount=minor, date=on, **facts)
        return made

    def batch(self, minor: int, on: date = DAY, **head: Any) -> GiftBatch:
        """A posted batch of one gift."""
        key = f"k{self.next()}"
        made = opened(self.agency, self.actor, 1, minor, key=key, deposited_on=on, **head)
        key_in(self.agency, self.actor, made, self.giver, (self.place, minor), on=on)
        return post(self.agency, self.actor, made, key=f"post-{key}")

    def match(self, line: StatementLine, *tokens: str, key: str = "", **said: Any) -> BankMatch:
        """Match a line with all that is open of batches (b1) and gifts (g1); `more` are other pieces."""
        kinds = {"b": MatchPart.Kind.BATCH, "g": MatchPart.Kind.GIFT}
        pieces = [*(Piece(kinds[token[0]], token=token) for token in tokens), *said.pop("more", ())]
        (made,) = match_lines(
            agency=self.agency,
            actor=self.actor,
            explanations=[Explanation(line, pieces, **said)],
            key=key or f"m{self.next()}",
        )
        return made
