"""Retention per unit as a table."""

from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from partners.forms.giving_reports import no_unit
from partners.pages.giving_reports.tables import Cell, Column, Row, Sums, Table, Ways
from partners.queries.giving_reports.lines import NO_UNIT
from partners.queries.giving_reports.questions import LEFT, STAYED
from partners.queries.giving_reports.retention import WITHOUT, ByUnit, Kept


def retention_table(seat: Seat, ways: Ways, found: ByUnit) -> Table:
    """A row per unit and currency, with all units together below."""
    rows = [Row(cells) for unit in found for cells in kept_cells(ways, unit)]
    whole = found.whole
    sums = [Sums(cells[0].words, cells[1:]) for cells in kept_cells(ways, whole)] if whole else []
    return Table(columns(seat), rows, sums)


def columns(seat: Seat) -> list[Column]:
    return [
        Column("unit", seat.agency.unit_word),
        Column("gave", _("Givers before"), numeric=True),
        Column("stayed", _("Gave again"), numeric=True),
        Column("left", _("Did not"), numeric=True),
        Column("rate", _("Retention"), numeric=True),
        Column("currency", _("Currency")),
        Column("before", _("They gave before"), numeric=True),
        Column("after", _("They gave since"), numeric=True),
    ]


def kept_cells(ways: Ways, kept: Kept) -> list[list[Cell]]:
    """A unit in each of its currencies; the numbers of givers lead to the givers, the sums to them too."""
    where = {} if kept.unit is None else unit_of(kept)
    name = name_of(ways.agency, kept)
    numbers = [
        Cell(name, name),
        number(ways, kept.gave, where, ""),
        number(ways, kept.stayed, where, STAYED),
        number(ways, kept.gave - kept.stayed, where, LEFT),
        Cell(f"{kept.stayed * 100 // kept.gave}% ({kept.stayed}/{kept.gave})", f"{kept.stayed * 100 // kept.gave}%"),
    ]
    return [
        [*numbers, Cell(code, code), *money(ways, where, code, before, after)] for code, before, after in kept.money
    ]


def unit_of(kept: Kept) -> dict[str, str]:
    """The filter of a unit."""
    return {"unit": NO_UNIT if kept.unit == WITHOUT else str(kept.unit)}


def name_of(agency: Agency, kept: Kept) -> str:
    """A unit as the reader may call it."""
    if kept.unit is None:
        return _("All together")
    return kept.name or no_unit(agency)


def number(ways: Ways, givers: int, where: dict[str, str], part: str) -> Cell:
    """How many givers, leading to them."""
    more = {**where, **({"part": part} if part else {})}
    return ways.number(givers, ways.page("giving_stayed", **more))


def money(ways: Ways, where: dict[str, str], code: str, before: int, after: int) -> list[Cell]:
    """What these givers gave in both periods, leading to the lines."""
    narrowed = Ways(ways.seat, "stayed", ways.narrowed(**where))
    return [
        narrowed.money(minor, code, narrowed.behind(figure, currency=code))
        for figure, minor in (("before", before), ("after", after))
    ]
