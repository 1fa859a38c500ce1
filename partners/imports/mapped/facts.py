"""What a file of another system can be, and the facts that its columns may hold."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from imports.mapping.targets import Fact, Target

GIFTS: Final = "gifts"
PARTNERS: Final = "partners"
COMMITMENTS: Final = "commitments"
STATEMENT: Final = "statement"

_SOURCE = Fact("source", _("System"), _("Where the numbers of gifts and givers are from. Empty: your own."), once=True)
_NUMBER = Fact("donor_id", _("Giver number"), _("The number of the giver in that system."))
_CURRENCY = Fact("currency", _("Currency"), _("A code like EUR. Empty: your base currency."), once=True)
_DESIGNATION = Fact(
    "designation",
    _("Designation"),
    _("The code or the name of the fund. Unknown ones wait in suspense."),
    False,
    "value",
    True,
)
_METHOD = Fact("method", _("Payment method"), _("How it came: check, card, bank transfer, cash."), False, "value", True)

_PERSON = (
    Fact("title", _("Title"), _("Like Dr. or Mrs.")),
    Fact("first_name", _("First name"), _("Of the person, or the first of a couple.")),
    Fact("last_name", _("Last name"), _("The family name.")),
    Fact("organization", _("Organization"), _("The name of a church, foundation or business.")),
)
_REACH = (
    Fact("email", _("E-mail"), _("One address. It also tells two givers of one name apart.")),
    Fact("phone", _("Phone"), _("One number.")),
    Fact("mobile_phone", _("Mobile phone"), _("A second number.")),
    Fact("address1", _("Street"), _("Street and number.")),
    Fact("address2", _("Street, second line"), _("What else the address needs.")),
    Fact("city", _("City"), _("Town or city.")),
    Fact("state", _("State or region"), _("Where addresses have one.")),
    Fact("postal_code", _("Postal code"), _("ZIP code.")),
    Fact("country", _("Country"), _("Code or name."), once=True),
)
_GIVER = (
    _NUMBER,
    Fact("donor_name", _("Name of the giver"), _("The whole name in one column.")),
    *_PERSON,
    *_REACH,
)
_NAMED = (("donor_id", "donor_name", "last_name", "organization", "email"), _("a column that tells who gave"))

GIFT_FILE = Target(
    GIFTS,
    _("Gifts"),
    (
        Fact("gift_date", _("Date"), _("The day of the gift."), True, "day"),
        Fact("amount", _("Amount"), _("What was given. Refunds are negative."), True, "amount"),
        _DESIGNATION,
        *_GIVER,
        Fact("gift_id", _("Gift number"), _("What tells a gift from every other. Lines of one gift share it.")),
        _CURRENCY,
        _METHOD,
        Fact("type", _("Kind"), _("Gift, in kind, stock, matching, refund or chargeback."), False, "value", True),
        Fact("status", _("Status"), _("Whether the money came: paid, failed, pledged."), False, "value"),
        Fact("reference", _("Check number"), _("The number of the check, or the reference of the payment.")),
        Fact("memo", _("Memo"), _("What the giver wrote. It is kept word for word.")),
        Fact("motivation", _("Appeal"), _("What moved the giver, like a campaign."), once=True),
        Fact("tendered_amount", _("Amount as given"), _("In the currency that was given."), False, "amount"),
        Fact("tendered_currency", _("Currency as given"), _("The code of that currency."), once=True),
        Fact("gift_total", _("Total of the gift"), _("Where a gift has several lines."), False, "amount"),
        Fact("fmv", _("Value returned"), _("What the giver got in return was worth this much."), False, "amount"),
        Fact("in_return", _("Given in return"), _("In words what the giver got, like a dinner or a book.")),
        Fact(
            "intangible", _("Religious benefits only"), _("Yes where the giver got nothing else."), False, "yes", True
        ),
        Fact("description", _("Description of goods"), _("Of a gift in kind: what was given, without a value.")),
        Fact(
            "receipted",
            _("Receipted elsewhere"),
            _("The day of the receipt that the old system gave, or yes."),
            once=True,
        ),
        Fact("soft_donor_id", _("Number of who is thanked"), _("A soft credit: another giver's number.")),
        Fact("reverses", _("Taken back gift"), _("The number of the gift that a refund takes back.")),
        Fact("anonymous", _("Anonymous"), _("Yes or no."), False, "yes", True),
        _SOURCE,
    ),
    (_NAMED,),
)
PARTNER_FILE = Target(
    PARTNERS,
    _("Partners"),
    (
        _NUMBER,
        Fact("display_name", _("Name"), _("The whole name in one column.")),
        *_PERSON,
        Fact("middle_name", _("Middle name"), _("Or an initial.")),
        Fact("suffix", _("Suffix"), _("Like Jr.")),
        Fact("type", _("Kind"), _("Person, household, church, foundation or business."), False, "value", True),
        Fact("spouse_first_name", _("First name of the spouse"), _("Makes it a household.")),
        Fact("spouse_last_name", _("Last name of the spouse"), _("Where it is another one.")),
        *_REACH,
        Fact("spouse_email", _("E-mail of the spouse"), _("One address.")),
        Fact("church", _("Church"), _("To which the partner belongs.")),
        Fact("deceased", _("Has died"), _("Yes or no."), False, "yes"),
        Fact("deceased_on", _("Day of death"), _("The day, where it is known."), False, "day"),
        Fact("spouse_deceased", _("Spouse has died"), _("Yes or no."), False, "yes"),
        Fact("language", _("Language"), _("A code like es, or the name of the language."), once=True),
        Fact("tags", _("Tags"), _("Words with commas or semicolons between them."), once=True),
        Fact("email_valid", _("E-mail works"), _("No where nothing arrives there any more."), False, "yes"),
        Fact("phone_valid", _("Phone works"), _("No where nobody answers there any more."), False, "yes"),
        Fact("address_valid", _("Address works"), _("No where mail comes back."), False, "yes"),
        Fact("greeting", _("Greeting"), _("How letters begin.")),
        Fact("note", _("Note"), _("What else is known.")),
        _SOURCE,
    ),
    ((("display_name", "last_name", "organization"), _("a column with names")),),
)
COMMITMENT_FILE = Target(
    COMMITMENTS,
    _("Commitments"),
    (
        Fact("donor_id", _("Giver number"), _("The number of a giver whom you know already.")),
        Fact("email", _("E-mail"), _("Where the file has no numbers: as the givers came in.")),
        Fact("designation", _("Designation"), _("The code or the name of the fund."), True, "value", True),
        Fact("amount", _("Amount"), _("What is promised each time."), True, "amount"),
        Fact("frequency", _("How often"), _("Like monthly or quarterly."), True, "value", True),
        Fact("start_date", _("First day"), _("When it began."), True, "day"),
        Fact("end_date", _("Last day"), _("Empty while it goes on."), False, "day"),
        _CURRENCY,
        _METHOD,
        _SOURCE,
    ),
    ((("donor_id", "email"), _("a column that tells who promised")),),
)
STATEMENT_FILE = Target(
    STATEMENT,
    _("Bank statement"),
    (
        Fact("date", _("Date"), _("The day on which it was booked."), True, "day"),
        Fact("amount", _("Amount"), _("Money in is positive, money out negative."), False, "amount"),
        Fact("credit", _("Money in"), _("Where in and out have a column each."), False, "amount"),
        Fact("debit", _("Money out"), _("Where in and out have a column each."), False, "amount"),
        Fact("party", _("Name"), _("Who paid, or who was paid.")),
        Fact("text", _("Text"), _("What the line says.")),
        Fact("category", _("Kind of line"), _("Like transfer, check or fee.")),
        Fact("balance", _("Balance"), _("After the line. It shows whether a line is missing."), False, "amount"),
        Fact("reference", _("Reference"), _("What the bank calls the line.")),
        Fact("check", _("Check number"), _("Of a check that was paid in.")),
        _CURRENCY,
        Fact("account", _("Account number"), _("Of the account that the lines are of."), once=True),
    ),
    ((("amount", "credit", "debit"), _("a column with amounts")),),
)
TARGETS: tuple[Target, ...] = (GIFT_FILE, PARTNER_FILE, COMMITMENT_FILE, STATEMENT_FILE)
