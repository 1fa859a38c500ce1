"""The PayPal Giving Fund's payouts: the fund is the legal donor, the person named is a soft credit and gets no receipt
from us, for the fund gave one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from core.dates import DateOrder
from partners.imports.context import Context
from partners.imports.formats.amounts import is_balanced, number
from partners.imports.formats.processors import day_or_none, money_or_none
from partners.imports.layouts import Cells, Facts, Layout
from partners.imports.movements import Movement

SOURCE = "PPGF"
FUND = "PayPal Giving Fund"
SOFT_KIND = "giving_fund"


def person_of(row: Cells) -> str:
    """The key of the person behind a grant; "" where the fund names nobody."""
    return row.text("email").casefold() or name_of(row).casefold()


def name_of(row: Cells) -> str:
    return " ".join(filter(None, (row.text("given"), row.text("family"))))


def gift_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """Every row is a gift of the fund; a negative one takes a grant back."""
    gross = row.text("amount")
    person = person_of(row)
    return [
        {
            "donor_id": SOURCE,
            "donor_name": FUND,
            "soft_donor_id": person,
            "soft_type": SOFT_KIND if person else "",
            "unbalanced": "" if is_balanced(gross, row.text("fee"), row.text("net")) else "yes",
        }
    ]


def giver_facts(row: Cells, context: Context) -> Sequence[Facts]:
    """The fund, and the person behind the grant."""
    fund = {"donor_id": SOURCE, "display_name": FUND, "type": "fund_sponsor", "organization": FUND}
    person = person_of(row)
    if not person:
        return [fund]
    named = {"donor_id": person, "display_name": name_of(row) or row.text("email"), "type": "person"}
    return [
        fund,
        named | {"first_name": row.text("given"), "last_name": row.text("family"), "email": row.text("email")},
    ]


def movement(row: Cells, context: Context, order: DateOrder) -> Movement | None:
    """What the row adds to a payout."""
    currency = row.text("currency").upper() or context.base_currency
    net, gross, fee = (money_or_none(row.text(fact), currency) for fact in ("net", "amount", "fee"))
    moved, day = net or gross, day_or_none(row.text("gift_date"), context.today, order)
    if moved is None or day is None or not row.text("gift_id"):
        return None
    payout_day = day_or_none(row.text("payout_date"), context.today, order)
    return Movement(
        account=SOURCE,
        reference=row.text("gift_id"),
        date=day,
        amount=moved,
        gross=gross,
        fee=fee,
        category=row.text("motivation"),
        party=name_of(row),
        payout=payout_day.isoformat() if payout_day else "",
        payout_date=payout_day,
        gift_number=row.text("gift_id"),
    )


def payouts_tell(rows: Iterable[Cells], context: Context) -> dict[str, Any]:
    """What each payout comes to; the days of several currencies are told apart."""
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        currency = row.text("currency").upper() or context.base_currency
        sums[row.text("payout_date"), currency] += number(row.first("net", "amount")) or 0
    one = len({currency for _, currency in sums}) < 2
    return {"payouts": {day if one else f"{day} {of}": f"{total}" for (day, of), total in sorted(sums.items())}}


_COLUMNS = {
    "payout_date": "Payout Date",
    "gift_date": "Donation Date",
    "given": "Donor First Name",
    "family": "Donor Last Name",
    "email": "Donor Email",
    "motivation": "Program Name",
    "designation": "Reference Information",
    "currency": "Currency Code",
    "amount": "Gross Amount",
    "fee": "Total Fees",
    "net": "Net Amount",
    "gift_id": "Transaction ID",
}
GIVING_FUND = Layout(
    "ppgf_payout",
    "gifts",
    _COLUMNS,
    needed=("gift_date", "amount", "gift_id", "payout_date"),
    told_by=frozenset({"payout_date", "motivation"}),
    source=SOURCE,
    own_donors=True,
    made=("donor_id", "donor_name", "soft_donor_id", "soft_type", "unbalanced"),
    makes=gift_facts,
    moves=movement,
    tells=payouts_tell,
    brings=Layout(
        "ppgf_payout",
        "partners",
        {fact: _COLUMNS[fact] for fact in ("given", "family", "email")},
        needed=(),
        told_by=frozenset(),
        source=SOURCE,
        made=("donor_id", "display_name", "type", "organization", "first_name", "last_name", "email"),
        makes=giver_facts,
    ),
)
