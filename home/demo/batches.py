"""The mail of two days: one batch is posted, the other is half keyed."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from partners import operations as partners
from partners.models import GivingUnit

CHECKS = (5000, 12500, 3500, 25000, 10000, 7500, 40000, 6000)
KEYED = 5  # of the second batch, the last of whose checks is from nobody known


def key_the_mail(agency: Agency, actor: User, today: date) -> None:
    """Eight checks of last week stand in the ledger; of yesterday's eight five are keyed."""
    givers = list(GivingUnit.objects.filter(is_unidentified=False).order_by("pk")[: len(CHECKS)])
    places = list(
        Designation.objects.open_on(today).filter(kind__in=("unit", "general")).order_by("code")[: len(CHECKS)]
    )
    if len(givers) < len(CHECKS) or not places:
        return
    last_week = opened(agency, actor, today - timedelta(days=7), "Mail of last week")
    key(agency, actor, last_week, givers, places, len(CHECKS))
    partners.post_batch(agency=agency, actor=actor, batch=last_week, key="demo")
    yesterday = opened(agency, actor, today - timedelta(days=1), "Mail of yesterday")
    key(agency, actor, yesterday, [*givers[2:], None], places, KEYED)


def opened(agency: Agency, actor: User, day: date, title: str) -> Any:
    """A batch of all the checks, in the agency's own currency."""
    total = Money(sum(CHECKS), agency.base_currency)
    head = partners.Head(
        title=title, deposited_on=day, expected_count=len(CHECKS), expected_total=total, method="check"
    )
    return partners.open_batch(agency=agency, actor=actor, head=head, key=f"demo-{day}")


def key(agency: Agency, actor: User, batch: Any, givers: list[Any], places: list[Designation], count: int) -> None:
    """The first checks of a batch; one of them goes to two places."""
    for number, minor in enumerate(CHECKS[:count]):
        place = places[number % len(places)]
        parts = [partners.Part(place, Money(minor, batch.currency))]
        other = places[(number + 1) % len(places)]
        if number == 3 and other != place:
            parts = [partners.Part(each, Money(minor // 2, batch.currency)) for each in (place, other)]
        keyed = partners.Keyed(
            giving_unit=givers[-1] if number == count - 1 else givers[number],
            on=batch.deposited_on,
            parts=parts,
            method="check",
            reference=str(1040 + number * 7 + batch.number),
        )
        partners.save_row(agency=agency, actor=actor, batch=batch, key=f"demo-{number}", keyed=keyed)
