"""Disclosure control: when a total would tell what one member reported.
Pure functions; the words are what the publish page says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

FEWEST = 3
"""An aggregate needs at least this many contributors …"""
LARGEST_SHARE = Fraction(80, 100)
"""… and none of them above this part of the total, unless each contributor lets the audience see its own number."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member adds to an aggregate, and whether it lets the audience see that number by itself."""

    member_id: int
    amount: Decimal
    shown: bool = False


def why_not(contributions: Sequence[Contribution]) -> str:
    """Why this aggregate must not be published, in words for the coordinator; "" when it may."""
    if not contributions:
        return _("Nobody's number is in this aggregate yet: there is nothing to publish.")
    if all(contribution.shown for contribution in contributions):
        return ""
    if len(contributions) < FEWEST:
        return too_few(len(contributions))
    total = sum(contribution.amount for contribution in contributions)
    largest = max(contribution.amount for contribution in contributions)
    if total and Fraction(largest) / Fraction(total) > LARGEST_SHARE:
        return _(
            "One member's number is more than 80 % of the total, so the total would as good as show it. "
            "Publish when each contributing member has consented to show its own number to this audience."
        )
    return ""


def too_few(count: int) -> str:
    """One contributor is the total; of two, each can subtract its own number."""
    way_out = _("Wait for more reports, or ask each of them to consent to show its own number to this audience.")
    if count == 1:
        return _("Only one member has reported: an aggregate of one is that member's number.") + " " + way_out
    return (
        _("Only two members have reported: an aggregate of two would let each work out the other's number.")
        + " "
        + way_out
    )


def may_show_members(contributions: Sequence[Contribution]) -> bool:
    """Whether the consented numbers may stand beside the total: what is left after subtracting them must be safe
    itself.
    """
    shown = [contribution for contribution in contributions if contribution.shown]
    hidden = [contribution for contribution in contributions if not contribution.shown]
    return bool(shown) and (not hidden or not why_not(hidden))


def revealed_by_overlaps(
    taken: Mapping[tuple[int, int], Decimal], amounts: Mapping[int, Decimal], shown: frozenset[int]
) -> frozenset[int]:
    """The members whose number the sum of the overlaps would be, to the digit: `taken` is what each pair counted twice.

    Where the smaller number lies wholly inside the larger one, what is taken off is the smaller number itself. Readers
    can subtract the ones that are shown; what is left must be of three members or more.
    """
    exact = {pair: frozenset(member for member in pair if amounts[member] == taken[pair]) for pair in taken}
    left = [pair for pair in taken if taken[pair] and not (exact[pair] and exact[pair] <= shown)]
    if len({member for pair in left for member in pair}) >= FEWEST:
        return frozenset()
    return frozenset[int]().union(*(exact[pair] - shown for pair in left))


def revealed_by_difference(
    before: Mapping[int, Decimal], after: Mapping[int, Decimal], shown: frozenset[int]
) -> frozenset[int]:
    """The members whose number a reader learns by subtracting two revisions:
    the only one that changed, unless it shows its number.
    """
    changed = {member for member in {*before, *after} if before.get(member) != after.get(member)}
    return frozenset(changed) - shown if len(changed) == 1 else frozenset()
