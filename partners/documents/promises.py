"""What files tell of commitments."""

from collections.abc import Sequence
from typing import Any

from agencies.seats import Seat
from partners.documents.cells import exact
from partners.documents.people import Facts, numbers_in_file
from partners.keys import ANONYMOUS

FACTS = (*("source", "donor_id", "designation", "amount", "currency", "frequency", "start_date", "end_date", "method"),)


def promises(seat: Seat, commitments: Sequence[Any]) -> list[Facts]:
    """What is told of these commitments of the list, in their order. At most two queries."""
    numbers = numbers_in_file(seat, {each.giving_unit.partner_id for each in commitments})
    return [
        {
            "donor_id": ANONYMOUS if each.is_hidden else numbers[each.giving_unit.partner_id],
            "designation": each.designation.code,
            "amount": exact(each.amount, each.currency),
            "currency": each.currency,
            "frequency": each.frequency,
            "start_date": each.starts_on.isoformat(),
            "end_date": each.ends_on.isoformat() if each.ends_on else "",
            "method": each.method,
        }
        for each in commitments
    ]
