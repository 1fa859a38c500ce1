"""What a journal tells of the postings of gifts: their batch, and whether they gave money back."""

from collections.abc import Collection

from funds.batches import Told
from partners.models import Gift
from partners.queries.origins import TAKEN_BACK


def batches_behind(posting_ids: Collection[int]) -> dict[int, Told]:
    """The number of the batch in which each posting's gift came, and "refund" or "chargeback" where it is one. One
    query.
    """
    rows = Gift.objects.filter(posting__in=posting_ids).values_list("posting", "batch__number", "kind")
    return {posting: Told(number, str(kind) if kind in TAKEN_BACK else "") for posting, number, kind in rows}
