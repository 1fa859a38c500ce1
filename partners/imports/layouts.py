"""The formats that can be imported: which column of the file holds which fact, and how a file shows its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from imports.reading.delimited import Table, column_key
from imports.reading.findings import FileRefused


@dataclass(frozen=True)
class Layout:
    """One format: fact -> name of its column, the facts that a file cannot do without, and the ways of the system.

    signed_types: a type column says what is negative (refund, chargeback). month_first: slash dates are M/D/YYYY.
    reverses_in_memo: a negative gift names its gift in the memo. source: fixed source of gifts, where the format has
    one. numbered: gifts carry numbers. told_by: columns of which one must be there to recognise the format.
    """

    name: str
    holds: Literal["gifts", "partners"]
    columns: Mapping[str, str]
    needed: tuple[str, ...]
    told_by: frozenset[str]
    signed_types: bool = False
    month_first: bool = False
    reverses_in_memo: bool = False
    numbered: bool = True
    source: str = ""


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


GENERIC_GIFTS = Layout(
    "generic_gifts",
    "gifts",
    _same(
        *("source", "gift_id", "gift_date", "donor_id", "donor_name", "designation", "amount", "currency"),
        *("tendered_amount", "tendered_currency", "gift_total", "method", "type", "reference", "fmv", "soft_donor_id"),
        *("soft_type", "reverses", "anonymous", "motivation", "memo"),
    ),
    needed=("gift_id", "gift_date", "donor_id", "designation", "amount"),
    told_by=frozenset({"gift_id", "gift_date"}),
    signed_types=True,
)

SPREADSHEET_GIFTS = Layout(
    "spreadsheet_gifts",
    "gifts",
    {
        "gift_date": "Date",
        "donor_id": "Donor #",
        "donor_name": "Donor",
        "designation": "Fund",
        "amount": "Amount",
        "reference": "Check #",
        "memo": "Notes",
    },
    needed=("gift_date", "donor_id", "designation", "amount"),
    told_by=frozenset({"donor_id", "reference"}),
    signed_types=True,
    numbered=False,
    source="SHEET",
)

GENERIC_PARTNERS = Layout(
    "generic_partners",
    "partners",
    _same(
        *("source", "donor_id", "type", "display_name", "title", "first_name", "middle_name", "last_name", "suffix"),
        *("spouse_title", "spouse_first_name", "spouse_middle_name", "spouse_last_name", "spouse_suffix"),
        *("spouse_deceased", "organization", "roman_name", "email", "spouse_email", "phone", "mobile_phone"),
        *("address1", "address2", "city", "state", "postal_code", "country", "church", "note"),
    ),
    needed=("donor_id", "display_name"),
    told_by=frozenset({"display_name", "donor_id"}),
)

DATASYNC_GIFTS = Layout(
    "tnt_datasync",
    "gifts",
    {
        "donor_id": "PEOPLE_ID",
        "donor_name": "ACCT_NAME",
        "gift_date": "DISPLAY_DATE",
        "amount": "AMOUNT",
        "gift_id": "DONATION_ID",
        "designation": "DESIGNATION",
        "memo": "MEMO",
        "motivation": "MOTIVATION",
        "method": "PAYMENT_METHOD",
        "tendered_amount": "TENDERED_AMOUNT",
        "tendered_currency": "TENDERED_CURRENCY",
    },
    needed=("donor_id", "gift_date", "amount", "gift_id", "designation"),
    told_by=frozenset({"gift_id"}),
    month_first=True,
    reverses_in_memo=True,
)

DATASYNC_DONORS = Layout(
    "tnt_datasync",
    "partners",
    {
        "donor_id": "PEOPLE_ID",
        "display_name": "ACCT_NAME",
        "person_type": "PERSON_TYPE",
        "last_name": "LAST_NAME_ORG",
        "first_name": "FIRST_NAME",
        "middle_name": "MIDDLE_NAME",
        "title": "TITLE",
        "suffix": "SUFFIX",
        "spouse_last_name": "SP_LAST_NAME",
        "spouse_first_name": "SP_FIRST_NAME",
        "spouse_middle_name": "SP_MIDDLE_NAME",
        "spouse_title": "SP_TITLE",
        "spouse_suffix": "SP_SUFFIX",
        "address1": "ADDR1",
        "address2": "ADDR2",
        "address3": "ADDR3",
        "address4": "ADDR4",
        "city": "CITY",
        "state": "STATE",
        "postal_code": "ZIP",
        "country": "COUNTRY",
        "country_name": "CNTRY_DESCR",
        "address_changed": "ADDR_CHANGED",
        "phone": "PHONE",
        "phone_changed": "PHONE_CHANGED",
        "email": "EMAIL",
        "mobile_phone": "MOBILE_PHONE",
        "email_changed": "EMAIL_CHANGED",
        "email_valid": "EMAIL_VALID",
        "spouse_email": "SP_EMAIL",
        "spouse_email_valid": "SP_EMAIL_VALID",
        "spouse_phone": "SP_PHONE",
        "spouse_mobile_phone": "SP_MOBILE_PHONE",
    },
    needed=("donor_id", "display_name"),
    told_by=frozenset({"donor_id"}),
    month_first=True,
)

_FEWEST_KNOWN = 3
"""A header that shares fewer columns with a format is not taken for it, unless it has all that the format needs."""

DATASYNC = "tnt_datasync"
DATASYNC_SECTIONS = {"DONORS": DATASYNC_DONORS, "GIFTS": DATASYNC_GIFTS}
TABLE_LAYOUTS = {layout.name: layout for layout in (GENERIC_GIFTS, GENERIC_PARTNERS, SPREADSHEET_GIFTS)}
FORMATS = (DATASYNC, *TABLE_LAYOUTS)
"""The names that `--format` takes, beside "auto"."""


@dataclass(frozen=True)
class Bound:
    """A layout bound to the columns of one file: fact -> position, position -> column name as written."""

    layout: Layout
    columns: tuple[str, ...]
    places: Mapping[str, int]
    facts: Mapping[int, str] = field(repr=False)
    line: int = 1

    def text(self, cells: tuple[str, ...], fact: str) -> str:
        """Return the cell of a fact, or "" when the file has no such column."""
        place = self.places.get(fact)
        return cells[place] if place is not None else ""

    def column(self, fact: str) -> str:
        """Return the column name of a fact as the file writes it, else as the format does."""
        place = self.places.get(fact)
        return self.columns[place] if place is not None else self.layout.columns.get(fact, "")

    @property
    def unknown(self) -> list[str]:
        """The names of columns that the format does not know."""
        return [name for place, name in enumerate(self.columns) if name and place not in self.facts]


def bind(layout: Layout, table: Table) -> Bound:
    """Find the columns of a layout in a table. Raises FileRefused not_recognised, missing_column."""
    positions = {column_key(name): place for place, name in enumerate(table.columns) if name}
    places = {fact: positions[key] for fact, name in layout.columns.items() if (key := column_key(name)) in positions}
    if not places and table.columns:
        raise FileRefused("not_recognised", f"No column of this file belongs to the format {layout.name}.")
    missing = [layout.columns[fact] for fact in layout.needed if fact not in places]
    if missing:
        raise FileRefused("missing_column", f"Needed and not there: {', '.join(missing)}. Add what is missing.")
    return Bound(layout, table.columns, places, {place: fact for fact, place in places.items()}, table.line)


def recognise(table: Table) -> Layout:
    """Say which format a single table is in: the layout that knows most of its columns. Raises not_recognised."""
    keys = {column_key(name) for name in table.columns if name}
    scores = [
        (len(keys & {column_key(name) for name in layout.columns.values()}), layout)
        for layout in TABLE_LAYOUTS.values()
        if any(column_key(layout.columns[fact]) in keys for fact in layout.told_by)
    ]
    score, layout = max(scores, key=lambda pair: pair[0], default=(0, None))
    if layout is None:
        raise FileRefused("not_recognised")
    has_needed = {column_key(layout.columns[fact]) for fact in layout.needed} <= keys
    if score < _FEWEST_KNOWN and not has_needed:
        raise FileRefused("not_recognised")
    return layout
