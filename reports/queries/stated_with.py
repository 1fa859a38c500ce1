"""Which giving units share a statement: after "these two are one" the year ends with one statement (ADR 14).

A giving unit that a merge brought is stated with the survivor's own, as long as the merge stands and both are one
giver. Nothing is written for that: it is read from the merge, so that an undo makes them two again.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from partners.models import GivingUnit, Merge, MergeStep, Partner
from reports.models import StatementIssue

ISSUED, NOT_ONE = "issued", "not_one"
"""Why one is not stated with the other: it had a statement of the year already, or the two are not one giver."""
FEW = 1000
"""So many giving units are looked up one by one; of more all merges are read, which are fewer."""
MADE_ANOTHER = Q(before__has_key="kind") | Q(before__contains={"spouse_first_name": ""})
"""Steps by which a merge made another kind of giver of the survivor: a person became a couple."""


@dataclass(frozen=True)
class Shared:
    """Ids of giving units of a year: `into` leads from each that is stated with another to that one."""

    into: dict[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.into)

    def with_whom(self, giver: int) -> int:
        """The giving unit on whose statement the gifts of this one stand: most often its own."""
        return self.into.get(giver, giver)

    def behind(self, givers: Collection[int]) -> set[int]:
        """The giving units whose gifts stand on the statements of these."""
        wanted = set(givers)
        return (wanted - self.into.keys()) | {giver for giver, own in self.into.items() if own in wanted}

    @property
    def everybody(self) -> set[int]:
        """All who share a statement, with those on whose statement that is."""
        return {*self.into, *self.into.values()}


def shared(year: int, givers: Collection[int] | None = None) -> Shared:
    """Who shares a statement of a year: all, or at least those of the partners of these giving units. One query."""
    partners = survivors()
    if givers is not None and len(givers) <= FEW:
        partners = GivingUnit.objects.filter(pk__in=givers).values("partner")
    brought = GivingUnit.objects.filter(came_by__isnull=False, came_by__undone_at=None, partner__in=partners)
    issued = StatementIssue.objects.filter(giving_unit=OuterRef("pk"), year=year)
    found = one_giver(brought).filter(~Exists(issued))
    return Shared(dict(found.values_list("pk", "own")))


def survivors() -> Any:
    """The partners to whom a merge brought what they have, by number. To be used inside a query."""
    return Merge.objects.standing().values("loser__merged_into")


def kept_apart(year: int, giver: GivingUnit) -> str:
    """Why a giving unit that a merge brought is not stated with the survivor's own: the code of a reason; empty for one
    that is, or that no merge brought. Two queries.
    """
    if giver.came_by_id is None or giver.pk in shared(year, [giver.pk]).into:
        return ""
    return ISSUED if StatementIssue.objects.filter(giving_unit=giver, year=year).exists() else NOT_ONE


def one_giver(brought: Any) -> Any:
    """Those of these giving units that are one giver with the survivor's `own`: the same kind of giver before the merge
    and since (a couple is not one of the two), and no name that was written for receipts, unless both have the same.
    """
    own = GivingUnit.objects.filter(partner=OuterRef("partner"), came_by=None).order_by("pk")
    steps = MergeStep.objects.filter(MADE_ANOTHER, what="partner", merge__survivor=OuterRef("partner"))
    found = brought.annotate(
        own=Subquery(own.values("pk")[:1]), own_name=Subquery(own.values("name")[:1]), loser=F("came_by__loser__name")
    )
    plain = Q(name=F("loser"), own_name=F("partner__name"))
    alone = Q(partner__spouse_first_name="", came_by__loser__spouse_first_name="")
    two = ~Q(partner__spouse_first_name="") & ~Q(came_by__loser__spouse_first_name="")
    return found.filter(
        Q(name=F("own_name")) | plain,
        alone | two | Q(partner__kind=Partner.Kind.HOUSEHOLD),
        ~Exists(steps.filter(merge__undone_at=None)),
        own__isnull=False,
        partner__kind=F("came_by__loser__kind"),
    )
