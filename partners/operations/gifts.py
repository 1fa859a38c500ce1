"""Recording a gift by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from agencies import audit
from agencies.days import day_in_words
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Designation
from funds.operations.accounts import check_account
from funds.operations.posting import check_month
from partners.goods import GOODS_FIELDS, Goods, check_goods
from partners.models import Gift, GivingUnit
from partners.operations.gift_posting import BY_HAND, Part, post_gift


class NothingGiven(Refused):
    """A gift has at least one line, each of more than nothing, all of one currency."""

    code = "nothing_given"
    message = "Enter at least one line with a designation and an amount above zero, all in one currency."


class InTheFuture(Refused):
    """A gift was received on a day that has come."""

    code = "gift_in_the_future"
    field = "date"
    message = "The date is in the future. Enter the day on which the gift was made."


class DepositedLater(Refused):
    """What was deposited is there."""

    code = "deposit_in_the_future"
    field = "posted_on"
    message = "The day of the deposit is in the future. Enter the day on which the money came in, or leave it empty."

    def __init__(self, field: str = field) -> None:
        self.field = field
        super().__init__()


class DesignationTwice(Refused):
    """One designation stands once in a gift."""

    code = "designation_twice"
    message = "The same designation stands on two lines. Put both amounts into one line."


class DesignationClosed(Refused):
    """By hand a designation is chosen only for days on which it is open. Its name may be withheld, its code is not."""

    code = "designation_closed"
    field = "designation"
    message = "A designation is not open on that day. Choose one that is, or correct the date."


class UnknownMethod(Refused):
    """By hand a gift came in one of a few ways; files bring words of their own."""

    code = "gift_method"
    status = 422
    field = "method"
    message = f"This way of giving is not known. Use one of: {', '.join(Gift.Method.values)}, or leave it empty."


class NotByHand(Refused):
    """What goes back is recorded as a refund of its gift."""

    code = "gift_kind"
    status = 422
    field = "kind"
    message = "A gift of this kind is not recorded so. Refunds and chargebacks are recorded on the gift they take back."


class WrongTendered(Refused):
    """What was tendered is told apart from what was booked only where the currencies differ."""

    code = "tendered_amount"
    status = 422
    field = "tendered_amount"
    message = (
        "Enter a tendered amount above zero, in another currency than was booked; in the same one it is the amount."
    )


KINDS_BY_HAND = (Gift.Kind.GIFT, Gift.Kind.STOCK, Gift.Kind.MATCHING, Gift.Kind.IN_KIND)


@transaction.atomic
def record_gift(
    *,
    agency: Agency,
    actor: User | None,
    giving_unit: GivingUnit,
    on: date,
    parts: Sequence[Part],
    key: str,
    method: str = "",
    reference: str = "",
    tendered: Money | None = None,
    kind: str = Gift.Kind.GIFT,
    deposit: Account | None = None,
    posted_on: date | None = None,
    **fields: Any,
) -> Gift:
    """Record a gift and post it to the ledger, once per idempotency `key`.

    Amounts are in the currency of the account of their `deposit`, the main one if none is named; `tendered` is what
    the giver gave, kept and never posted. `on` decides the year of statements, `posted_on`, the day of the deposit,
    the month of the ledger. `fields` are further columns of the gift: description, in_return, fair_market_value (minor
    units of the lines' currency), intangible, soft_partner with soft_kind, anonymous.

    Raises NothingGiven, DesignationTwice, InTheFuture, DesignationClosed, UnknownMethod, NotByHand, WrongTendered,
    NotThisAccount, MonthClosed, and what `check_goods` and `once` raise.
    """
    check_parts(parts, on, agency.today())
    check_deposit(agency, parts[0].amount.currency, deposit, posted_on or on)
    check_head(parts, kind=kind, method=method, tendered=tendered)
    check_told(parts, {**fields, "kind": kind})
    head: dict[str, Any] = {"method": method, "reference": reference, "kind": kind, "tendered": tendered}
    banked: dict[str, Any] = {"deposit": deposit, "posted_on": posted_on}

    def effect() -> dict[str, Any]:
        check_open((part.designation for part in parts), on)
        gift = post_gift(
            agency=agency,
            actor=actor,
            giving_unit=giving_unit,
            on=on,
            parts=parts,
            source=BY_HAND,
            external_id=f"{agency.pk}-{key}"[:80],
            **head,
            **banked,
            **fields,
        )
        audit.record(actor=actor, verb="record gift", of=gift, label=f"gift {gift.pk}")
        return {"gift": gift.pk}

    content = asked(giving_unit, on, parts, head | {"fields": details(fields)})
    if deposit or posted_on:
        content["deposit"] = [deposit and deposit.pk, posted_on]
    answer = once(agency=agency, endpoint="record_gift", key=key, content=content, effect=effect)
    found: Gift = Gift.objects.get(pk=answer["gift"])
    return found


def asked(giving_unit: GivingUnit, on: date, parts: Sequence[Part], head: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared when a form comes twice."""
    tendered: Money | None = head["tendered"]
    return {
        "giver": giving_unit.pk,
        "on": on,
        "parts": [(part.designation_key, part.amount.minor, part.amount.currency, part.intent) for part in parts],
        **head,
        "tendered": tendered and (tendered.minor, tendered.currency),
        "kind": str(head["kind"]),
    }


def details(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Further fields of a gift as they are compared when its form comes twice: rows by their ids."""
    return {name: value.pk if isinstance(value, Model) else value for name, value in fields.items()}


def check_told(parts: Sequence[Part], fields: Mapping[str, Any]) -> None:
    """What stands beside the lines of a gift for its receipt, by the names of its columns. Raises what `check_goods`
    raises.
    """
    told = {name: fields[name] for name in GOODS_FIELDS if name in fields}
    check_goods(Goods(**told), sum(part.amount.minor for part in parts))


def check_open(designations: Iterable[Designation | None], on: date) -> None:
    """Raises DesignationClosed unless all of these take gifts on that day, as they stand in the database now. Files may
    bring gifts for closed ones.
    """
    named = [each.pk for each in designations if each]
    for each in Designation.objects.select_related("agency").filter(pk__in=named).order_by("code"):
        check_takes(each, on)


def check_takes(designation: Designation, on: date) -> None:
    """Raises DesignationClosed unless this one, as it was read, takes gifts on that day."""
    if not (designation.opened_on <= on and (designation.closed_on is None or on < designation.closed_on)):
        raise DesignationClosed(
            f"Designation {designation.code} is not open on {day_in_words(designation.agency, on)}. Choose one that is "
            "open on that day, or correct the date."
        )


def check_parts(parts: Sequence[Part], on: date, today: date) -> None:
    """The rules of a gift that is entered by hand."""
    if not parts or any(part.amount.minor <= 0 for part in parts) or len({part.amount.currency for part in parts}) > 1:
        raise NothingGiven
    if len({part.designation_key for part in parts}) < len(parts):
        raise DesignationTwice
    if on > today:
        raise InTheFuture


def check_deposit(
    agency: Agency, currency: str, deposit: Account | None, day: date, field: str = DepositedLater.field
) -> None:
    """Raises DepositedLater, MonthClosed and NotThisAccount unless money of a currency can be booked on this account
    and day; `field` is what the caller calls the day.
    """
    if day > agency.today():
        raise DepositedLater(field)
    check_month(agency, day, field)
    if deposit is not None:
        check_account(deposit, currency, day, "deposit")


def check_head(
    parts: Sequence[Part], *, kind: str, method: str, tendered: Money | None, stands: Gift | None = None
) -> None:
    """The rules of what is entered by hand beside the lines. What the gift that `stands` has from its file may stay."""
    if kind not in KINDS_BY_HAND and not (stands and stands.amount > 0 and kind == stands.kind):
        raise NotByHand
    if method and method not in Gift.Method.values and not (stands and method == stands.method):
        raise UnknownMethod
    total = sum(part.amount.minor for part in parts)
    if tendered and (
        tendered.minor <= 0 or (tendered.currency == parts[0].amount.currency and tendered.minor != total)
    ):
        raise WrongTendered
