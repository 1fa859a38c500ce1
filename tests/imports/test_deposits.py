"""Where the money of a file came to: the deposit account that is chosen when it is applied."""

from collections.abc import Callable

import pytest
from django.db.models import Sum
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from funds.models import Account, Entry
from funds.operations import open_deposit_account
from imports.models import ImportRun
from imports.operations import apply_import, undo_import
from imports.operations.apply import NoSuchDeposit, request_apply
from jobs.testing import run_due
from partners.imports.applying.apply import OtherCurrency
from partners.models import Gift
from partners.proofs import prove_gifts
from tests.cast import Visitor
from tests.imports.test_corrections import GOOD, HEAD, received

Visit = Callable[[User], Visitor]


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """A checked file of seven gifts of ten dollars."""
    return received(harbor, alice, HEAD + GOOD)


def account(agency: Agency, actor: User, currency: str = "") -> Account:
    return open_deposit_account(agency=agency, actor=actor, name="Stripe", holder="processor", currency=currency)


def held(place: Account) -> int:
    return Entry.objects.filter(account=place).aggregate(total=Sum("amount"))["total"] or 0


def test_the_chosen_account_is_debited_and_credited_by_the_undo(
    run: ImportRun, harbor: Agency, alice: User, visit: Visit
) -> None:
    browser, page = visit(alice), reverse("import", args=["harbor", run.pk])
    assert browser.get(page).context["deposits"] == []
    place = account(harbor, alice)
    assert [name for _, name in browser.get(page).context["deposits"]][1:] == ["Stripe"]
    browser.post(reverse("import_apply", args=["harbor", run.pk]), {"deposit": str(place.pk)})
    run_due()
    assert (held(place), prove_gifts(harbor).differences) == (7000, [])
    undo_import(agency=harbor, actor=alice, run=run, reason="wrong")
    assert (held(place), prove_gifts(harbor).differences) == (0, [])


def test_an_account_of_another_currency_takes_nothing(run: ImportRun, harbor: Agency, alice: User) -> None:
    place = account(harbor, alice, currency="EUR")
    with pytest.raises(OtherCurrency, match="Stripe takes EUR, and the file brings USD"):
        apply_import(agency=harbor, actor=alice, run=run, deposit=place.pk)
    assert (Gift.objects.count(), ImportRun.objects.get(pk=run.pk).state) == (0, "checked")


def test_what_is_no_deposit_account_is_refused(run: ImportRun, harbor: Agency, alice: User) -> None:
    other = Account.objects.exclude(kind=Account.Kind.DEPOSIT).first()
    assert other is not None
    for pk in (other.pk, 2**60):
        with pytest.raises(NoSuchDeposit):
            request_apply(agency=harbor, actor=alice, run=run, deposit=pk)
    assert ImportRun.objects.get(pk=run.pk).state == "checked"
