"""Taking back who gave, after the gifts were given back, corrected or withdrawn: nothing stays with the wrong giver."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.money import Money
from partners import operations
from partners.models import Gift, GiverAssignment, GivingUnit, ReviewItem
from partners.operations import Part, unidentified
from partners.operations.gift_posting import post_gift
from partners.operations.unidentified import CorrectedSince
from reports.documents.contents import contents_of
from tests.cast import Visitor

DAY = date(2025, 3, 4)


class Desk:
    """What a person does with two gifts of number 88, 50.00 and 60.00 USD, that are said to be Ruth's."""

    def __init__(self, agency: Agency, actor: User, designation: Any, ruth: GivingUnit) -> None:
        self.by: dict[str, Any] = {"agency": agency, "actor": actor}
        self.designation, self.ruth, self.done = designation, ruth, 0
        self.gifts = [self.came(minor) for minor in (5000, 6000)]
        act = operations.assign_giver(**self.by, gift=self.gifts[0], giving_unit=ruth, reason="x", key=self.key())
        self.act: GiverAssignment = act

    def key(self) -> str:
        self.done += 1
        return f"key-{self.done}"

    def came(self, minor: int) -> Gift:
        giver = operations.unidentified_giver(agency=self.by["agency"])
        parts = [Part(self.designation, Money(minor, "USD"))]
        origin: dict[str, Any] = {"source": "HLM", "external_id": str(minor), "giver_key": "88"}
        return post_gift(**self.by, giving_unit=giver, on=DAY, parts=parts, **origin)

    def correct(self, gift: Gift, minor: int, **fields: Any) -> Any:
        """What stands in its place then; nothing for 0."""
        gift.refresh_from_db()
        fields["parts"] = [Part(self.designation, Money(minor, "USD"))] if minor else []
        return operations.correct_gift(**self.by, gift=gift, reason="typed", key=self.key(), **fields).replacement

    def refund(self, gift: Gift, minor: int) -> Gift:
        gift.refresh_from_db()
        money = Money(minor, "USD")
        return operations.refund_gift(**self.by, gift=gift, amount=money, on=DAY, reason="asked", key=self.key())

    def take_back(self) -> GiverAssignment:
        return operations.take_back_giver(**self.by, assignment=self.act, reason="Her sister", key=self.key())

    def told(self) -> list[int]:
        """What Ruth's statement of the year says, in minor units."""
        said = contents_of(self.by["agency"], DAY.year, [self.ruth.pk])
        return [line["amount"][0] for line in said[self.ruth.pk]["lines"]] if said else []


@pytest.fixture
def desk(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> Desk:
    return Desk(inside, alice, places.mine, ruth)


def test_what_was_given_back_since_goes_with_its_gift(desk: Desk, boaz: GivingUnit) -> None:
    refund, gone = desk.refund(desk.gifts[0], 2000), desk.refund(desk.gifts[1], 100)
    desk.correct(gone, 0)
    assert desk.told() == [5000, 6000, -2000]
    desk.take_back()
    refund.refresh_from_db()
    assert (desk.told(), refund.giving_unit.is_unidentified) == ([], True)
    acts = GiverAssignment.objects.filter(act=desk.act.act).order_by("gift").values_list("gift", "undone_reason")
    assert list(acts) == [(each.pk, "Her sister") for each in (*desk.gifts, refund)]
    operations.assign_giver(**desk.by, gift=desk.gifts[0], giving_unit=boaz, reason="y", key="again")
    refund.refresh_from_db()
    assert (refund.giving_unit, GiverAssignment.objects.standing().count()) == (boaz, 3)


def test_a_gift_that_was_corrected_twice_holds_it(desk: Desk, boaz: GivingUnit) -> None:
    second = desk.correct(desk.correct(desk.gifts[0], 6002), 6001)
    with pytest.raises(CorrectedSince):
        desk.take_back()
    assert sorted(desk.told()) == [6000, 6001]
    desk.correct(second, 6001, giving_unit=boaz)
    desk.take_back()
    assert desk.told() == []


def test_what_was_read_before_the_assignment_is_corrected_in_the_name_of_whom_it_is_of(desk: Desk) -> None:
    (stale, other), parts = desk.gifts, [Part(desk.designation, Money(6001, "USD"))]
    assert stale.giving_unit.is_unidentified
    made = operations.correct_gift(**desk.by, gift=stale, reason="typed", key=desk.key(), parts=parts)
    assert (made.replacement.giving_unit, sorted(desk.told())) == (desk.ruth, [other.amount, 6001])


def test_of_what_was_all_withdrawn_nothing_moves(desk: Desk) -> None:
    for gift in desk.gifts:
        desk.correct(gift, 0)
    assert desk.take_back().undone_reason == "Her sister"
    assert GiverAssignment.objects.standing().count() == 0
    entry = AuditEntry.objects.get(verb="take back giver")
    assert entry.changes["gifts"] == [each.pk for each in desk.gifts]


def test_page_and_program_say_what_to_do(desk: Desk, alice: User, visit: Callable[[User], Visitor]) -> None:
    desk.correct(desk.gifts[0], 6001)
    browser, sent = visit(alice), {"reason": "no", "key": "k"}
    page = browser.post(reverse("giver_take_back", args=["harbor", desk.act.pk]), sent)
    assert (page.status_code, CorrectedSince.message in page.content.decode()) == (422, True)
    url, by_key = reverse("api_giver_take_back", args=["harbor", desk.act.pk]), {"Idempotency-Key": "l"}
    said = browser.post(url, {"reason": "no"}, content_type="application/json", headers=by_key)
    assert (said.status_code, said.json()["code"]) == (409, "corrected_since")


def test_what_a_person_settled_before_keeps_its_outcome(desk: Desk) -> None:
    first, other = (
        ReviewItem.objects.create(line=gift.lines.get(), reason="unidentified_donor") for gift in desk.gifts
    )
    settled: dict[str, Any] = {"settled_at": timezone.now(), "settled_by": desk.by["actor"]}
    ReviewItem.objects.filter(pk=first.pk).update(**settled, outcome="x")
    ReviewItem.objects.filter(pk=other.pk).update(**settled, outcome="asked around")
    desk.take_back()
    said = dict(ReviewItem.objects.values_list("pk", "outcome"))
    assert said == {first.pk: "", other.pk: "asked around"}
    assert ReviewItem.objects.get(settled_at=None) == first


def test_who_listens_hears_of_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(unidentified, "tell_changed", lambda agency, ids: told.extend(ids))
    desk.take_back()
    assert told == [desk.ruth.partner_id]
