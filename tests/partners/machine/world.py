"""The agency that the machine starts from, made once; every run begins there again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from agencies.models import Agency
from funds.models import Account, Designation
from funds.operations import open_category, open_designation
from funds.queries import accounts_of, deposit_account, released_account, suspense_account
from partners.models import ExternalId, GivingUnit, Partner
from partners.operations import add_partner
from tests.partners.machine.books import Place

CODES = ("1", "2", "3")
NAMES = ("Ruth", "Rut", "R", "Ruthie")
PEOPLE = len(NAMES)


@dataclass(frozen=True)
class World:
    """Three designations; four people, each with a giving unit and a number; accounts to pay from."""

    agency: Agency
    actor: User
    funds: list[Designation]
    people: list[Partner]
    units: list[GivingUnit]
    numbers: list[ExternalId]
    category: Account
    deposit: Account
    places: dict[int, Place]
    today: date

    @property
    def act(self) -> dict[str, Any]:
        """Who acts where."""
        return {"agency": self.agency, "actor": self.actor}

    def place_of(self, designation: int | None) -> Place:
        return None if designation is None else [fund.pk for fund in self.funds].index(designation)


def make_world(agency: Agency, actor: User) -> World:
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    funds = [open_designation(**act, code=code, public_name=code, kind="project") for code in CODES]
    people = [
        add_partner(**act, kind="person", first_name=name, last_name="Moab", number=("TNT", f"00{number}"))
        for number, name in enumerate(NAMES)
    ]
    accounts = accounts_of([fund.pk for fund in funds])
    places: dict[int, Place] = {accounts[fund.pk]: place for place, fund in enumerate(funds)}
    places[suspense_account().pk] = None
    released_account()
    return World(
        agency=agency,
        actor=actor,
        funds=funds,
        people=people,
        units=[GivingUnit.objects.get(partner=partner) for partner in people],
        numbers=[ExternalId.objects.get(partner=partner) for partner in people],
        category=open_category(**act, name="Travel"),
        deposit=deposit_account(),
        places=places,
        today=agency.today(),
    )
