"""TntConnect DataSync, as `formats.md` §1 and files of agencies show it: sections with CSV inside, every cell quoted, a
space for nothing, days M/D/YYYY, a gift known by (DESIGNATION, DONATION_ID). The same columns are read by
`partners.imports.formats.datasync`.
"""

import csv
from collections.abc import Iterable
from datetime import date
from typing import IO

from agencies.models import Agency
from core.export import BOM
from partners.documents.cells import harmless_or_telephone, kept, month_first
from partners.documents.numbers import code_of, source_of
from partners.documents.people import ORGANIZATIONS, Facts

DONORS = {
    "PEOPLE_ID": "donor_id",
    "ACCT_NAME": "display_name",
    "PERSON_TYPE": "person_type",
    "LAST_NAME_ORG": "last_name",
    "FIRST_NAME": "first_name",
    "MIDDLE_NAME": "middle_name",
    "TITLE": "title",
    "SUFFIX": "suffix",
    "SP_LAST_NAME": "spouse_last_name",
    "SP_FIRST_NAME": "spouse_first_name",
    "SP_MIDDLE_NAME": "spouse_middle_name",
    "SP_TITLE": "spouse_title",
    "SP_SUFFIX": "spouse_suffix",
    "ADDR1": "address1",
    "ADDR2": "address2",
    "ADDR3": "address3",
    "ADDR4": "address4",
    "CITY": "city",
    "STATE": "state",
    "ZIP": "postal_code",
    "COUNTRY": "country",
    "CNTRY_DESCR": "country_name",
    "ADDR_CHANGED": "address_changed",
    "PHONE": "phone",
    "PHONE_CHANGED": "phone_changed",
    "MOBILE_PHONE": "mobile_phone",
    "EMAIL": "email",
    "EMAIL_CHANGED": "email_changed",
    "EMAIL_VALID": "email_valid",
    "SP_EMAIL": "spouse_email",
    "SP_PHONE": "spouse_phone",
    "SP_MOBILE_PHONE": "spouse_mobile_phone",
}
"""Column -> fact."""
GIFTS = {
    "PEOPLE_ID": "donor_id",
    "ACCT_NAME": "donor_name",
    "DISPLAY_DATE": "gift_date",
    "AMOUNT": "amount",
    "DONATION_ID": "gift_id",
    "DESIGNATION": "designation",
    "MEMO": "memo",
    "MOTIVATION": "motivation",
    "PAYMENT_METHOD": "method",
    "TENDERED_AMOUNT": "tendered_amount",
    "TENDERED_CURRENCY": "tendered_currency",
}
KEY_COLUMN = {"DESIGNATION_KEY": "designation_key"}
"""Only where a gift's first file called its designation otherwise than by its code; other systems pass it over."""
NOTHING = " "


def write_datasync(
    out: IO[str], agency: Agency, currency: str, donors: Iterable[Facts], gifts: Iterable[Facts], *, keys: bool
) -> None:
    """A whole file. `currency`: of all amounts; `keys`: whether gifts have a `designation_key`."""
    out.write(BOM)
    head = {"Name": agency.name, "Abbriviation": source_of(agency), "Code": code_of(agency)}
    lines = [f"{name}={' '.join(kept(value).split())}" for name, value in head.items()]
    out.write("\r\n".join(["[ORGANIZATION]", *lines, f"DefaultCurrencyCode={currency}", "", "[DONORS]", ""]))
    section(out, DONORS, map(donor, donors))
    out.write("\r\n[GIFTS]\r\n")
    section(out, GIFTS | (KEY_COLUMN if keys else {}), map(gift, gifts))


def section(out: IO[str], columns: dict[str, str], rows: Iterable[Facts]) -> None:
    """One table."""
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for facts in rows:
        writer.writerow([cell(facts.get(fact, "")) for fact in columns.values()])


def cell(text: str) -> str:
    """A text as it stands in the file; what would look like the head of a section is told apart by the quotes."""
    return harmless_or_telephone(text) or NOTHING


def donor(facts: Facts) -> Facts:
    """A partner in the words of DataSync, which knows people and organizations."""
    is_organization = facts["type"] in ORGANIZATIONS
    told = {**facts, "person_type": "O" if is_organization else "P"}
    if is_organization:
        told["last_name"] = facts.get("organization") or facts["display_name"]
    emailed = facts.get("email")
    return told | {"email_valid": "TRUE"} if emailed else told


def gift(facts: Facts) -> Facts:
    """A gift line: its designation by code, where it has one; what goes back names the gift in its memo."""
    code, key = facts["designation_code"], facts["designation"]
    told = {**facts, "gift_date": month_first(date.fromisoformat(facts["gift_date"])), "designation": code or key}
    if code and key != code:
        told["designation_key"] = key
    reverses = facts["reverses"]
    if reverses and reverses not in facts["memo"]:
        told["memo"] = "; ".join(filter(None, (f"Refund of gift {reverses}", facts["memo"])))
    return told
