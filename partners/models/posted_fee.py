"""Fees of processors that stand in the ledger."""

from typing import ClassVar

from django.db import models

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from partners.models.bank_match import BankMatch


class PostedFees(OwnedQuerySet["PostedFee"]):
    """Words for lists of posted fees."""

    def standing(self) -> "PostedFees":
        """Those whose expense was not taken back."""
        return self.filter(expense__posting__reversals=None)


class PostedFee(AgencyOwned):
    """An expense that posts a fee of a match, or a designation's share of it. Taking it back reverses its posting."""

    append_only: ClassVar[bool] = True

    match = OwnedKey(BankMatch, related_name="posted_fees", db_index=False)
    expense = OwnedKey("funds.Expense", related_name="+", db_index=False)

    objects: ClassVar[Owned] = Owned.from_queryset(PostedFees)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "expense"], name="posted_fee_once")]
        indexes = [models.Index(fields=["agency", "match"], name="posted_fee_of_match")]

    def __str__(self) -> str:
        return f"fee of match {self.match_id}"
