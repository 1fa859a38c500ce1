"""What a posting of the ledger rests on, as facts: a transfer with its resolution, an expense with its receipt."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from funds.models import AssessmentRun, Expense, ExportedPosting, OpeningBalance, Posting, Transfer
from funds.pages.designations import month_in_words
from funds.pages.lists import designation_names, written
from funds.queries.postings import words_are_withheld

Fact = dict[str, str]


def document_facts(seat: Seat, posting: Posting, document: Any) -> list[Fact]:
    """What is known of the posting beside its entries, and the journal in which it was handed out."""
    tell: dict[type, Callable[[Seat, Any], list[Fact]]] = {
        Transfer: of_transfer,
        Expense: of_expense,
        AssessmentRun: of_run,
        OpeningBalance: of_opening,
    }
    facts = tell[type(document)](seat, document) if document is not None else []
    if words_are_withheld(seat, posting):
        facts = [each for each in facts if each["label"] not in free_words()]
    exported = ExportedPosting.objects.filter(posting=posting).select_related("export").first()
    if exported is not None:
        url = reverse("journal", args=[seat.agency.slug, exported.export_id])
        number = _("journal %(number)s") % {"number": exported.export.number}
        facts = [*facts, fact(_("Handed out in"), number, url)]
    return [each for each in facts if each["value"]]


def free_words() -> set[str]:
    """The facts that hold what somebody typed about the designation."""
    return {_("Paid to"), _("What for")}


def fact(label: str, value: str, url: str = "") -> Fact:
    """A label with its value."""
    return {"label": label, "value": value, "url": url}


def designation_fact(seat: Seat, label: str, pk: int) -> Fact:
    """A designation, as the reader may know it."""
    return fact(label, designation_names(seat, [pk])[pk], reverse("designation", args=[seat.agency.slug, pk]))


def of_transfer(seat: Seat, transfer: Transfer) -> list[Fact]:
    """From where to where, by which resolution, and what stayed."""
    agency, currency = seat.agency, transfer.currency
    return [
        designation_fact(seat, _("From"), transfer.origin_id),
        designation_fact(seat, _("To"), transfer.destination_id),
        fact(_("Amount"), written(agency, transfer.amount, currency)),
        fact(_("Resolution"), f"{transfer.resolution}, {day_in_words(agency, transfer.resolved_on)}"),
        fact(_("Left where it was, given with a stated intent"), written(agency, transfer.left_out, currency)),
        fact(_("Covers a deficit of"), written(agency, transfer.covers, currency) if transfer.covers else ""),
    ]


def of_expense(seat: Seat, expense: Expense) -> list[Fact]:
    """Who spent it, on what, and by which receipt."""
    agency = seat.agency
    return [
        designation_fact(seat, _("Designation"), expense.designation_id),
        fact(_("Category"), expense.category.name, reverse("account", args=[agency.slug, expense.category_id])),
        fact(_("Amount"), written(agency, expense.amount, expense.currency)),
        fact(_("Paid to"), expense.payee),
        fact(_("What for"), expense.description),
        fact(_("Receipt or document number"), expense.reference),
    ]


def of_run(seat: Seat, run: AssessmentRun) -> list[Fact]:
    """The month that was assessed."""
    url = reverse("assessment", args=[seat.agency.slug, run.month.year, run.month.month])
    return [fact(_("Assessment of"), month_in_words(seat.agency, run.month), url)]


def of_opening(seat: Seat, opening: OpeningBalance) -> list[Fact]:
    """What was held."""
    return [
        designation_fact(seat, _("Designation"), opening.designation_id),
        fact(_("Held before"), written(seat.agency, opening.amount, opening.currency)),
    ]
