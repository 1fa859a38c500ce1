"""Harbor Light Mission: eight units on their way from missionary accounts to shared impact."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from agencies.operations.look import choose_accent, set_logo
from budgets import operations as budgets
from core.money import Money
from delivery.operations import mark_read
from funds.operations.load import load_setup
from home.demo import giving
from home.demo.appeals import appeal
from home.demo.bank import ask_the_bank
from home.demo.batches import key_the_mail
from home.demo.board import set_the_table
from home.demo.care import care_for
from home.demo.coaching import coach, leave_open, rest_on_the_app, talk
from home.demo.copying import grow
from home.demo.erased import erase_one
from home.demo.ground import GROUND, STRATEGY_GOALS
from home.demo.leaving import pass_over
from home.demo.ledger import keep_the_books
from home.demo.logo import ACCENT, harbor_light
from home.demo.moving import move_over
from home.demo.people import HARBOR, person
from home.demo.promises import look_at_promises, promise
from home.demo.quiet import fall_quiet
from home.demo.twice import keep_twice
from home.demo.words import agree_on_words, agree_on_words_of
from imports.models import ImportRun
from imports.operations import check_import, receive_file
from ssu import operations as ssu
from ssu.imports import read_setup
from ssu.models import ActionItem, Strategy, Unit
from ssu.operations.team import worker_of

SETTLED = (11, 9, 7, 6, 5, 4, 2, 0)  # action items confirmed, unit by unit
WORDS_AGREED = range(8, 11)  # so many items and step 5 rests on words that were agreed to
LED = 3  # units with a leader who signs in
SINCE = date(2024, 1, 15)
PLANS = (
    ("Lessons for forty families in their own homes", "Teaching", 30),
    ("Local leaders trained for two years", "Training", 35),
    ("Recordings and prints that people ask for", "Materials", 20),
    ("Visits that keep the team healthy", "Team care", 15),
)


def build_harbor() -> Agency:
    """The agency with its people, gifts, promises, roll-outs and budgets."""
    cast = {each.role: person(each.email, each.name) for each in HARBOR}
    setup = read_setup(giving.SAMPLES / "setup")
    agency = load_setup(actor=cast[Role.ADMINISTRATOR], setup=setup, is_demo=True)
    agency = describe(agency, cast[Role.ADMINISTRATOR])
    show_itself(agency, cast[Role.ADMINISTRATOR])
    today = agency.today()
    place(agency, cast[Role.ADMINISTRATOR])
    units = list(Unit.objects.order_by("code"))
    seat_people(agency, cast, units)
    giving.bring(
        agency, cast[Role.FINANCE], "hlm_full.tntdatasync", (giving.SAMPLES / "tnt/hlm_full.tntdatasync").read_bytes()
    )
    giving.bring(agency, cast[Role.FINANCE], "gifts-since-july.csv", giving.recent_gifts(date(2026, 7, 1), today))
    leave_waiting(agency, cast[Role.FINANCE])
    promise(agency, cast[Role.STAFF], today)
    for number, unit in enumerate(units):
        aim(agency, cast, unit, today)
        talk(agency, cast, unit, SETTLED[number], today)
        coach(agency, cast, unit, SETTLED[number], today)
        if SETTLED[number] in WORDS_AGREED:
            agree_on_words_of(agency, cast, unit)
        roll_out(agency, cast, unit, SETTLED[number], cast[Role.LEADER if number < LED else Role.STAFF])
        plan(agency, cast, unit, number, agency.fiscal_year(today))
    care_for(agency, cast, units, today)
    keep_twice(agency, cast[Role.STAFF])
    erase_one(agency, cast[Role.ADMINISTRATOR])
    keep_the_books(agency, cast[Role.FINANCE], units, today)
    key_the_mail(agency, cast[Role.FINANCE], today)
    ask_the_bank(agency, cast[Role.FINANCE], today)
    leave_open(agency, cast, units, today)
    agree_on_words(agency, cast, units)
    move_over(agency, cast, units[0], today)
    pass_over(agency, cast, units[0], today)
    look_at_promises(agency)
    appeal(agency, cast, units, today)
    grow(agency, cast, units, today)
    for actor in cast.values():
        mark_read(agency=agency, actor=actor)  # years of work were done in a minute: nobody begins with its bells
    set_the_table(agency, cast, units, today)
    fall_quiet(agency, cast, units[0].strategy)
    return agency


def describe(agency: Agency, actor: User) -> Agency:
    """What the setup folder does not say. Its time zone decides what day it is in all that follows, and its go-live
    date what is news.
    """
    people.update_agency(
        agency=agency,
        actor=actor,
        legal_name="Harbor Light Mission, Inc.",
        tax_number="91-0000000",
        address="PO Box 1200\nPort Alderney, WA 98694",
        impact_goal="Communities that the church has not reached have a church that reaches others",
        time_zone="America/Los_Angeles",
    )
    return people.set_live_on(agency=agency, actor=actor, live_on=date(2026, 7, 1))


def show_itself(agency: Agency, actor: User) -> None:
    """Its logo and its color on paper."""
    set_logo(agency=agency, actor=actor, content=harbor_light())
    choose_accent(agency=agency, actor=actor, accent=ACCENT)


def place(agency: Agency, actor: User) -> None:
    """Where each unit serves, and what each strategy is for."""
    for strategy in Strategy.objects.all():
        goal = STRATEGY_GOALS[strategy.code]
        ssu.edit_strategy(
            agency=agency, actor=actor, strategy=strategy, code=strategy.code, name=strategy.name, impact_goal=goal
        )
    for unit in Unit.objects.all():
        ground = GROUND[unit.code]
        ssu.edit_unit(agency=agency, actor=actor, unit=unit, place=ground.place, region=ground.region)


def seat_people(agency: Agency, cast: dict[str, User], units: list[Unit]) -> None:
    """Everybody's roles: agency-wide, or in the first two units."""
    administrator = cast[Role.ADMINISTRATOR]
    for role in (Role.ADMINISTRATOR, Role.STAFF, Role.FINANCE, Role.BOARD):
        people.add_member(agency=agency, actor=administrator, user=cast[role], roles=(role,))
    for role, of in ((Role.LEADER, units[:LED]), (Role.MEMBER, units[:1]), (Role.COACH, units[:2])):
        membership = people.add_member(agency=agency, actor=administrator, user=cast[role])
        for unit in of:
            ssu.add_team_member(
                agency=agency, actor=administrator, unit=unit, worker=worker_of(membership), role=role, joined_on=SINCE
            )


RECURRING = (
    "Id,Name,npe03__Contact__c,npe03__Contact__r.FirstName,npe03__Contact__r.LastName,npe03__Amount__c,"
    "npe03__Installment_Period__c,npsp__InstallmentFrequency__c,npsp__StartDate__c,npsp__Status__c\n"
    "RD-1,Monthly gift,C-901,Wilma,Tarnow,50.00,Monthly,1,2026-02-01,Active\n"
    "RD-2,Quarterly gift,C-902,Osric,Penhale,300.00,Monthly,3,2026-01-01,Active\n"
    "RD-3,Old gift,C-902,Osric,Penhale,20.00,Monthly,1,2024-01-01,Closed\n"
)


def leave_waiting(agency: Agency, actor: User) -> ImportRun:
    """A file of promises that waits for somebody to say toward which designation they are."""
    name = "recurring-donations.csv"
    run = receive_file(agency=agency, actor=actor, name=name, content=RECURRING.encode(), check=False)
    return check_import(agency=agency, run=run)


def aim(agency: Agency, cast: dict[str, User], unit: Unit, today: date) -> None:
    """A goal with readings; one unit is still looking for its goal."""
    if (aimed := GROUND[unit.code].aim) is None:
        return
    goal = ssu.add_goal_version(
        agency=agency,
        actor=cast[Role.LEADER],
        unit=unit,
        statement=aimed.statement,
        reinforces="A community reached by its own church reaches the next one.",
        indicator=aimed.indicator,
        unit_of_measure=aimed.counted,
        baseline=Decimal(aimed.baseline),
        target=Decimal(aimed.target),
        by_when=date(today.year + 3, 12, 31),
    )
    ssu.approve_goal(agency=agency, actor=cast[Role.ADMINISTRATOR], goal=goal)
    step = (aimed.target - aimed.baseline) // 20 or 1
    for turn in range(6):
        ssu.add_reading(
            agency=agency,
            actor=cast[Role.LEADER],
            goal=goal,
            date=today - timedelta(days=90 * (6 - turn)),
            value=Decimal(aimed.baseline + step * turn),
        )


def roll_out(agency: Agency, cast: dict[str, User], unit: Unit, settled: int, doer: User) -> None:
    """The first items claimed by the leader, or by staff where nobody signs in as leader, and confirmed by the
    administrator; the next one claimed.
    """
    items = list(ActionItem.objects.filter(unit=unit).in_order())
    for number, item in enumerate(items[: settled + 1]):
        text = "Agreed in the team and written down; the words are in the shared folder."
        ssu.add_note(agency=agency, actor=doer, item=item, text=text)
        rest_on_the_app(agency, doer, item)
        ssu.claim_item(agency=agency, actor=doer, item=item)
        if number < settled:
            ssu.confirm_item(agency=agency, actor=cast[Role.ADMINISTRATOR], item=item)
    if settled == len(items):
        ssu.declare_complete(agency=agency, actor=cast[Role.ADMINISTRATOR], unit=unit)


def plan(agency: Agency, cast: dict[str, User], unit: Unit, number: int, year: int) -> None:
    """A budget of impact lines, approved for all units but one."""
    budget = budgets.start_budget(agency=agency, actor=cast[Role.FINANCE], unit=unit, fiscal_year=year)
    whole = 4_000_000 + 550_000 * number
    for priority, (impact, category, share) in enumerate(PLANS, start=1):
        budgets.add_line(
            agency=agency,
            actor=cast[Role.FINANCE],
            budget=budget,
            impact=impact,
            category=category,
            amount=Money(whole * share // 100, agency.base_currency),
            priority=priority,
        )
    budgets.submit_budget(agency=agency, actor=cast[Role.FINANCE], budget=budget)
    if number != len(SETTLED) - 2:
        budgets.approve_budget(agency=agency, actor=cast[Role.ADMINISTRATOR], budget=budget)
