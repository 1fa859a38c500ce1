"""Postings, and what of this app they rest on."""

from collections.abc import Collection
from typing import Any

from agencies.seats import Seat
from funds.models import AssessmentRun, Designation, Expense, ExportedPosting, OpeningBalance, Posting, Transfer
from funds.models.discretion import is_withheld

OWN = (OpeningBalance, Transfer, Expense, AssessmentRun)
"""What a posting of this app rests on; all else rests on gifts."""


def is_own(posting: Posting) -> bool:
    """Whether the posting rests on something of the ledger itself, and not on a gift."""
    return any(model.objects.filter(posting=posting).exists() for model in OWN)


def words_are_withheld(seat: Seat, posting: Posting) -> bool:
    """Whether the posting moves money of a unit or worker closed to the seat, so that free text about it is kept back
    (trust rule T6).
    """
    moved = Designation.objects.filter(accounts__entries__posting=posting).annotate(closed=is_withheld(seat))
    return bool(moved.filter(closed=True).exists())


def document_of(posting: Posting) -> Any:
    """The opening balance, transfer, expense or run that the posting, or what it reverses, rests on; else None."""
    of = posting.reverses_id or posting.pk
    found = (model.objects.filter(posting=of).first() for model in OWN)
    return next((each for each in found if each is not None), None)


def journals_of(posting_ids: Collection[int]) -> dict[int, int]:
    """The number of the journal in which each of these postings stands."""
    rows = ExportedPosting.objects.filter(posting__in=posting_ids)
    return dict(rows.values_list("posting_id", "export__number"))


def references_of(posting_ids: Collection[int]) -> dict[int, str]:
    """What the postings of this app rest on, in a word: a receipt's number, a resolution, the month of a run. Three
    queries.
    """
    receipts = Expense.objects.filter(posting__in=posting_ids).exclude(reference="")
    resolutions = Transfer.objects.filter(posting__in=posting_ids)
    months = AssessmentRun.objects.filter(posting__in=posting_ids)
    return {
        **dict(receipts.values_list("posting_id", "reference")),
        **dict(resolutions.values_list("posting_id", "resolution")),
        **{posting: f"{month:%Y-%m}" for posting, month in months.values_list("posting_id", "month")},
    }
