"""Closing months of the ledger, and opening them again."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.periods import add_months, month_start
from funds import locks
from funds.models import PeriodClose
from funds.operations.posting import ReasonMissing
from funds.queries.periods import open_from


class NotOver(Refused):
    """Postings of today must have a place."""

    code = "month_not_over"
    field = "month"
    message = "This month is not over. Only months that have ended can be closed."


class ClosedAlready(Refused):
    """The month and all before it are closed."""

    code = "month_closed_already"
    field = "month"
    message = "This month is closed already. Choose a later one."


class NotClosed(Refused):
    """Only what is closed is opened."""

    code = "month_not_closed"
    field = "month"
    message = "This month is open. Choose one that is closed."


@transaction.atomic
def close_months(*, agency: Agency, actor: User | None, month: date, reason: str) -> PeriodClose:
    """Close a month, named by any of its days, and all before it: the ledger takes no posting of their days any more.

    Whoever is posting is waited for. Raises ReasonMissing, NotOver, ClosedAlready.
    """
    locks.hold(locks.MONTHS, agency)
    first, now = add_months(month_start(month), 1), open_from()
    if first > month_start(agency.today()):
        raise NotOver
    if now is not None and first <= now:
        raise ClosedAlready
    return written(agency, actor, first, "close months", reason)


@transaction.atomic
def open_month(*, agency: Agency, actor: User | None, month: date, reason: str) -> PeriodClose:
    """Open a closed month again, and with it all after it. Raises ReasonMissing, NotClosed."""
    locks.hold(locks.MONTHS, agency)
    first, now = month_start(month), open_from()
    if now is None or first >= now:
        raise NotClosed
    return written(agency, actor, first, "open month again", reason)


def written(agency: Agency, actor: User | None, first: date, verb: str, reason: str) -> PeriodClose:
    """The row that counts from now on."""
    if not reason.strip():
        raise ReasonMissing
    row: PeriodClose = PeriodClose.objects.create(agency=agency, open_from=first, reason=reason[:250], by=actor)
    audit.record(actor=actor, verb=verb, of=row, label=f"open from {first}", reason=reason)
    return row
