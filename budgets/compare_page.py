"""Two versions of a budget side by side, worked out before the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.downloads import Sheet
from agencies.seats import Seat
from budgets.comparing import CHANGED, DROPPED, NEW, SAME, Compared
from budgets.models import Budget, Line
from core.export import Cell
from core.money import Money

WORDS = {
    NEW: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SAME: gettext_lazy("As before"),
    DROPPED: gettext_lazy("Dropped"),
}
TONES = {NEW: "prog", CHANGED: "warn", SAME: "done", DROPPED: "none"}
FIELDS = {
    "amount": gettext_lazy("amount"),
    "impact": gettext_lazy("wording"),
    "category": gettext_lazy("category"),
    "kind": gettext_lazy("kind"),
    "priority": gettext_lazy("priority"),
    "owner_id": gettext_lazy("who looks after it"),
    "months": gettext_lazy("months"),
}


@dataclass(frozen=True)
class Row:
    """One line in both versions, in words."""

    impact: str
    was: str
    category: str
    what: str
    tone: str
    fields: str
    before: str
    now: str
    difference: str


def shown(minor: int | None, currency: str, locale: str, *, signed: bool = False) -> str:
    """An amount in words; a difference above zero with its sign."""
    if minor is None:
        return ""
    words = Money(minor, currency).format(locale)
    return f"+{words}" if signed and minor > 0 else words


def rows_of(seat: Seat, now: Budget, before: Budget, compared: Sequence[Compared], *, withheld: bool) -> list[Row]:
    """The lines of the page. Of two currencies there is no difference."""
    return [row_of(seat, now, before, each, withheld=withheld) for each in compared]


def row_of(seat: Seat, now: Budget, before: Budget, each: Compared, *, withheld: bool) -> Row:
    locale, kept_back = seat.agency.locale, _("Kept back: the unit is closed to you")
    reworded = each.now and each.before and each.now.impact != each.before.impact
    return Row(
        impact=kept_back if withheld else each.line.impact,
        was=each.before.impact if reworded and each.before and not withheld else "",
        category="" if withheld else each.line.category,
        what=str(WORDS[each.what]),
        tone=TONES[each.what],
        fields=", ".join(str(FIELDS[name]) for name in each.changed),
        before=shown(each.before.amount if each.before else None, before.currency, locale),
        now=shown(each.now.amount if each.now else None, now.currency, locale),
        difference=shown(difference(now, before, each.difference), now.currency, locale, signed=True),
    )


def difference(now: Budget, before: Budget, minor: int) -> int | None:
    """The difference, where both versions are in one currency."""
    return minor if now.currency == before.currency else None


def sums_of(seat: Seat, now: Budget, before: Budget, compared: Sequence[Compared]) -> list[dict[str, str]]:
    """Both sums of each kind, and what lies between them."""
    locale, found = seat.agency.locale, []
    for kind, label in ((Line.Kind.EXPENSE, _("All expenses")), (Line.Kind.INCOME, _("All planned income"))):
        here = sum(each.now.amount for each in compared if each.now and each.now.kind == kind)
        there = sum(each.before.amount for each in compared if each.before and each.before.kind == kind)
        if here or there:
            found.append(
                {
                    "label": label,
                    "before": shown(there, before.currency, locale),
                    "now": shown(here, now.currency, locale),
                    "difference": shown(difference(now, before, here - there), now.currency, locale, signed=True),
                }
            )
    return found


def sheet_of(now: Budget, before: Budget, compared: Sequence[Compared], *, withheld: bool) -> Sheet:
    """The comparison in exact decimals."""

    def exact(minor: int | None, currency: str) -> Cell:
        return None if minor is None else Money(minor, currency).decimal

    rows: list[tuple[Cell, ...]] = [
        (
            "" if withheld else each.line.impact,
            "" if withheld else each.line.category,
            str(each.line.kind),
            each.what,
            " ".join(name.removesuffix("_id") for name in each.changed),
            before.currency,
            exact(each.before.amount if each.before else None, before.currency),
            now.currency,
            exact(each.now.amount if each.now else None, now.currency),
            exact(difference(now, before, each.difference), now.currency),
        )
        for each in compared
    ]
    header = (
        "impact",
        "category",
        "kind",
        "what",
        "changed",
        "currency_before",
        "before",
        "currency",
        "now",
        "difference",
    )
    return Sheet(f"budget-{now.pk}-against-{before.pk}", header, rows)


def change_of(seat: Seat, now: Budget, before: Budget | None, each: Compared) -> str:
    """What changed on one line since the version that this one was copied from, for the list of lines."""
    if before is None or each.what == SAME:
        return ""
    if each.what == NEW:
        return _("new")
    if "amount" in each.changed and each.before:
        return _("was %(amount)s") % {"amount": shown(each.before.amount, before.currency, seat.agency.locale)}
    return _("changed: %(fields)s") % {"fields": ", ".join(str(FIELDS[name]) for name in each.changed)}


def counted(compared: Sequence[Compared]) -> dict[str, Any]:
    """How many lines are new, changed, as before and dropped."""
    return {what: sum(each.what == what for each in compared) for what in WORDS}
