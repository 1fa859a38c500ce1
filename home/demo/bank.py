"""What the bank and the card processor told: some of it is matched, some proposed, some nobody has explained yet."""

from datetime import date, timedelta

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.queries import deposit_account
from home.demo.giving import bring, table
from partners.models import GiftBatch, StatementLine
from partners.operations.reconciling.accounts import say_deposit
from partners.operations.reconciling.matching import Explanation, match_lines
from partners.operations.reconciling.proposed import as_proposed

Line = tuple[date, str, int, str, str]
"""Day, kind, minor units, who, and what the bank wrote of one line."""
CHARGES = (
    ("po_demo1", (("Hedda Quillfeather", 6000), ("Tobias Arnskov", 2500), ("Marit Solvang", 10000))),
    ("po_demo2", (("Hedda Quillfeather", 6000), ("Anselm Brightwater", 4000))),
)
"""Payouts with their charges in dollars' cents. The first is matched, the second proposed."""
ACCOUNT = "000123450001"
COLUMNS = (
    *("automatic_payout_id", "automatic_payout_effective_at_utc", "balance_transaction_id", "created_utc", "currency"),
    *("gross", "fee", "net", "reporting_category", "source_id", "charge_id", "customer_id", "customer_email"),
    *("customer_name", "payment_metadata[ssu]"),
)
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>{currency}
<BANKACCTFROM><BANKID>000000000<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>{first:%Y%m%d}<DTEND>{last:%Y%m%d}
{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
STMTTRN = """<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{on:%Y%m%d}<TRNAMT>{amount}
<FITID>demo{number}<NAME>{name}<MEMO>{memo}</STMTTRN>
"""


def ask_the_bank(agency: Agency, actor: User, today: date) -> None:
    """Two payouts of the card processor and a statement of the bank: the mail of last week and the first payout are
    matched, the second payout is proposed, a transfer from nobody known and the interest wait.
    """
    place = Designation.objects.open_on(today).filter(kind="unit").order_by("code").first()
    batch = GiftBatch.objects.filter(state=GiftBatch.State.POSTED).order_by("-pk").first()
    if place is None or batch is None:
        return
    bring(agency, actor, "card-payouts.csv", table(COLUMNS, charges(place.code, today)))
    nets = {payout: sum(minor - fee(minor) for _name, minor in given) for payout, given in CHARGES}
    lines: list[Line] = [
        (paid_out(today, 0) + timedelta(days=1), "CREDIT", nets["po_demo1"], "STRIPE", "STRIPE PAYOUT"),
        (batch.deposited_on + timedelta(days=1), "DEP", batch.expected_total, "BRANCH DEPOSIT", "DEPOSIT 8 CHECKS"),
        (paid_out(today, 1) + timedelta(days=1), "CREDIT", nets["po_demo2"], "STRIPE", "STRIPE PAYOUT"),
        (today - timedelta(days=3), "CREDIT", 21500, "HOLLIS", "ACH CREDIT HOLLIS"),
        (today - timedelta(days=2), "INT", 187, "INTEREST", "INTEREST PAID"),
    ]
    bring(agency, actor, "checking.ofx", statement(agency, lines, today))
    say_deposit(agency=agency, actor=actor, account=ACCOUNT, deposit=deposit_account())
    by_amount = {line.amount: line for line in StatementLine.objects.filter(account=ACCOUNT)}
    deposit, payout = by_amount[batch.expected_total], by_amount[nets["po_demo1"]]
    matched: list[Explanation] = [
        as_proposed(deposit, f"amount:b{batch.pk}"),
        as_proposed(payout, "payout:STRIPE/po_demo1"),
    ]
    match_lines(agency=agency, actor=actor, explanations=matched, key="demo-bank")


def fee(minor: int) -> int:
    """What the processor keeps of a charge: 2.2 percent and 30 cents."""
    return minor * 22 // 1000 + 30


def paid_out(today: date, place: int) -> date:
    """The day of a payout, the first of the week before."""
    return today - timedelta(days=12 - 7 * place)


def charges(code: str, today: date) -> list[dict[str, str]]:
    """The rows of the processor's report."""
    rows = []
    for place, (payout, given) in enumerate(CHARGES):
        on = paid_out(today, place)
        for number, (name, minor) in enumerate(given):
            kept, mark = fee(minor), f"demo{place}{number}"
            sums = {"gross": minor, "fee": kept, "net": minor - kept}
            rows.append(
                {name: Money(each, "USD").decimal_string() for name, each in sums.items()}
                | {
                    "automatic_payout_id": payout,
                    "automatic_payout_effective_at_utc": f"{on} 00:00:00",
                    "balance_transaction_id": f"txn_{mark}",
                    "created_utc": f"{on - timedelta(days=3)} 12:00:00",
                    "currency": "usd",
                    "reporting_category": "charge",
                    "source_id": f"ch_{mark}",
                    "charge_id": f"ch_{mark}",
                    "customer_id": "cus_" + name.split()[0].lower(),
                    "customer_email": name.lower().replace(" ", ".") + "@example.org",
                    "customer_name": name,
                    "payment_metadata[ssu]": code,
                }
            )
    return rows


def statement(agency: Agency, lines: list[Line], today: date) -> bytes:
    """The statement of the bank, as OFX."""
    told = ""
    for number, (on, kind, minor, name, memo) in enumerate(lines):
        amount = Money(minor, agency.base_currency).decimal_string()
        told += STMTTRN.format(kind=kind, on=on, amount=amount, number=number, name=name, memo=memo)
    first = min(on for on, *_rest in lines)
    made = OFX.format(currency=agency.base_currency, account=ACCOUNT, first=first, last=today, lines=told)
    return made.encode("ascii")
