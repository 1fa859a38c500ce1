"""The fee of a matched line: what stands of it in the ledger, and the forms that post it and take it back."""

from dataclasses import dataclass

from django.urls import reverse

from core.money import Money
from funds.models import Designation
from partners.forms.reconciliation import FeeBackForm, FeeForm
from partners.models import BankMatch
from partners.pages.reconciliation.frame import Desk
from partners.queries.reconciliation.fees import fee_of, standing_fees


@dataclass(frozen=True)
class ShareShown:
    """One designation's share in the ledger."""

    designation: str
    category: str
    day: str
    amount: str
    url: str


@dataclass(frozen=True)
class FeePart:
    """What the page of a line says of its fee. `form` posts what does not stand in the ledger, or takes it back."""

    amount: str
    shares: list[ShareShown]
    may_post: bool
    refused: list[str]
    form: FeeForm | FeeBackForm
    url: str


def fee_part(desk: Desk, match: BankMatch, form: FeeForm | FeeBackForm | None = None) -> FeePart | None:
    """The fee of a match that stands; None where nothing was kept back. What was refused of a form that does
    not belong here any more is said above the other. Four queries.
    """
    fee = fee_of(match)
    if fee <= 0:
        return None
    standing = standing_fees(match)
    ids = [each.expense.designation_id for each in standing]
    names = {each.pk: each for each in Designation.objects.seen_by(desk.seat).filter(pk__in=ids)}
    currency, slug = match.line.currency, desk.seat.agency.slug
    shares = [
        ShareShown(
            designation=f"{named.code} {named.shown_name}" if (named := names.get(each.expense.designation_id)) else "",
            category=each.expense.category.name,
            day=desk.day(each.expense.posting.date),
            amount=Money(each.expense.amount, currency).format(desk.seat.agency.locale),
            url=reverse("posting", args=[slug, each.expense.posting_id]),
        )
        for each in standing
    ]
    blank = FeeBackForm(initial={"on": desk.seat.agency.today()}) if shares else new_form(desk, match)
    fits = form is not None and type(form) is type(blank)
    return FeePart(
        amount=desk.money(fee, currency),
        shares=shares,
        may_post=desk.seat.can("ledger.post"),
        refused=[] if form is None or fits else [str(said) for said in form.non_field_errors()],
        form=form if form is not None and fits else blank,
        url=reverse("fee_back" if shares else "fee_post", args=[slug, match.pk]),
    )


def new_form(desk: Desk, match: BankMatch) -> FeeForm:
    """The form that posts a fee, on the day of its line."""
    return FeeForm(seat=desk.seat, initial={"on": match.line.date})
