"""Lists of who may be one partner, and of who was said not to be."""

from typing import Any

from django.db.models import Count, Q, Sum

from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment, Contact, DuplicateCandidate, FollowUp, GiftLine, Merge, NotSame, Partner
from partners.queries.partners import named


def candidates_wanted(
    seat: Seat, *, scores: tuple[int, int] | None = None, reason: str = "", q: str = "", partner: int | None = None
) -> Any:
    """Pairs that the seat may see, the surest first."""
    found = DuplicateCandidate.objects.seen_by(seat)
    if scores is not None:
        found = found.filter(score__range=scores)
    if reason:
        found = found.filter(reasons__contains=[[reason]])
    if q:
        answering = Partner.objects.filter(pk__in=named(q)).values("pk")
        found = found.filter(Q(first__in=answering) | Q(second__in=answering))
    if partner is not None:
        found = found.filter(Q(first=partner) | Q(second=partner))
    return found.select_related("first", "second").order_by("-score", "pk")


def decisions_seen(seat: Seat, *, ended: bool = False) -> Any:
    """Who was said not to be the same, the newest first; with those that were taken back, when `ended`. Who was merged
    since is shown as the survivor.
    """
    both = Partner.objects.seen_by(seat, "partners.amounts")
    rows = NotSame.objects.all() if ended else NotSame.objects.standing()
    known = rows.filter(
        Q(first__in=both) | Q(first__merged_into__in=both), Q(second__in=both) | Q(second__merged_into__in=both)
    )
    if seat.unit_ids("partners.merge") is not None:
        known = known.none()
    joined = ("first__merged_into", "second__merged_into", "by")
    return known.select_related("first", "second", *joined).order_by("-pk")


def merges_seen(seat: Seat) -> Any:
    """Merges of partners whom the seat may see, the newest first, undone ones too."""
    if seat.unit_ids("partners.merge") is not None:
        return Merge.objects.none()
    known = Partner.objects.seen_by(seat, "partners.amounts")
    both = Q(survivor__in=known) | Q(survivor__merged_into__in=known)
    return Merge.objects.filter(both).select_related("survivor", "loser", "by").order_by("-pk")


def mergeable(seat: Seat) -> Any:
    """Partners whom the seat may merge: those of whom it sees all, what they give too."""
    if seat.unit_ids("partners.merge") is not None:
        return Partner.objects.none()
    return Partner.objects.seen_by(seat, "partners.amounts")


def totals_of(seat: Seat, partner_ids: list[int]) -> dict[int, list[tuple[Money, int]]]:
    """What these partners gave, by partner: sum and number of lines per currency. One query."""
    lines = GiftLine.objects.with_giver(seat).filter(gift__giving_unit__partner__in=partner_ids)
    rows = lines.values_list("gift__giving_unit__partner", "gift__currency").order_by("gift__currency")
    found: dict[int, list[tuple[Money, int]]] = {pk: [] for pk in partner_ids}
    for pk, currency, total, count in rows.annotate(total=Sum("amount"), count=Count("pk")):
        found[pk].append((Money(int(total), currency), count))
    return found


def counts_of(seat: Seat, partner_ids: list[int]) -> dict[int, dict[str, int]]:
    """How many commitments, contacts and open follow-ups these partners have, as far as the seat sees them. Three
    queries.
    """
    asked = {
        "commitments": (Commitment.objects.seen_by(seat), "giving_unit__partner"),
        "contacts": (Contact.objects.seen_by(seat).standing(), "partner"),
        "follow_ups": (FollowUp.objects.seen_by(seat).open(), "partner"),
    }
    found: dict[int, dict[str, int]] = {pk: dict.fromkeys(asked, 0) for pk in partner_ids}
    for name, (rows, path) in asked.items():
        counted = rows.filter(**{f"{path}__in": partner_ids}).order_by().values_list(path).annotate(n=Count("pk"))
        for pk, number in counted.values_list(path, "n"):
            found[pk][name] = number
    return found
