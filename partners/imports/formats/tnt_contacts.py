"""TntConnect's export of contacts: one row per contact with up to 167 columns, of which a few make a partner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.amounts import number
from partners.imports.formats.contacts import CONTACT_FACTS, kind_of
from partners.imports.formats.donorhub import parts_of
from partners.imports.layouts import Cells, Facts, Layout, keys_of
from partners.same_name import plain

SOURCE = "TNT"
_YES = frozenset({"true", "yes", "1", "-1"})


def is_yes(text: str) -> bool:
    """A yes as TntConnect writes it."""
    return text.casefold() in _YES


def contact_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """A contact is the donor of its account; without one, its number counts in this database only, with its name."""
    name = row.first("full_name", "file_as")
    accounts = parts_of(row.text("accounts"), ",;")
    source, key = (
        (context.default_source, accounts[0]) if accounts else (SOURCE, f"{row.text('contact')}/{plain(name)}")
    )
    spouse = row.text("spouse_given")
    organization = row.first("organization_name", "full_name") if is_yes(row.text("is_organization")) else ""
    return [
        {
            "source": source,
            "donor_id": key if row.text("contact") or accounts else "",
            "display_name": name,
            "type": kind_of(organization, spouse),
            "organization": organization,
            "first_name": row.text("given"),
            "last_name": row.text("family"),
            "spouse_first_name": spouse,
            "spouse_last_name": row.text("spouse_family"),
        }
        | {f"{fact}_valid": phone_works(row, fact) for fact in ("phone", "mobile_phone", "phone_2")}
    ]


def phone_works(row: Cells, fact: str) -> str:
    """What the export says of a phone; it does so of the preferred one only."""
    is_preferred = row.text(fact) == row.text("preferred_phone")
    return row.text("preferred_works") if is_preferred else ""


def contacts_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """Phases, who gets the newsletter, what was promised in a month and given in all."""
    phases: Counter[str] = Counter()
    newsletter = columns = 0
    pledged = given = Decimal(0)
    for row in rows:
        columns = len(row.bound.columns)
        phases[row.text("phase")] += 1
        newsletter += is_yes(row.text("newsletter"))
        pledged += number(row.text("monthly_pledge")) or 0
        given += number(row.text("lifetime_total")) or 0
    del phases[""]
    return {
        "columns": columns,
        "newsletter": newsletter,
        "by_phase": dict(sorted(phases.items(), key=lambda pair: pair[0].rjust(10))),
        "monthly_pledge_total": f"{pledged:.2f}",
        "lifetime_total": f"{given:.2f}",
    }


_PLACES = ("Street Address", "City", "State/Province", "ZIP/Postal Code", "Country ID", "Country/Region")
_ADDRESSES = tuple(
    f"{where} {what}"
    for where in ("Home", "Business", "Other")
    for what in (*_PLACES, "Address Is Deliverable", "Address Block", "Address Block Is Custom")
)
KNOWN = keys_of(
    *_ADDRESSES,
    *(
        "Last Edit",
        "Created Date",
        "Short Name",
        "Mailing Address Block",
        "Preferred Address Type",
        "Preferred Phone Type",
        "Home Fax",
    ),
    *("Home Phone 2", "Business Phone 2", "Business Fax", "Company Main Phone", "Assistant Phone", "Other Phone"),
    *("Other Fax", "Car Phone", "Pager Number", "Callback Phone", "ISDN Phone", "Primary Phone", "Radio Phone"),
    *("Telex Phone", "TTY/TDD Phone", "Preferred Email Types", "Email 1", "Web Page", "Personal Home Page", "LinkedIn"),
    *("Email 1 Is Operational", "Twitter", "Other Social"),
    *("Voice/Skype", "IM Address", "Facebook", "Company Name", "Profession", "Manager Name", "Assistant Name"),
    *("Department", "Job Title", "Office Location", "Referred By List", "Referred By", "Children", "Hobby"),
    *("Nickname", "User 1", "User 2", "User 3", "User 4", "User Status", "Family Level", "Family Side"),
    *("Spouse Company Name", "Spouse Profession", "Spouse Hobby", "Spouse Nickname", "Anniversary Month"),
    *("Anniversary Day", "Anniversary Year", "Birthday Month", "Birthday Day", "Birthday Year"),
    *("Spouse Birthday Month", "Spouse Birthday Day", "Spouse Birthday Year", "Pledge Amount", "Pledge Frequency"),
    *("Pledge Received", "Pledge Start Date", "Next Ask", "Never Ask", "Region", "Likely To Give"),
    *("Direct Deposit", "Magazine", "First Gift Date", "Last Gift Date", "Last Gift Amount", "Prev Year Total"),
    *("Year Total", "Largest Gift", "Good Until", "Average Monthly Gift", "Last Date In Average", "Last Pre-Call"),
    *("Twelve Month Total", "Last Activity", "Last Appointment", "Last Letter", "Last Phone Call", "Last Thank"),
    *("Appeals Since Last Gift", "RejectedDuplicateContactIDs", "File As Is Custom", "Short Name Is Custom"),
    *("Greeting Is Custom", "Full Name Is Custom", "PhoneIsOperationalMask", "PhoneCountryIDs"),
)
"""What the export has beside what makes a partner; kept with the row as it came."""

CONTACTS = Layout(
    "tnt_contacts_csv",
    "partners",
    {
        "contact": "ContactID",
        "accounts": "Organization Account IDs",
        "file_as": "File As",
        "full_name": "Full Name",
        "greeting": "Greeting",
        "is_organization": "Is Organization",
        "organization_name": "Organization Name",
        "title": "Title",
        "given": "First/Given Name",
        "middle_name": "Middle Name",
        "family": "Last/Family Name",
        "suffix": "Suffix",
        "spouse_title": "Spouse Title",
        "spouse_given": "Spouse First/Given Name",
        "spouse_middle_name": "Spouse Middle Name",
        "spouse_family": "Spouse Last/Family Name",
        "address1": "Mailing Street Address",
        "city": "Mailing City",
        "state": "Mailing State",
        "postal_code": "Mailing Postal Code",
        "country": "Mailing Country",
        "phone": "Home Phone",
        "mobile_phone": "Mobile Phone",
        "phone_2": "Business Phone",
        "email": "Email",
        "email_2": "Email 2",
        "email_3": "Email 3",
        "preferred_phone": "Phone",
        "preferred_works": "Phone Is Operational",
        "email_valid": "Email Is Operational",
        "email_2_valid": "Email 2 Is Operational",
        "email_3_valid": "Email 3 Is Operational",
        "address_valid": "Mailing Address Is Deliverable",
        "deceased": "Deceased",
        "tags": "Categories",
        "church": "Church Name",
        "note": "Notes",
        "phase": "MPD Phase",
        "newsletter": "Send Newsletter",
        "monthly_pledge": "Monthly Pledge",
        "lifetime_total": "Lifetime Total",
        "commitment_amount": "Pledge Amount",
        "commitment_frequency": "Pledge Frequency",
        "commitment_start": "Pledge Start Date",
    },
    needed=("contact", "file_as"),
    told_by=frozenset({"file_as", "accounts"}),
    known=KNOWN,
    month_first=True,
    numbered=False,
    made=(*CONTACT_FACTS, "phone_valid", "mobile_phone_valid", "phone_2_valid"),
    makes=contact_facts,
    tells=contacts_tell,
)
