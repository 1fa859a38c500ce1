"""Taking back a posting whole, once, with a reason."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from funds.models import Posting
from funds.operations.posting import ReasonMissing, check_day, reverse
from funds.queries.postings import is_own


class BeforeThePosting(Refused):
    """What is taken back was there first."""

    code = "reversal_before_posting"
    field = "on"
    message = "The date is before that of the posting. Choose that day or a later one."


class NotHere(Refused):
    """What a gift posted goes back with the gift, or the gift and the ledger would say two things."""

    code = "reversed_with_its_gift"
    message = (
        "This posting belongs to a gift, or is a reversal itself. Open the gift and correct it there; what was "
        "reversed by mistake is recorded anew."
    )


@transaction.atomic
def reverse_posting(
    *, agency: Agency, actor: User | None, posting: Posting, on: date, reason: str, key: str
) -> Posting:
    """Post the mirror of an opening balance, a transfer, an expense or an assessment, once per posting and idempotency
    `key`. Postings of gifts go back with their gift.

    Raises ReasonMissing, BeforeThePosting, NotHere, ReversedAlready, NotYet, MonthClosed.
    """
    if not reason.strip():
        raise ReasonMissing
    if on < posting.date:
        raise BeforeThePosting
    check_day(agency, on)

    def effect() -> dict[str, Any]:
        if not is_own(posting):
            raise NotHere
        made = reverse(agency=agency, actor=actor, posting=posting, on=on, reason=reason)
        label = f"posting {posting.pk}"
        audit.record(actor=actor, verb=f"reverse {posting.kind}", of=posting, label=label, reason=reason)
        return {"posting": made.pk}

    content = [posting.pk, on, reason]
    answer = once(agency=agency, endpoint="reverse_posting", key=key, content=content, effect=effect)
    found: Posting = Posting.objects.get(pk=answer["posting"])
    return found
