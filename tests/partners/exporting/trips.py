"""Carrying lists from one agency to another as files."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.db.models import F
from django.http import QueryDict

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.seats import Seat, seat_of
from funds.operations import open_designation
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file
from partners.exporting.lists import LISTS
from partners.exporting.writing import number_all, write_list
from partners.models import Address, Commitment, EmailAddress, ExternalId, Gift, GiftLine, Partner, Phone, Tagging
from tests.imports.conftest import SAMPLES

Told = dict[str, Counter[Any]]
NAMES = (
    *("kind", "name", "sort_name", "title", "first_name", "middle_name", "last_name", "suffix", "spouse_title"),
    *("spouse_first_name", "spouse_last_name", "spouse_deceased", "organization", "roman_name", "greeting", "church"),
    *("deceased_on", "death_day_known", "language"),
)


def seat_for(agency: Agency, user: User) -> Seat:
    return seat_of(agency, Membership.objects.select_related("user").get(user=user))


def taken(seat: Seat, what: str, kind: str, folder: Path, query: str = "") -> Path:
    """The list as a file."""
    path = folder / f"{what}{query}.{kind}"
    found = LISTS[what](seat, QueryDict(query))
    number_all(found, kind)
    write_list(found, kind, path)
    return path


def brought(agency: Agency, actor: User, path: Path) -> ImportRun:
    """A file, checked and applied."""
    run = receive_file(agency=agency, actor=actor, name=path.name, content=path, check=False)
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=run))


def open_designations(agency: Agency, actor: User) -> None:
    """The designations of the sample files."""
    with (SAMPLES / "setup/designations.csv").open() as opened:
        for row in csv.DictReader(opened):
            words = {"code": row["designation"], "public_name": row["public_name"], "kind": "project"}
            open_designation(agency=agency, actor=actor, **words)


def told() -> Told:
    """What the agency in scope knows, without ids and sources: what two agencies must have in common."""
    reach = ("partner__name", "whose")
    return {
        "partners": Counter(Partner.objects.standing().values_list(*NAMES)),
        "tags": Counter(Tagging.objects.values_list("partner__name", "tag__name")),
        "emails": Counter(EmailAddress.objects.values_list(*reach, "email")),
        "phones": Counter(Phone.objects.values_list(*reach, "number")),
        "addresses": Counter(Address.objects.values_list(*reach, "lines", "city", "region", "postal_code", "country")),
        "gifts": Counter(Gift.objects.standing().values_list("giving_unit__name", "date", "amount", "currency")),
        "lines": Counter(
            GiftLine.objects.standing().values_list(
                "gift__giving_unit__name", "gift__date", "designation__code", "amount", "gift__currency"
            )
        ),
        "commitments": Counter(
            Commitment.objects.values_list(
                "giving_unit__name", "designation__code", "amount", "currency", "frequency", "starts_on", "ends_on"
            )
        ),
    }


def numbers() -> Counter[str]:
    """The numbers of partners as files gave them."""
    return Counter(ExternalId.objects.values_list("value", flat=True))


def per_designation() -> dict[Any, int]:
    """What stands on each designation, each currency by itself."""
    sums: Counter[Any] = Counter()
    lines = GiftLine.objects.standing().annotate(currency=F("gift__currency"))
    for code, currency, amount in lines.values_list("designation__code", "currency", "amount"):
        sums[code, currency] += amount
    return dict(sums)
