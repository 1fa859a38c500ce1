"""Posting the fee that a processor kept back of a line, and taking that back (ADR 15)."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.money import Money
from funds import locks
from funds.models import Account, Designation, Expense
from funds.operations import record_expense, reverse_posting
from funds.shares import in_proportion
from partners.models import BankMatch, PostedFee
from partners.operations.reconciling.matching import RECONCILIATION
from partners.operations.reconciling.refusals import FeeIsPosted, NobodyBears, NoFee, NoPostedFee, TakenBack
from partners.queries.reconciliation.fees import deposits_of, fee_of, standing_fees, weights_of

Share = tuple[int, int, int]
"""Designation, deposit account, minor units."""


@transaction.atomic
def post_fee(
    *,
    agency: Agency,
    actor: User | None,
    match: BankMatch,
    bearer: Designation | None,
    category: Account,
    on: date,
    key: str,
) -> list[PostedFee]:
    """Post what was kept back of a line as expenses, paid from the deposit accounts that hold its gifts, so that these
    then hold what the bank holds. It is borne by `bearer`, or without one by the designations of the gifts in
    proportion: the shares sum to the fee. Gifts and their receipts stay at what was given. Once per `key`; a fee stands
    in the ledger once, whoever asks at the same time.

    Raises TakenBack, FeeIsPosted, NoFee, NobodyBears, and what `record_expense` raises.
    """
    content = [match.pk, bearer.pk if bearer else None, category.pk, on]

    def effect() -> dict[str, Any]:
        locks.hold(RECONCILIATION, agency)
        locked = BankMatch.objects.select_related("line").get(pk=match.pk)
        if locked.undone_at is not None:
            raise TakenBack
        if standing_fees(locked):
            raise FeeIsPosted
        before = PostedFee.objects.filter(match=locked).count()
        made = []
        for number, share in enumerate(shares_of(locked, bearer), before):
            expense = expense_of(agency, actor, locked, share, category, on, f"fee {locked.pk}/{number}")
            made.append(PostedFee.objects.create(agency=agency, match=locked, expense=expense))
        changes = {"amount": Money(fee_of(locked), locked.line.currency).decimal_string(), "shares": len(made)}
        audit.record(actor=actor, verb="post fee", of=locked, label=f"statement line {locked.line_id}", changes=changes)
        return {"fees": [each.pk for each in made]}

    answer = once(agency=agency, endpoint="post_fee", key=key, content=content, effect=effect)
    return list(PostedFee.objects.filter(pk__in=answer["fees"]).select_related("expense").order_by("pk"))


def shares_of(match: BankMatch, bearer: Designation | None) -> list[Share]:
    """Who pays how much from where: the shares sum to the fee. Raises NoFee, NobodyBears."""
    fee = fee_of(match)
    if fee <= 0:
        raise NoFee
    weights = {(bearer.pk, place): size for place, size in deposits_of(match).items()} if bearer else weights_of(match)
    if not weights:
        raise NobodyBears
    parts = in_proportion(fee, list(weights.values()))
    return [(designation, place, part) for (designation, place), part in zip(weights, parts, strict=True) if part]


def expense_of(
    agency: Agency, actor: User | None, match: BankMatch, share: Share, category: Account, on: date, key: str
) -> Expense:
    """One share in the ledger."""
    designation, place, minor = share
    return record_expense(
        agency=agency,
        actor=actor,
        designation=Designation.objects.get(pk=designation),
        category=category,
        paid_from=Account.objects.get(pk=place),
        amount=Money(minor, match.line.currency),
        on=on,
        key=key,
        payee=match.payout_account,
        description="Fee of a processor",
        reference=match.payout,
    )


@transaction.atomic
def take_fee_back(
    *, agency: Agency, actor: User | None, match: BankMatch, on: date, reason: str, key: str
) -> list[PostedFee]:
    """Reverse what stands in the ledger of a match's fee, all shares or none, once per `key`. Raises NoPostedFee, and
    what `reverse_posting` raises.
    """

    def effect() -> dict[str, Any]:
        locks.hold(RECONCILIATION, agency)
        standing = standing_fees(match)
        if not standing:
            raise NoPostedFee
        for each in standing:
            said: dict[str, Any] = {"on": on, "reason": reason, "key": f"fee {each.pk} back"}
            reverse_posting(agency=agency, actor=actor, posting=each.expense.posting, **said)
        label = f"statement line {match.line_id}"
        audit.record(actor=actor, verb="take fee back", of=match, label=label, reason=reason)
        return {"fees": [each.pk for each in standing]}

    answer = once(agency=agency, endpoint="take_fee_back", key=key, content=[match.pk, on, reason], effect=effect)
    return list(PostedFee.objects.filter(pk__in=answer["fees"]).order_by("pk"))
