"""One line of the bank, one payout, which deposit account is which, and the statement of a period."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.money_forms import new_key
from core.refusals import shown_on
from core.toasts import toast
from funds.models import Account
from imports.giving_tabs import giving_tabs
from partners.forms.reconciliation import DepositForm, ExplainForm, FeeBackForm, FeeForm
from partners.models import BankMatch, StatementLine
from partners.operations.reconciling.accounts import say_deposit
from partners.operations.reconciling.matching import match_lines
from partners.operations.reconciling.proposed import payout_at
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.pages.reconciliation.fee import fee_part
from partners.pages.reconciliation.frame import Desk
from partners.pages.reconciliation.line import line_page
from partners.pages.reconciliation.payout import payout_page
from partners.pages.reconciliation.statement import statement_page
from partners.queries.reconciliation.accounts import bank_accounts
from partners.queries.reconciliation.books import booked_by_token
from partners.views.reconciliation import line_at, say_matched


def frame(request: AgencyRequest, **more: Any) -> dict[str, Any]:
    """What these pages have around them."""
    can_match = request.seat.can("gifts.record")
    return {"tabs": giving_tabs(request.seat, "reconcile"), "can_match": can_match, **more}


@member(can="ledger.view")
@require_safe
def reconcile_line(request: AgencyRequest, pk: int) -> HttpResponse:
    """One line: what may explain it, and what there is to choose from; or what it was matched with."""
    line = line_at(pk)
    return line_shown(request, line, ExplainForm(line=line))


def line_shown(request: AgencyRequest, line: StatementLine, form: ExplainForm) -> HttpResponse:
    """The page of a line, with what was refused."""
    desk = Desk(request.seat, request.GET)
    if line.account not in desk.deposit_of:
        raise Http404
    ticked = form.tokens() if form.is_bound else []
    context = frame(request, form=form, take_key=new_key(), **line_page(desk, line, ticked))
    return TemplateResponse(request, "partners/reconcile_line.html", context, status=422 if form.errors else 200)


def line_shown_with_fee(request: AgencyRequest, match: BankMatch, form: FeeForm | FeeBackForm) -> HttpResponse:
    """The page of a matched line, with what was refused of its fee."""
    desk = Desk(request.seat, request.GET)
    context = frame(request, form=ExplainForm(line=match.line), take_key=new_key(), **line_page(desk, match.line))
    context["fee"] = fee_part(desk, match, form)
    return TemplateResponse(request, "partners/reconcile_line.html", context, status=422)


@member(can="gifts.record")
@require_POST
def reconcile_explain(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say what a line is: batches and gifts that were ticked, a fee, and what the rest is."""
    seat, line = request.seat, line_at(pk)
    form = ExplainForm(request.POST, line=line)
    if form.is_valid():
        with shown_on(form):
            said = form.explanation(open_of(form.tokens()))
            key = form.cleaned_data["key"]
            made = match_lines(agency=seat.agency, actor=request.user, explanations=[said], key=key)
        if not form.errors:
            say_matched(request, made)
            return redirect("reconcile_line", seat.agency.slug, pk)
    return line_shown(request, line, form)


def open_of(tokens: list[str]) -> dict[str, int]:
    """What is open of batches and gifts, by their short names."""
    deposits = list(Account.objects.filter(kind=Account.Kind.DEPOSIT).values_list("pk", flat=True))
    return {token: item.open for token, item in booked_by_token(tokens, deposits).items()}


@member(can="ledger.view")
@require_safe
def reconcile_payout(request: AgencyRequest) -> HttpResponse:
    """A payout, charge by charge. Who names none is led to the queue."""
    named = [request.GET.get(name, "") for name in ("account", "payout", "currency")]
    if not all(named):
        return redirect("reconcile", request.seat.agency.slug)
    try:
        found = payout_at(*named)
    except NothingLikeThat as refusal:
        raise Http404 from refusal
    context = frame(request, **payout_page(Desk(request.seat, request.GET), found))
    return TemplateResponse(request, "partners/reconcile_payout.html", context)


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def reconcile_accounts(request: AgencyRequest) -> HttpResponse:
    """Which deposit account each account at the bank is; one form for each."""
    slug, accounts = request.seat.agency.slug, bank_accounts()
    sent = DepositForm(request.POST) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        with shown_on(sent):
            say_deposit(agency=request.seat.agency, actor=request.user, **sent.cleaned_data)
        if not sent.errors:
            toast(request, _("Saved."))
            return redirect("reconcile_accounts", slug)
    rows = [(each, form_of(each, sent, number)) for number, each in enumerate(accounts)]
    context = frame(request, rows=rows, form=sent)
    return TemplateResponse(request, "partners/reconcile_accounts.html", context, status=422 if sent else 200)


def form_of(account: Any, sent: DepositForm | None, number: int) -> DepositForm:
    """The form of one account: as it stands, or as it was sent and refused."""
    if sent is not None and sent.data.get("account") == account.account:
        return sent
    initial = {"account": account.account, "deposit": account.deposit.pk}
    return DepositForm(initial=initial, auto_id=f"id_{number}_%s")


@member(can="ledger.view")
@require_safe
def reconcile_statement(request: AgencyRequest) -> HttpResponse:
    """The statement of a period, to be printed and kept: the bank, the books, and what stands between them."""
    desk = Desk(request.seat, request.GET)
    context = frame(request, **desk.frame("reconcile_statement"), **statement_page(desk))
    return TemplateResponse(
        request, "partners/reconcile_statement.html", context, status=422 if desk.form.errors else 200
    )
