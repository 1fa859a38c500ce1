"""MPDX: contacts as it imports and exports them, and its report of donations."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.amounts import monthly
from partners.imports.formats.contacts import CONTACT_FACTS, content_key, kind_of, listed_name
from partners.imports.layouts import Cells, Facts, Layout, keys_of

SOURCE = "MPDX"


def contact_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A contact without a number: it is known again by its names and its first address."""
    first, last, spouse = row.text("given"), row.text("family"), row.text("spouse_given")
    organization = first if first == last else ""
    full = row.text("full_name") or listed_name(first, spouse, last)
    return [
        {
            "donor_id": content_key((first, spouse, last or full), reach_of(row)) if full else "",
            "display_name": full,
            "type": kind_of(organization, spouse),
            "organization": organization,
            "first_name": "" if organization else first,
            "last_name": "" if organization else last,
            "spouse_first_name": spouse,
            "spouse_last_name": row.text("spouse_family") or (last if spouse else ""),
        }
    ]


def reach_of(row: Cells) -> str:
    return row.first("email", "spouse_email", "phone", "address1", "city")


def contacts_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """Statuses, tags and what the commitments come to in a month, in the base currency."""
    statuses: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    total = Decimal(0)
    for row in rows:
        statuses[row.text("phase")] += 1
        tags.update(tag for part in row.text("tags").split(",") if (tag := part.strip()))
        if row.text("commitment_currency").upper() in {"", context.base_currency}:
            total += monthly(row.text("commitment_amount"), row.text("commitment_frequency"))
    del statuses[""]
    return {
        "by_status": dict(sorted(statuses.items())),
        "tags": dict(sorted(tags.items())),
        "monthly_commitment_total": f"{total:.2f}",
    }


CONTACTS_IMPORT = Layout(
    "mpdx_contacts_import",
    "partners",
    {
        "given": "first_name",
        "family": "last_name",
        "full_name": "full_name",
        "spouse_given": "spouse_first_name",
        "spouse_family": "spouse_last_name",
        "greeting": "greeting",
        "church": "church",
        "note": "notes",
        "email": "email_1",
        "email_2": "email_2",
        "spouse_email": "spouse_email",
        "phone": "phone_1",
        "phone_2": "phone_2",
        "phone_3": "phone_3",
        "spouse_phone": "spouse_phone",
        "address1": "street",
        "city": "city",
        "state": "state",
        "postal_code": "zip",
        "country": "country",
        "phase": "status",
        "tags": "tags",
        "commitment_amount": "commitment_amount",
        "commitment_currency": "commitment_currency",
        "commitment_frequency": "commitment_frequency",
    },
    needed=("phase",),
    told_by=frozenset({"commitment_amount", "email_2", "phone_2"}),
    also={"email": ("email",), "phone": ("phone",)},
    known=keys_of(
        *("envelope_greeting", "likely_to_give", "metro_area", "newsletter", "region", "send_appeals", "website"),
        *("referred_by", "relationship_code"),
    ),
    numbered=False,
    source=SOURCE,
    made=CONTACT_FACTS,
    makes=contact_facts,
    tells=contacts_tell,
)

CONTACTS_EXPORT = Layout(
    "mpdx_contacts_export",
    "partners",
    {
        "full_name": "Contact Name",
        "given": "First Name",
        "family": "Last Name",
        "spouse_given": "Spouse First Name",
        "greeting": "Greeting",
        "email": "Primary Email",
        "email_2": "Other Email",
        "spouse_email": "Spouse Email",
        "spouse_email_2": "Spouse Other Email",
        "phone": "Primary Phone",
        "phone_2": "Other Phone",
        "spouse_phone": "Spouse Phone",
        "spouse_phone_2": "Spouse Other Phone",
        "address1": "Mailing Street Address",
        "city": "Mailing City",
        "state": "Mailing State",
        "postal_code": "Mailing Postal Code",
        "country": "Mailing Country",
        "phase": "Status",
        "tags": "Tags",
        "commitment_amount": "Commitment Amount",
        "commitment_currency": "Commitment Currency",
        "commitment_frequency": "Commitment Frequency",
    },
    needed=("full_name",),
    told_by=frozenset({"full_name"}),
    known=keys_of("Envelope Greeting", "Newsletter", "Commitment Received", "Address Block"),
    numbered=False,
    source=SOURCE,
    made=CONTACT_FACTS,
    makes=contact_facts,
    tells=contacts_tell,
)

_CODE = re.compile(r".*\(([^()]+)\)\s*")
_FOREIGN = re.compile(r"\s*(?:([A-Za-z]{3})\s*)?(-?[\d.,]+)(?:\s*([A-Za-z]{3}))?\s*")
_NOBODY = frozenset({"", "0"})


def donation_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A line of the report: no gift number, the designation's code in brackets, the foreign amount with currency."""
    if row.first("gift_date", "donor_name").casefold().startswith("total") and not row.text("designation"):
        return [{"no_gift": "total"}]
    designation = row.text("designation")
    code = _CODE.fullmatch(designation)
    tendered, currency = foreign_amount(row.text("tendered_amount"))
    return [
        {
            "designation": code[1].strip() if code else designation,
            "tendered_amount": tendered,
            "tendered_currency": currency,
        }
    ]


def foreign_amount(text: str) -> tuple[str, str]:
    """(Amount, currency) of "31.25 EUR" or "EUR 31.25"; what is none stays whole, to be said."""
    found = _FOREIGN.fullmatch(text)
    if found is None:
        return text, ""
    return found[2], (found[1] or found[3] or "").upper()


def giver_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """The partner of a line, as far as the report knows their number."""
    return [{"display_name": row.text("donor_name")}] if row.text("donor_id") not in _NOBODY else []


_REPORT = {
    "gift_date": "Date",
    "donor_name": "Partner",
    "donor_id": "Partner No.",
    "amount": "Amount",
    "tendered_amount": "Foreign Amount",
    "designation": "Designation",
    "method": "Method",
    "motivation": "Appeal",
}

DONATIONS = Layout(
    "mpdx_donations",
    "gifts",
    _REPORT,
    needed=("gift_date", "donor_id", "amount", "designation"),
    told_by=frozenset({"donor_id", "tendered_amount"}),
    also={"donor_id": ("Partner No", "Partner Number")},
    month_first=True,
    numbered=False,
    source=SOURCE,
    made=("designation", "tendered_amount", "tendered_currency", "no_gift"),
    makes=donation_facts,
    brings=Layout(
        "mpdx_donations",
        "partners",
        {"donor_id": "Partner No.", "donor_name": "Partner"},
        needed=(),
        told_by=frozenset(),
        also={"donor_id": ("Partner No", "Partner Number")},
        made=("display_name",),
        makes=giver_facts,
    ),
)

LAYOUTS: Mapping[str, Layout] = {each.name: each for each in (CONTACTS_IMPORT, CONTACTS_EXPORT, DONATIONS)}
