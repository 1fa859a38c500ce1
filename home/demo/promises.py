"""Commitments of the demo: kept, late by every step, changed, resumed, ended, and one that is still to begin."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.money import Money, parse_amount
from funds.models import Designation
from home.demo import giving
from partners import operations as partners
from partners.models import Commitment, ExternalId, GivingUnit
from partners.operations.commitment_events import find_events


def promise(agency: Agency, actor: User, today: date) -> None:
    """The promises that still run, and what became of some."""
    numbers = dict(ExternalId.objects.filter(source="HLM").values_list("norm", "partner_id"))
    givers = {giver.partner_id: giver for giver in GivingUnit.objects.exclude(partner=None)}
    funds = {each.code: each for each in Designation.objects.all()}
    made = []
    for row in giving.open_promises():
        giver = givers.get(numbers.get(row["donor_id"].lstrip("0"), 0))
        if giver and row["designation"] in funds:
            commitment = partners.add_commitment(
                agency=agency,
                actor=actor,
                giving_unit=giver,
                designation=funds[row["designation"]],
                amount=parse_amount(row["amount"], row["currency"]),
                frequency=row["frequency"],
                starts_on=date.fromisoformat(row["start_date"]),
                method=row["method"],
            )
            made.append(commitment)
    change_some(agency, actor, [each for each in made if each.frequency == "monthly"][:60], today)


def change_some(agency: Agency, actor: User, monthly: list[Commitment], today: date) -> None:
    """One gives half as much again since a month; one ended, one ended and came back, one begins anew next month."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    grown, gone, back, later = monthly[3], monthly[17], monthly[29], monthly[41]
    more = Money(grown.amount * 3 // 2, grown.currency)
    partners.change_commitment(
        **act, commitment=grown, amount=more, frequency="monthly", starts_on=today - timedelta(days=31)
    )
    partners.end_commitment(**act, commitment=gone, on=today - timedelta(days=20), reason="Lost their work")
    for each, since in ((back, today - timedelta(days=10)), (later, today + timedelta(days=30))):
        partners.end_commitment(**act, commitment=each, on=today - timedelta(days=70), reason="Moved house")
        partners.resume_commitment(
            **act, commitment=each, amount=Money(each.amount, each.currency), frequency="monthly", starts_on=since
        )


def look_at_promises(agency: Agency) -> None:
    """What the clock finds each morning."""
    find_events(agency=agency)
