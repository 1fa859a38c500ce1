"""Salesforce NPSP Data Import: a donation per row with its giver and the funds (GAU) it is for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from itertools import islice

from core.money import UnknownCurrency, exponent
from imports.reading.delimited import Record, Table, TextFile, column_key, read_table, rows_of
from imports.reading.findings import FileRefused
from partners.imports.context import Context
from partners.imports.formats.amounts import number
from partners.imports.formats.contacts import content_key
from partners.imports.layouts import Cells, Facts, Layout, keys_of

SOURCE = "NPSP"
ALLOCATIONS = 10
_PAID = frozenset({"", "closed won", "posted", "paid"})
_UNPAID = frozenset(
    {
        *("pledged", "prospecting", "closed lost", "withdrawn", "declined", "refused", "pending", "qualification"),
        *("identification", "cultivation", "solicitation", "application submitted", "verbal commitment", "proposal"),
        *("needs analysis", "value proposition", "id. decision makers", "perception analysis", "canceled", "failed"),
        *("proposal/price quote", "negotiation/review", "cancelled", "promised"),
    }
)
"""Stages of what was not given, or not yet; any other that is not won is asked about."""
_HEADER_WITHIN = 12
_FEWEST = 3


def _api(label: str) -> str:
    """The name that Salesforce itself has for a label: NPSP__CONTACT1_FIRSTNAME__C."""
    return _API.get(label) or f"NPSP__{label.replace('/', ' ').replace(' ', '_').upper()}__C"


_API = {
    f"{who} {label}": f"NPSP__{who.upper()}_{api}__C"
    for who in ("Contact1", "Contact2")
    for label, api in (("First Name", "FIRSTNAME"), ("Last Name", "LASTNAME"))
} | {"Campaign Name": "NPSP__DONATION_CAMPAIGN_NAME__C", "Donation Imported": "NPSP__DONATIONIMPORTED__C"}

_GIFT = {
    "donor": "Donation Donor",
    "total": "Donation Amount",
    "gift_date": "Donation Date",
    "stage": "Donation Stage",
    "record_type": "Donation Record Type Name",
    "memo": "Donation Description",
    "motivation": "Campaign Name",
    "gift_id": "Payment Check/Reference Number",
    "method": "Payment Method",
    "given": "Contact1 First Name",
    "family": "Contact1 Last Name",
    "contact_email": "Contact1 Personal Email",
    "account": "Account1 Name",
    "account_street": "Account1 Street",
    "home_street": "Home Street",
}
_FUNDS = {
    f"{what}_{place}": f"GAU Allocation {place} {label}"
    for place in range(1, ALLOCATIONS + 1)
    for what, label in (("gau", "GAU"), ("gau_amount", "Amount"), ("gau_percent", "Percent"))
}
_PERSON = {
    "contact_title": "Contact1 Salutation",
    "spouse_title": "Contact2 Salutation",
    "spouse_first_name": "Contact2 First Name",
    "spouse_last_name": "Contact2 Last Name",
    "email_2": "Contact1 Work Email",
    "email_3": "Contact1 Alternate Email",
    "spouse_email": "Contact2 Personal Email",
    "spouse_email_2": "Contact2 Work Email",
    "home_phone": "Contact1 Home Phone",
    "mobile_phone": "Contact1 Mobile Phone",
    "phone_2": "Contact1 Work Phone",
    "spouse_phone": "Contact2 Home Phone",
    "spouse_mobile_phone": "Contact2 Mobile Phone",
    "account_phone": "Account1 Phone",
    "home_city": "Home City",
    "home_state": "Home State/Province",
    "home_zip": "Home Zip/Postal Code",
    "home_country": "Home Country",
    "account_city": "Account1 City",
    "account_state": "Account1 State/Province",
    "account_zip": "Account1 Zip/Postal Code",
    "account_country": "Account1 Country",
}
KNOWN = keys_of(
    *(name for label in _PERSON.values() for name in (label, _api(label))),
    *(
        name
        for who in ("Contact1", "Contact2")
        for what in ("Birthdate", "Title", "Preferred Email", "Preferred Phone", "Other Phone", "Alternate Email")
        for name in (f"{who} {what}", _api(f"{who} {what}"))
    ),
    *(
        name
        for label in (
            *("Contact2 Work Phone", "Account1 Website", "Donation Name", "Donation Type", "Donation Member Level"),
            *("Donation Membership Start Date", "Donation Membership End Date", "Donation Membership Origin"),
            *("Donation Imported", "Campaign Member Status", "Payment Imported"),
            *(f"Account2 {what}" for what in ("Name", "Street", "City", "State/Province", "Zip/Postal Code")),
            *("Account2 Country", "Account2 Phone", "Account2 Website"),
        )
        for name in (label, _api(label))
    ),
)


def is_account(row: Cells) -> bool:
    """Whether the organization gave, and not the person."""
    stated = column_key(row.text("donor"))
    return stated == "account1" or (not stated and not row.text("family") and row.text("account") != "")


def giver_key(row: Cells) -> str:
    """Givers are told apart by name, e-mail and street."""
    if is_account(row):
        return content_key((row.text("account"),), row.text("account_street")) if row.text("account") else ""
    names = (row.text("given"), row.text("family"))
    return content_key((*names, row.text("contact_email")), row.text("home_street")) if row.text("family") else ""


def gift_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """One line per fund. A row without a donation, or one that is not won, is no gift."""
    if not (row.text("total") or row.text("gift_date") or row.text("gift_id")):
        return [{"no_gift": "no donation"}]
    if row.text("stage").casefold() not in _PAID:
        asked = "" if row.text("stage").casefold() in _UNPAID else row.text("stage")
        return [{"no_gift": row.text("stage"), "unknown_category": asked}]
    kind = "in_kind" if column_key(row.text("record_type")) in {"inkind", "inkindgift"} else "gift"
    same = {"donor_id": giver_key(row), "gift_total": row.text("total"), "type": kind}
    return [
        same | {"designation": gau, "amount": amount}
        for gau, amount in allocations(row, places_of(row.text("currency").upper() or context.base_currency))
    ]


def places_of(currency: str) -> int:
    try:
        return exponent(currency)
    except UnknownCurrency:
        return 2


def allocations(row: Cells, places: int) -> list[tuple[str, str]]:
    """(Fund, amount) of each line: stated amounts, parts by percent, and what is left over for no stated fund."""
    total = number(row.text("total"))
    stated = [
        (row.text(f"gau_{place}"), row.text(f"gau_amount_{place}"), row.text(f"gau_percent_{place}"))
        for place in range(1, ALLOCATIONS + 1)
        if row.text(f"gau_{place}")
    ]
    if total is None or not stated:
        return [(stated[0][0] if stated else "", row.text("total"))]
    if len(stated) == 1 and not stated[0][1] and stated[0][2] in {"", "100"}:
        return [(stated[0][0], row.text("total"))]
    parts = [(gau, amount or share(total, percent, places)) for gau, amount, percent in stated]
    return [*parts, *rest_of(total, [number(amount) for _, amount in parts], stated, places)]


def share(total: Decimal, percent: str, places: int) -> str:
    """The part of a donation that a percentage names, never more than that; what is left over is told apart."""
    part = number(percent)
    if part is None:
        return percent or "?"
    return str((total * part / 100).quantize(Decimal(1).scaleb(-places), ROUND_DOWN))


def rest_of(
    total: Decimal, amounts: list[Decimal | None], stated: list[tuple[str, str, str]], places: int
) -> list[tuple[str, str]]:
    """What the funds leave over. Cents lost in rounding percentages stay with the first fund, on a line of their own
    only where a whole part is left.
    """
    known = [amount for amount in amounts if amount is not None]
    left = total - sum(known, Decimal(0))
    return [("", str(left))] if left > 0 and len(known) == len(amounts) else []


def giver_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """The organization or the person (with the second contact as spouse) who gave."""
    key = giver_key(row)
    if not key:
        return []
    if is_account(row):
        place = {fact: row.text(f"account_{fact}") for fact in ("city", "state", "country")}
        name = row.text("account")
        return [
            place
            | {"donor_id": key, "display_name": name, "type": "organization", "organization": name}
            | {"address1": row.text("account_street"), "postal_code": row.text("account_zip")}
            | {"phone": row.text("account_phone")}
        ]
    place = {fact: row.text(f"home_{fact}") for fact in ("city", "state", "country")}
    first, last, spouse = row.text("given"), row.text("family"), row.text("spouse_first_name")
    return [
        place
        | {"donor_id": key, "display_name": couple(first, spouse, last, row.text("spouse_last_name"))}
        | {"type": "household" if spouse else "person", "first_name": first, "last_name": last}
        | {"title": row.text("contact_title"), "email": row.text("contact_email")}
        | {"address1": row.text("home_street"), "postal_code": row.text("home_zip"), "phone": row.text("home_phone")}
    ]


def couple(first: str, spouse: str, last: str, spouse_last: str) -> str:
    """How a couple is listed, also when the two have two names."""
    if spouse and spouse_last and spouse_last != last:
        return f"{first} {last} and {spouse} {spouse_last}"
    return " ".join(filter(None, (" and ".join(filter(None, (first, spouse))), last)))


_COLUMNS = _GIFT | _FUNDS
GIVERS = Layout(
    "npsp_data_import",
    "partners",
    _GIFT | _PERSON,
    needed=(),
    told_by=frozenset(),
    also={fact: (_api(label),) for fact, label in (_GIFT | _PERSON).items()},
    source=SOURCE,
    made=(
        *("donor_id", "display_name", "type", "organization", "title", "first_name", "last_name", "email", "phone"),
        *("address1", "city", "state", "postal_code", "country"),
    ),
    makes=giver_facts,
)
DATA_IMPORT = Layout(
    "npsp_data_import",
    "gifts",
    _COLUMNS,
    needed=("total", "gift_date", "gift_id"),
    told_by=frozenset({"donor", "total"}),
    also={fact: (_api(label),) for fact, label in _COLUMNS.items()},
    known=KNOWN,
    month_first=True,
    source=SOURCE,
    own_donors=True,
    made=("donor_id", "designation", "amount", "gift_total", "type", "unknown_category", "no_gift"),
    makes=gift_facts,
    brings=GIVERS,
)

_NAMES = KNOWN | frozenset(column_key(name) for label in _COLUMNS.values() for name in (label, _api(label)))


@dataclass(frozen=True)
class Header:
    """Where the names of the columns stand: line 5 and 6 of the template, or only one of them on line 1."""

    line: int
    api_line: int = 0


def find_header(text: TextFile) -> Header | None:
    """The header of an NPSP file among its first lines, or None when it is no such file."""
    try:
        found = [
            (line, [column_key(cell) for cell in cells if cell.strip()])
            for line, cells in islice(rows_of(islice(text.lines(), _HEADER_WITHIN), ","), _HEADER_WITHIN)
        ]
    except FileRefused:
        return None
    for place, (line, keys) in enumerate(found):
        if len([key for key in keys if key in _NAMES and key.startswith(("npsp", "contact1", "donation"))]) >= _FEWEST:
            after = found[place + 1 : place + 2]
            api_line = after[0][0] if after and _are_names(after[0][1]) else 0
            return Header(line, api_line)
    return None


def _are_names(keys: list[str]) -> bool:
    return bool(keys) and all(key.startswith("npsp") and key.endswith("c") for key in keys)


def open_table(text: TextFile, header: Header) -> Table:
    """The table below the labels, without the row of API names."""
    table = read_table(text, header.line - 1)
    return replace(table, records=lambda: _below(table.records(), header.api_line))


def _below(records: Iterable[Record], api_line: int) -> Iterator[Record]:
    row = 0
    for record in records:
        if record.line != api_line:
            row += 1
            yield replace(record, row=row)


def header_facts(header: Header, columns: int) -> dict[str, int]:
    """Where the file has what."""
    return {
        "label_line": header.line,
        "api_name_line": header.api_line,
        "first_data_line": (header.api_line or header.line) + 1,
        "columns": columns,
    }
