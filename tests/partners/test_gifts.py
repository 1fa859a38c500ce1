"""Recording, correcting and refunding gifts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from agencies.idempotency import KeyMissing, OtherContent
from agencies.models import Agency
from core.money import Money
from funds import queries
from funds.models import Designation
from funds.operations import close_designation, open_designation
from partners import operations
from partners.models import Gift, GiftLine, GivingUnit, Partner
from partners.operations import Part
from partners.operations.corrections import ReasonMissing, WithdrawnAlready
from partners.operations.gifts import DesignationClosed, InTheFuture, NothingGiven
from partners.operations.refunds import MoreThanGiven

DAY = date(2026, 3, 4)


@pytest.fixture
def partner(inside: Agency, alice: User) -> Partner:
    return operations.add_partner(
        agency=inside, actor=alice, kind="person", first_name="Ruth", last_name="Moab", number=("HLM", "000104532")
    )


@pytest.fixture
def giver(partner: Partner) -> GivingUnit:
    return GivingUnit.objects.get(partner=partner)


@pytest.fixture
def funds(inside: Agency, alice: User) -> tuple[Designation, Designation]:
    return tuple(  # type: ignore[return-value]
        open_designation(agency=inside, actor=alice, code=code, public_name=code, kind="general")
        for code in ("100", "200")
    )


@pytest.fixture
def give(inside: Agency, alice: User, giver: GivingUnit, funds: tuple[Designation, Designation]) -> Callable[..., Gift]:
    def record(first: int = 6000, second: int = 4000, key: str = "k1", on: date = DAY) -> Gift:
        parts = [Part(funds[0], Money(first, "USD"), "for the well"), Part(funds[1], Money(second, "USD"))]
        return operations.record_gift(agency=inside, actor=alice, giving_unit=giver, on=on, parts=parts, key=key)

    return record


def held(funds: tuple[Designation, Designation]) -> list[list[Money]]:
    balances = queries.balances([each.pk for each in funds])
    return [balances.get(each.pk, []) for each in funds]


def test_gift_posts_its_lines(give: Callable[..., Gift], funds: tuple[Designation, Designation]) -> None:
    gift = give()
    assert (gift.amount, gift.currency) == (10000, "USD")
    assert list(gift.lines.order_by("pk").values_list("designation_key", "amount", "intent")) == [
        ("100", 6000, "for the well"),
        ("200", 4000, ""),
    ]
    assert held(funds) == [[Money(6000, "USD")], [Money(4000, "USD")]]


def test_the_same_form_twice_is_one_gift(give: Callable[..., Gift]) -> None:
    assert give().pk == give().pk
    assert Gift.objects.count() == 1


def test_the_same_form_twice_is_one_gift_also_when_the_fund_was_closed_between(
    give: Callable[..., Gift], inside: Agency, alice: User, funds: tuple[Designation, Designation]
) -> None:
    first = give()
    close_designation(agency=inside, actor=alice, designation=funds[0], on=DAY)
    assert give().pk == first.pk
    with pytest.raises(DesignationClosed):
        give(key="another")


def test_the_same_key_with_other_content_is_refused(give: Callable[..., Gift]) -> None:
    give()
    with pytest.raises(OtherContent):
        give(first=1)


def test_a_form_without_its_key_is_refused(give: Callable[..., Gift]) -> None:
    with pytest.raises(KeyMissing):
        give(key="")


@pytest.mark.parametrize(("first", "second"), [(0, 1), (-5, 6)])
def test_each_line_is_above_zero(give: Callable[..., Gift], first: int, second: int) -> None:
    with pytest.raises(NothingGiven):
        give(first, second)


def test_a_gift_of_tomorrow_is_refused(give: Callable[..., Gift]) -> None:
    with pytest.raises(InTheFuture):
        give(on=date(2999, 1, 1))


def test_correction_reverses_whole_and_records_anew(
    give: Callable[..., Gift], inside: Agency, alice: User, funds: tuple[Designation, Designation]
) -> None:
    gift = give()
    correction = operations.correct_gift(
        agency=inside,
        actor=alice,
        gift=gift,
        reason="one cent too much",
        key="k2",
        parts=[Part(funds[0], Money(9999, "USD"))],
    )
    gift.refresh_from_db()
    assert gift.withdrawn_at is not None
    assert correction.replacement is not None
    assert correction.replacement.amount == 9999
    assert held(funds) == [[Money(9999, "USD")], [Money(0, "USD")]]
    with pytest.raises(WithdrawnAlready):
        operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="again", key="k3")


def test_correction_wants_a_reason(give: Callable[..., Gift], inside: Agency, alice: User) -> None:
    with pytest.raises(ReasonMissing):
        operations.correct_gift(agency=inside, actor=alice, gift=give(), reason=" ", key="k2")


def test_refunds_share_out_exactly_and_never_exceed(
    give: Callable[..., Gift], inside: Agency, alice: User, funds: tuple[Designation, Designation]
) -> None:
    gift = give()
    refund = operations.refund_gift(
        agency=inside, actor=alice, gift=gift, amount=Money(3333, "USD"), on=DAY, reason="card", key="r1"
    )
    assert sorted(refund.lines.values_list("designation_key", "amount")) == [("100", -2000), ("200", -1333)]
    assert held(funds) == [[Money(4000, "USD")], [Money(2667, "USD")]]
    with pytest.raises(MoreThanGiven):
        operations.refund_gift(
            agency=inside, actor=alice, gift=gift, amount=Money(6668, "USD"), on=DAY, reason="card", key="r2"
        )


@pytest.mark.parametrize("column", ["amount", "date", "posting_id", "external_id"])
def test_a_posted_gift_is_frozen(give: Callable[..., Gift], column: str) -> None:
    give()
    sql = f"UPDATE partners_gift SET {column} = {column}"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_standing_gift_keeps_its_giver(give: Callable[..., Gift]) -> None:
    """Only of what was withdrawn the giver is given up, and then to nobody in particular."""
    gift = give()
    other = GivingUnit.objects.create(name="Somebody else", partner=gift.giving_unit.partner)
    with pytest.raises(DatabaseError, match="keeps its giver"), transaction.atomic():
        Gift.objects.filter(pk=gift.pk).update(giving_unit=other)
    with pytest.raises(DatabaseError, match="keeps its giver"), transaction.atomic():
        Gift.objects.filter(pk=gift.pk).update(giving_unit=other, withdrawn_at=timezone.now())


def test_lines_must_sum_to_their_gift(give: Callable[..., Gift]) -> None:
    gift = give()
    extra = GiftLine(gift=gift, designation_key="x", amount=1, source="hand", external_id="y")
    with pytest.raises(DatabaseError, match="do not sum"), transaction.atomic():
        extra.save()


def test_numbers_match_padded_or_not(inside: Agency, partner: Partner) -> None:
    assert operations.identify(agency=inside, source="HLM", value="104532") == partner
    assert operations.identify(agency=inside, source="WEB", value="104532") is None


@pytest.mark.parametrize(
    "other",
    [
        {"anonymous": True},
        {"description": "a boat"},
        {"fair_market_value": 500, "in_return": "A dinner"},
        {"soft_kind": "honor"},
    ],
)
def test_the_same_key_with_another_detail_is_refused(
    other: dict[str, Any], inside: Agency, alice: User, giver: GivingUnit, funds: tuple[Designation, Designation]
) -> None:
    form: dict[str, Any] = {
        "agency": inside,
        "actor": alice,
        "giving_unit": giver,
        "on": DAY,
        "parts": [Part(funds[0], Money(500, "USD"))],
        "key": "k",
        "anonymous": False,
    }
    first = operations.record_gift(**form)
    assert operations.record_gift(**form) == first
    with pytest.raises(OtherContent):
        operations.record_gift(**{**form, **other})


def test_the_same_key_with_another_soft_credit_is_refused(
    inside: Agency, alice: User, giver: GivingUnit, partner: Partner, funds: tuple[Designation, Designation]
) -> None:
    namesake = operations.add_partner(
        agency=inside, actor=alice, kind="person", first_name="Ruth", last_name="Moab", number=("HLM", "2")
    )
    form: dict[str, Any] = {"agency": inside, "actor": alice, "giving_unit": giver, "on": DAY, "key": "k"}
    form["parts"] = [Part(funds[0], Money(500, "USD"))]
    first = operations.record_gift(**form, soft_partner=partner)
    assert operations.record_gift(**form, soft_partner=partner) == first
    with pytest.raises(OtherContent):
        operations.record_gift(**form, soft_partner=namesake)


def test_the_same_key_with_another_kind_of_refund_is_refused(
    give: Callable[..., Gift], inside: Agency, alice: User
) -> None:
    form: dict[str, Any] = {"agency": inside, "actor": alice, "gift": give(), "on": DAY, "reason": "card", "key": "r"}
    form["amount"] = Money(500, "USD")
    refund = operations.refund_gift(**form)
    assert operations.refund_gift(**form) == refund
    with pytest.raises(OtherContent):
        operations.refund_gift(**form, kind=Gift.Kind.CHARGEBACK)


def test_a_gift_goes_to_what_is_open_on_its_day(
    give: Callable[..., Gift], inside: Agency, alice: User, funds: tuple[Designation, Designation]
) -> None:
    close_designation(agency=inside, actor=alice, designation=funds[1], on=DAY)
    with pytest.raises(DesignationClosed, match="200") as refusal:
        give()
    assert refusal.value.code == "designation_closed"
    assert give(on=DAY - timedelta(1)).amount == 10000


def test_a_promise_is_for_what_is_open_when_it_starts(
    inside: Agency, alice: User, giver: GivingUnit, funds: tuple[Designation, Designation]
) -> None:
    close_designation(agency=inside, actor=alice, designation=funds[1], on=DAY)
    form: dict[str, Any] = {"agency": inside, "actor": alice, "giving_unit": giver, "amount": Money(500, "USD")}
    form |= {"designation": funds[1], "frequency": "monthly"}
    with pytest.raises(DesignationClosed) as refusal:
        operations.add_commitment(**form, starts_on=DAY)
    assert refusal.value.field == "designation"
    assert operations.add_commitment(**form, starts_on=DAY - timedelta(1)).designation == funds[1]
