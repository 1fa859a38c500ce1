"""The filters of the list of coverage, as an address holds them: read, shown as chips, and kept in a saved view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from babel.dates import get_month_names
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.saved_views import PLACE, Choices, Listing
from agencies.seats import Seat
from budgets.gaps import Span
from budgets.models import Budget
from ssu.queries.units import Filters
from ssu.telling import tells
from ssu.unit_filters import Select, chips, filters_of, guarded_words, marked, without
from ssu.unit_filters import choices_of as choices_of_units

OF_UNITS: Final = ("q", "strategy", "leader", "kind")
OWN: Final = ("months", "currency", "below", "by")
NAMES: Final = (*OF_UNITS, *OWN)
BELOW: Final = (100, 75, 50, 25)
LINES: Final = "line"
LABELS: Final = {
    "months": gettext_lazy("Months"),
    "strategy": gettext_lazy("Strategy"),
    "leader": gettext_lazy("Leader"),
    "kind": gettext_lazy("Kind"),
    "currency": gettext_lazy("Currency"),
    "below": gettext_lazy("Covered"),
}
SHOWN: Final = tuple(LABELS)
FEW: Final = 3
"""As many filters stand open; the others are folded until one of them is in use."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for; None or "" means all. `below` is a percentage of the plan."""

    units: Filters = field(default_factory=Filters)
    span: Span = field(default_factory=Span)
    currency: str = ""
    below: int | None = None
    by_line: bool = False


def asked_in(seat: Seat, query: QueryDict, choices: Mapping[str, Choices]) -> Asked:
    """What is asked for; what is no filter, or is not offered to this seat, is passed over."""
    said = {name: query.get(name, "") for name in OWN}
    said = {name: value if value in choices.get(name, ()) else "" for name, value in said.items()}
    return Asked(
        filters_of(query),
        span_of(said["months"], seat.agency.fiscal_year_start),
        said["currency"],
        int(said["below"]) if said["below"] else None,
        said["by"] == LINES,
    )


def span_of(value: str, first_month: int) -> Span:
    """ "3" is March alone, "to-3" everything up to its end, "" the whole fiscal year, which begins in `first_month`."""
    if not value:
        return Span()
    month = (int(value.removeprefix("to-")) - first_month) % 12
    return Span(0 if value.startswith("to-") else month, month)


def choices_of(seat: Seat) -> dict[str, Choices]:
    """What each filter may be set to, by its name in the address. Three queries."""
    of_units = choices_of_units(seat)
    return {
        "months": months_offered(seat),
        **{name: of_units[name] for name in OF_UNITS if name in of_units},
        "currency": currencies(seat),
        "below": {"100": _("in part or not at all"), **{str(each): less_than(each) for each in BELOW[1:]}},
        "by": {LINES: _("By line")},
    }


def less_than(percent: int) -> str:
    return _("less than %(percent)s%%") % {"percent": percent}


def months_offered(seat: Seat) -> Choices:
    """Months are for who reads the ledger; everybody else reads the year."""
    if not seat.can("ledger.view"):
        return {}
    names = get_month_names("wide", context="stand-alone", locale=seat.agency.locale)
    order = [(seat.agency.fiscal_year_start + n - 1) % 12 + 1 for n in range(12)]
    upto = {f"to-{month}": _("to the end of %(month)s") % {"month": names[month]} for month in order[:-1]}
    return {**upto, **{str(month): _("%(month)s alone") % {"month": names[month]} for month in order}}


def currencies(seat: Seat) -> Choices:
    """Those of budgets in force that the seat may see, where there are several: a currency may tell a place. One
    query.
    """
    codes = Budget.objects.seen_by(seat).approved().order_by("currency").values_list("currency", flat=True).distinct()
    found = {code: code for code in codes}
    return found if len(found) > 1 else {}


def every(name: str) -> str:
    """The choice that leaves a filter out."""
    return {"months": _("Whole fiscal year"), "below": _("Any")}.get(name, _("Any"))


def filter_context(query: QueryDict, asked: Asked, choices: Mapping[str, Choices]) -> dict[str, Any]:
    """What the filter form and its chips show; `kept` are the other parameters."""
    selects = [
        Select(name, str(LABELS[name]), every(name), marked(choices[name], query.get(name, "")))
        for name in SHOWN
        if choices.get(name)
    ]
    offered = {name: chip_choices(name, choices[name]) for name in SHOWN}
    put = {select.name for select in selects}
    return {
        "filters": asked.units,
        "selects": selects[:FEW],
        "folded": selects[FEW:],
        "is_unfolded": any(query.get(select.name) for select in selects[FEW:]),
        "chips": chips(query, asked.units, offered, SHOWN),
        "kept": [(name, value) for name, value in query.items() if name not in (*put, "q", *PLACE)],
    }


def chip_choices(name: str, choices: Choices) -> Choices:
    """How a chosen value is called where its label does not stand beside it."""
    if name != "below":
        return choices
    return {value: _("Covered %(how)s") % {"how": words} for value, words in choices.items()}


@dataclass(frozen=True)
class Tab:
    """A way of looking at the list."""

    label: str
    url: str
    current: bool
    count: None = None


def tabs(query: QueryDict, asked: Asked) -> list[Tab]:
    """By unit, or by line, with the filters of the address."""
    by_unit = without(query, "by")
    query = query.copy()
    query.pop("page", None)
    query["by"] = LINES
    return [Tab(_("By unit"), by_unit, not asked.by_line), Tab(_("By line"), f"?{query.urlencode()}", asked.by_line)]


LISTING: Final = Listing(
    "budgets",
    "budgets",
    "budgets.view",
    NAMES,
    choices_of,
    known=partial(guarded_words, known=True),
    hidden=partial(guarded_words, known=False),
    tells=tells,
)
