"""What statements say, made from gift lines."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from partners import operations
from partners.models import Address, Gift, GivingUnit, Partner
from partners.operations import Part
from reports.documents.contents import Content, content_hash, contents_of
from reports.documents.issued import document
from reports.documents.statement import GoodsOrServices, InReturn, SoftCredit
from reports.operations import set_receipt_start
from reports.queries.givers import CREDITED, NO_ADDRESS, OUTDATED, RETURNED, SEVERAL, SUSPENSE, givers_of, to_state
from tests.reports.conftest import DAY, YEAR

Give = Callable[..., Gift]
MakeGiver = Callable[..., GivingUnit]


def said(agency: Agency, giver: GivingUnit, year: int = YEAR) -> Content:
    return contents_of(agency, year, [giver.pk])[giver.pk]


def printed(agency: Agency, giver: GivingUnit) -> Any:
    frame = {"number": "1", "year": YEAR, "version": 1, "issued_on": DAY, "replaces": None}
    return document(said(agency, giver), **frame)


def amounts(agency: Agency, giver: GivingUnit, year: int = YEAR) -> list[list[Any]]:
    return [line["amount"] for line in said(agency, giver, year)["lines"]]


def test_standing_gifts_of_the_year_are_listed_once(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    give(ruth, 5000)
    give(ruth, 700, currency="KWD")
    give(ruth, 1, on=date(YEAR, 12, 31))
    give(ruth, 2, on=date(YEAR + 1, 1, 1))
    assert amounts(inside, ruth) == [[5000, "USD"], [700, "KWD"], [1, "USD"]]
    assert amounts(inside, ruth, YEAR + 1) == [[2, "USD"]]


def test_withdrawn_gifts_are_not_listed(inside: Agency, alice: User, ruth: GivingUnit, give: Give) -> None:
    gift = give(ruth, 5000)
    operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="keyed twice", key="c")
    assert amounts(inside, ruth) == []


def test_a_refund_is_negative_in_its_own_year(inside: Agency, alice: User, ruth: GivingUnit, give: Give) -> None:
    gift = give(ruth, 5000, on=date(YEAR - 1, 12, 30))
    operations.refund_gift(
        agency=inside, actor=alice, gift=gift, amount=Money(2000, "USD"), on=DAY, reason="card", key="r"
    )
    assert (amounts(inside, ruth, YEAR - 1), amounts(inside, ruth)) == ([[5000, "USD"]], [[-2000, "USD"]])


def test_split_gift_shares_a_payment_and_tells_its_goods_once(
    inside: Agency, ruth: GivingUnit, give: Give, general: Designation, wells: Designation
) -> None:
    parts = [Part(general, Money(4000, "USD")), Part(wells, Money(6000, "USD"))]
    give(ruth, parts=parts, fair_market_value=6000, description="Benefit dinner for two")
    give(ruth, 100)
    lines = said(inside, ruth)["lines"]
    assert [(line["payment"], line["in_return"]) for line in lines] == [
        ("1", None),
        ("1", ["Benefit dinner for two", 6000, "USD"]),
        ("", None),
    ]
    assert [line.goods_or_services.kind for line in printed(inside, ruth).lines] == [
        InReturn.NOTHING,
        InReturn.DESCRIBED,
        InReturn.NOTHING,
    ]
    assert printed(inside, ruth).lines[1].goods_or_services == GoodsOrServices(
        InReturn.DESCRIBED, "Benefit dinner for two", Money(6000, "USD")
    )


def test_each_gift_makes_exactly_one_of_the_three_statements(
    inside: Agency, ruth: GivingUnit, give: Give, general: Designation, wells: Designation
) -> None:
    split = [Part(general, Money(4000, "USD")), Part(wells, Money(6000, "USD"))]
    give(ruth, 100)
    give(ruth, 9000, in_return="Benefit dinner", fair_market_value=4000, description="")
    give(ruth, parts=split, intangible=True)
    give(ruth, 5000, kind="in_kind", description="Books", in_return="A mug", fair_market_value=500)
    said_of = [line.goods_or_services for line in printed(inside, ruth).lines]
    assert said_of == [
        GoodsOrServices(InReturn.NOTHING),
        GoodsOrServices(InReturn.DESCRIBED, "Benefit dinner", Money(4000, "USD")),
        GoodsOrServices(InReturn.INTANGIBLE),
        GoodsOrServices(InReturn.INTANGIBLE),
        GoodsOrServices(InReturn.DESCRIBED, "A mug", Money(500, "USD")),
    ]


@pytest.mark.parametrize("kind", ["in_kind", "stock"])
def test_goods_are_described_and_never_valued(inside: Agency, ruth: GivingUnit, give: Give, kind: str) -> None:
    give(ruth, 220000, kind=kind, memo="van, 2011")
    line = printed(inside, ruth).lines[0]
    assert (line.in_kind, line.amount, line.tendered) == ("van, 2011", None, None)
    assert "2200" not in str(said(inside, ruth))


def test_goods_given_back_are_no_money(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    van = give(ruth, 220000, kind="in_kind", memo="van, 2011")
    give(ruth, -220000, kind="refund", reverses=van, memo="van, 2011")
    assert [line["goods"] for line in said(inside, ruth)["lines"]] == ["van, 2011", "Returned: van, 2011"]
    assert amounts(inside, ruth) == [None, None]


def test_tendered_currency_is_told_where_it_differs(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    give(ruth, 19958, tendered=Money(18500, "EUR"))
    give(ruth, 100, tendered=Money(100, "USD"))
    assert [line["tendered"] for line in said(inside, ruth)["lines"]] == [[18500, "EUR"], None]


def test_fund_gives_no_receipt_and_is_thanked_for_apart(
    inside: Agency, ruth: GivingUnit, make_giver: MakeGiver, give: Give
) -> None:
    fund = make_giver("Kindred Giving Fund", "fund_sponsor")
    give(fund, 50000, soft_partner=ruth.partner, soft_kind="advised_by")
    give(ruth, 100)
    assert said(inside, fund)["lines"] == []
    assert printed(inside, ruth).soft_credits == (
        SoftCredit(DAY, "General fund", "Kindred Giving Fund", Money(50000, "USD")),
    )
    assert printed(inside, ruth).totals == {"USD": Money(100, "USD")}
    assert givers_of(inside, YEAR).without["fund"] == {fund.pk}


def test_employer_who_matches_gets_the_receipt(
    inside: Agency, ruth: GivingUnit, make_giver: MakeGiver, give: Give
) -> None:
    orchards = make_giver("Brackenhurst Orchards", "business")
    give(orchards, 2500, kind="matching", soft_partner=ruth.partner, soft_kind="matching")
    found = givers_of(inside, YEAR)
    assert amounts(inside, orchards) == [[2500, "USD"]]
    assert (found.stated, found.without[CREDITED]) == ({orchards.pk}, {ruth.pk})


def test_who_gets_none_and_why(
    inside: Agency, alice: User, ruth: GivingUnit, make_giver: MakeGiver, give: Give
) -> None:
    silent, unknown = make_giver("Silent", receipts="none"), operations.unidentified_giver(agency=inside)
    early = make_giver("Early")
    set_receipt_start(agency=inside, actor=alice, on=date(YEAR, 2, 1))
    for giver in (ruth, silent, unknown):
        give(giver)
    give(early, on=date(YEAR, 1, 31))
    found = givers_of(inside, YEAR)
    assert found.stated == {ruth.pk}
    assert found.without == {
        "unidentified": {unknown.pk},
        "elsewhere": {early.pk},
        "fund": set(),
        "not_wanted": {silent.pk},
        CREDITED: set(),
    }
    assert to_state(YEAR) == [ruth.pk]


def test_what_to_look_at(
    inside: Agency, ruth: GivingUnit, make_giver: MakeGiver, give: Give, issue: Callable[..., Any]
) -> None:
    homeless, waiting = make_giver("Homeless", address=None), make_giver("Waiting")
    gift = give(homeless, 100)
    give(homeless, -200, kind="refund", reverses=gift)
    give(waiting, to=None, key="unknown 77")
    give(ruth)
    issue()
    give(ruth)
    assert givers_of(inside, YEAR).look_at == {
        SUSPENSE: {waiting.pk},
        RETURNED: {homeless.pk},
        NO_ADDRESS: {homeless.pk},
        SEVERAL: set(),
        OUTDATED: {ruth.pk},
    }
    assert said(inside, waiting)["lines"][0]["designation"] == "Designation to be confirmed"


def test_same_content_same_hash(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    give(ruth)
    before = content_hash(said(inside, ruth))
    assert content_hash(said(inside, ruth)) == before
    Address.objects.update(city="Bethlehem")
    assert content_hash(said(inside, ruth)) != before


def test_address_that_holds_no_longer_is_not_written(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    give(ruth)
    Address.objects.update(not_valid_since=date(2020, 1, 1))
    assert said(inside, ruth)["receiver"]["address"] == []


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("", ["1 Well Lane", "Bethel, NY 12545"]),
        ("US", ["1 Well Lane", "Bethel, NY 12545"]),
        ("United States", ["1 Well Lane", "Bethel, NY 12545"]),
        ("usa", ["1 Well Lane", "Bethel, NY 12545"]),
        ("Germany", ["1 Well Lane", "12545 Bethel", "GERMANY"]),
        ("Utopia", ["1 Well Lane", "Bethel, NY 12545", "UTOPIA"]),
        ("DE", ["1 Well Lane", "12545 Bethel", "GERMANY"]),
    ],
)
def test_address_lines(inside: Agency, ruth: GivingUnit, give: Give, country: str, lines: list[str]) -> None:
    give(ruth)
    Address.objects.update(country=country, region="NY", postal_code="12545")
    assert said(inside, ruth)["receiver"]["address"] == lines


def test_name_and_language_of_the_giver(inside: Agency, ruth: GivingUnit, give: Give) -> None:
    give(ruth)
    assert said(inside, ruth)["receiver"]["language"] == "en"
    Partner.objects.update(language="ko")
    assert (said(inside, ruth)["receiver"]["language"], said(inside, ruth)["receiver"]["name"]) == ("ko", "Ruth Moab")


@pytest.mark.parametrize("number", [1, 3, 50])
def test_contents_take_the_same_queries_for_any_number(
    inside: Agency, make_giver: MakeGiver, give: Give, django_assert_num_queries: Any, number: int
) -> None:
    givers = [make_giver(f"Giver {place}") for place in range(number)]
    for giver in givers:
        give(giver)
    with django_assert_num_queries(6):
        assert len(contents_of(inside, YEAR, [giver.pk for giver in givers])) == number
