"""What finance does with the ledger: accounts, the office's share, expenses, a transfer of the board, a journal."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from core.periods import add_months, month_start
from funds import operations as funds
from funds.models import Account, Designation
from funds.queries import balances, deposit_account
from funds.queries.movable import movable
from ssu.models import Unit

CATEGORIES = (("Teaching", "6100"), ("Training", "6200"), ("Materials", "6300"), ("Team care", "6400"))
"""As the lines of the budgets are called."""
PAID = (("Print shop at the ferry", 18450), ("Guest house Anan", 42000), ("Bus company", 9320), ("Radio parts", 27999))
MONTHS = 4


def keep_the_books(agency: Agency, actor: User, units: list[Unit], today: date) -> None:
    """The last months as finance left them; the month before last is closed."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    general = Designation.objects.filter(kind=Designation.Kind.GENERAL).order_by("code").first()
    own = list(Designation.objects.filter(unit__in=units, kind=Designation.Kind.UNIT).order_by("code"))
    main = deposit_account()
    funds.edit_account(**act, account=main, holder="bank", institution="Port Alderney Savings", ledger_code="1010")
    funds.open_deposit_account(
        **act, name="Card processor", holder="processor", institution="Clearway Payments", currency="USD"
    )
    categories = [funds.open_category(**act, name=name, ledger_code=code) for name, code in CATEGORIES]
    spend(agency, actor, own, categories, main, today)
    if general is not None:
        share(agency, actor, general, today)
        give_on(agency, actor, general, own, today)
    first = add_months(month_start(today), -3)
    funds.export_journal(**act, first_day=first, last_day=add_months(first, 1) - timedelta(days=1), key="demo")
    funds.close_months(**act, month=first, reason="Agreed with the bookkeeper")


def spend(
    agency: Agency, actor: User, own: list[Designation], categories: list[Account], main: Account, today: date
) -> None:
    """Expenses of each unit in the last months."""
    for number, designation in enumerate(own):
        for back in range(1, MONTHS):
            payee, minor = PAID[(number + back) % len(PAID)]
            funds.record_expense(
                agency=agency,
                actor=actor,
                designation=designation,
                category=categories[(number + back) % len(categories)],
                paid_from=main,
                amount=Money(minor + 100 * number, agency.base_currency),
                on=add_months(month_start(today), -back) + timedelta(days=3 + number),
                payee=payee,
                reference=f"R-{back}{number:02d}",
                key=f"demo-{designation.pk}-{back}",
            )


def share(agency: Agency, actor: User, general: Designation, today: date) -> None:
    """Ten percent of what comes for units goes to the general fund, from a year ago on; two months were posted."""
    begin = add_months(month_start(today), -12)
    rule: dict[str, Any] = {"name": "Share of the office", "percent": Decimal(10), "kind": Designation.Kind.UNIT}
    funds.add_rule(agency=agency, actor=actor, destination=general, starts_on=begin, **rule)
    for back in (3, 2):
        month = add_months(month_start(today), -back)
        funds.assess_month(agency=agency, actor=actor, month=month, key=f"demo-{month}")


def give_on(agency: Agency, actor: User, general: Designation, own: list[Designation], today: date) -> None:
    """The board gives a part of the general fund to the unit that holds least."""
    currency, on = agency.base_currency, add_months(month_start(today), -1) + timedelta(days=14)
    free = movable(general, currency, on).free
    held = balances([each.pk for each in own])
    poorest = min(own, key=lambda each: sum(amount.minor for amount in held.get(each.pk, [])), default=None)
    if poorest is not None and free.minor > 0:
        funds.transfer(
            agency=agency,
            actor=actor,
            origin=general,
            destination=poorest,
            amount=Money(min(free.minor, 250000), currency),
            on=on,
            resolution=f"Board minutes {on:%Y-%m}, item 4",
            resolved_on=on - timedelta(days=2),
            key="demo",
        )
