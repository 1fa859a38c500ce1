"""TntConnect DataSync: the columns of [DONORS] and [GIFTS]. The answers of DataServers have the same names.

DESIGNATION_KEY is ours: what the gift's first file called its designation, where that is not the code.
"""

from partners.imports.layouts import Layout

DATASYNC = "tnt_datasync"

DATASYNC_GIFTS = Layout(
    DATASYNC,
    "gifts",
    {
        "donor_id": "PEOPLE_ID",
        "donor_name": "ACCT_NAME",
        "gift_date": "DISPLAY_DATE",
        "amount": "AMOUNT",
        "gift_id": "DONATION_ID",
        "designation": "DESIGNATION",
        "designation_key": "DESIGNATION_KEY",
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
    ours=True,
)

DATASYNC_DONORS = Layout(
    DATASYNC,
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
    ours=True,
)

DATASYNC_SECTIONS = {"DONORS": DATASYNC_DONORS, "GIFTS": DATASYNC_GIFTS}
