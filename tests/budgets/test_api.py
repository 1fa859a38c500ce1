"""Budgets by program: the same operations, rights and masking as the pages, once per key."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from budgets import operations
from budgets.models import Budget, Line
from ssu.models import Unit, Worker
from tests.budgets.test_budgets import add, approved
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
NOWHERE = 2**40


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def send(browser: Visitor, path: str, data: dict[str, Any], key: str = "", verb: str = "post") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(browser, verb)(path, data, content_type="application/json", headers=headers)


def test_from_the_start_to_force(visit: Visit, inside: Agency, alice: User, bob_in_finance: User, unit: Unit) -> None:
    hers, his = visit(alice), visit(bob_in_finance)
    said = {"unit": unit.pk, "fiscal_year": 2026}
    first, again = (send(hers, at("api_budgets"), said, "k1") for _ in range(2))
    assert (first.status_code, first.json(), Budget.objects.count()) == (201, again.json(), 1)
    budget = first.json()["id"]
    assert send(hers, at("api_budgets"), said).json()["code"] == "budget_in_the_making"
    assert send(hers, at("api_budget_submit", budget), {}).json()["code"] == "budget_is_empty"
    months = ["0"] * 11 + ["12.00"]
    lines = [
        {"impact": "Wells", "category": "Water", "amount": "12", "months": months, "priority": 2},
        {"impact": "Lessons", "category": "Teaching", "amount": "1,000.50"},
    ]
    path = at("api_budget_lines", budget)
    written = [send(hers, path, {"lines": lines, "revision": 0}, "k2", "put") for _ in range(2)]
    assert [(each.status_code, Line.objects.count()) for each in written] == [(200, 2)] * 2
    told = written[0].json()
    assert [(line["impact"], line["amount"], line["months"][-1]) for line in told["lines"]] == [
        ("Lessons", "1000.50", "83.37"),
        ("Wells", "12.00", "12.00"),
    ]
    assert send(hers, path, {"lines": lines, "revision": 0}, verb="put").json()["code"] == "changed_since_seen"
    gone = {"removed": [told["lines"][0]["line"]], "revision": told["revision"]}
    assert [line["impact"] for line in send(hers, path, gone, verb="put").json()["lines"]] == ["Wells"]
    assert send(hers, at("api_budget_submit", budget), {}).json()["state"] == "submitted"
    assert send(hers, at("api_budget_withdraw", budget), {}).json()["state"] == "draft"
    send(hers, at("api_budget_submit", budget), {})
    assert send(hers, at("api_budget_approve", budget), {}).json()["code"] == "author_cannot_approve"
    assert send(his, at("api_budget_approve", budget), {"revision": 0}).json()["code"] == "changed_since_seen"
    assert send(his, at("api_budget_approve", budget), {}).json()["state"] == "approved"
    listed = hers.get(at("api_budgets") + f"?unit={unit.pk}&state=approved&fiscal_year=2026").json()["results"]
    assert [each["id"] for each in listed] == [budget]
    assert hers.get(at("api_budgets") + "?state=draft").json()["results"] == []


def test_everything_that_is_wrong_is_told_and_nothing_is_written(
    visit: Visit, inside: Agency, alice: User, budget: Budget, worker: Worker
) -> None:
    mine = add(inside, alice, budget, 1200)
    right = {"impact": "i", "category": "c", "amount": "5"}
    path, browser = at("api_budget_lines", budget.pk), visit(alice)
    for lines, told in (
        ([right, right | {"amount": "ten"}, right | {"months": ["x", *["0"] * 11]}], [(2, "amount"), (3, "months")]),
        ([right | {"owner": worker.pk}], [(1, "owner")]),
        ([right, right | {"months": ["1"] * 12}, right | {"line": NOWHERE}], [(2, "months"), (3, "line")]),
        ([right | {"amount": "0"}], [(1, "amount")]),
    ):
        answer = send(browser, path, {"lines": lines}, verb="put")
        found = [(each["row"], each["column"]) for each in answer.json()["problems"]]
        assert (answer.status_code, answer.json()["code"], found) == (422, "budget_lines_wrong", told)
    assert send(browser, path, {"lines": [{"impact": "i"}]}, verb="put").status_code == 400
    assert list(Line.objects.values_list("pk", "amount")) == [(mine.pk, 1200)]


def test_words_of_a_closed_unit_are_kept_back(
    visit: Visit, inside: Agency, alice: User, dan: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget, 1200)
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Cedar")
    path = at("api_budget", budget.pk)
    (seen,), (kept,) = (visit(user).get(path).json()["lines"] for user in (alice, dan))
    assert (seen["impact"], kept["impact"], kept["category"], kept["amount"]) == (
        "Lessons for forty families",
        "",
        "",
        "12.00",
    )


def test_who_may_not_and_another_agency(
    visit: Visit, inside: Agency, alice: User, bob_in_finance: User, dan: User, mallory: User, budget: Budget
) -> None:
    assert send(visit(dan), at("api_budget_lines", budget.pk), {}, verb="put").status_code == 403
    assert visit(mallory).get(at("api_budget", budget.pk)).status_code == 404
    assert send(visit(alice), at("api_budgets"), {"unit": NOWHERE, "fiscal_year": 2026}).status_code == 400
    add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    refused = send(visit(alice), at("api_budget_lines", budget.pk), {"lines": []}, verb="put")
    assert refused.json()["code"] == "budget_not_a_draft"
    assert operations.start_budget(agency=inside, actor=alice, unit=budget.unit, fiscal_year=2026).version == 2
