"""Money in suspense: what its tests do and look at."""

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.queries import balances
from partners import operations
from partners.models import Gift, GiftLine

KEY = "9999"


def holds(designation: Designation) -> int:
    held = balances([designation.pk]).get(designation.pk, [])
    return sum(each.minor for each in held)


def refund(agency: Agency, actor: User, line: GiftLine, minor: int, key: str) -> Gift:
    gift = Gift.objects.get(pk=line.gift_id)
    return operations.refund_gift(
        agency=agency, actor=actor, gift=gift, amount=Money(minor, "USD"), on=gift.date, reason="asked", key=key
    )
