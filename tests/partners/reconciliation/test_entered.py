"""What was never keyed is entered from its line: the page knows all that the line tells, the address nothing of it, and
the line is matched when the batch is posted.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.money import Money
from partners.models import BankMatch, GiftBatch, Partner
from partners.operations.batches import Head, change_batch, open_batch
from tests.cast import Visitor
from tests.partners.batched import key_in, post
from tests.partners.reconciliation.bank import DAY, Bank

Visit = Callable[[User], Visitor]
HEAD = ("line", "title", "deposited_on", "currency", "expected_count", "expected_total", "method")


def at(name: str, *parts: Any) -> str:
    return reverse(name, args=["harbor", *parts])


def fields(answer: Any, having: str) -> Any:
    """The fields of the form that has this one."""
    page: Any = lxml.html.fromstring(answer.content)
    return page.xpath(f"//form[.//input[@name='{having}']]")[0].fields


def test_it_is_keyed_posted_matched_and_taken_back(bank: Bank, alice: User, visit: Visit) -> None:
    line, page = bank.line(5000, party="Ruth Moab", text="for the wells"), visit(alice)
    seed = bank.batch(1)  # Ruth gave to this designation before
    shown: Any = lxml.html.fromstring(page.get(at("reconcile_line", line.pk)).content)
    (link,) = shown.xpath("//a[text()='Enter the gift']/@href")
    assert parse_qs(urlsplit(link).query) == {"line": [str(line.pk)]}
    found = fields(page.get(link), "title")
    assert {name: found[name] for name in HEAD} == {
        "line": str(line.pk),
        "title": "Bank: Ruth Moab",
        "deposited_on": "2026-03-04",
        "currency": "USD",
        "expected_count": "1",
        "expected_total": "50.00",
        "method": "bank",
    }
    head = {name: found[name] for name in HEAD}
    assert page.post(at("batch_add"), {**head, "key": "from the line"}).status_code == 302
    batch = GiftBatch.objects.exclude(pk=seed.pk).get()
    row = fields(page.get(at("batch", batch.pk)), "giver")
    names = ("giver", "giving_unit", "amount", "designation", "method", "date")
    assert {name: row[name] for name in names} == {
        "giver": bank.giver.name,
        "giving_unit": str(bank.giver.pk),
        "amount": "50.00",
        "designation": f"{bank.place.code} {bank.place.public_name}",
        "method": "bank",
        "date": "2026-03-04",
    }
    sent = {name: row[name] for name in (*names, "key", "kind")}
    assert page.post(at("batch_row_save", batch.pk), sent).status_code == 302
    posted = page.post(at("batch_post", batch.pk), {"key": "p"}, follow=True).content.decode()
    match = BankMatch.objects.standing().get()
    assert (match.line_id, match.basis) == (line.pk, "entered")
    assert ("matched with its line of the bank" in posted, at("reconcile_undo", match.pk) in posted) == (True, True)
    assert page.post(at("reconcile_undo", match.pk)).status_code == 302
    assert not BankMatch.objects.standing().exists()


def entered(bank: Bank, line: Any, minor: int = 5000, **head: Any) -> GiftBatch:
    """A batch opened from a line, one gift keyed."""
    said = Head("Bank", DAY, 1, Money(minor, head.pop("currency", "USD")), **head)
    made = open_batch(agency=bank.agency, actor=bank.actor, head=said, key=f"e{bank.next()}", brought_by=line)
    key_in(bank.agency, bank.actor, made, bank.giver, (bank.place, minor))
    return made


@pytest.mark.parametrize("why", ["another sum", "matched meanwhile", "gone"])
def test_what_does_not_fit_any_more_is_posted_and_not_matched(bank: Bank, why: str) -> None:
    line = bank.line(5000)
    batch = entered(bank, line, 4900 if why == "another sum" else 5000)
    if why == "matched meanwhile":
        bank.match(line, f"b{bank.batch(5000).pk}")
    elif why == "gone":
        bank.line(5000, corrects=line.reference)
    assert post(bank.agency, bank.actor, batch, key="p").state == "posted"
    assert not BankMatch.objects.filter(basis="entered").exists()


def test_the_line_stays_with_a_batch_that_is_corrected(bank: Bank) -> None:
    batch = entered(bank, bank.line(5000))
    change_batch(agency=bank.agency, actor=bank.actor, batch=batch, head=Head("Other", DAY, 1, Money(5000, "USD")))
    post(bank.agency, bank.actor, batch, key="p")
    assert BankMatch.objects.get().basis == "entered"


def test_who_is_not_known_or_known_twice_is_left_to_choose(
    bank: Bank, alice: User, visit: Visit, add: Callable[..., Partner]
) -> None:
    for _twice in range(2):
        add("Orpah", first_name="Ada")
    page = visit(alice)
    for party, giver in (("Nobody Known", "Nobody Known"), ("Ada Orpah", "Ada Orpah"), ("", "")):
        batch = open_batch(
            agency=bank.agency,
            actor=alice,
            head=Head("Bank", DAY, 1, Money(5000, "USD")),
            key=f"k{party}",
            brought_by=bank.line(5000, party=party),
        )
        row = fields(page.get(at("batch", batch.pk)), "giver")
        assert (row["giver"], row["giving_unit"], row["amount"]) == (giver, "", "50.00")


def test_programs_name_the_line_too(bank: Bank, alice: User, visit: Callable[[User], Client]) -> None:
    api, line = visit(alice), bank.line(5000)
    head = {"title": "Bank", "deposited_on": "2026-03-04", "currency": "USD", "expected_count": 1}
    sent: dict[str, Any] = {**head, "expected_total": "50.00", "bank_line": line.pk}

    def send(**more: Any) -> Any:
        key = {"Idempotency-Key": f"k{bank.next()}"}
        return api.post("/api/a/harbor/batches/", {**sent, **more}, "application/json", headers=key)

    assert [send(bank_line=pk).status_code for pk in (line.pk + 1000, bank.line(-5, returned=True).pk)] == [400, 400]
    batch = GiftBatch.objects.get(pk=send().json()["id"])
    assert batch.brought_by == line


@pytest.mark.parametrize("named", ["0", "x", "99999999999999999999"])
def test_a_line_that_is_not_here_is_not_found(bank: Bank, alice: User, visit: Visit, named: str) -> None:
    assert visit(alice).get(f"{at('batch_add')}?line={named}").status_code == 404
