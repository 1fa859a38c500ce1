"""Our own layouts, and a gift list as people keep it in a spreadsheet."""

from partners.imports.layouts import Layout


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


GENERIC_GIFTS = Layout(
    "generic_gifts",
    "gifts",
    _same(
        *("source", "gift_id", "gift_date", "donor_id", "donor_name", "designation", "amount", "currency"),
        *("tendered_amount", "tendered_currency", "gift_total", "method", "type", "reference", "fmv", "soft_donor_id"),
        *("soft_type", "reverses", "anonymous", "motivation", "memo", "designation_code", "description", "in_return"),
        *("intangible", "receipted"),
    ),
    needed=("gift_id", "gift_date", "donor_id", "designation", "amount"),
    told_by=frozenset({"gift_id", "gift_date"}),
    signed_types=True,
    ours=True,
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
        *("spouse_deceased", "organization", "roman_name", "email", "email_2", "email_3", "spouse_email"),
        *("spouse_email_2", "phone", "mobile_phone", "phone_2", "phone_3", "spouse_phone", "spouse_mobile_phone"),
        *("address1", "address2", "address3", "address4", "city", "state", "postal_code", "country", "church", "note"),
        *("greeting", "deceased", "deceased_on", "language", "tags", "email_valid", "phone_valid", "address_valid"),
    ),
    needed=("donor_id", "display_name"),
    told_by=frozenset({"display_name", "donor_id"}),
    ours=True,
)
