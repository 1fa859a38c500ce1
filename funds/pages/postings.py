"""A posting with its entries, as its reader may see them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from funds.models import Account, Posting
from funds.origins import kind_in_words, origins_of
from funds.pages.documents import document_facts
from funds.queries import shown_designation_name
from funds.queries.postings import document_of, words_are_withheld


@dataclass(frozen=True)
class LedgerRow:
    """One entry of a posting: the account, its page if it has one, and the amount as debit or credit."""

    account: str
    kind: str
    url: str
    debit: str
    credit: str


def ledger_rows(seat: Seat, posting: Posting) -> list[LedgerRow]:
    """The entries of a posting, debits first. One query."""
    agency = seat.agency
    name = shown_designation_name(seat, "account__designation")
    entries = posting.entries.select_related("account", "account__designation").annotate(shown_name=name)
    return [ledger_row(agency, entry) for entry in entries.order_by("-amount", "pk")]


def ledger_row(agency: Agency, entry: Any) -> LedgerRow:
    """An entry in words and figures."""
    account, amount = entry.account, Money(abs(entry.amount), entry.currency).format(agency.locale)
    own = account.designation
    return LedgerRow(
        account=f"{own.code} {entry.shown_name}" if own else account.name,
        kind=capfirst(str(Account.Kind(account.kind).label)),
        url=reverse("designation", args=[agency.slug, own.pk]) if own else account_url(agency, account),
        debit=amount if entry.amount > 0 else "",
        credit=amount if entry.amount < 0 else "",
    )


def account_url(agency: Agency, account: Account) -> str:
    """The page of an account that is no designation's."""
    return reverse("account", args=[agency.slug, account.pk])


def posting_page(seat: Seat, posting: Posting) -> dict[str, Any]:
    """A posting with its entries, its mirror, and what it rests on."""
    agency = seat.agency
    origin = origins_of(seat, [posting.pk]).get(posting.pk)
    mirror = Posting.objects.filter(reverses=posting).first()
    document = document_of(posting)
    own = document is not None and posting.reverses_id is None
    return {
        "document": document_facts(seat, posting, document),
        "reason": "" if words_are_withheld(seat, posting) else posting.reason,
        "reverse_url": reverse("posting_reverse", args=[agency.slug, posting.pk])
        if own and mirror is None and seat.can("ledger.post")
        else "",
        "posting": posting,
        "kind": kind_in_words(posting, origin),
        "day": day_in_words(agency, posting.date),
        "posted": day_in_words(agency, posting.posted_at),
        "by": seat.name_of(posting.posted_by, _("the system")),
        "rows": ledger_rows(seat, posting),
        "origin": origin,
        "reverses_url": reverse("posting", args=[agency.slug, posting.reverses_id]) if posting.reverses_id else "",
        "mirror_url": reverse("posting", args=[agency.slug, mirror.pk]) if mirror else "",
    }
