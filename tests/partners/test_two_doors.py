"""A gift by the form and a gift by the interface for programs are judged alike, by the operation."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.operations import close_designation
from partners import operations
from partners.models import Gift, GivingUnit
from partners.operations import Part
from partners.operations.gift_posting import post_gift
from partners.operations.gifts import DesignationClosed, NotByHand, UnknownMethod, WrongTendered
from tests.cast import Visitor
from tests.partners.test_gift_entry import form_of

Visit = Callable[[User], Visitor]
PAGE, API = reverse("gift_add", args=["harbor"]), "/api/a/harbor/gifts/"


@pytest.fixture
def doors(ruth: GivingUnit, alice: User, visit: Visit) -> Callable[..., tuple[list[int], list[Gift]]]:
    """`doors(("0100", "60.00"), method="cash")` sends one gift by each door: the statuses, and the gifts made."""

    def send(*lines: tuple[Any, str], **fields: Any) -> tuple[list[int], list[Gift]]:
        browser, before = visit(alice), set(Gift.objects.values_list("pk", flat=True))
        tendered = fields.pop("tendered", None)
        flat = {"tendered_amount": tendered["amount"], "tendered_currency": tendered["currency"]} if tendered else {}
        page = browser.post(PAGE, form_of(ruth, *lines, **fields, **flat))
        content = {
            "giving_unit": ruth.pk,
            "date": "2026-03-04",
            "currency": "USD",
            "lines": [{"designation": place.pk, "amount": amount} for place, amount in lines],
            **({"tendered": tendered} if tendered else {}),
            **fields,
        }
        api = browser.post(API, content, content_type="application/json", headers={"Idempotency-Key": "api"})
        return [page.status_code, api.status_code], list(Gift.objects.exclude(pk__in=before).order_by("pk"))

    return send


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"method": "cash", "reference": "4711"},
        {"kind": "stock"},
        {"currency": "KWD"},
        {"tendered": {"amount": "55.00", "currency": "EUR"}},
        {"tendered": {"amount": "60.00", "currency": "USD"}},
    ],
)
def test_both_take_the_same(fields: dict[str, Any], doors: Any, places: SimpleNamespace) -> None:
    statuses, gifts = doors((places.mine, "60.00"), **fields)
    assert statuses == [302, 201]
    one, other = (
        (
            gift.amount,
            gift.currency,
            gift.kind,
            gift.method,
            gift.reference,
            gift.tendered_amount,
            gift.tendered_currency,
        )
        for gift in gifts
    )
    assert one == other


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "pigeon"},
        {"kind": "refund"},
        {"kind": "chargeback"},
        {"kind": "nonsense"},
        {"currency": "XXQ"},
        {"currency": "usd"},
        {"date": "2100-01-01"},
        {"tendered": {"amount": "-5", "currency": "EUR"}},
        {"tendered": {"amount": "0", "currency": "EUR"}},
        {"tendered": {"amount": "61.00", "currency": "USD"}},
        {"tendered": {"amount": "5.001", "currency": "EUR"}},
    ],
)
def test_both_refuse_the_same(fields: dict[str, Any], doors: Any, places: SimpleNamespace) -> None:
    statuses, gifts = doors((places.mine, "60.00"), **fields)
    assert gifts == []
    assert statuses[0] == 422
    assert statuses[1] in {400, 409, 422}


@pytest.mark.parametrize("amounts", [("0",), ("-1",), ("60.00", "40.00")])
def test_lines_are_judged_alike(amounts: tuple[str, ...], doors: Any, places: SimpleNamespace) -> None:
    """The last case: one designation on two lines."""
    statuses, gifts = doors(*((places.mine, amount) for amount in amounts))
    assert (gifts, statuses[0], statuses[1] in {400, 409, 422}) == ([], 422, True)


@pytest.mark.parametrize(("day", "statuses"), [(-1, [302, 201]), (0, [422, 409])])
def test_a_designation_takes_what_was_given_while_it_was_open(
    day: int, statuses: list[int], doors: Any, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    """Whatever it is today: money of last week is recorded on what was closed since."""
    closed = inside.today() - timedelta(days=7)
    close_designation(agency=inside, actor=alice, designation=places.mine, on=closed)
    assert doors((places.mine, "5"), date=str(closed + timedelta(days=day)))[0] == statuses


# a correction is judged by the operation too


def correct(agency: Agency, actor: User, gift: Gift, part: Part, **fields: Any) -> Any:
    return operations.correct_gift(
        agency=agency, actor=actor, gift=gift, reason="typed wrong", key="c", parts=[part], **fields
    )


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"method": "pigeon"}, UnknownMethod),
        ({"kind": "refund"}, NotByHand),
        ({"tendered": Money(-1, "EUR")}, WrongTendered),
    ],
)
def test_a_correction_is_judged_like_a_gift(
    fields: dict[str, Any],
    refusal: type[Exception],
    ruth: GivingUnit,
    giving: Any,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
) -> None:
    gift = giving(ruth.partner, (places.mine, 100))
    with pytest.raises(refusal):
        correct(inside, alice, gift, Part(places.mine, Money(90, "USD")), **fields)


def test_a_correction_keeps_what_came_from_a_file_and_adds_nothing_closed(
    ruth: GivingUnit, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    from_file: dict[str, Any] = {"source": "HLM", "external_id": "9", "method": "Lockbox"}
    parts = [Part(places.mine, Money(100, "USD"))]
    gift = post_gift(agency=inside, actor=None, giving_unit=ruth, on=inside.today(), parts=parts, **from_file)
    for place in (places.mine, places.careful):
        close_designation(agency=inside, actor=alice, designation=place, on=gift.date)
    with pytest.raises(DesignationClosed):
        correct(inside, alice, gift, Part(places.careful, Money(90, "USD")))
    made = correct(inside, alice, gift, Part(places.mine, Money(90, "USD")))
    assert (made.replacement.amount, made.replacement.method) == (90, "Lockbox")


def test_a_refund_is_not_recorded_anew_as_a_gift(
    ruth: GivingUnit, giving: Any, places: SimpleNamespace, inside: Agency, alice: User
) -> None:
    gift = giving(ruth.partner, (places.mine, 100))
    refund = operations.refund_gift(
        agency=inside, actor=alice, gift=gift, amount=Money(50, "USD"), on=gift.date, reason="asked", key="r"
    )
    with pytest.raises(NotByHand):
        correct(inside, alice, refund, Part(places.mine, Money(90, "USD")))
