"""The filters of the lists of units, as an address holds them: read, shown as chips, and kept in a saved view."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.saved_views import PLACE, Choices, Listing
from agencies.seats import Seat
from ssu import steps
from ssu.models import Discretion, State, Strategy, Unit
from ssu.pages.parts import Chip
from ssu.queries.matrix import FURTHEST_BEHIND, LATE, ORDERS
from ssu.queries.quiet import QUIET, SOON
from ssu.queries.units import Filters, strategies_with_a_unit, unit_leaders
from ssu.telling import tells

ACTIVITY: Final = {QUIET: gettext_lazy("Quiet"), SOON: gettext_lazy("Soon quiet")}
STATES: Final = {LATE: gettext_lazy("Late"), **{state.value: state.label for state in State}}
SORTS: Final = {
    "behind": gettext_lazy("Furthest behind first"),
    "ahead": gettext_lazy("Furthest ahead first"),
    "late": gettext_lazy("Most late items first"),
    "quiet": gettext_lazy("Longest quiet first"),
    "name": gettext_lazy("By name"),
    "strategy": gettext_lazy("By strategy"),
}
NUMBERS: Final = ("strategy", "leader", "step")
REGISTER: Final = ("q", "strategy", "leader", "kind", "archived")
MATRIX: Final = (*REGISTER, "activity", "step", "state", "sort", "group")


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds; what is no filter is passed over."""
    numbers = {name: number_in(query.get(name, "")) for name in NUMBERS}
    step = numbers["step"] if numbers["step"] in {each.number for each in steps.all_steps()} else None
    return Filters(
        words=query.get("q", "").strip()[:100],
        strategy=numbers["strategy"],
        leader=numbers["leader"],
        kind=known(query.get("kind", ""), Unit.Kind.values),
        archived="archived" in query,
        activity=known(query.get("activity", ""), ACTIVITY),
        step=step,
        state=known(query.get("state", ""), STATES),
        sort=known(query.get("sort", ""), ORDERS),
        group=known(query.get("group", ""), ("strategy",)),
    )


def number_in(text: str) -> int | None:
    """An id or a number that the database can hold, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def known(value: str, values: Iterable[str]) -> str:
    return value if value in values else ""


def choices_of(seat: Seat) -> dict[str, Choices]:
    """What each filter may be set to, by its name in the address. Two queries."""
    return {
        "strategy": {str(strategy.pk): strategy_words(strategy) for strategy in strategies_with_a_unit()},
        "leader": {str(pk): name for pk, name in unit_leaders(seat).items()},
        "kind": dict(Unit.Kind.choices),
        "activity": ACTIVITY,
        "step": {str(step.number): f"{step.number} {_(step.short)}" for step in steps.all_steps()},
        "state": STATES,
        "sort": {name: words for name, words in SORTS.items() if name != FURTHEST_BEHIND},
        "group": {"strategy": _("Grouped by strategy")},
        "archived": {"": _("Archived"), "on": _("Archived"), "1": _("Archived")},
    }


def strategy_words(strategy: Strategy) -> str:
    """An archived strategy says so: its units are found among the archived."""
    archived = strategy.status == Strategy.Status.ARCHIVED
    return _("%(name)s (archived)") % {"name": strategy.name} if archived else strategy.name


def labels() -> dict[str, str]:
    """What the filters are called on the page."""
    return {
        "strategy": _("Strategy"),
        "leader": _("Leader"),
        "kind": _("Kind"),
        "activity": _("Activity"),
        "step": _("Step"),
        "state": _("Status of a step"),
        "sort": _("Order"),
    }


FIRST: Final = ("strategy", "leader", "sort")
"""The filters that stand open; the others of a long form are folded until one of them is in use."""
FEW: Final = 4


@dataclass(frozen=True)
class Select:
    """A filter as a box of choices."""

    name: str
    label: str
    every: str
    choices: list[tuple[str, str, bool]]


def filter_context(
    query: QueryDict, filters: Filters, names: tuple[str, ...], choices: Mapping[str, Choices]
) -> dict[str, Any]:
    """What the filter form and its chips show, for the filters `names` of a list; `kept` are the other parameters."""
    called = labels()
    selects = [
        Select(name, called[name], every(name), marked(choices[name], query.get(name, "")))
        for name in names
        if name in called
    ]
    folded = [select for select in selects if select.name not in FIRST] if len(selects) > FEW else []
    kept = [(name, value) for name, value in query.items() if name not in (*called, "q", *PLACE)]
    return {
        "filters": filters,
        "selects": [select for select in selects if select not in folded],
        "folded": folded,
        "is_unfolded": any(query.get(select.name) for select in folded),
        "kept": kept,
        "chips": chips(query, filters, choices, names),
    }


def every(name: str) -> str:
    """The choice that leaves a filter out."""
    if name == "sort":
        return str(SORTS[FURTHEST_BEHIND])
    return _("Any")


def marked(choices: Choices, chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, str(words), value == chosen) for value, words in choices.items()]


def chips(query: QueryDict, filters: Filters, choices: Mapping[str, Choices], names: tuple[str, ...]) -> list[Chip]:
    """The filters in use, each with the address without it. The order of a list is no filter."""
    found = [Chip(filters.words, without(query, "q"))] if filters.words else []
    for name in names:
        words = choices.get(name, {}).get(query.get(name, "")) if name in query else None
        if words and name != "sort":
            found.append(Chip(chip_words(name, str(words)), without(query, name)))
    return found


def chip_words(name: str, words: str) -> str:
    return f"{labels()[name]}: {words}" if name in ("leader", "step") else words


def without(query: QueryDict, name: str) -> str:
    """The present address without one filter."""
    rest = query.copy()
    rest.pop(name, None)
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


def guarded_words(seat: Seat, *, known: bool) -> list[str]:
    """The true names and places of units that are not open: those that this seat knows, or those that are kept from
    it. One query.
    """
    units, reached = Unit.objects.exclude(discretion=Discretion.OPEN), seat.unit_ids("units.unmask")
    if reached is None:
        found = units if known else units.none()
    else:
        found = units.filter(pk__in=reached) if known else units.exclude(pk__in=reached)
    return [
        word
        for level, name, place in found.values_list("discretion", "name", "place")
        for word in ((name, place) if level == Discretion.CLOSED else (place,))
        if word
    ]


Tally = Callable[[Seat, Sequence[Filters]], list[int]]


def listing(key: str, page: str, right: str, names: tuple[str, ...], tally: Tally) -> Listing:
    """A list of units whose filter can be saved; `tally` counts the rows under several filters."""
    return Listing(
        key,
        page,
        right,
        names,
        choices_of,
        known=partial(guarded_words, known=True),
        hidden=partial(guarded_words, known=False),
        tells=tells,
        counts=lambda seat, queries: tally(seat, [filters_of(query) for query in queries]),
    )
