"""What the memo of a row says: which gift it takes back, whether it binds a gift to a worker, whether it names a closed
unit. The last two are judged for all ways in by `partners.memos`.
"""

import re

from partners.imports.context import Context
from partners.memos import HiddenNames, WorkerNames

_NAMED_GIFT = re.compile(r"(?:gift|donation|number|no\.?|#)\s*[#:]?\s*([\w-]+)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")


def gifts_named_in(memo: str) -> tuple[str, ...]:
    """Return the words of a memo that may be a gift number, the likeliest first: "Refund of gift 4105543"."""
    return tuple(dict.fromkeys([*_NAMED_GIFT.findall(memo), *_WORD.findall(memo)]))


class MemoWords:
    """The words of memos that matter: workers' last names beside "only" and its kind, and names of closed units."""

    def __init__(self, context: Context) -> None:
        self._workers = WorkerNames(context.worker_names)
        self._hidden = HiddenNames(context.hidden_names)

    def earmarks_worker(self, memo: str) -> bool:
        """Say whether the memo makes a worker the condition of the gift."""
        return self._workers.bound_by(memo)

    def names_hidden_unit(self, memo: str) -> bool:
        """Say whether the memo holds the true name of a closed unit."""
        return self._hidden.found_in(memo)
