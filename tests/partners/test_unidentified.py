"""Gifts of somebody whom nobody knew: all of one number are said to be of somebody in one act, and taken back."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from core.money import Money
from funds.models import Entry, Posting
from partners import operations
from partners.models import Gift, GiftLine, GiverAssignment, GivingUnit, Partner, ReviewItem
from partners.operations import Part
from partners.operations.corrections import ReasonMissing
from partners.operations.gift_posting import post_gift
from partners.operations.reviews import StillUnidentified
from partners.operations.unidentified import AssignmentGone, CorrectedSince, GiverKnown, NobodyNamed
from reports.documents.contents import contents_of
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
DAY = date(2025, 3, 4)


@pytest.fixture
def came(inside: Agency, alice: User, places: SimpleNamespace) -> Callable[..., Gift]:
    """`came("88", 5000)` is a gift of number 88, whom nobody knows, with its review."""

    def make(number: str, minor: int, source: str = "HLM", **fields: Any) -> Gift:
        gift = post_gift(
            agency=inside,
            actor=alice,
            giving_unit=operations.unidentified_giver(agency=inside),
            on=DAY,
            parts=[Part(places.mine, Money(minor, "USD"))],
            source=source,
            external_id=f"{number}/{minor}",
            giver_key=number,
            **fields,
        )
        ReviewItem.objects.create(line=gift.lines.get(), reason="unidentified_donor")
        return gift

    return make


@pytest.fixture
def gifts(came: Callable[..., Gift]) -> list[Gift]:
    """Three of number 88, one of them given back in part; one of the same number elsewhere; one of 89; one of none."""
    made = [came("88", 5000), came("88", 7000), came("88", 100)]
    made.append(came("88", -2000, kind="refund", reverses=made[1]))
    return [*made, came("88", 30, source="OTHER"), came("89", 40), came("", 50)]


@pytest.fixture
def assign(inside: Agency, alice: User) -> Callable[..., GiverAssignment]:
    def act(gift: Gift, giver: GivingUnit, key: str = "a", reason: str = "She rang") -> GiverAssignment:
        return operations.assign_giver(agency=inside, actor=alice, gift=gift, giving_unit=giver, reason=reason, key=key)

    return act


def givers() -> list[str]:
    return list(Gift.objects.order_by("pk").values_list("giving_unit__name", flat=True))


def told(giver: GivingUnit, agency: Agency) -> list[int]:
    said = contents_of(agency, DAY.year, [giver.pk])
    return [line["amount"][0] for line in said[giver.pk]["lines"]] if said else []


def waiting() -> list[int]:
    return list(ReviewItem.objects.open().order_by("pk").values_list("line__gift", flat=True))


def test_all_of_one_number_are_assigned_at_once_and_nothing_else_moves(
    gifts: list[Gift], assign: Any, ruth: GivingUnit, inside: Agency
) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Posting, Entry, GiftLine)]
    one, same = assign(gifts[1], ruth), assign(gifts[1], ruth)
    unknown = "Unidentified giver"
    assert givers() == ["Ruth Moab"] * 4 + [unknown] * 3
    acts = list(GiverAssignment.objects.values_list("act", flat=True))
    assert (one, len(set(acts)), len(acts)) == (same, 1, 4)
    assert before == [list(model.objects.order_by("pk").values()) for model in (Posting, Entry, GiftLine)]
    assert waiting() == [each.pk for each in gifts[4:]]
    assert told(ruth, inside) == [5000, 7000, 100, -2000]


def test_taken_back_they_wait_again(
    gifts: list[Gift], assign: Any, ruth: GivingUnit, boaz: GivingUnit, inside: Agency, alice: User
) -> None:
    made = assign(gifts[0], ruth)
    back: dict[str, Any] = {"agency": inside, "actor": alice, "assignment": made, "reason": "Her sister"}
    done = operations.take_back_giver(**back, key="b")
    assert (done.undone_reason, done.undone_by, done.undone_at is not None) == ("Her sister", alice, True)
    assert (set(givers()), waiting(), told(ruth, inside)) == (
        {"Unidentified giver"},
        [each.pk for each in gifts],
        [],
    )
    with pytest.raises(AssignmentGone):
        operations.take_back_giver(**back, key="c")
    assign(gifts[0], boaz, key="d")
    assert givers()[:4] == [boaz.name] * 4
    verbs = AuditEntry.objects.filter(verb__contains="giver").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["assign giver", "take back giver", "assign giver"]


def test_a_gift_without_a_number_goes_alone(gifts: list[Gift], assign: Any, ruth: GivingUnit) -> None:
    assign(gifts[6], ruth)
    assert givers()[6] == "Ruth Moab"
    assert GiverAssignment.objects.count() == 1


def test_what_is_refused(gifts: list[Gift], assign: Any, ruth: GivingUnit, inside: Agency, alice: User) -> None:
    with pytest.raises(ReasonMissing):
        assign(gifts[0], ruth, reason=" ")
    with pytest.raises(NobodyNamed):
        assign(gifts[0], operations.unidentified_giver(agency=inside))
    made = assign(gifts[0], ruth)
    with pytest.raises(GiverKnown):
        assign(gifts[1], ruth, key="again")
    part = Part(gifts[0].lines.get().designation, Money(900, "USD"))
    operations.correct_gift(agency=inside, actor=alice, gift=gifts[0], reason="typed", key="c", parts=[part])
    with pytest.raises(CorrectedSince):
        operations.take_back_giver(agency=inside, actor=alice, assignment=made, reason="no", key="b")
    assert givers()[:4] == ["Ruth Moab"] * 4


def test_the_database_keeps_the_giver_otherwise(gifts: list[Gift], assign: Any, ruth: GivingUnit, boaz: Any) -> None:
    for gift, giver in ((gifts[0], ruth), (gifts[0], boaz)):
        with pytest.raises(DatabaseError, match="keeps its giver"), transaction.atomic():
            Gift.objects.filter(pk=gift.pk).update(giving_unit=giver)
        assign(gifts[0], ruth)
    for giver in (boaz, GivingUnit.objects.get(is_unidentified=True)):
        with pytest.raises(DatabaseError, match="keeps its giver"), transaction.atomic():
            Gift.objects.filter(pk=gifts[0].pk).update(giving_unit=giver)


def test_words_alone_settle_nothing(
    gifts: list[Gift], assign: Any, ruth: GivingUnit, inside: Agency, alice: User
) -> None:
    item = ReviewItem.objects.get(line__gift=gifts[0])
    said: dict[str, Any] = {"agency": inside, "actor": alice, "item": item, "outcome": "asked around"}
    with pytest.raises(StillUnidentified):
        operations.settle_review(**said)
    assert item.pk in ReviewItem.objects.open().values_list("pk", flat=True)
    assign(gifts[0], ruth)
    item.refresh_from_db()
    assert item.outcome == "She rang"


def test_from_the_queue_to_the_statement_and_back_by_pages(
    gifts: list[Gift], ruth: GivingUnit, alice: User, visit: Visit
) -> None:
    browser, item = visit(alice), ReviewItem.objects.get(line__gift=gifts[0])
    page = browser.get(reverse("review", args=["harbor", item.pk])).content.decode()
    assert "These 4 gifts of number 88 are of …" in page
    url = reverse("giver_assign", args=["harbor", gifts[0].pk])
    assert url in page
    found = browser.get(url, {"q": "moab"})
    assert [row.url for row in found.context["rows"]] == [f"{url}?giver={ruth.pk}"]
    assert "The giver is not known" not in found.content.decode()
    form = browser.get(url, {"giver": str(ruth.pk)})
    assert (form.context["count"], form.context["sums"], len(form.context["gifts"])) == (4, ["$101.00"], 4)
    sent = {"giving_unit": ruth.pk, "reason": "She rang", "key": "k"}
    assert browser.post(url, {**sent, "reason": ""}).status_code == 422
    answer = browser.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (302, reverse("gift", args=["harbor", gifts[0].pk]))
    shown = browser.get(answer["Location"]).content.decode()
    assert "Unidentified at first, then of Ruth Moab" in shown
    back = reverse("giver_take_back", args=["harbor", GiverAssignment.objects.get(gift=gifts[0]).pk])
    assert back in shown
    assert browser.post(back, {"reason": "Her sister", "key": "b"}).status_code == 302
    assert "Her sister" in browser.get(answer["Location"]).content.decode()
    assert len(waiting()) == len(gifts)


def test_who_has_the_number_by_now_is_offered(
    gifts: list[Gift], add: Callable[..., Partner], alice: User, visit: Visit
) -> None:
    """A file of partners came later and brought the number, padded."""
    naomi = GivingUnit.objects.get(partner=add("Elimelech", first_name="Naomi", number=("HLM", "000088")))
    browser = visit(alice)
    for gift, offered in ((gifts[0], True), (gifts[4], False), (gifts[5], False), (gifts[6], False)):
        item = ReviewItem.objects.get(line__gift=gift)
        page = browser.get(reverse("review", args=["harbor", item.pk])).content.decode()
        assert ("Number 88 is Naomi Elimelech by now." in page) is offered
        assert (f"?giver={naomi.pk}" in page) is offered


def test_programs_do_the_same(gifts: list[Gift], ruth: GivingUnit, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    said: dict[str, Any] = {"content_type": "application/json"}
    url = f"/api/a/harbor/gifts/{gifts[0].pk}/giver/"
    made = browser.post(url, {"giving_unit": ruth.pk, "reason": "x"}, headers={"Idempotency-Key": "k"}, **said)
    assert (made.status_code, made.json()["gift"], givers()[:4]) == (201, gifts[0].pk, ["Ruth Moab"] * 4)
    listed = browser.get("/api/a/harbor/giver-assignments/").json()["results"]
    assert sorted(each["gift"] for each in listed) == [each.pk for each in gifts[:4]]
    back = f"/api/a/harbor/giver-assignments/{made.json()['id']}/take-back/"
    done = browser.post(back, {"reason": "y"}, headers={"Idempotency-Key": "l"}, **said)
    assert (done.status_code, done.json()["undone_reason"], len(waiting())) == (200, "y", len(gifts))


def test_a_giver_of_elsewhere_is_nobody(
    gifts: list[Gift], elsewhere: Agency, inside: Agency, alice: User, visit: Visit
) -> None:
    with scope.of_agency(elsewhere.pk):
        foreign = operations.unidentified_giver(agency=elsewhere).pk
    browser, url = visit(alice), reverse("giver_assign", args=["harbor", gifts[0].pk])
    sent = {"reason": "x", "key": "k"}
    pages = [browser.post(url, {**sent, "giving_unit": pk}) for pk in (foreign, 2**40)]
    assert [(page.status_code, page.context["form"].errors) for page in pages] == [
        (422, pages[0].context["form"].errors)
    ] * 2
    api = f"/api/a/harbor/gifts/{gifts[0].pk}/giver/"
    said = [
        browser.post(api, {"giving_unit": pk, "reason": "x"}, content_type="application/json")
        for pk in (foreign, 2**40)
    ]
    assert [(each.status_code, each.content) for each in said] == [(400, said[0].content)] * 2
