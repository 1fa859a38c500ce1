"""The filter of the reports of giving: what stands in their addresses, and what saved views of them keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.seats import Seat
from core.errors import Refused
from core.forms import DateInput, DayField
from core.money import Money, parse_amount
from core.periods import add_months
from funds.models import Designation
from partners.forms.lists import units_within
from partners.models import Partner, Tag
from partners.models.holder import units_served
from partners.queries.giving_reports.currencies import currencies_given
from partners.queries.giving_reports.lines import NO_UNIT, Wanted
from partners.queries.giving_reports.questions import GAP, LEFT, STAYED, Periods, year_words

NARROWING: Final = ("unit", "designation", "kind", "tag", "held", "currency", "least")
SPANS: Final = ("before_first", "before_last", "first", "last")
TIMES: Final[dict[str, tuple[str, ...]]] = {
    "grid": ("last",),
    "months": ("first", "last"),
    "last_year": ("year",),
    "some_years": ("year",),
    "new_givers": ("first", "last"),
    "lapsed": ("gap",),
    "retention": SPANS,
    "stayed": (*SPANS, "part"),
    "changes": SPANS,
    "thanks": ("first", "last"),
}
"""How each report may be asked about time."""
COLUMNS: Final = {
    "kind": _("Kind of giver"),
    "latest": _("Last gift"),
    "promised": _("Promised"),
    "soft": _("Soft credit"),
}
"""What may stand beside the figures of givers, under names that begin with `show_`."""
WITH_COLUMNS: Final = frozenset({"grid", "last_year", "some_years", "new_givers", "lapsed", "stayed", "changes"})
ALWAYS: Final = {"grid": {"promised"}, "last_year": {"latest"}, "some_years": {"latest"}, "lapsed": {"latest"}}
WITHOUT_LEAST: Final = frozenset({"months", "retention"})
GAPS: Final = (6, 13, 18, 24)
EARLIEST: Final = date(1900, 1, 1)
ANY = ("", _("Any"))
LABELS: Final = {
    "before_first": _("Earlier period from"),
    "before_last": _("to"),
    "first": _("From"),
    "last": _("To"),
}


def names_of(report: str) -> tuple[str, ...]:
    """The parameters of a report, in the order of the page."""
    narrowing = tuple(name for name in NARROWING if name != "least" or report not in WITHOUT_LEAST)
    shown = tuple(f"show_{name}" for name in COLUMNS if name not in ALWAYS.get(report, ()))
    return (*TIMES[report], *narrowing, *(shown if report in WITH_COLUMNS else ()))


def offered(seat: Seat, report: str) -> dict[str, Mapping[str, Any]]:
    """What each parameter may be set to, by what this seat may see; a parameter that is not here takes free words. At
    most four queries.
    """
    on, agency = {"on": _("Yes")}, seat.agency
    this_year = agency.fiscal_year(agency.today())
    found: dict[str, Mapping[str, Any]] = {
        "unit": dict(units_offered(seat)),
        "designation": designations_offered(seat),
        "kind": {value: capfirst(label) for value, label in Partner.Kind.choices},
        "currency": {code: code for code in currencies_given(seat)},
        "year": {str(year): year_words(agency, year) for year in range(this_year, this_year - 15, -1)},
        "gap": {str(months): _("%(months)s months") % {"months": months} for months in GAPS},
        "part": {STAYED: _("Who gave again"), LEFT: _("Who did not give again")},
        **{f"show_{name}": on for name in COLUMNS},
    }
    if seat.unit_ids("partners.contact") is None:
        found["tag"] = {str(pk): name for pk, name in Tag.objects.order_by("norm").values_list("pk", "name")}
    if units_served(seat):
        found["held"] = on
    known = names_of(report)
    return {name: choices for name, choices in found.items() if name in known}


def units_offered(seat: Seat) -> list[tuple[str, Any]]:
    """The units whose gifts the seat may see, by the names that it may know."""
    reached = seat.unit_ids("gifts.view")
    units = units_within(seat, reached).order_by("shown_name", "pk").values_list("pk", "shown_name")
    own = [(str(pk), name) for pk, name in units]
    return [*own, (NO_UNIT, no_unit(seat.agency))] if reached is None else own


def no_unit(agency: Agency) -> str:
    """What is for no unit, in the agency's own word."""
    return gettext("No %(unit)s") % {"unit": agency.unit_word}


def designations_offered(seat: Seat) -> dict[str, str]:
    """The designations that the seat may see, by code."""
    seen = Designation.objects.seen_by(seat).order_by("code").values_list("pk", "code", "shown_name")
    return {str(pk): f"{code} {name}" for pk, code, name in seen}


@dataclass(frozen=True)
class Asked:
    """What a valid address asks of a report. `columns` stand beside its figures."""

    wanted: Wanted = field(default_factory=Wanted)
    periods: Periods = field(default_factory=Periods)
    columns: frozenset[str] = frozenset()
    sort: str = ""


class ReportFilter(forms.Form):
    """The fields of one report; what the seat is not offered is not there."""

    first = DayField(label=LABELS["first"], required=False, widget=DateInput)
    last = DayField(label=LABELS["last"], required=False, widget=DateInput)
    before_first = DayField(label=LABELS["before_first"], required=False, widget=DateInput)
    before_last = DayField(label=LABELS["before_last"], required=False, widget=DateInput)
    year = forms.ChoiceField(label=_("Year"), required=False)
    gap = forms.ChoiceField(label=_("Nothing for"), required=False)
    part = forms.ChoiceField(label=_("Who"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    designation = forms.ChoiceField(label=_("Designation"), required=False)
    kind = forms.ChoiceField(label=_("Kind of giver"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    held = forms.BooleanField(label=_("That I hold"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    least = forms.CharField(label=_("Amount from"), required=False, max_length=30)

    def __init__(self, query: QueryDict, *, seat: Seat, report: str, choices: Mapping[str, Mapping[str, Any]]) -> None:
        own = {"year": str(seat.agency.fiscal_year(seat.agency.today())), "gap": str(GAP)}
        data = query.copy()
        for name in own.keys() & names_of(report):
            data[name] = data.get(name) or own[name]
        super().__init__(data)
        self.seat, self.report, self.offered = seat, report, choices
        names = names_of(report)
        for name in [each for each in self.fields if each not in names]:
            del self.fields[name]
        for name in ("tag", "held"):
            if name not in choices:
                self.fields.pop(name, None)
        for name in names:
            if name.startswith("show_"):
                label = COLUMNS[name.removeprefix("show_")]
                self.fields[name] = forms.BooleanField(label=label, required=False)
            elif isinstance(self.fields.get(name), forms.ChoiceField):
                self.offer(name, whole=name not in own)
        self.fields["unit"].label = seat.agency.unit_word
        if "before_first" in self.fields:
            self.fields["first"].label = _("Later period from")
        if report == "grid":
            self.fields["last"].label = _("Up to the month of")
        self.order_fields(names)

    def offer(self, name: str, *, whole: bool) -> None:
        """The choices of one field; `whole` where one may choose none of them."""
        choices = list(self.offered[name].items())
        cast(forms.ChoiceField, self.fields[name]).choices = [ANY, *choices] if whole else choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        latest = add_months(self.seat.agency.today(), 24)
        for name in SPANS:
            if given.get(name) and not EARLIEST <= given[name] <= latest:
                self.add_error(name, _("Choose a day from 1900 to two years ahead."))
        for first, last in (("first", "last"), ("before_first", "before_last")):
            if given.get(first) and given.get(last) and given[last] < given[first]:
                self.add_error(last, _("The last day comes before the first."))
        if given.get("least"):
            self.clean_amount(given)
        return given

    def clean_amount(self, given: dict[str, Any]) -> None:
        """An amount is of one currency: the chosen one, or the only one that there is."""
        known = list(self.offered.get("currency", {}))
        currency = given.get("currency") or (known[0] if len(known) == 1 else "")
        if not currency:
            self.add_error("currency", _("Choose the currency of the amount: amounts of two are not compared."))
            return
        try:
            given["size"], given["currency"] = parse_amount(given["least"], currency), currency
        except Refused as refusal:
            self.add_error("least", str(refusal))

    def asked(self, sort: str = "") -> Asked:
        """What a valid form asks."""
        given = self.cleaned_data
        size: Money | None = given.get("size")
        wanted = Wanted(
            unit=given["unit"],
            designation=number(given["designation"]),
            kind=given["kind"],
            tag=number(given.get("tag", "")),
            held=given.get("held", False),
            currency=given["currency"],
            least=size if size and size.minor > 0 else None,
        )
        days = {name: given.get(name) for name in SPANS}
        periods = Periods(
            **days,
            year=number(given.get("year", "")),
            gap=number(given.get("gap", "")) or GAP,
            part=given.get("part", ""),
        )
        shown = {name for name in COLUMNS if given.get(f"show_{name}")}
        return Asked(wanted, periods, frozenset(shown | ALWAYS.get(self.report, set())), sort)


def number(said: str) -> int | None:
    """A number that was chosen."""
    return int(said) if said else None
