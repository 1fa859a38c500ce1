"""The eight benefits: what is counted, in which days, and what is never told."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.seats import seat_of
from communications.models import Acknowledgement, Guidelines
from core.money import Money
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import Part
from partners.operations.refunds import refund_gift
from reports.pages.benefits import in_words, shown
from reports.queries.benefits import frame, scorecard
from reports.queries.benefits.budget import balance
from reports.queries.benefits.frame import Amount, Count, Measure, Rate, Share, TooFew, Window, windows
from reports.queries.benefits.giving import gift_sizes, large_from, share_given_to_unit
from reports.queries.benefits.keeping import leavers, partners_kept
from reports.queries.benefits.team import team
from ssu import operations as ssu
from ssu.benefits import benefits
from ssu.models import CoachingArea, CoachingRecord, CoachingSession, TeamMember, Unit, Worker

AGO = 100
"""Days since the shift."""
QUERIES = 39


@pytest.fixture
def wells(inside: Agency, alice: User) -> SimpleNamespace:
    """A unit that shifted a hundred days ago, with a designation of its own and the account of a worker."""
    today = inside.today()
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="W", name="Water")
    unit = ssu.add_unit(
        agency=inside,
        actor=alice,
        strategy=strategy,
        code="W1",
        name="Clean wells",
        kind="community",
        shift_date=today - timedelta(days=AGO),
    )
    worker = ssu.add_worker(agency=inside, actor=alice, name="Naomi Bethlehem")
    own = open_designation(agency=inside, actor=alice, code="W1", public_name="Wells", kind="unit", unit=unit)
    legacy = open_designation(
        agency=inside, actor=alice, code="901", public_name="Naomi", kind="worker", unit=unit, worker=worker
    )
    return SimpleNamespace(unit=unit, worker=worker, own=own, legacy=legacy, today=today)


def day(wells: SimpleNamespace, ago: int) -> date:
    found: date = wells.today - timedelta(days=ago)
    return found


def test_the_promises_are_those_of_the_source() -> None:
    assert len(benefits()) == 8
    assert benefits()[0] == "Reinforce the objective as strategic impact, not the sending of field staff."
    assert benefits()[7] == "Maintain partnership beyond any individual missionary’s involvement."


@pytest.mark.parametrize(
    ("shift", "before", "now"),
    [
        (None, None, (date(2025, 6, 2), date(2026, 6, 1))),
        (date(2026, 6, 2), None, (date(2025, 6, 2), date(2026, 6, 1))),
        (date(2026, 6, 1), (date(2026, 5, 31), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 6, 1))),
        (date(2026, 5, 3), (date(2026, 4, 3), date(2026, 5, 2)), (date(2026, 5, 3), date(2026, 6, 1))),
        (date(2022, 1, 1), (date(2021, 1, 1), date(2021, 12, 31)), (date(2025, 6, 2), date(2026, 6, 1))),
    ],
)
def test_both_periods_are_equally_long_and_a_year_at_most(shift: date | None, before: Any, now: Any) -> None:
    found = windows(Unit(shift_date=shift), date(2026, 6, 1))
    assert found.before == (Window(*before) if before else None)
    assert found.now == Window(*now)


@pytest.fixture
def five(give: Callable[..., Any], ruth: GivingUnit) -> Callable[..., None]:
    """`five(5_000, on=…, to=…)`: five gifts that together are so much, so that a sum tells nobody's own gift."""

    def record(minor: int, **fields: Any) -> None:
        for _ in range(5):
            give(ruth, minor // 5, **fields)

    return record


def test_giving_to_the_unit_is_a_share_of_all_that_names_it(
    wells: SimpleNamespace, inside: Agency, give: Callable[..., Any], five: Callable[..., None], ruth: GivingUnit
) -> None:
    five(15_000, on=day(wells, AGO + 1), to=wells.legacy)
    five(5_000, on=day(wells, AGO + 1), to=wells.own)
    five(30_000, on=day(wells, AGO), to=wells.own)
    five(10_000, on=day(wells, 0), to=wells.legacy)
    five(7_000, on=day(wells, 0), to=wells.own, currency="KRW")
    give(ruth, 99_000, day(wells, 0))
    give(ruth, 99_000, day(wells, 2 * AGO + 2), to=wells.own)
    found = share_given_to_unit(inside, wells.unit, windows(wells.unit, wells.today))
    assert [(each.label, each.before, each.now) for each in found] == [
        ("Given to the unit, USD", Share(5_000, 20_000, "USD"), Share(30_000, 40_000, "USD")),
        ("Given to the unit, KRW", None, Share(7_000, 7_000, "KRW")),
    ]


@pytest.mark.parametrize(("to_unit", "to_workers", "told"), [(4, 0, False), (0, 4, False), (9, 1, False), (5, 5, True)])
def test_no_share_tells_what_somebody_gave(
    wells: SimpleNamespace,
    inside: Agency,
    give: Callable[..., Any],
    ruth: GivingUnit,
    to_unit: int,
    to_workers: int,
    told: bool,
) -> None:
    for number, to in ((to_unit, wells.own), (to_workers, wells.legacy)):
        for _ in range(number):
            give(ruth, 1_000, day(wells, 1), to=to)
    (found,) = share_given_to_unit(inside, wells.unit, windows(wells.unit, wells.today))
    whole = to_unit + to_workers
    assert found.now == (Share(to_unit * 1_000, whole * 1_000, "USD") if told else TooFew(whole))


def test_without_a_gift_the_measure_stands_empty(wells: SimpleNamespace, inside: Agency) -> None:
    (found,) = share_given_to_unit(inside, wells.unit, windows(wells.unit, wells.today))
    assert (found.before, found.now) == (None, None)


def test_the_middle_gift_is_one_that_was_given_and_never_the_only_one(
    wells: SimpleNamespace, give: Callable[..., Any], ruth: GivingUnit, inside: Agency, alice: User
) -> None:
    for minor in (1_000, 2_000, 100_000, 99_999, 150_000, 3_000):
        give(ruth, minor, day(wells, 1), to=wells.own)
    for minor in (1_000, 200_000):
        give(ruth, minor, day(wells, AGO + 5), to=wells.legacy)
    returned = give(ruth, 900_000, day(wells, 1), to=wells.own)
    refund_gift(
        agency=inside,
        actor=alice,
        gift=returned,
        amount=Money(900_000, "USD"),
        on=wells.today,
        reason="A mistake",
        key="r1",
    )
    middle, large = gift_sizes(inside, wells.unit, windows(wells.unit, wells.today))
    assert (middle.before, middle.now) == (TooFew(2), Amount(3_000, "USD", 6))
    assert (large.before, large.now) == (TooFew(2), frame.Count(2, 6))


def test_parts_of_one_gift_are_one_gift(
    wells: SimpleNamespace, give: Callable[..., Any], ruth: GivingUnit, inside: Agency
) -> None:
    give(
        ruth, 0, day(wells, 1), parts=[Part(wells.own, Money(60_000, "USD")), Part(wells.legacy, Money(40_000, "USD"))]
    )
    for _ in range(4):
        give(ruth, 1_000, day(wells, 1), to=wells.own)
    _, large = gift_sizes(inside, wells.unit, windows(wells.unit, wells.today))
    assert large.now == frame.Count(1, 5)


def test_a_large_gift_fits_the_currency() -> None:
    assert large_from(Agency(base_currency="USD")) == 100_000
    assert large_from(Agency(base_currency="KRW")) == 100_000
    assert large_from(Agency(base_currency="KWD")) == 1_000_000


def serve(
    wells: SimpleNamespace, joined: int, left: int | None, role: Role = Role.MEMBER, worker: Worker | None = None
) -> None:
    TeamMember.objects.create(
        unit=wells.unit,
        worker=worker or wells.worker,
        role=role,
        joined_on=day(wells, joined),
        left_on=None if left is None else day(wells, left),
    )


def test_a_change_of_role_is_no_leaving(wells: SimpleNamespace) -> None:
    serve(wells, 900, 400, Role.LEADER)
    assert leavers(wells.unit, wells.today) == {wells.worker.pk: day(wells, 400)}
    serve(wells, 400, None)
    assert leavers(wells.unit, wells.today) == {}


def test_partners_who_still_give_after_their_worker_left(
    wells: SimpleNamespace, give: Callable[..., Any], make_giver: Callable[..., GivingUnit]
) -> None:
    ruth, boaz, orpah, late = (make_giver(name) for name in ("Moab", "Field", "Orpah", "Late"))
    serve(wells, 900, 200)
    for giver in (ruth, boaz, orpah):
        give(giver, 5_000, day(wells, 210), to=wells.legacy)
    give(late, 5_000, day(wells, 199), to=wells.legacy)
    give(ruth, 5_000, day(wells, 20), to=wells.own)  # day 180 and after
    give(boaz, 5_000, day(wells, 190), to=wells.own)  # near day 90, then no more
    give(orpah, 5_000, day(wells, 20))  # to another purpose
    found = partners_kept(wells.unit, windows(wells.unit, wells.today), wells.today)
    assert [each.before for each in found] == [Share(2, 3), Share(1, 3), None]
    assert [each.now for each in found] == [None, None, None]


def test_partners_of_several_leavers_are_added_up(
    wells: SimpleNamespace, give: Callable[..., Any], make_giver: Callable[..., GivingUnit], inside: Agency, alice: User
) -> None:
    """Each with their own day of leaving: what is near one is not near the other."""
    second = ssu.add_worker(agency=inside, actor=alice, name="Lemuel")
    account = open_designation(
        agency=inside, actor=alice, code="902", public_name="Lemuel", kind="worker", unit=wells.unit, worker=second
    )
    serve(wells, 900, 200)
    serve(wells, 900, 700, worker=second)
    ruth, boaz = make_giver("Moab"), make_giver("Field")
    give(ruth, 5_000, day(wells, 210), to=wells.legacy)
    give(boaz, 5_000, day(wells, 710), to=account)
    give(boaz, 5_000, day(wells, 690), to=wells.own)
    give(ruth, 5_000, day(wells, 20), to=wells.own)
    found = partners_kept(wells.unit, windows(wells.unit, wells.today), wells.today)
    assert [each.before for each in found] == [Share(2, 2), Share(1, 2), Share(0, 1)]


def test_the_unused_balance_is_that_of_the_month_before_the_shift_and_of_today(
    wells: SimpleNamespace, give: Callable[..., Any], ruth: GivingUnit
) -> None:
    give(ruth, 5_000, day(wells, AGO + 40), to=wells.own)
    give(ruth, 7_000, day(wells, 1), to=wells.own)
    give(ruth, 9_000, day(wells, 1), to=wells.legacy)
    eve = windows(wells.unit, wells.today).before
    assert eve is not None
    (found,) = balance(wells.unit, eve.last, wells.today)
    assert (found.label, found.before, found.now) == (
        "Unused balance, USD",
        Amount(5_000, "USD"),
        Amount(12_000, "USD"),
    )


def test_coaching_and_guidelines_are_those_of_the_day(
    wells: SimpleNamespace, inside: Agency, alice: User, bob: User
) -> None:
    serve(wells, 900, None)
    CoachingArea.objects.update(is_required=False)
    empty = team(inside, wells.unit, windows(wells.unit, wells.today))
    assert [(each.before, each.now) for each in empty] == [(None, None), (None, None)]
    long_ago = timezone.now() - timedelta(days=500)
    first, second = (
        CoachingArea.objects.create(title=title, added_at=long_ago) for title in ("The model", "Telling the story")
    )
    late = CoachingArea.objects.create(title="Budget talk")
    session = {"unit": wells.unit, "kind": "coached", "coach": wells.worker, "written_on": wells.today}
    for ago, areas in ((AGO + 1, [first]), (1, [first, late])):
        held = CoachingSession.objects.create(date=day(wells, ago), **session)
        CoachingRecord.objects.bulk_create(
            CoachingRecord(agency=inside, session=held, worker=wells.worker, area=area) for area in areas
        )
    agreed = {"submitted_at": long_ago, "approved_by": alice, "approved_at": long_ago}
    guidelines = Guidelines.objects.create(unit=wells.unit, version=1, author=bob, **agreed)
    Acknowledgement.objects.create(guidelines=guidelines, worker=wells.worker, by=alice)
    coaching, reading = team(inside, wells.unit, windows(wells.unit, wells.today))
    assert (coaching.before, coaching.now) == (Share(1, 2), Share(2, 3))
    assert (reading.before, reading.now) == (Share(0, 1), Share(1, 1))
    assert second.is_required


@pytest.mark.parametrize(
    ("figure", "value", "base"),
    [
        (Share(1, 3), "33%", "of 3"),
        (Share(30_000, 40_000, "USD"), "75%", "of $400.00"),
        (Share(0, 0), "–", "of 0"),
        (Amount(3_000, "USD", 6), "$30.00", "of 6 gifts"),
        (Count(1, 1), "1", "of 1 gift"),
        (Rate(12, 5), "2.4", "12 to 5 partners"),
        (Rate(2, 1), "2", "2 to 1 partner"),
        (TooFew(2), "–", "too few to tell: of 2 gifts"),
        (None, "–", ""),
    ],
)
def test_every_figure_carries_its_base(figure: Any, value: str, base: str) -> None:
    said = shown(Agency(locale="en_US"), figure)
    assert (said.value, said.base) == (value, base)


@pytest.mark.parametrize(
    ("figure", "base"),
    [
        (Share(1, 3), "of 3 people"),
        (Share(1, 1), "of 1 person"),
        (None, "no guidelines in force"),
        (Share(1, 2, "USD"), "of $0.02"),
    ],
)
def test_a_share_says_of_what_and_an_empty_period_why(figure: Any, base: str) -> None:
    measure = Measure(
        "Read",
        "…",
        things=lambda number: ngettext("of %(number)s person", "of %(number)s people", number),
        none="no guidelines in force",
    )
    assert in_words(Agency(locale="en_US"), measure, figure).base == base


def test_no_measure_leaves_an_empty_period_unexplained(wells: SimpleNamespace, inside: Agency, alice: User) -> None:
    mine = seat_of(inside, Membership.objects.get(user=alice))
    silent = [
        measure.label
        for benefit in scorecard(mine, wells.unit)
        for measure in benefit.measures
        if not measure.none and None in (measure.before, measure.now)
    ]
    assert silent == []


def page(wells: SimpleNamespace, agency: Agency) -> str:
    return reverse("unit_benefits", args=[agency.slug, wells.unit.pk])


def test_the_board_reads_the_scorecard_and_no_partner(
    wells: SimpleNamespace, give: Callable[..., Any], ruth: GivingUnit, inside: Agency, dan: User, visit: Any
) -> None:
    give(ruth, 5_000, day(wells, 1), to=wells.own)
    answer = visit(dan).get(page(wells, inside))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert said.count("too few to tell: of 1 gift") == 3
    assert "Moab" not in said
    assert "of $50.00" not in said


def test_a_leader_sees_the_own_unit_only(
    wells: SimpleNamespace, inside: Agency, alice: User, bob: User, visit: Any
) -> None:
    worker = ssu.worker_of(people.add_member(agency=inside, actor=alice, user=bob))
    assert visit(bob).get(page(wells, inside)).status_code == 403
    ssu.add_team_member(
        agency=inside, actor=alice, unit=wells.unit, worker=worker, role=Role.LEADER, joined_on=wells.today
    )
    assert visit(bob).get(page(wells, inside)).status_code == 200


def test_the_number_of_queries_does_not_grow_with_gifts_and_leavers(
    wells: SimpleNamespace,
    give: Callable[..., Any],
    make_giver: Callable[..., GivingUnit],
    inside: Agency,
    alice: User,
    dan: User,
    visit: Any,
    django_assert_num_queries: Any,
) -> None:
    serve(wells, 900, 200)
    board, path = visit(dan), page(wells, inside)
    give(make_giver("One"), 5_000, day(wells, 1), to=wells.own)
    board.get(path)
    with django_assert_num_queries(QUERIES):
        board.get(path)
    for name in ("Two", "Three", "Four"):
        giver = make_giver(name)
        give(giver, 5_000, day(wells, 1), to=wells.own)
        give(giver, 5_000, day(wells, 210), to=wells.legacy)
        worker = ssu.add_worker(agency=inside, actor=alice, name=name)
        serve(wells, 900, 300, worker=worker)
    with django_assert_num_queries(QUERIES):
        board.get(path)


def test_the_api_gives_the_same_figures_as_numbers(
    wells: SimpleNamespace, five: Callable[..., None], inside: Agency, dan: User, visit: Any
) -> None:
    five(5_000, on=day(wells, 1), to=wells.own)
    answer = visit(dan).get(f"/api/a/{inside.slug}/units/{wells.unit.pk}/benefits/").json()
    assert answer["now"] == [str(day(wells, AGO)), str(wells.today)]
    assert answer["measures"][0]["now"] == {"kind": "share", "part": 5_000, "whole": 5_000, "currency": "USD"}
    assert {each["benefit"] for each in answer["measures"]} == set(range(1, 9))
