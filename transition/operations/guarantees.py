"""The agency's word to its workers."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from funds.models import Designation
from transition.models import Guarantee, Plan
from transition.operations.plans import held, note


class NotAWorkersAccount(Refused):
    """Only who had an account of their own is affected."""

    code = "guarantee_account"
    field = "account"
    message = "Choose the account of a worker of this unit."


class ToldAhead(Refused):
    """What was said is in the past."""

    code = "guarantee_told"
    field = "told_on"
    message = "This day is still to come. Tell the worker first, then write it down."


class HoldsNoMore(Refused):
    """A guarantee looks ahead."""

    code = "guarantee_until"
    field = "until"
    message = "This day is over. Until when are pay and benefits guaranteed?"


@transaction.atomic
def guarantee(
    *,
    agency: Agency,
    actor: User | None,
    plan: Plan,
    account: Designation,
    how: str,
    until: date,
    given_by: str,
    told_on: date,
) -> Guarantee:
    """Write down how pay and benefits of an affected worker are guaranteed; it takes the place of the word before.
    Raises NotAWorkersAccount, ToldAhead, HoldsNoMore, PlanOver.
    """
    found = held(plan)
    if account.kind != Designation.Kind.WORKER or account.unit_id != found.unit_id:
        raise NotAWorkersAccount
    if told_on > agency.today():
        raise ToldAhead
    if until < agency.today():
        raise HoldsNoMore
    standing = Guarantee.objects.filter(plan=found, account=account, ended_at=None)
    standing.update(ended_at=timezone.now(), ended_by=actor)
    made: Guarantee = Guarantee.objects.create(
        agency=agency,
        plan=found,
        account=account,
        how=how.strip()[:400],
        until=until,
        given_by=given_by.strip()[:120],
        told_on=told_on,
        recorded_by=actor,
    )
    note(actor, "guarantee pay", found, account=account.code, until=str(until))
    return made
