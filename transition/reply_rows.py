"""The rows of a file of replies, checked and typed: what `transition.imports.replies` makes and
`transition.operations.bring_replies` takes.
"""

from dataclasses import dataclass
from datetime import date

from core.money import Money
from imports.reading.lists import ListWrong
from transition.models import Kind

TOLD = ("number", "giver", "promised", "account", "talks", "stands", "since")
"""What the file says of a commitment when it leaves; only the number and the giver are read again."""
REPLIES = {"agreed": Kind.AGREED, "declined": Kind.DECLINED, "stopped": Kind.STOPPED, "left": Kind.LEFT}
"""What may stand in the column `reply`."""
ANSWER = ("reply", "replied_on", "how", "last_day", "moves_on", "amount", "words")
COLUMNS = (*TOLD, *ANSWER)
"""The columns of the file, in the order in which it leaves."""
NEEDED = ("number", "reply", "replied_on")
MOST_WORDS = 400
MOST_REPLIES = 500
"""Replies in one file: each is judged by the rules of its act, in one transaction."""


class RepliesWrong(ListWrong):
    """The file cannot be brought in; `problems` are all that is wrong with it."""

    code = "replies_wrong"


@dataclass(frozen=True)
class ReplyRow:
    """A reply to what was asked of shift `shift`. `moves_on` is the day from which the commitment is to the unit, where
    the mandate was changed at once; `amount` what it is then, None for as much as before.
    """

    row: int
    shift: int
    reply: str
    on: date
    how: str = ""
    last_day: date | None = None
    moves_on: date | None = None
    amount: Money | None = None
    words: str = ""
