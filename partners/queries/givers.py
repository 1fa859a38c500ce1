"""Finding who gave by what one knows of them, for whoever records gifts."""

from typing import Any

from django.db.models import Prefetch

from agencies.seats import Seat
from partners.models import Address, ExternalId, GivingUnit
from partners.queries.partners import Wanted, ordered, partners_wanted

MOST = 8


def givers_answering(seat: Seat, words: str, most: int = MOST) -> list[Any]:
    """Partners that answer to a part of a name, an e-mail, a telephone, a number or a check number, at most so many,
    each with its giving units, addresses and numbers. Four queries.
    """
    found = ordered(seat, partners_wanted(seat, Wanted(q=words)), "name")
    lists = (
        Prefetch("giving_units", GivingUnit.objects.own_first()),
        Prefetch("addresses", Address.objects.order_by("pk")),
        Prefetch("external_ids", ExternalId.objects.order_by("pk")),
    )
    return list(found.prefetch_related(*lists)[:most])


def giver_named(seat: Seat, words: str) -> list[GivingUnit]:
    """The giving units that typed words may mean: those with exactly this name or number, else all who answer."""
    said = words.strip().casefold()
    units = [(partner, unit) for partner in givers_answering(seat, said) for unit in partner.giving_units.all()]
    exact = [unit for partner, unit in units if said in names_of(partner, unit)]
    return exact or [unit for _, unit in units]


def names_of(partner: Any, unit: GivingUnit) -> set[str]:
    """What a giver is called and numbered, in small letters."""
    return {
        unit.name.casefold(),
        partner.name.casefold(),
        *(each.norm.casefold() for each in partner.external_ids.all()),
    }
