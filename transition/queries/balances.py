"""What workers' accounts hold beside the transition: nothing of it moves by itself."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agencies.seats import Seat
from core.money import Money
from funds.models import Designation, OpeningBalance, Transfer
from funds.models.discretion import shown_designation_name
from funds.queries.movable import movable_of
from transition.models import Plan


@dataclass(frozen=True)
class Resolved:
    """Money that a board's resolution moved. `other` is where it went, or what paid for a deficit; `covers` the part
    that did.
    """

    other: str
    amount: Money
    resolution: str
    resolved_on: date
    moved_on: date
    posting_id: int
    covers: Money


@dataclass(frozen=True)
class Balance:
    """A worker's account in one currency. `held` is below zero for a deficit; `stays` was given with a stated intent
    and is not spent, `free` may move if the board resolves so.
    """

    account_id: int
    code: str
    name: str
    held: Money
    stays: Money
    free: Money
    opening: Money | None = None
    opened_on: date | None = None
    away: list[Resolved] = field(default_factory=list)
    covered: list[Resolved] = field(default_factory=list)

    @property
    def state(self) -> str:
        """`deficit`: below zero, somebody has to pay; `moved`: a resolution was carried out and nothing more may move;
        `nothing`: there is nothing to decide; `stays`: what is there stays until a board resolves otherwise.
        """
        if self.held.minor < 0:
            return "deficit"
        if not self.free.minor:
            return "moved" if self.away else "nothing"
        return "stays"


def balances_of(seat: Seat, plan: Plan) -> list[Balance]:
    """The accounts of the unit's workers that ever held anything, by code and currency. Nine queries."""
    accounts = Designation.objects.filter(unit=plan.unit_id, kind=Designation.Kind.WORKER)
    rows = list(accounts.annotate(shown_name=shown_designation_name(seat)).order_by("code"))
    ids = [each.pk for each in rows]
    found, openings = movable_of(ids, plan.agency.today()), openings_of(ids)
    away, covered = resolved(seat, ids, "origin"), resolved(seat, ids, "destination")
    made = []
    for each in rows:
        for key in sorted(key for key in found if key[0] == each.pk):
            opening = openings.get(key)
            made.append(
                Balance(
                    each.pk,
                    each.code,
                    each.shown_name,
                    found[key].held,
                    found[key].kept,
                    found[key].free,
                    Money(opening.amount, opening.currency) if opening else None,
                    opening.posting.date if opening else None,
                    away.get(key, []),
                    [one for one in covered.get(key, []) if one.covers.minor],
                )
            )
    return made


def openings_of(ids: Collection[int]) -> dict[tuple[int, str], Any]:
    """The opening balances that stand, by designation and currency. One query."""
    rows = OpeningBalance.objects.filter(designation__in=ids, posting__reversals=None).select_related("posting")
    return {(each.designation_id, each.currency): each for each in rows}


def resolved(seat: Seat, ids: Collection[int], end: str) -> dict[tuple[int, str], list[Resolved]]:
    """The transfers that stand from (`origin`) or to (`destination`) designations, by it and currency. One query."""
    other = "destination" if end == "origin" else "origin"
    rows = Transfer.objects.filter(**{f"{end}__in": ids}, posting__reversals=None).select_related("posting", other)
    named = rows.annotate(other_name=shown_designation_name(seat, other))
    found: dict[tuple[int, str], list[Resolved]] = {}
    for row in named.order_by("pk"):
        told = Resolved(
            other=f"{getattr(row, other).code} {row.other_name}",
            amount=Money(row.amount, row.currency),
            resolution=row.resolution,
            resolved_on=row.resolved_on,
            moved_on=row.posting.date,
            posting_id=row.posting_id,
            covers=Money(row.covers, row.currency),
        )
        found.setdefault((getattr(row, f"{end}_id"), row.currency), []).append(told)
    return found
