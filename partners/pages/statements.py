"""The rows of the list of statement lines, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.memos import HiddenNames
from partners.models import Gift, StatementLine
from partners.pages.words import unbroken
from partners.queries.statements import AccountFound, account_name, accounts_found, lines_of
from ssu.models import Unit


@dataclass(frozen=True)
class StatementRow:
    """One line of a statement."""

    day: str
    account: str
    party: str
    text: str
    category: str
    marks: tuple[str, ...]
    gross: str
    fee: str
    amount: str
    payout: str
    payout_url: str
    gift_url: str


def account_rows(seat: Seat) -> list[AccountFound]:
    """The accounts that have lines. One query."""
    return accounts_found()


def statement_lines(seat: Seat, **wanted: Any) -> Any:
    """The lines of the agency in scope."""
    return lines_of(**wanted)


def statement_rows(seat: Seat, lines: Iterable[StatementLine]) -> list[StatementRow]:
    """Rows for lines. Two queries: the gifts that they name, and the names that this seat may not read."""
    found = list(lines)
    gifts = gifts_named(found)
    hidden = names_kept_from(seat) if found else HiddenNames(())
    return [statement_row(seat, line, gifts.get((line.account, line.gift_number)), hidden) for line in found]


def gifts_named(lines: Iterable[StatementLine]) -> dict[tuple[str, str], int]:
    """(Source, number) → id of the standing gifts that these lines are about."""
    numbers = {line.gift_number for line in lines if line.gift_number}
    if not numbers:
        return {}
    found = Gift.objects.standing().filter(source__in={line.account for line in lines}, external_id__in=numbers)
    return {(source, number): pk for source, number, pk in found.values_list("source", "external_id", "pk")}


def names_kept_from(seat: Seat) -> HiddenNames:
    """The true names of closed units, unless the seat may read all of them: a sender may have written one."""
    if seat.unit_ids("units.unmask") is None:
        return HiddenNames(())
    return HiddenNames(Unit.objects.filter(discretion="closed").values_list("name", flat=True))


def statement_row(seat: Seat, line: Any, gift: int | None, hidden: HiddenNames) -> StatementRow:
    """One line in words."""
    agency = seat.agency

    def money(minor: int | None) -> str:
        return "" if minor is None else Money(minor, line.currency).format(agency.locale)

    payouts = f"{reverse('statement_lines', args=[agency.slug])}?"
    return StatementRow(
        day=unbroken(day_in_words(agency, line.date)),
        account=account_name(line.account),
        party=_("kept back") if hidden.found_in(line.party) else line.party,
        text=_("kept back: it names a closed unit") if hidden.found_in(line.text) else line.text,
        category=line.category.replace("_", " "),
        marks=marks_of(line),
        gross=money(line.gross),
        fee=money(line.fee),
        amount=money(line.amount),
        payout=line.payout,
        payout_url=payouts + urlencode({"payout": line.payout}) if line.payout else "",
        gift_url=reverse("gift", args=[agency.slug, gift]) if gift else "",
    )


def marks_of(line: Any) -> tuple[str, ...]:
    """What is to be known of a line at a glance."""
    marks = []
    if line.is_superseded:
        marks.append(_("replaced by a later line"))
    if line.returned:
        marks.append(_("money back"))
    return tuple(marks)
