"""The pages of matching: the queue with what is proposed, the books, what is matched; as each reader may see them."""

import csv
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.models.people import Role
from agencies.operations import add_member
from jobs.models import Job, StoredFile
from jobs.testing import run_due
from partners.exporting import lists
from partners.models import BankMatch, Gift, MatchPart, Partner, StatementAccount
from ssu.models import Unit
from tests.cast import Visitor, person
from tests.partners.reconciliation.bank import DAY, Bank

Visit = Callable[[User], Visitor]
QUERIES = {"reconcile": 29, "reconcile_books": 24, "reconcile_matched": 25}
"""Of which about ten belong to the session, the seat and the frame of the page."""


def at(name: str, *parts: Any) -> str:
    return reverse(name, args=["harbor", *parts])


def table(answer: Any) -> list[str]:
    """The heads of the rows of the last table of a page."""
    page = lxml.html.fromstring(answer.content)
    return [" ".join(each.text_content().split()) for each in page.xpath("(//table)[last()]/tbody//th")]


def take_form(page: Visitor) -> Any:
    """The form of the queue."""
    found: Any = lxml.html.fromstring(page.get(at("reconcile")).content).xpath("//form[contains(@action,'take')]")
    return found[0]


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_take_the_same_queries_for_any_number_of_rows(
    name: str, rows: int, bank: Bank, alice: User, visit: Visit, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows + 1):
        batch, line = bank.batch(1000 * number), bank.line(1000 * number)
        if name == "reconcile_matched":
            bank.match(line, f"b{batch.pk}")
    page = visit(alice)
    page.get(at(name))
    with django_assert_num_queries(QUERIES[name]):
        assert len(table(page.get(at(name)))) == rows


def test_what_is_proposed_is_taken_with_one_button_and_taken_back(bank: Bank, alice: User, visit: Visit) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    page = visit(alice)
    form = take_form(page)
    (button,) = form.xpath(".//button[@name='accept']")
    assert button.get("value") == f"{line.pk}:amount:b{batch.pk}"
    sent = {"accept": button.get("value"), "key": form.xpath(".//input[@name='key']/@value")[0]}
    for _twice in range(2):
        assert page.post(at("reconcile_take"), sent).status_code == 302
    match = BankMatch.objects.get()
    assert page.post(at("reconcile_undo", match.pk)).status_code == 302
    assert page.post(at("reconcile_undo", match.pk)).status_code == 409
    assert "Taken back" in page.get(at("reconcile_line", line.pk)).content.decode()


def test_a_match_of_a_line_that_the_bank_replaced_is_listed_to_be_taken_back(
    bank: Bank, alice: User, visit: Visit
) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    match = bank.match(line, f"b{batch.pk}")
    bank.line(5000, corrects=line.reference)
    page = visit(alice)
    listed = page.get(at("reconcile_matched")).content.decode()
    assert "replaced or took back this line" in listed
    assert at("reconcile_line", line.pk) in listed
    assert page.post(at("reconcile_undo", match.pk)).status_code == 302
    assert "replaced or took back" not in page.get(at("reconcile_matched")).content.decode()


def test_the_sure_ones_are_ticked_and_taken_together(bank: Bank, alice: User, visit: Visit) -> None:
    for minor in (1000, 2000):
        bank.batch(minor)
        bank.line(minor)
    bank.line(9999)
    page = visit(alice)
    form = take_form(page)
    picks = form.xpath(".//input[@name='pick'][@checked]/@value")
    assert len(picks) == 2
    page.post(at("reconcile_take"), {"pick": picks, "key": "k"})
    assert BankMatch.objects.standing().count() == 2


def test_what_is_not_proposed_any_more_is_refused_with_a_sentence(bank: Bank, alice: User, visit: Visit) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    bank.match(line, f"b{batch.pk}")
    other = bank.line(5000)
    for sent in (f"{other.pk}:amount:b{batch.pk}", f"{other.pk}:amount:", f"{other.pk}:x:b1", "0:amount:b1", "x", ""):
        answer = visit(alice).post(at("reconcile_take"), {"accept": sent, "key": "k"})
        assert answer.status_code in (409, 422), sent
        assert "Nothing was matched" in answer.content.decode()
    assert BankMatch.objects.count() == 1


def test_a_line_is_explained_by_hand_with_a_fee_and_a_rest(bank: Bank, alice: User, visit: Visit) -> None:
    batch, line = bank.batch(5000), bank.line(5200)
    page, address = visit(alice), at("reconcile_explain", line.pk)
    sent = {"item": f"b{batch.pk}", "key": "one", "fee": "1.00"}
    refused = page.post(address, sent)
    assert (refused.status_code, "3.00 USD is not explained yet" in refused.content.decode()) == (422, True)
    assert page.post(address, {**sent, "reason": "other"}).status_code == 422
    assert page.post(address, {**sent, "reason": "interest"}).status_code == 302
    assert list(MatchPart.objects.order_by("pk").values_list("kind", "amount")) == [
        ("batch", 5000),
        ("fee", -100),
        ("aside", 300),
    ]
    shown = page.get(at("reconcile_line", line.pk)).content.decode()
    assert ("Interest" in shown, "$3.00" in shown) == (True, True)


def test_the_figures_add_up_per_account_and_currency(bank: Bank, alice: User, visit: Visit) -> None:
    batch = bank.batch(5000)
    bank.batch(700)
    bank.match(bank.line(5000), f"b{batch.pk}")
    bank.line(250)
    bank.line(90, currency="EUR")
    page = lxml.html.fromstring(visit(alice).get(at("reconcile")).content)
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./*")]
        for row in page.xpath("(//table)[1]/tbody/tr")
    ]
    account = "Main deposit account"
    assert rows == [
        [f"{account} EUR", "€0.90", "–", "–", "–", "€0.90 lines: 1", "–"],
        [f"{account} USD", "$52.50", "$50.00", "–", "–", "$2.50 lines: 1", "$7.00 batches and gifts: 1"],
    ]


def test_an_older_line_is_not_forgotten(bank: Bank, alice: User, visit: Visit) -> None:
    bank.line(100, on=DAY - timedelta(days=200))
    bank.line(200)
    page = visit(alice)
    answer = page.get(at("reconcile"))
    assert len(table(answer)) == 1
    assert "Lines before this period that are not matched: 1." in answer.content.decode()
    assert len(table(page.get(f"{at('reconcile')}?first="))) == 2


def test_an_account_is_named_once_said(bank: Bank, alice: User, visit: Visit) -> None:
    from funds.operations import open_deposit_account

    other = open_deposit_account(agency=bank.agency, actor=alice, name="River Bank", holder="bank")
    bank.line(100)
    page = visit(alice)
    assert "Which account is which?" in page.get(at("reconcile")).content.decode()
    assert page.post(at("reconcile_accounts"), {"account": "no", "deposit": other.pk}).status_code == 422
    assert page.post(at("reconcile_accounts"), {"account": "DE0001", "deposit": other.pk}).status_code == 302
    assert StatementAccount.objects.get().deposit == other
    said = page.get(at("reconcile")).content.decode()
    assert ("River Bank" in said, "Which account is which?" in said) == (True, False)


def test_names_of_closed_units_are_kept_back(
    bank: Bank, alice: User, visit: Visit, confirmed: Visit, add: Callable[..., Partner], giving: Callable[..., Gift]
) -> None:
    fiona = person("Fiona")
    add_member(agency=bank.agency, actor=alice, user=fiona, roles=(Role.FINANCE,))
    Unit.objects.filter(pk=Unit.objects.first().pk).update(name="Tamrin People", alias="Harvest", discretion="closed")
    first = bank.batch(5000, title="For the Tamrin")
    bank.batch(700, title="Wells of the Tamrin")
    line = bank.line(5000, text="for the Tamrin's wells", party="Tamrin fund")
    bank.line(700, party="Tamrin fund")
    bank.match(line, f"b{first.pk}")
    pages = [at(name) for name in ("reconcile", "reconcile_books", "reconcile_matched", "reconcile_statement")]
    pages.append(at("reconcile_line", line.pk))
    for address in pages:
        assert "Tamrin" in visit(alice).get(address).content.decode(), address
        assert "Tamrin" not in visit(fiona).get(address).content.decode(), address
    for address in pages[:3]:
        answer = confirmed(fiona).get(f"{address}?export=csv")
        assert (answer.status_code, "Tamrin" in answer.content.decode()) == (200, False)


def test_files_are_the_lists(bank: Bank, alice: User, confirmed: Visit) -> None:
    batch, line = bank.batch(5000), bank.line(5000, party="Branch")
    page = confirmed(alice)

    def rows(name: str) -> list[list[str]]:
        text = page.get(f"{at(name)}?export=csv").content.decode("utf-8-sig")
        return [row[:-1] for row in list(csv.reader(text.splitlines()))[1:]]

    label = f"Batch {batch.number} · Mail of Tuesday"
    account = "Main deposit account"
    assert rows("reconcile") == [
        ["2026-03-04", account, "Branch", "", "50.00", "USD", label, "same amount, near day", "yes"]
    ]
    assert rows("reconcile_books") == [["2026-03-04", label, "", account, "50.00", "0.00", "50.00", "USD"]]
    bank.match(line, f"b{batch.pk}")
    assert (rows("reconcile"), rows("reconcile_books")) == ([], [])
    (row,) = rows("reconcile_matched")
    assert row[:8] == ["2026-03-04", account, "Branch", "", "50.00", "USD", f"{label} $50.00", "chosen by hand"]


def test_who_may_not_see_the_ledger_sees_none_of_it(
    bank: Bank, inside: Agency, alice: User, bob: User, visit: Visit, led: SimpleNamespace
) -> None:
    line = bank.line(5000)
    for address in (at("reconcile"), at("reconcile_line", line.pk), at("reconcile_statement")):
        assert visit(bob).get(address).status_code == 403
    assert visit(bob).post(at("reconcile_take"), {"accept": "1:amount:b1"}).status_code == 403


def test_a_long_queue_is_written_by_a_job(
    bank: Bank, alice: User, confirmed: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists.BankLinesFile, "at_once", 1)
    monkeypatch.setattr(lists, "LINES", 1)
    batches = [bank.batch(minor) for minor in (1000, 2000)]
    for minor in (1000, 2000):
        bank.line(minor)
    page = confirmed(alice)
    asked: Any = lxml.html.fromstring(page.get(f"{at('reconcile')}?export=csv").content)
    (form,) = asked.xpath("//form[.//input[@name='kept']]")
    page.post(form.action, {name: form.fields[name] for name in ("kept", "key")})
    run_due()
    job = Job.objects.get()
    body = page.get(at("job_file", job.pk, StoredFile.objects.get(job=job).pk)).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(body.splitlines()))[1:]
    assert [(row[4], row[6]) for row in rows] == [
        (amount, f"Batch {batch.number} · Mail of Tuesday")
        for amount, batch in zip(("10.00", "20.00"), batches, strict=True)
    ]
