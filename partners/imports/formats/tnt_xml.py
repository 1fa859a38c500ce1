"""TntConnect's XML export: contacts become partners, gifts gifts; every other table is kept as it came."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from partners.imports.context import Context
from partners.imports.formats.contacts import CONTACT_FACTS, kind_of
from partners.imports.formats.donorhub import parts_of
from partners.imports.formats.tnt_contacts import SOURCE, is_yes
from partners.imports.formats.tnt_database import ID, TntDatabase
from partners.imports.layouts import Cells, Facts, Layout
from partners.keys import SOURCE_LENGTH, short_key
from partners.listed_words import cell_of, words_of
from partners.same_name import plain

TNT_XML = "tnt_xml"
_NO_DAY = "1899-12-30"
_PLACES = ("Home", "Business", "Other")
_PHONE_BITS = {"phone": 0, "mobile_phone": 5, "phone_2": 8}
"""Home, mobile and business phone: their places in the list of kinds to which PhoneIsValidMask refers."""


@dataclass(frozen=True)
class Lookups:
    """What the rows of a database point to, by id."""

    designations: dict[str, str]
    donors: dict[str, str]
    currencies: dict[str, str]
    sources: dict[str, str]
    groups: dict[str, list[str]]
    died: frozenset[tuple[str, bool]]
    """(Contact, whether it is the spouse)."""

    @classmethod
    def of(cls, database: TntDatabase, context: Context) -> "Lookups":
        codes = database.by_id("organization", "Code")
        short = database.by_id("organization", "Abbreviation")
        return cls(
            designations=database.by_id("designation", "OrgDesignationCode"),
            donors=database.by_id("donor", "OrgDonorCode"),
            currencies=database.by_id("currency", "Code"),
            sources={key: source_of(code, short.get(key, ""), context) for key, code in codes.items()},
            groups=groups_of(database),
            died=frozenset(
                (row.fields.get("ContactID", ""), is_yes(row.fields.get("IsSpouse", "")))
                for row in database.rows("donor")
                if is_yes(row.fields.get("Deceased", ""))
            ),
        )


def groups_of(database: TntDatabase) -> dict[str, list[str]]:
    """Contact -> the names of the groups to which it belongs."""
    names = database.by_id("group", "Description") | {
        row.fields.get(ID, ""): text for row in database.rows("group") if (text := row.fields.get("Name", ""))
    }
    found: dict[str, list[str]] = {}
    for row in database.rows("groupcontact"):
        if name := names.get(row.fields.get("GroupID", "")):
            found.setdefault(row.fields.get("ContactID", ""), []).append(name)
    return found


def source_of(code: str, abbreviation: str, context: Context) -> str:
    """The source of an organization's gifts: the agency's own for its own code or for none."""
    if code in {"", context.organization_code}:
        return context.default_source
    return short_key(abbreviation or code, SOURCE_LENGTH)


def gift_facts(lookups: Lookups, row: Cells, context: Context) -> Sequence[Facts]:
    """A gift with what its ids point to; one that the worker wrote down has no number of an organization."""
    number = row.text("code")
    source = lookups.sources.get(row.text("organization"), context.default_source)
    tendered = row.text("tendered_amount")
    return [
        {
            "source": source if number else SOURCE,
            "gift_id": number or f"tnt {row.text('row')}",
            "donor_id": lookups.donors.get(row.text("donor"), ""),
            "designation": lookups.designations.get(row.text("designation_row"), ""),
            "currency": lookups.currencies.get(row.text("currency_row"), ""),
            "tendered_amount": tendered,
            "tendered_currency": lookups.currencies.get(row.text("tendered_row"), "") if tendered else "",
            "gift_date": row.text("day").split(" ")[0],
        }
    ]


def contact_facts(lookups: Lookups, row: Cells, context: Context) -> Sequence[Facts]:
    """A contact is the donor of its first code; without one it is known by its number and name."""
    codes = parts_of(row.text("codes"), ",;")
    name = row.first("full_name", "file_as")
    spouse = row.text("spouse_given")
    organization = row.first("organization_name", "full_name") if is_yes(row.text("is_organization")) else ""
    own = next(iter(lookups.sources.values()), context.default_source)
    where = next((each for each in _PLACES if row.text(f"{each}_street")), _PLACES[0])
    return [
        {
            "source": own if codes else SOURCE,
            "donor_id": codes[0] if codes else f"{row.text('row')}/{plain(name)}" if name else "",
            "display_name": name,
            "type": kind_of(organization, spouse),
            "organization": organization,
            "first_name": row.text("given"),
            "last_name": row.text("family"),
            "spouse_first_name": spouse,
            "spouse_last_name": row.text("spouse_family"),
            "address1": row.text(f"{where}_street"),
            "city": row.text(f"{where}_city"),
            "state": row.text(f"{where}_state"),
            "postal_code": row.text(f"{where}_zip"),
            "country": country_of(row, where),
            "address_valid": row.text(f"{where}_valid"),
            "deceased": "yes" if is_dead(row, lookups, is_spouse=False) else "",
            "spouse_deceased": "yes" if is_dead(row, lookups, is_spouse=True) else "",
            "commitment_currency": lookups.currencies.get(row.text("commitment_currency_row"), ""),
            "tags": cell_of([*words_of(row.text("categories")), *lookups.groups.get(row.text("row"), [])]),
        }
        | {f"{fact}_valid": phone_works(row, bit) for fact, bit in _PHONE_BITS.items()}
    ]


def is_dead(row: Cells, lookups: Lookups, *, is_spouse: bool) -> bool:
    """Whether the contact says so, or the organization's own record of the donor."""
    return (not is_spouse and is_yes(row.text("deceased"))) or (row.text("row"), is_spouse) in lookups.died


def phone_works(row: Cells, bit: int) -> str:
    """What the mask of the contact says of one kind of phone; "" where it has none."""
    mask = row.text("phone_mask")
    if not (mask.isascii() and mask.isdigit()) or len(mask) > 12:
        return ""
    return "yes" if int(mask) >> bit & 1 else "no"


def country_of(row: Cells, where: str) -> str:
    """The last line of the address block, where the address is not in the United States (840 of ISO 3166-1)."""
    if row.text(f"{where}_country") in {"", "840"}:
        return ""
    lines = parts_of(row.text("block"), "")
    return lines[-1] if len(lines) > 2 else ""


def contacts_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """Phases, and how each contact wants the newsletter."""
    phases: Counter[str] = Counter()
    newsletter: Counter[str] = Counter()
    contacts = organizations = 0
    for row in rows:
        contacts += 1
        organizations += is_yes(row.text("is_organization"))
        phases[row.text("phase")] += 1
        newsletter[newsletter_of(row)] += 1
    del phases[""]
    return {
        "contacts": contacts,
        "organisations": organizations,
        "by_phase": dict(sorted(phases.items(), key=lambda pair: pair[0].rjust(10))),
        "newsletter": dict(sorted(newsletter.items())),
    }


def newsletter_of(row: Cells) -> str:
    """none, email, physical or both. A preference for e-mail alone is "+E" or "+E-P", for paper "+P" or "+P-E"."""
    if not is_yes(row.text("newsletter")):
        return "none"
    return {"+E": "email", "+E-P": "email", "+P": "physical", "+P-E": "physical"}.get(row.text("media"), "both")


CONTACTS = Layout(
    TNT_XML,
    "partners",
    {
        "row": "id",
        "codes": "OrgDonorCodes",
        "file_as": "FileAs",
        "full_name": "FullName",
        "greeting": "Greeting",
        "is_organization": "IsOrganization",
        "organization_name": "OrganizationName",
        "title": "Title",
        "given": "FirstName",
        "middle_name": "MiddleName",
        "family": "LastName",
        "suffix": "Suffix",
        "spouse_title": "SpouseTitle",
        "spouse_given": "SpouseFirstName",
        "spouse_family": "SpouseLastName",
        "spouse_middle_name": "SpouseMiddleName",
        "phone": "HomePhone",
        "mobile_phone": "MobilePhone",
        "phone_2": "BusinessPhone",
        "email": "Email1",
        "email_2": "Email2",
        "email_3": "Email3",
        "email_valid": "Email1IsValid",
        "email_2_valid": "Email2IsValid",
        "email_3_valid": "Email3IsValid",
        "phone_mask": "PhoneIsValidMask",
        "deceased": "Deceased",
        "categories": "Categories",
        "church": "ChurchName",
        "note": "Notes",
        "phase": "MPDPhaseID",
        "newsletter": "SendNewsletter",
        "media": "NewsletterMediaPref",
        "commitment_amount": "PledgeAmount",
        "commitment_frequency": "PledgeFrequencyID",
        "commitment_start": "PledgeStartDate",
        "commitment_currency_row": "PledgeCurrencyID",
        "block": "MailingAddressBlock",
        **{
            f"{where}_{fact}": f"{where}{tag}"
            for where in _PLACES
            for fact, tag in (("street", "StreetAddress"), ("city", "City"), ("state", "State"), ("zip", "PostalCode"))
        },
        **{f"{where}_country": f"{where}CountryID" for where in _PLACES},
        **{f"{where}_valid": f"{where}AddressIsDeliverable" for where in _PLACES},
    },
    needed=("row",),
    told_by=frozenset(),
    also={
        "phone_mask": ("PhoneIsOperationalMask",),
        "email_valid": ("Email1IsOperational",),
        "email_2_valid": ("Email2IsOperational",),
        "email_3_valid": ("Email3IsOperational",),
    },
    numbered=False,
    made=(
        *(*CONTACT_FACTS, "address1", "city", "state", "postal_code", "country", "address_valid", "deceased"),
        *("spouse_deceased", "tags", "phone_valid", "mobile_phone_valid", "phone_2_valid", "commitment_currency"),
    ),
    tells=contacts_tell,
)
GIFTS = Layout(
    TNT_XML,
    "gifts",
    {
        "row": "id",
        "organization": "OrganizationID",
        "donor": "DonorID",
        "designation_row": "DesignationID",
        "day": "GiftDate",
        "amount": "Amount",
        "currency_row": "CurrencyID",
        "code": "OrgGiftCode",
        "memo": "Memo",
        "tendered_amount": "OrgTenderedAmount",
        "tendered_row": "OrgTenderedCurrencyID",
        "motivation": "OrgMotivationCode",
        "method": "PaymentMethod",
        "gift_date": "GiftDate",
        "gift_id": "OrgGiftCode",
        "designation": "DesignationID",
        "donor_id": "DonorID",
        "currency": "CurrencyID",
        "tendered_currency": "OrgTenderedCurrencyID",
    },
    needed=("row",),
    told_by=frozenset(),
    month_first=True,
    reverses_in_memo=True,
    made=(
        *("source", "gift_id", "donor_id", "designation", "currency", "tendered_amount", "tendered_currency"),
        "gift_date",
    ),
)


def layouts_for(database: TntDatabase, context: Context) -> tuple[Layout, Layout]:
    """The layouts of contacts and gifts, bound to what this database's ids point to."""
    lookups = Lookups.of(database, context)
    return (
        replace(CONTACTS, makes=partial(contact_facts, lookups)),
        replace(GIFTS, makes=partial(gift_facts, lookups)),
    )


def database_facts(database: TntDatabase) -> dict[str, Any]:
    """What is told of the tables beside contacts and gifts."""
    properties = {row.fields.get("PropName", ""): row.fields.get("PropValue", "") for row in database.rows("property")}
    return {
        "encoding": database.encoding,
        "donors": len(database.rows("donor")),
        "designations": sorted(set(database.by_id("designation", "OrgDesignationCode").values())),
        "history": len(database.rows("history")),
        "tasks": len(database.rows("task")),
        "support_goal": properties.get("MonthlySupportGoal", ""),
    }
