"""Rows of the lists of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from funds.models import Account, AccountMonth, Designation, Entry, Posting
from funds.origins import kind_in_words, origins_of
from funds.pages.tables import Cell, Content, Table, columns
from funds.queries import shown_designation_name
from funds.queries.postings import journals_of, references_of

TWICE = (Account.Kind.EXPENSE, Account.Kind.RELEASED)
"""An expense stands in a posting twice: on its category, and as used up by its designation."""


def designation_names(seat: Seat, pks: Collection[int]) -> dict[int, str]:
    """Code and name of designations, as the reader may know them. One query."""
    found = Designation.objects.filter(pk__in=set(pks)).annotate(shown=shown_designation_name(seat))
    return {pk: f"{code} {shown}" for pk, code, shown in found.values_list("pk", "code", "shown")}


def written(agency: Agency, minor: int, currency: str) -> str:
    """Minor units as the agency writes them."""
    return Money(int(minor), currency).format(agency.locale)


def moved(agency: Agency, posting_ids: Collection[int]) -> dict[int, str]:
    """How much each posting moved, currency by currency. One query."""
    debits = Entry.objects.filter(posting__in=posting_ids, amount__gt=0).exclude(account__kind__in=TWICE)
    sums = debits.values_list("posting", "currency").annotate(total=Sum("amount")).order_by("posting", "currency")
    found: dict[int, list[str]] = defaultdict(list)
    for posting, currency, total in sums:
        found[posting].append(written(agency, total, currency))
    return {posting: ", ".join(amounts) for posting, amounts in found.items()}


def posting_link(seat: Seat, pk: int, words: str) -> Cell:
    """A posting's page; the day that leads there stays on one line."""
    return Cell(words.replace(" ", "\N{NO-BREAK SPACE}"), reverse("posting", args=[seat.agency.slug, pk]))


def posting_table(seat: Seat, postings: Sequence[Any]) -> Table:
    """Postings: day, kind, what they rest on, state, amount. The same queries, however many there are."""
    agency, ids = seat.agency, [each.pk for each in postings]
    amounts, journals = moved(agency, ids), journals_of(ids)
    origins, documents = origins_of(seat, ids), references_of(ids)
    gone = set(Posting.objects.filter(reverses__in=ids).values_list("reverses", flat=True))

    def row(each: Any) -> list[Content]:
        origin = origins.get(each.pk)
        state = Cell(_("reversed"), tone="warn") if each.pk in gone else Cell("")
        return [
            posting_link(seat, each.pk, day_in_words(agency, each.date)),
            kind_in_words(each, origin),
            Cell(origin.label, origin.url) if origin else documents.get(each.pk, each.source),
            state,
            _("journal %(number)s") % {"number": journals[each.pk]} if each.pk in journals else "–",
            amounts.get(each.pk, "–"),
        ]

    heads = (_("Date"), _("What"), _("Rests on"), _("State"), _("Handed out in"))
    return Table(_("Postings"), columns(heads, [_("Amount")]), [row(each) for each in postings])


def transfer_table(seat: Seat, transfers: Sequence[Any]) -> Table:
    """Transfers with their resolutions. One query for the names."""
    agency = seat.agency
    names = designation_names(seat, {pk for each in transfers for pk in (each.origin_id, each.destination_id)})

    def row(each: Any) -> list[Content]:
        return [
            posting_link(seat, each.posting_id, day_in_words(agency, each.posting.date)),
            names[each.origin_id],
            names[each.destination_id],
            f"{each.resolution}, {day_in_words(agency, each.resolved_on)}",
            Cell(_("reversed"), tone="warn") if each.is_reversed else Cell(""),
            written(agency, each.covers, each.currency) if each.covers else "–",
            written(agency, each.amount, each.currency),
        ]

    heads = (_("Effective on"), _("From"), _("To"), _("Resolution"), _("State"))
    figures = (_("Covers a deficit"), _("Amount"))
    return Table(_("Transfers"), columns(heads, figures), [row(each) for each in transfers])


def expense_table(seat: Seat, expenses: Sequence[Any]) -> Table:
    """Expenses, each with `withheld`: whom a closed unit paid is kept back. One query for the names."""
    agency, names = seat.agency, designation_names(seat, {each.designation_id for each in expenses})

    def row(each: Any) -> list[Content]:
        return [
            posting_link(seat, each.posting_id, day_in_words(agency, each.posting.date)),
            names[each.designation_id],
            each.category.name,
            _("kept back") if each.withheld and each.payee else each.payee or "–",
            each.reference or "–",
            Cell(_("reversed"), tone="warn") if each.is_reversed else Cell(""),
            written(agency, each.amount, each.currency),
        ]

    heads = (_("Date"), _("Designation"), _("Category"), _("Paid to"), _("Receipt"), _("State"))
    return Table(_("Expenses"), columns(heads, [_("Amount")]), [row(each) for each in expenses])


def account_sums(account_ids: Collection[int]) -> dict[int, list[Money]]:
    """What each account holds as a debit, currency by currency. One query over the summary."""
    rows = AccountMonth.objects.filter(account__in=account_ids).values_list("account", "currency")
    found: dict[int, list[Money]] = defaultdict(list)
    for account, currency, total in rows.annotate(total=Sum("debit") + Sum("credit")).order_by("account", "currency"):
        found[account].append(Money(int(total), currency))
    return found


def account_table(seat: Seat, found: Sequence[Account], caption: str, figure: str, *, deposits: bool = False) -> Table:
    """Accounts of one sort with their debits less their credits, called `figure`. One query."""
    agency, sums = seat.agency, account_sums([each.pk for each in found])

    def row(each: Account) -> list[Content]:
        held = ", ".join(amount.format(agency.locale) for amount in sums.get(each.pk, [])) or "–"
        kept = each.currency or _("any")
        digits = f" …{each.last_digits}" if each.last_digits else ""
        lies = [f"{each.institution}{digits}".strip() or "–", kept] if deposits else []
        name = Cell(each.name, reverse("account", args=[agency.slug, each.pk]))
        return [name, *lies, each.ledger_code or "–", _("closed") if each.closed_on else _("open"), held]

    heads = [_("Name"), *([_("Bank or processor"), _("Currency")] if deposits else []), _("Code"), _("State")]
    return Table(caption, columns(heads, [figure]), [row(each) for each in found])
