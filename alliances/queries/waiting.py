"""Who owes what to whom: the lists with which a coordinator and a representative begin their day."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from alliances.models import (
    Agreement,
    AgreementState,
    Indicator,
    Member,
    Obligation,
    Overlap,
    Signature,
    Submission,
    SubmissionState,
    ValueState,
)
from alliances.queries.rollup import last_words, settled


def not_yet_reported() -> "QuerySet[Obligation]":
    """Obligations of active members without an accepted report, the earliest due first."""
    waiting: QuerySet[Obligation] = (
        Obligation.objects.filter(accepted_at=None, member__state="active")
        .select_related("member", "period__version__indicator")
        .order_by("period__due_on", "member__organization", "pk")
    )
    return waiting


def to_review() -> "QuerySet[Submission]":
    """What was handed in and waits for the backbone's answer, the oldest first."""
    waiting: QuerySet[Submission] = (
        Submission.objects.filter(state=SubmissionState.SUBMITTED)
        .select_related("member", "obligation__period__version__indicator")
        .order_by("submitted_at", "pk")
    )
    return waiting


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a member owes, with the newest revision that the reader may see, if any."""

    obligation: Obligation
    submission: Submission | None


def owed_by(member: Member) -> list[Owed]:
    """The reports that a member owes and that are not accepted, the earliest due first."""
    obligations = list(not_yet_reported().filter(member=member))
    newest = newest_reports(obligations)
    return [Owed(obligation, newest.get(obligation.pk)) for obligation in obligations]


def to_sign(member: Member) -> "QuerySet[Agreement]":
    """Agreements that wait for this member's signature."""
    signed = Signature.objects.filter(member=member).values("agreement")
    open_ones = Agreement.objects.filter(state__in=[AgreementState.OFFERED, AgreementState.ADOPTED])
    waiting: QuerySet[Agreement] = open_ones.exclude(pk__in=signed).order_by("version")
    return waiting


def to_settle(member: Member) -> list[Overlap]:
    """Overlaps on which this member and the other do not agree yet, or to which one has not spoken."""
    cases = list(
        Overlap.objects.filter(period__published_at=None)
        .select_related("period__version__indicator", "one", "other")
        .order_by("pk")
    )
    words = last_words(cases)
    return [case for case in cases if member.pk in (case.one_id, case.other_id) and settled(case, words) is None]


def without_consent(member: Member) -> "QuerySet[Indicator]":
    """Indicators for which this member owes reports and has not said whether its number may stand in the members'
    total.
    """
    asked = Obligation.objects.filter(member=member).values("period__indicator")
    said = member.consents.filter(audience=member.kind).values("indicator")
    found: QuerySet[Indicator] = Indicator.objects.filter(pk__in=asked).exclude(pk__in=said)
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """What a member's own accepted report says for a period."""

    state: str
    value: Decimal | None


def own_values(member: Member) -> dict[int, Own]:
    """By period, the member's own answer that counts."""
    rows = (
        Submission.objects.filter(member=member)
        .counting()
        .filter(observations__cell="")
        .values_list("obligation__period_id", "observations__state", "observations__value")
    )
    return {period_id: Own(str(ValueState(state).label), value) for period_id, state, value in rows}


def period_reports(period_id: int) -> "QuerySet[Obligation]":
    """Every obligation of a period, by organization."""
    rows: QuerySet[Obligation] = Obligation.objects.filter(period_id=period_id).select_related("member")
    return rows.order_by("member__organization", "pk")


def newest_reports(obligations: "list[Obligation]") -> dict[int, Submission]:
    """By obligation, the newest revision that the reader may see."""
    seen = Submission.objects.filter(obligation__in=obligations).newest().select_related("prepared_by", "approved_by")
    return {each.obligation_id: each for each in seen}
