"""Choosing a giver without a script: find, then follow the link of the one who gave."""

from dataclasses import dataclass

from agencies.seats import Seat
from partners.models import GivingUnit, Partner
from partners.queries.partners import Wanted, ordered, partners_wanted

MOST = 20


@dataclass(frozen=True)
class GiverRow:
    """A giving unit to choose, with what tells it from others of its name."""

    name: str
    kind: str
    hint: str
    url: str


def givers_found(seat: Seat, q: str, here: str) -> tuple[list[GiverRow], bool]:
    """Giving units of the partners that answer to these words, at most MOST; whether there are more. Three queries."""
    found = list(
        ordered(seat, partners_wanted(seat, Wanted(q=q)), "name").prefetch_related("giving_units", "addresses")[
            : MOST + 1
        ]
    )
    rows = [giver_row(partner, unit, here) for partner in found[:MOST] for unit in partner.giving_units.all()]
    return rows, len(found) > MOST


def giver_row(partner: Partner, unit: GivingUnit, here: str) -> GiverRow:
    """One giving unit in words."""
    address = next((each for each in partner.addresses.all() if each.not_valid_since is None), None)
    hint = ", ".join(part for part in (address.city, address.region) if part) if address else ""
    return GiverRow(unit.name, str(Partner.Kind(partner.kind).label), hint, f"{here}?giver={unit.pk}")
