"""Gift lines that wait for a person, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from funds.queries import shown_designation_name
from partners.models import ReviewItem
from partners.models.discretion import shown_giver
from partners.pages.gift import file_rows
from partners.pages.unidentified import question
from partners.pages.words import unbroken

WHAT_TO_DO = {
    "unidentified_donor": gettext_lazy("Find out who gave, and say whose the gifts of this number are."),
    "unknown_designation": gettext_lazy("Find out where it belongs, and assign it there: its money leaves suspense."),
    "earmark_worker": gettext_lazy("Speak with the giver: a gift is for the work, and the agency keeps control of it."),
    "unlinked_reversal": gettext_lazy("Find the gift that this takes back, and note its number."),
}


@dataclass(frozen=True)
class ReviewRow:
    """One held line."""

    reason: str
    url: str
    gift_url: str
    giver: str
    designation: str
    day: str
    amount: str
    intent: str
    outcome: str
    settled: str


def review_items(seat: Seat, *, settled: bool, reason: str = "") -> QuerySet[Any]:
    """Held lines, the longest waiting first; or the settled ones, the newest first."""
    found = ReviewItem.objects.exclude(settled_at=None) if settled else ReviewItem.objects.open()
    if reason:
        found = found.filter(reason=reason)
    return with_lines(seat, found.order_by("-settled_at", "-pk") if settled else found.order_by("made_at", "pk"))


def with_lines(seat: Seat, items: Any) -> QuerySet[Any]:
    """The same held lines, each with its line, its gift, and names as this seat may read them."""
    shown: QuerySet[Any] = items.select_related("line__gift", "settled_by").annotate(
        shown_name=shown_designation_name(seat, "line__designation"),
        shown_giver=shown_giver(seat, "line__gift__"),
        partner_id=F("line__gift__giving_unit__partner"),
    )
    return shown


def review_rows(agency: Agency, items: Iterable[Any]) -> list[ReviewRow]:
    """Rows for items from `review_items`. No query."""
    return [review_row(agency, item) for item in items]


def review_row(agency: Agency, item: Any) -> ReviewRow:
    """One held line in words."""
    line = item.line
    designation = item.shown_name or _("not known: “%(key)s”") % {"key": line.designation_key}
    return ReviewRow(
        reason=capfirst(str(ReviewItem.Reason(item.reason).label)),
        url=reverse("review", args=[agency.slug, item.pk]),
        gift_url=reverse("gift", args=[agency.slug, line.gift_id]),
        giver=item.shown_giver,
        designation=designation,
        day=unbroken(day_in_words(agency, line.gift.date)),
        amount=Money(line.amount, line.gift.currency).format(agency.locale),
        intent=line.intent,
        outcome=item.outcome,
        settled=settled_in_words(agency, item),
    )


def settled_in_words(agency: Agency, item: ReviewItem) -> str:
    """When and by whom it was settled."""
    return f"{day_in_words(agency, item.settled_at)}, {item.settled_by}" if item.settled_at else ""


def review_page(seat: Seat, item: Any) -> dict[str, Any]:
    """One held line with the row as it came."""
    asks_where = item.reason == ReviewItem.Reason.UNKNOWN_DESIGNATION and item.line.designation_id is None
    asks_who = item.reason == ReviewItem.Reason.UNIDENTIFIED_DONOR and item.line.gift.giving_unit.is_unidentified
    return {
        "item": item,
        "who": question(seat, item.line.gift) if asks_who else None,
        "assign_url": reverse("line_assign", args=[seat.agency.slug, item.line_id]) if asks_where else "",
        "row": review_row(seat.agency, item),
        "file_rows": file_rows(seat, [item.line]),
        "what_to_do": WHAT_TO_DO[item.reason],
    }
