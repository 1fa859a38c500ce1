"""Salesforce NPSP recurring donations, as the Data Loader or a report exports them: a row per promise, with its giver.
Toward which designation they are, a person says for the whole file.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from partners.imports.context import Context
from partners.imports.formats.contacts import listed_name
from partners.imports.formats.npsp import SOURCE
from partners.imports.layouts import Cells, Facts, Layout, keys_of

RECURRING_FORMAT: Final = "npsp_recurring"
_MONTHS: Final = {
    "weekly": Decimal("0.23077"),
    "week": Decimal("0.23077"),
    "monthly": Decimal(1),
    "month": Decimal(1),
    "quarterly": Decimal(3),
    "yearly": Decimal(12),
    "year": Decimal(12),
    "annually": Decimal(12),
}
_TWICE_A_MONTH = frozenset({"1st and 15th", "1st_and_15th", "first and fifteenth"})
_ENDED = frozenset({"closed", "lapsed", "canceled", "cancelled", "failed", "completed", "none"})


def is_ended(row: Cells) -> bool:
    """Whether the promise holds no more: its status says so, or that the schedule is closed."""
    return row.text("status").casefold() in _ENDED or row.text("open_ended").casefold() == "none"


def months_between(row: Cells) -> str:
    """How many months lie between two installments: the period times how many of them; "" where the file tells none,
    its own words where nobody knows them.
    """
    period, every = row.text("period"), row.text("every") or "1"
    if period.casefold() in _TWICE_A_MONTH:
        return "0.5"
    months = _MONTHS.get(period.casefold())
    if months is None or not (every.isascii() and every.isdigit()) or len(every) > 3:
        return f"{every} {period}".strip() if period else ""
    return f"{months * int(every)}"


def donor_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """Who promised, an organization or a person by the number that Salesforce gave, and what."""
    organization = row.text("organization")
    is_organization = organization != "" and not row.text("contact")
    first, last = row.text("given"), row.text("family")
    person = listed_name(first, "", last) if first or last else row.first("contact_name", "account_name")
    stands = not is_ended(row)
    return [
        {
            "donor_id": organization if is_organization else row.first("contact", "contact_name"),
            "display_name": row.first("organization_name", "account_name") if is_organization else person,
            "type": "organization" if is_organization else "person",
            "organization": row.text("organization_name") if is_organization else "",
            "first_name": "" if is_organization else first,
            "last_name": "" if is_organization else last,
            "source": SOURCE,
            "commitment_key": row.first("row_id", "name"),
            "commitment_amount": row.text("amount") if stands else "",
            "commitment_frequency": months_between(row) if stands else "",
            "commitment_start": row.first("starts", "established").split("T")[0],
            "commitment_end": row.text("ends").split("T")[0],
        }
    ]


_COLUMNS = {
    "row_id": "Id",
    "name": "Recurring Donation Name",
    "contact": "npe03__Contact__c",
    "contact_name": "npe03__Contact__r.Name",
    "given": "npe03__Contact__r.FirstName",
    "family": "npe03__Contact__r.LastName",
    "email": "npe03__Contact__r.Email",
    "organization": "npe03__Organization__c",
    "organization_name": "npe03__Organization__r.Name",
    "account_name": "Account Name",
    "amount": "npe03__Amount__c",
    "commitment_currency": "CurrencyIsoCode",
    "period": "npe03__Installment_Period__c",
    "every": "npsp__InstallmentFrequency__c",
    "established": "npe03__Date_Established__c",
    "starts": "npsp__StartDate__c",
    "ends": "npsp__EndDate__c",
    "status": "npsp__Status__c",
    "open_ended": "npe03__Open_Ended_Status__c",
}
_ALSO = {
    "row_id": ("Recurring Donation ID", "Recurring Donation: ID", "npe03__Recurring_Donation__c.Id"),
    "name": ("Name", "Recurring Donation: Recurring Donation Name"),
    "contact": ("Contact ID", "Contact: ID", "Contact: Contact ID"),
    "contact_name": ("Contact", "Contact: Full Name", "Contact Name", "Primary Contact"),
    "given": ("Contact: First Name", "First Name"),
    "family": ("Contact: Last Name", "Last Name"),
    "email": ("Contact: Email", "Email"),
    "organization": ("Organization ID", "Organization: Account ID", "Account ID"),
    "organization_name": ("Organization", "Organization: Account Name"),
    "amount": ("Amount", "Recurring Donation Amount"),
    "commitment_currency": ("Currency", "Amount Currency", "Recurring Donation Currency"),
    "period": ("Installment Period", "Recurring Period"),
    "every": ("Installment Frequency", "InstallmentFrequency__c"),
    "established": ("Date Established",),
    "starts": ("Effective Date", "Start Date", "StartDate__c"),
    "ends": ("End Date", "EndDate__c"),
    "status": ("Status", "Status__c"),
    "open_ended": ("Open Ended Status", "Schedule Type"),
}
RECURRING = Layout(
    RECURRING_FORMAT,
    "partners",
    _COLUMNS,
    needed=("amount", "period"),
    told_by=frozenset({"period"}),
    also=_ALSO,
    known=keys_of(
        *(
            "npsp__RecurringType__c",
            "Recurring Type",
            "npsp__PaymentMethod__c",
            "Payment Method",
            "npsp__Day_of_Month__c",
        ),
        *("Day of Month", "npe03__Installments__c", "Number of Planned Installments", "npe03__Next_Payment_Date__c"),
        *("Next Donation Date", "npe03__Paid_Amount__c", "Paid Amount", "npe03__Total_Paid_Installments__c"),
        *("npe03__Last_Payment_Date__c", "Last Donation Date", "npsp__ClosedReason__c", "Status Reason", "OwnerId"),
        *("npe03__Recurring_Donation_Campaign__c", "Campaign", "CreatedDate", "LastModifiedDate", "IsDeleted"),
    ),
    numbered=False,
    source=SOURCE,
    own_donors=True,
    made=(
        *("donor_id", "display_name", "type", "organization", "first_name", "last_name", "source", "commitment_key"),
        *("commitment_amount", "commitment_frequency", "commitment_start", "commitment_end"),
    ),
    makes=donor_facts,
)
