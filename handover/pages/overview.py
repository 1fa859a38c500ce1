"""All hand-overs of the agency, the curve of support after exits, and who left partners behind."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from core.line_charts import LineChart, Reading, line_chart
from handover.models import Case
from handover.pages.words import CURVE_RULE, leaves_in_words, state_in_words
from handover.queries.lists import left_behind
from handover.queries.retention import Point, survival
from handover.sums import percent


def overview(seat: Seat) -> dict[str, Any]:
    """Open cases first, the newest exits first. The curve is of all that the seat may know, for who opens cases."""
    cases = list(Case.objects.seen_by(seat).order_by("closed_at", "-leaves_on", "-pk"))
    opens, exits = seat.can("handover.open"), [each for each in cases if each.called_off_at is None]
    return {
        "rows": [shown(seat, each) for each in cases],
        "curves": curves(survival(seat, exits)) if opens and exits else [],
        "curve_rule": CURVE_RULE,
        "left_behind": [each.shown_name for each in left_behind(seat)] if opens else [],
    }


def shown(seat: Seat, case: Any) -> dict[str, Any]:
    """A case in the list."""
    return {
        "name": case.shown_name,
        "url": reverse("handover", args=[seat.agency.slug, case.pk]),
        "leaves": leaves_in_words(seat.agency, case),
        "state": state_in_words(case),
        "tone": "none" if case.closed_at else "prog",
        "is_kept": case.told_at is None,
    }


def curves(found: dict[str, list[Point]]) -> list[LineChart]:
    """One line per currency, in percent of the support before the exit."""
    return [curve(currency, points) for currency, points in found.items()]


def curve(currency: str, points: list[Point]) -> LineChart:
    """The line of one currency; the finding is its last point."""
    last = points[-1]
    finding = _(
        "%(currency)s: %(share)s%% of the earlier monthly support was given in month %(month)s after the exit"
    ) % {
        "currency": currency,
        "share": percent(last.came, last.before),
        "month": last.month,
    }
    start = [Reading(_("before"), 100)]
    readings = [*start, *(Reading(str(each.month), percent(each.came, each.before)) for each in points)]
    return line_chart(f"support-{currency}", finding=finding, readings=readings)
