"""What was entered from a line of the bank is what the line brought: once it is posted, the line is matched with it."""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from funds import locks
from partners.models import BankMatch, GiftBatch, MatchPart
from partners.operations.reconciling.matching import RECONCILIATION, Explanation, Piece, match_line
from partners.queries.reconciliation.accounts import bank_accounts


def match_entered(agency: Agency, actor: User | None, batch: GiftBatch) -> BankMatch | None:
    """Match the line from which a posted batch was entered with the batch. None where that does not hold any more: the
    line is matched or gone, or the batch became another sum, currency or account; then the line waits in the queue.
    """
    line = batch.brought_by
    if line is None:
        return None
    said = Explanation(line, [Piece(MatchPart.Kind.BATCH, token=f"b{batch.pk}")], BankMatch.Basis.ENTERED)
    try:
        with transaction.atomic():
            locks.hold(RECONCILIATION, agency)
            return match_line(agency, actor, said, {each.account: each.deposit for each in bank_accounts()})
    except Refused:
        return None
