"""Deposit accounts and categories of expenses."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from core.refusals import shown_on
from core.toasts import toast
from funds.forms.accounts import AccountForm, CategoryForm, DepositForm
from funds.models import Account, Entry
from funds.operations import edit_account, open_category, open_deposit_account
from funds.origins import origins_of
from funds.pages.frame import Heading, link, links
from funds.pages.keyset import page_of
from funds.pages.lists import account_sums, account_table, posting_link, written
from funds.pages.tables import Cell, Content, Table, columns
from funds.queries import deposit_account
from funds.views.frames import form_page, list_page, shown_page

Kind = Account.Kind


@member(can="ledger.view")
@require_safe
def accounts(request: AgencyRequest) -> HttpResponse:
    """Where money lies, what it is spent on, and what waits for a designation, with what each holds."""
    seat = request.seat
    deposit_account()
    every = list(Account.objects.exclude(kind=Kind.DESIGNATION).order_by("name"))
    deposits, categories, rest = (
        [each for each in every if each.kind in kinds]
        for kinds in ((Kind.DEPOSIT,), (Kind.EXPENSE,), (Kind.SUSPENSE, Kind.RELEASED))
    )
    menu = links(link(seat, "ledger.setup", _("Open category of expenses"), "category_add"))
    primary = link(seat, "ledger.setup", _("Open deposit account"), "account_add")
    heading = Heading(_("Accounts"), primary=primary, menu=menu, lead=_("Where money lies, and what it is spent on."))
    further = [
        account_table(seat, found, caption, figure)
        for found, caption, figure in (
            (categories, _("Categories of expenses"), _("Spent")),
            (rest, _("Other accounts"), _("Debits less credits")),
        )
        if found
    ]
    table = account_table(seat, deposits, _("Deposit accounts"), _("Holds"), deposits=True)
    return list_page(request, "accounts", heading, table=table, further=further)


@member(can="ledger.view")
@require_safe
def account(request: AgencyRequest, pk: int) -> HttpResponse:
    """One account: what is known of it, what it holds, and its entries, the newest first."""
    seat, agency = request.seat, request.seat.agency
    found = get_object_or_404(Account.objects.all(), pk=pk)
    if found.designation_id:
        return redirect("designation", agency.slug, found.designation_id)
    page = page_of(Entry.objects.filter(account=found).select_related("posting"), request.GET)
    held = ", ".join(amount.format(agency.locale) for amount in account_sums([pk]).get(pk, [])) or "–"
    facts = [
        {"label": _("Kind"), "value": str(Kind(found.kind).label)},
        {"label": _("Bank or processor"), "value": found.institution},
        {"label": _("Number ends with"), "value": found.last_digits},
        {"label": _("Currency"), "value": found.currency or (_("any") if found.kind == Kind.DEPOSIT else "")},
        {"label": _("Code for accounting"), "value": found.ledger_code},
        {"label": _("Closed from"), "value": day_in_words(agency, found.closed_on) if found.closed_on else ""},
        {"label": _("Debits less credits"), "value": held},
    ]
    menu = links(link(seat, "ledger.setup", _("Change account"), "account_edit", pk))
    heading = Heading(found.name, eyebrow=_("Account"), menu=menu)
    context: dict[str, Any] = {
        "facts": [fact for fact in facts if fact["value"]],
        "tables": [entry_table(request, page.rows)] if page.rows else [],
        "none_yet": _("Nothing was posted here yet"),
        "page": page,
    }
    return shown_page(request, "accounts", heading, **context)


def entry_table(request: AgencyRequest, entries: list[Any]) -> Table:
    """Entries of an account as debit or credit, each with its posting and what that rests on."""
    seat = request.seat
    origins = origins_of(seat, [entry.posting_id for entry in entries])

    def row(entry: Any) -> list[Content]:
        origin, amount = origins.get(entry.posting_id), written(seat.agency, abs(entry.amount), entry.currency)
        return [
            posting_link(seat, entry.posting_id, day_in_words(seat.agency, entry.posting.date)),
            str(entry.posting.get_kind_display()).capitalize(),
            Cell(origin.label, origin.url) if origin else "–",
            amount if entry.amount > 0 else "",
            amount if entry.amount < 0 else "",
        ]

    heads = columns([_("Date"), _("What"), _("Rests on")], [_("Debit"), _("Credit")])
    return Table(_("Entries"), heads, [row(entry) for entry in entries])


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def account_add(request: AgencyRequest) -> HttpResponse:
    """Open a deposit account."""
    agency = request.seat.agency
    form = DepositForm(request.POST or None, base=agency.base_currency)
    if form.is_valid():
        with shown_on(form):
            open_deposit_account(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Account opened."))
            return redirect("accounts", agency.slug)
    return form_page(
        request, "accounts", Heading(_("Open deposit account")), form, _("Open deposit account"), "accounts"
    )


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def category_add(request: AgencyRequest) -> HttpResponse:
    """Open a category of expenses."""
    agency = request.seat.agency
    form = CategoryForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            open_category(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Category opened."))
            return redirect("accounts", agency.slug)
    title = _("Open category of expenses")
    return form_page(request, "accounts", Heading(title), form, _("Open category"), "accounts")


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def account_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change an account's name and code, or close it; its currency stays."""
    agency = request.seat.agency
    found = get_object_or_404(Account.objects.all(), pk=pk)
    form = AccountForm(request.POST or None, account=found)
    if form.is_valid():
        with shown_on(form):
            edit_account(agency=agency, actor=request.user, account=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Account changed."))
            return redirect("account", agency.slug, pk)
    back = reverse("account", args=[agency.slug, pk])
    heading = Heading(_("Change account"), eyebrow=found.name)
    return form_page(request, "accounts", heading, form, _("Save"), back)
