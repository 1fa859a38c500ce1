"""Money in suspense goes to a designation by a transfer, once, and can be put back."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.idempotency import OtherContent
from agencies.models import Agency, AuditEntry
from core.money import Money
from funds.models import Designation, Posting
from funds.operations import Leg, close_designation, post
from funds.proofs import prove_ledger
from funds.queries import accounts_of, suspense_account, suspense_balances
from partners import operations
from partners.models import Gift, GiftLine, GivingUnit, Partner, ReviewItem, SuspenseAssignment
from partners.operations import Part
from partners.operations.corrections import ReasonMissing, WithdrawnAlready
from partners.operations.gifts import DesignationClosed
from partners.operations.reviews import StillInSuspense
from partners.operations.suspense import NotAssigned, NotInSuspense, RefundsRestOnIt
from partners.proofs import prove_designations
from tests.cast import Visitor
from tests.partners.suspended import KEY, holds, refund

Visit = Callable[[User], Visitor]


@pytest.fixture
def waiting(add: Callable[..., Partner], inside: Agency, alice: User, places: SimpleNamespace) -> GiftLine:
    """A line of $60 in suspense beside one of $40 for the fund, with its review."""
    gift = operations.record_gift(
        agency=inside,
        actor=alice,
        giving_unit=GivingUnit.objects.get(partner=add("Moab")),
        on=inside.today(),
        parts=[Part(None, Money(6000, "USD"), key=KEY), Part(places.general, Money(4000, "USD"))],
        key="given",
    )
    line: GiftLine = gift.lines.get(designation=None)
    ReviewItem.objects.create(line=line, reason="unknown_designation")
    return line


@pytest.fixture
def assign(inside: Agency, alice: User, waiting: GiftLine, places: SimpleNamespace) -> Callable[..., GiftLine]:
    def act(to: Designation | None = None, key: str = "k", **fields: Any) -> GiftLine:
        given = {"reason": "He meant the river", "line": waiting, **fields}
        return operations.assign_line(agency=inside, actor=alice, designation=to or places.mine, key=key, **given)

    return act


@pytest.fixture
def take_back(inside: Agency, alice: User, waiting: GiftLine) -> Callable[..., GiftLine]:
    def act(key: str = "b") -> GiftLine:
        return operations.take_back_assignment(
            agency=inside, actor=alice, line=waiting, reason="the wrong one", key=key
        )

    return act


def usd(minor: int) -> list[Money]:
    return [Money(minor, "USD")]


def test_the_money_goes_over_and_the_review_is_settled(
    assign: Callable[..., GiftLine], waiting: GiftLine, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    assert suspense_balances() == usd(6000)
    line = assign()
    assert (line.designation, line.designation_key) == (places.mine, KEY)  # the file's text stays its key
    assert (suspense_balances(), holds(places.mine)) == ([], 6000)
    made = SuspenseAssignment.objects.get()
    assert (made.posting.kind, made.posting.date, made.posting.posted_by) == ("transfer", inside.today(), alice)
    review = ReviewItem.objects.get()
    assert (review.settled_by, review.outcome) == (alice, "Assigned to 0100. He meant the river")
    entry = AuditEntry.objects.get(verb="assign from suspense")
    assert (entry.label, entry.changes) == (
        f"gift {line.gift_id}",
        {"designation": "0100", "lines": [line.pk]},
    )
    assert prove_ledger(inside).differences == []


def test_it_is_put_back_whole_and_may_go_elsewhere(
    assign: Callable[..., GiftLine],
    take_back: Callable[..., GiftLine],
    places: SimpleNamespace,
    inside: Agency,
) -> None:
    assign()
    line = take_back()
    assert (line.designation, suspense_balances(), holds(places.mine)) == (None, usd(6000), 0)
    assert list(ReviewItem.objects.open().values_list("line", "outcome")) == [(line.pk, "")]
    with pytest.raises(NotAssigned):
        take_back("again")
    assign(places.careful, "second")
    assert (suspense_balances(), holds(places.mine), holds(places.careful)) == ([], 0, 6000)
    assert (SuspenseAssignment.objects.count(), SuspenseAssignment.objects.standing().count()) == (2, 1)
    assert prove_ledger(inside).differences == []


def test_the_same_form_twice_does_it_once(assign: Callable[..., GiftLine], places: SimpleNamespace) -> None:
    assert assign() == assign()
    assert Posting.objects.filter(kind="transfer").count() == 1
    with pytest.raises(OtherContent):
        assign(places.careful)
    with pytest.raises(NotInSuspense):
        assign(key="another form")


def test_words_alone_settle_nothing_while_the_money_waits(
    assign: Callable[..., GiftLine], take_back: Callable[..., GiftLine], inside: Agency, alice: User
) -> None:
    item = ReviewItem.objects.get()
    with pytest.raises(StillInSuspense):
        operations.settle_review(agency=inside, actor=alice, item=item, outcome="I know where it goes")
    item.line.reviews.create(reason="earmark_worker")  # the control: another question is answered in words
    earmark = ReviewItem.objects.get(reason="earmark_worker")
    operations.settle_review(agency=inside, actor=alice, item=earmark, outcome="spoke with him")
    assert list(ReviewItem.objects.open()) == [item]


def test_what_is_refused(
    assign: Callable[..., GiftLine], waiting: GiftLine, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    with pytest.raises(ReasonMissing):
        assign(reason=" ")
    close_designation(agency=inside, actor=alice, designation=places.careful, on=inside.today())
    with pytest.raises(DesignationClosed):
        assign(places.careful)
    with pytest.raises(NotInSuspense):
        assign(line=waiting.gift.lines.exclude(designation=None).get())
    operations.correct_gift(agency=inside, actor=alice, gift=waiting.gift, reason="keyed twice", key="c")
    with pytest.raises(WithdrawnAlready):
        assign()
    assert Posting.objects.filter(kind="transfer").count() == 0


def test_a_withdrawn_gift_takes_its_transfer_along(
    assign: Callable[..., GiftLine], waiting: GiftLine, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    assign()
    operations.correct_gift(agency=inside, actor=alice, gift=waiting.gift, reason="keyed twice", key="c")
    assert (suspense_balances(), holds(places.mine), holds(places.general)) == ([], 0, 0)
    assert prove_ledger(inside).differences == []


def test_refunds_in_suspense_go_along_and_come_back(
    assign: Callable[..., GiftLine],
    take_back: Callable[..., GiftLine],
    waiting: GiftLine,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
) -> None:
    refund(inside, alice, waiting, 5000, "r")  # half of each line
    assert suspense_balances() == usd(3000)
    assign()
    assert (suspense_balances(), holds(places.mine)) == ([], 3000)
    take_back()
    assert (suspense_balances(), holds(places.mine)) == (usd(3000), 0)
    assert prove_ledger(inside).differences == []


def test_refunds_made_afterwards_hold_the_assignment(
    assign: Callable[..., GiftLine],
    take_back: Callable[..., GiftLine],
    waiting: GiftLine,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
) -> None:
    assign()
    back = refund(inside, alice, waiting, 5000, "r")
    assert (suspense_balances(), holds(places.mine), holds(places.general)) == ([], 3000, 2000)
    assert refund(inside, alice, waiting, 5000, "all the rest").amount == -5000
    assert (holds(places.mine), holds(places.general)) == (0, 0)
    with pytest.raises(RefundsRestOnIt):
        take_back()
    for gift in Gift.objects.filter(amount__lt=0):
        operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="kept it", key=f"w{gift.pk}")
    take_back()
    assert (suspense_balances(), holds(places.mine), back.reverses_id) == (usd(6000), 0, waiting.gift_id)


@pytest.mark.parametrize("state", ["in suspense", "assigned", "given"])
def test_postgresql_lets_no_line_change_its_designation(
    state: str, assign: Callable[..., GiftLine], waiting: GiftLine, places: SimpleNamespace
) -> None:
    line = waiting.gift.lines.exclude(designation=None).get() if state == "given" else waiting
    if state == "assigned":
        assign()
    for wrong in {places.careful, None} - {None if state == "in suspense" else places.careful}:
        with pytest.raises(DatabaseError, match="keeps its designation"), transaction.atomic():
            GiftLine.objects.filter(pk=line.pk).update(designation=wrong)
    with pytest.raises(DatabaseError, match="keeps its designation"), transaction.atomic():
        GiftLine.objects.filter(pk=line.pk).update(designation=places.careful)


def test_the_proof_follows_the_money(
    assign: Callable[..., GiftLine],
    take_back: Callable[..., GiftLine],
    waiting: GiftLine,
    inside: Agency,
    alice: User,
) -> None:
    def differences() -> list[str]:
        return prove_designations(inside).differences

    assert (prove_designations(inside).compared, differences()) == ({"accounts": 2}, [])
    refund(inside, alice, waiting, 1000, "r")
    assert differences() == []
    assign()
    assert differences() == []
    take_back()
    assert differences() == []
    operations.correct_gift(agency=inside, actor=alice, gift=Gift.objects.get(amount=-1000), reason="kept it", key="w")
    operations.correct_gift(agency=inside, actor=alice, gift=waiting.gift, reason="keyed twice", key="c")
    assert differences() == []


def test_the_proof_names_a_transfer_that_no_line_knows(
    waiting: GiftLine, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    """The control: the money moved, and the line stayed."""
    account = accounts_of([places.mine.pk])[places.mine.pk]
    legs = [Leg(suspense_account().pk, Money(6000, "USD")), Leg(account, Money(-6000, "USD"))]
    posting = post(agency=inside, actor=alice, on=inside.today(), kind="transfer", legs=legs, source="hand")
    SuspenseAssignment.objects.create(line=waiting, designation=places.mine, posting=posting, reason="x")
    assert prove_designations(inside).differences == [
        "Suspense: its lines sum to 60.00 USD, the ledger says 0.00 USD.",
        "0100: its lines sum to 0.00 USD, the ledger says 60.00 USD.",
    ]


# pages


def test_finance_assigns_and_takes_back_on_pages(
    waiting: GiftLine, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    item = ReviewItem.objects.get()
    page = browser.get(reverse("review", args=["harbor", item.pk]))
    path = reverse("line_assign", args=["harbor", waiting.pk])
    assert page.context["assign_url"] == path
    assert 'name="outcome"' not in page.content.decode()
    refused = browser.post(reverse("review", args=["harbor", item.pk]), {"outcome": "done"})
    assert (refused.status_code, "still in suspense" in refused.content.decode()) == (422, True)
    assert "not known: “9999”" in browser.get(path).content.decode()
    sent = {"designation": places.mine.pk, "reason": "He meant the river", "key": "k1"}
    assert browser.post(path, {**sent, "reason": ""}).status_code == 422
    answer = browser.post(path, sent)
    gift_path = reverse("gift", args=["harbor", waiting.gift_id])
    assert (answer.status_code, answer["Location"]) == (302, gift_path)
    shown = browser.get(gift_path).context["moves"]
    assert [(each.words, each.reason, each.taken_back) for each in shown] == [
        ("$60.00 from suspense to 0100 Riverbend", "He meant the river", False)
    ]
    again = browser.post(path, {**sent, "key": "k2"})
    assert (again.status_code, "has a designation already" in again.content.decode()) == (422, True)
    undone = browser.post(shown[0].undo_url, {"reason": "wrong", "key": "k3"})
    assert undone.status_code == 302
    assert [(each.taken_back, each.undo_url) for each in browser.get(gift_path).context["moves"]] == [(True, "")]


def test_the_entries_of_the_designation_lead_to_the_gift(
    assign: Callable[..., GiftLine],
    take_back: Callable[..., GiftLine],
    waiting: GiftLine,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
    visit: Visit,
) -> None:
    assign()
    take_back()
    today = inside.today()
    month = reverse("designation_month", args=["harbor", places.mine.pk, today.year, today.month, "USD"])
    rows = visit(alice).get(month).context["rows"]
    url = reverse("gift", args=["harbor", waiting.gift_id])
    assert [(row.kind, row.amount, row.origin.url) for row in rows] == [
        ("Transfer", "$60.00", url),
        ("Reversal", "-$60.00", url),
    ]


def test_who_may_not_record_gifts_may_not_assign(
    assign: Callable[..., GiftLine], waiting: GiftLine, bob: User, dan: User, visit: Visit
) -> None:
    assign()
    for name in ("line_assign", "line_take_back"):
        path = reverse(name, args=["harbor", waiting.pk])
        assert [visit(who).get(path).status_code for who in (bob, dan)] == [403, 403]
    page = visit(bob).get(reverse("gift", args=["harbor", waiting.gift_id]))
    assert [(each.undo_url, each.posting_url) for each in page.context["moves"]] == [("", "")]
