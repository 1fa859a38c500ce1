"""From when on receipts are given here."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from reports.models import ReceiptStart, StatementIssue
from reports.queries.standing import receipts_from


class StatementsStand(Refused):
    """What was receipted here cannot have been receipted elsewhere."""

    code = "statements_stand"
    field = "on"
    message = "Statements were issued here for this time already. Choose a day before the first of their years."


@transaction.atomic
def set_receipt_start(*, agency: Agency, actor: User, on: date) -> ReceiptStart | None:
    """Say that gifts before `on` were receipted elsewhere. None where that was said before. Raises StatementsStand."""
    if on == receipts_from():
        return None
    first = StatementIssue.objects.order_by("year").values_list("year", flat=True).first()
    if first is not None and on > date(first, 1, 1):
        raise StatementsStand
    made: ReceiptStart = ReceiptStart.objects.create(agency=agency, on=on, set_by=actor)
    audit.record(actor=actor, verb="set receipt start", of=made, label=str(on), changes={"on": str(on)})
    return made
