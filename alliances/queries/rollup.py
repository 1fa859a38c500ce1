"""What a period adds up to for one audience: from the reports that count, the consents in force and the overlaps that
are settled.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from alliances.arithmetic import Figure, Kind, Overlap, Resolution, Total, across_members
from alliances.disclosure import Contribution
from alliances.models import (
    WITH_VALUE,
    Alliance,
    Consent,
    ConsentForm,
    Obligation,
    Observation,
    OverlapStance,
    Period,
    ValueState,
)
from alliances.models import Overlap as OverlapCase


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the picture there is. Nothing missing is filled in: these counts say what is missing."""

    expected: int
    reported: int
    included: int
    estimated: int
    on_time: int
    without_number: dict[str, int]
    missing: tuple[str, ...]
    """The organizations that have not reported; told inside the alliance only."""


@dataclass(frozen=True, slots=True)
class RollUp:
    """A period as one audience may know it, before disclosure control."""

    period: Period
    audience: str
    total: Total
    contributions: tuple[Contribution, ...]
    names: dict[int, str]
    completeness: Completeness
    not_consented: tuple[str, ...]
    settled: tuple[Overlap, ...]
    """The agreed overlaps of two contributors; `total.overlaps` holds what each takes off."""
    open_overlaps: int

    def counted_twice(self) -> Decimal:
        """All overlaps in one sum, as they are published: a single one could be a member's own number."""
        return sum(self.total.overlaps, Decimal(0))

    def amounts(self) -> dict[int, Decimal]:
        """What each contributing member adds."""
        return {contribution.member_id: contribution.amount for contribution in self.contributions}


def roll_up(alliance: Alliance, period: Period, audience: str) -> RollUp:
    """Add up a period for an audience, in the scope of the backbone. Raises arithmetic.DoesNotFit when overlaps
    contradict the numbers.
    """
    obligations = list(Obligation.objects.filter(period=period).select_related("member").order_by("member_id"))
    names = {obligation.member_id: obligation.member.organization for obligation in obligations}
    observations = {each.member_id: each for each in counting(period)}
    consents = consents_for(period, audience, alliance.today())
    included = {
        member_id: each.value
        for member_id, each in observations.items()
        if each.value is not None and member_id in consents
    }
    contributions = tuple(
        Contribution(member_id, value, consents[member_id] == ConsentForm.MEMBER_VALUE)
        for member_id, value in sorted(included.items())
    )
    agreed, open_cases = overlaps_of(period)
    both = tuple(each for each in agreed if each.one in included and each.other in included)
    figures = {member_id: Figure(amount=value) for member_id, value in included.items()}
    total = across_members(Kind(period.version.kind), figures, both, overlap_agreed=not open_cases)
    reported = {member_id for member_id, each in observations.items() if each.state in WITH_VALUE}
    return RollUp(
        period=period,
        audience=audience,
        total=total,
        contributions=contributions,
        names=names,
        completeness=completeness(alliance, period, obligations, observations, len(included)),
        not_consented=tuple(names[member_id] for member_id in sorted(reported - included.keys())),
        settled=both,
        open_overlaps=open_cases,
    )


def counting(period: Period) -> list[Observation]:
    """The values of the accepted reports of a period, one per member."""
    return list(Observation.objects.of_counting().filter(submission__obligation__period=period, cell=""))


def consents_for(period: Period, audience: str, today: date) -> dict[int, str]:
    """The form of consent in force, by member."""
    found = Consent.objects.in_force(today).filter(indicator_id=period.indicator_id, audience=audience)
    return dict(found.values_list("member_id", "form"))


def completeness(
    alliance: Alliance,
    period: Period,
    obligations: list[Obligation],
    observations: dict[int, Observation],
    included: int,
) -> Completeness:
    """Counts by what was answered. On time is what was handed in by the due day."""
    states = [each.state for each in observations.values()]
    without = {state.value: states.count(state) for state in ValueState if state not in WITH_VALUE and state in states}
    return Completeness(
        expected=len(obligations),
        reported=sum(state in WITH_VALUE for state in states),
        included=included,
        estimated=states.count(ValueState.ESTIMATED),
        on_time=sum(
            each.handed_in_at is not None and alliance.day_of(each.handed_in_at) <= period.due_on
            for each in obligations
        ),
        without_number=without,
        missing=tuple(each.member.organization for each in obligations if each.member_id not in observations),
    )


def overlaps_of(period: Period) -> tuple[list[Overlap], int]:
    """The settled overlaps of a period, and how many are still open."""
    cases = list(OverlapCase.objects.filter(period=period).order_by("pk"))
    words = last_words(cases)
    agreed = [(case, settled(case, words)) for case in cases]
    found = [
        Overlap(case.one_id, case.other_id, Resolution(word.resolution), word.joint or Decimal(0))
        for case, word in agreed
        if word is not None
    ]
    return found, len(cases) - len(found)


def last_words(cases: list[OverlapCase]) -> dict[tuple[int, int], OverlapStance]:
    """What each member said last about each overlap, by (overlap, member)."""
    said = OverlapStance.objects.filter(overlap__in=cases).order_by("pk")
    return {(stance.overlap_id, stance.member_id): stance for stance in said}


def settled(case: OverlapCase, words: dict[tuple[int, int], OverlapStance]) -> OverlapStance | None:
    """The word on which both members agree, or None."""
    one, other = words.get((case.pk, case.one_id)), words.get((case.pk, case.other_id))
    if one is None or other is None:
        return None
    return one if (one.resolution, one.joint) == (other.resolution, other.joint) else None


def as_decimal(number: Fraction) -> Decimal:
    """A finite decimal as such."""
    return Decimal(number.numerator) / Decimal(number.denominator)
