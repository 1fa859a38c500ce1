"""What is expected in a month: per designation or unit, and in all, each currency by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from core.periods import add_months, month_start
from funds.models import Designation
from funds.models.discretion import shown_designation_name
from partners.models import Commitment
from partners.queries.expected import Brought, Expected, expected
from ssu.models import Unit
from ssu.models.discretion import shown_unit_name

BY_DESIGNATION, BY_UNIT = "designation", "unit"
MONTHS_AHEAD = 11


@dataclass(frozen=True)
class Parts:
    """Received, likely and possible in one currency, in minor units."""

    received: int = 0
    likely: int = 0
    possible: int = 0

    def plus(self, more: Expected | Brought) -> "Parts":
        return Parts(self.received + more.received, self.likely + more.likely, self.possible + more.possible)

    @property
    def total(self) -> int:
        return self.received + self.likely + self.possible


@dataclass(frozen=True)
class PartsShown:
    """The same for people, and how the bar is divided: received solid, likely hatched, possible open."""

    name: str
    label: str
    url: str
    currency: str
    received: str
    likely: str
    possible: str
    total: str
    finding: str
    received_width: str
    committed_width: str


def shown(agency: Agency, name: str, label: str, url: str, currency: str, parts: Parts) -> PartsShown:
    """One row. `name` is unique on the page."""

    def amount(minor: int) -> str:
        return Money(minor, currency).format(agency.locale)

    words = {each: amount(getattr(parts, each)) for each in ("received", "likely", "possible", "total")}
    return PartsShown(
        name=name,
        label=label,
        url=url,
        currency=currency,
        **words,
        finding=_("%(received)s received, %(likely)s likely, %(possible)s possible: %(total)s") % words,
        received_width=width(parts.received, parts.total),
        committed_width=width(parts.likely, parts.total),
    )


def width(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%" if whole else "0.00%"


def month_of(seat: Seat, text: str) -> date:
    """The first day of the month that an address asks for (`2026-11`): this one, or one of the eleven that follow."""
    this = month_start(seat.agency.today())
    months = {f"{each:%Y-%m}": each for each in (add_months(this, ahead) for ahead in range(MONTHS_AHEAD + 1))}
    return months.get(text, this)


def month_in_words(agency: Agency, month: date) -> str:
    return str(format_date(month, "LLLL y", locale=agency.locale))


def figures(seat: Seat, found: Any, month: date) -> list[Expected]:
    """What the promises among `found` bring in a month. One query."""
    return expected(seat.agency, found, month, month_end(month), many=True)


def month_end(month: date) -> date:
    """The last day of a month, from its first."""
    return add_months(month, 1) - timedelta(days=1)


def totals(agency: Agency, rows: Iterable[Expected | Brought]) -> list[PartsShown]:
    """All designations together, a currency each, that of the agency first."""
    found: dict[str, Parts] = defaultdict(Parts)
    for each in rows:
        found[each.currency] = found[each.currency].plus(each)
    ordered = sorted(found.items(), key=lambda each: (each[0] != agency.base_currency, each[0]))
    return [shown(agency, f"all-{code}", code, "", code, parts) for code, parts in ordered if parts.total]


def expected_rows(seat: Seat, rows: list[Expected], by: str) -> list[PartsShown]:
    """What is expected for each designation, or for each unit, by name. One query."""
    if by == BY_UNIT:
        units = Unit.objects.filter(pk__in={each.unit_id for each in rows if each.unit_id})
        names = dict(units.annotate(unit_name=shown_unit_name("", seat)).values_list("pk", "unit_name"))
    else:
        funds = Designation.objects.filter(pk__in={each.designation_id for each in rows})
        names = dict(funds.annotate(shown_name=shown_designation_name(seat)).values_list("pk", "shown_name"))
    found: dict[tuple[str, int, str], Parts] = defaultdict(Parts)
    for each in rows:
        pk = (each.unit_id or 0) if by == BY_UNIT else each.designation_id
        key = (names.get(pk, _("Of no unit")), pk, each.currency)
        found[key] = found[key].plus(each)
    return [
        shown(seat.agency, f"{by}-{pk}-{code}", name, promises_url(seat, by, pk, code), code, parts)
        for (name, pk, code), parts in sorted(found.items())
        if parts.total
    ]


def promises_url(seat: Seat, by: str, pk: int, currency: str) -> str:
    """The commitments behind a row."""
    if not pk:
        return ""
    return f"{reverse('commitments', args=[seat.agency.slug])}?{urlencode({by: pk, 'currency': currency})}"


@dataclass(frozen=True)
class ByTab:
    """A way to look, or a month, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def by_tabs(agency: Agency, month: date, by: str) -> list[ByTab]:
    """By designation, by unit."""
    labels = {BY_DESIGNATION: _("By designation"), BY_UNIT: _("By %(unit)s") % {"unit": agency.unit_word}}
    return [
        ByTab(label, f"?{urlencode({'month': f'{month:%Y-%m}', 'by': each})}", each == by)
        for each, label in labels.items()
    ]


def month_links(agency: Agency, month: date, by: str) -> dict[str, str]:
    """The addresses of the month before and the one after, "" where there is none to ask for."""
    this = month_start(agency.today())

    def address(there: date) -> str:
        fits = this <= there <= add_months(this, MONTHS_AHEAD)
        return f"?{urlencode({'month': f'{there:%Y-%m}', 'by': by})}" if fits else ""

    return {"before": address(add_months(month, -1)), "after": address(add_months(month, 1))}


def seen_promises(seat: Seat) -> Any:
    """The promises that count here: those whose amounts the seat may see."""
    return Commitment.objects.seen_by(seat)
