"""Files for the importer: recent gifts of the big agency, and everything of the small ones. Text, so that they take
the way of every file.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from accounts.models import User
from agencies.models import Agency
from core.money import Money, parse_amount
from imports.operations import apply_import, check_import, receive_file
from partners.models import Commitment

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples"
GIFT_COLUMNS = [
    "source",
    "gift_id",
    "gift_date",
    "donor_id",
    "donor_name",
    "designation",
    "amount",
    "currency",
    "tendered_amount",
    "tendered_currency",
    "gift_total",
    "method",
    "type",
    "reference",
    "fmv",
    "soft_donor_id",
    "soft_type",
    "reverses",
    "anonymous",
    "motivation",
    "memo",
]
PARTNER_COLUMNS = [
    "source",
    "donor_id",
    "type",
    "display_name",
    "title",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "spouse_title",
    "spouse_first_name",
    "spouse_last_name",
    "spouse_deceased",
    "organization",
    "roman_name",
    "email",
    "spouse_email",
    "phone",
    "address1",
    "address2",
    "city",
    "state",
    "postal_code",
    "country",
    "church",
    "note",
]
FIRST_NUMBER = 4_200_000
RATES = {
    "USD": Decimal(1),
    "CAD": Decimal("0.73"),
    "EUR": Decimal("1.08"),
    "KRW": Decimal("0.00072"),
    "KWD": Decimal("3.25"),
}
"""Dollars for one."""
FREQUENCIES = {"monthly": "monthly", "quarterly": "quarterly", "annual": "yearly"}


def bring(agency: Agency, actor: User, name: str, content: bytes) -> None:
    """One file through the importer."""
    run = receive_file(agency=agency, actor=actor, name=name, content=content, check=False)
    apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=run))


def table(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> bytes:
    """A CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def open_promises() -> list[dict[str, str]]:
    """The rows of the sample commitments that still run, each to the designation on which it stands now."""
    with (SAMPLES / "generic/commitments.csv").open(newline="", encoding="utf-8") as opened:
        rows = [row for row in csv.DictReader(opened) if not row["end_date"]]
    for row in rows:
        moved = row["outcome"] == "moved" and row["new_designation"]
        row["designation"] = row["new_designation"] if moved else row["designation"]
        row["start_date"] = row["effective_date"] if moved else row["start_date"]
        row["frequency"] = FREQUENCIES[row["frequency"]]
    return rows


def recent_gifts(first: date, last: date) -> bytes:
    """Gifts that keep the running promises from `first` to `last`, booked in dollars; one in nineteen is missed, one in
    forty is large, and one giver in seventeen has stopped: a month ago, two, three or four.
    """
    rows: list[dict[str, str]] = []
    promises = sorted(open_promises(), key=lambda each: each["currency"] != "USD")
    for number, promise in enumerate(promises):
        commitment = Commitment(frequency=promise["frequency"], starts_on=date.fromisoformat(promise["start_date"]))
        until = last - timedelta(days=30 * (1 + number // 17 % 4)) if number % 17 == 5 else last
        for turn, due in enumerate(commitment.due_dates(first, until)):
            if (number * 7 + turn) % 19 == 0:
                continue
            large = (number + turn * 3) % 40 == 0
            given = parse_amount(promise["amount"], promise["currency"])
            given = Money(given.minor * (10 if large else 1), given.currency)
            booked = f"{given.decimal * RATES[given.currency]:.2f}"
            row = gift(len(rows), due, promise["donor_id"], promise["designation"], booked, promise["method"])
            if given.currency != "USD":
                row |= {"tendered_amount": given.decimal_string(), "tendered_currency": given.currency}
            rows.append(row)
    rows.sort(key=lambda row: (row["gift_date"], row["gift_id"]))
    return table(GIFT_COLUMNS, rows)


def gift(
    number: int, on: date, donor: str, designation: str, amount: str, method: str, source: str = "HLM"
) -> dict[str, str]:
    """One row of a gift file."""
    return {
        "source": source,
        "gift_id": str(FIRST_NUMBER + number),
        "gift_date": on.isoformat(),
        "donor_id": donor,
        "designation": designation,
        "amount": amount,
        "currency": "USD",
        "gift_total": amount,
        "method": method,
        "type": "gift",
    }


FIRST_NAMES = [
    "Ada",
    "Ben",
    "Cora",
    "Dev",
    "Esther",
    "Femi",
    "Grace",
    "Hugo",
    "Iris",
    "Jonas",
    "Kezia",
    "Levi",
    "Mara",
    "Nils",
    "Odile",
    "Priya",
    "Quinn",
    "Rosa",
    "Saul",
    "Tess",
]
LAST_NAMES = [
    "Abara",
    "Brandt",
    "Castell",
    "Dahl",
    "Ekwueme",
    "Fjord",
    "Garrow",
    "Hartnoll",
    "Ivers",
    "Jurado",
    "Kestrel",
    "Lomax",
    "Merrow",
    "Noakes",
    "Orr",
]


def small_agency(source: str, designations: list[str], first: date, last: date, seed: int) -> tuple[bytes, bytes]:
    """Twenty-five partners, and a year and more of their monthly gifts."""
    partners: list[dict[str, str]] = []
    gifts: list[dict[str, str]] = []
    for n in range(25):
        given, family = FIRST_NAMES[(n * 3 + seed) % 20], LAST_NAMES[(n * 7 + seed) % 15]
        partners.append(
            {
                "source": source,
                "donor_id": str(1000 + n),
                "type": "person",
                "display_name": f"{given} {family}",
                "first_name": given,
                "last_name": family,
                "email": f"{given}.{family}.{n}@example.com".lower(),
                "city": "Port Alderney",
                "state": "WA",
                "country": "US",
            }
        )
        amount = f"{20 + (n * 13 + seed) % 80}.00"
        for month in days(first, last, 1 + n):
            row = gift(len(gifts), month, str(1000 + n), designations[n % len(designations)], amount, "card", source)
            gifts.append(row)
    return table(PARTNER_COLUMNS, partners), table(GIFT_COLUMNS, gifts)


def days(first: date, last: date, of_month: int) -> Iterator[date]:
    """One day in each month."""
    day = first
    while day <= last:
        if day.day == of_month:
            yield day
        day += timedelta(days=1)
