"""Programs match with the bank by the rules of the pages."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import User
from partners.models import BankMatch
from tests.partners.reconciliation.bank import Bank

AT = "/api/a/harbor/reconciliation/"


def test_what_is_proposed_is_taken_and_taken_back(bank: Bank, alice: User, visit: Callable[[User], Client]) -> None:
    api, batch, line = visit(alice), bank.batch(5000), bank.line(5000, party="Branch")
    (told,) = api.get(f"{AT}lines/").json()["results"]
    assert (told["id"], told["amount"], told["proposed"]["proposal"]) == (line.pk, "50.00", f"amount:b{batch.pk}")
    (open_item,) = api.get(f"{AT}books/").json()["results"]
    assert (open_item["name"], open_item["open"]) == (f"b{batch.pk}", "50.00")

    def send(proposal: str, key: str) -> Any:
        sent = {"matches": [{"bank_line": line.pk, "proposal": proposal}]}
        return api.post(f"{AT}matches/", sent, "application/json", headers={"Idempotency-Key": key})

    said = told["proposed"]["proposal"]
    assert [send(said, "k").status_code for _ in range(2)] == [201, 201]
    assert send(said, "other").status_code == 409
    assert send("amount:b0", "third").status_code == 409
    (match,) = api.get(f"{AT}matches/").json()["results"]
    assert [(part["batch"], part["amount"]) for part in match["parts"]] == [(batch.pk, "50.00")]
    (figures,) = api.get(f"{AT}figures/").json()
    assert (figures["at_bank"], figures["gifts"], figures["unmatched"]) == ("50.00", "50.00", "0.00")
    assert [api.delete(f"{AT}matches/{match['id']}/").status_code for _ in range(2)] == [204, 409]
    assert not BankMatch.objects.standing().exists()


def test_parts_are_sent_with_amounts_as_text(bank: Bank, alice: User, visit: Callable[[User], Client]) -> None:
    api, batch, line = visit(alice), bank.batch(5000), bank.line(2100)
    parts = [{"kind": "batch", "batch": batch.pk, "amount": "20.00"}, {"kind": "aside", "amount": "1.00"}]

    def send() -> Any:
        sent = {"matches": [{"bank_line": line.pk, "parts": parts}]}
        return api.post(f"{AT}matches/", sent, "application/json", headers={"Idempotency-Key": "k"})

    assert (send().status_code, send().json()["code"]) == (422, "nothing_chosen")
    parts[1]["reason"] = "interest"
    assert send().json() == {"matched": 1}
    assert api.get(f"{AT}lines/?first=nonsense").status_code == 400


def test_an_account_is_named(bank: Bank, alice: User, visit: Callable[[User], Client]) -> None:
    api = visit(alice)
    bank.line(100)
    (told,) = api.get(f"{AT}accounts/").json()
    assert (told["account"], told["said"]) == ("DE0001", False)
    answer = api.post(f"{AT}accounts/", {"account": "DE0001", "deposit": told["deposit"]}, "application/json")
    assert answer.json() == [{**told, "said": True}]
    assert api.get(f"{AT}payout/?account=STRIPE&payout=none&currency=USD").status_code == 404
