"""The worked example of `docs/WORKED-EXAMPLE.md`, built by the operations: 24 workers, 8 units, 18 months, two waves,
and one worker who leaves.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from handover import operations as handing_over
from handover.models import Case, Passing
from partners.models import Commitment, GivingUnit
from partners.operations import Part, add_commitment, add_partner, appoint_holder, record_gift
from ssu import operations as ssu
from ssu.models import TeamMember, Unit, Worker
from transition import operations
from transition.models import Plan, Shift, Wave

UNITS: Final = 8
WORKERS: Final = 3
"""In each unit."""
BEGAN: Final = date(2023, 1, 1)
FIRST, LAST = date(2024, 1, 1), date(2025, 6, 1)
"""The first and the last of the eighteen months."""
TOLD_KEYS, OPENED_KEYS, MOVED_KEYS = date(2024, 1, 22), date(2024, 1, 15), date(2024, 3, 1)
OPENED_FRIENDS, TOLD_FRIENDS = date(2024, 7, 1), date(2024, 7, 8)
LEAVES: Final = date(2025, 1, 31)


@dataclass
class Example:
    """What was built: units and their plans by number, promises by (unit, worker, name)."""

    agency: Agency
    actor: User
    units: dict[int, Unit] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    people: dict[tuple[int, int], TeamMember] = field(default_factory=dict)
    promises: dict[tuple[int, int, str], Commitment] = field(default_factory=dict)
    gifts: int = 0

    @property
    def act(self) -> dict[str, Any]:
        """Who acts."""
        return {"agency": self.agency, "actor": self.actor}


def build(agency: Agency, actor: User) -> tuple[Example, Case]:
    """All of it, in the order in which it happened."""
    made = Example(agency, actor)
    strategy = ssu.add_strategy(**made.act, code="S1", name="Deaf ministry")
    for number in range(1, UNITS + 1):
        add_unit(made, strategy, number)
    for number in range(1, UNITS + 1):
        key_donors(made, number)
        friends(made, number)
    goes_back(made)
    return made, leaves(made)


def add_unit(made: Example, strategy: Any, number: int) -> None:
    """A unit with its designation, three workers, their accounts, and who promised what to each."""
    said: dict[str, Any] = {"code": f"U{number}", "name": f"Unit {number}", "kind": "community", "discretion": "open"}
    unit = ssu.add_unit(**made.act, strategy=strategy, **said)
    code = f"0{number}00"
    target = open_designation(**made.act, code=code, public_name=unit.name, kind="unit", unit=unit)
    made.units[number] = unit
    made.plans[number] = operations.start_plan(**made.act, unit=unit, designation=target)
    for place in range(1, WORKERS + 1):
        worker: Worker = ssu.add_worker(**made.act, name=f"Worker {number}.{place}", code=f"W{number}{place}")
        member = ssu.add_team_member(**made.act, unit=unit, worker=worker, role="member", joined_on=BEGAN)
        made.people[number, place] = member
        add_account(made, number, place, worker)


def add_account(made: Example, number: int, place: int, worker: Worker) -> None:
    """A worker's account: a key donor, two monthly friends, one who gives by the quarter, and how pay is kept."""
    unit, today = made.units[number], made.agency.today()
    given: dict[str, Any] = {"code": f"0{number}0{place}", "public_name": worker.name, "kind": "worker"}
    account = open_designation(**made.act, **given, unit=unit, worker=worker)
    promised = {"key": (30000, "monthly"), "a": (10000, "monthly"), "b": (5000, "monthly"), "c": (10000, "quarterly")}
    for name, (minor, frequency) in promised.items():
        promise(made, account, (number, place, name), Money(minor, "USD"), frequency)
    if (number, place) == (1, 1):
        promise(made, account, (1, 1, "euro"), Money(8000, "EUR"), "monthly")
    operations.guarantee(
        **made.act,
        plan=made.plans[number],
        account=account,
        how="Pay and benefits as now",
        until=today + timedelta(days=365),
        given_by="The board",
        told_on=date(2024, 1, 8),
    )


def promise(made: Example, to: Designation, key: tuple[int, int, str], amount: Money, frequency: str) -> None:
    """A giver of their own who promises."""
    name = f"{key[2].capitalize()} {key[0]}.{key[1]}"
    partner = add_partner(**made.act, kind="person", first_name="Friend", last_name=name)
    giver = GivingUnit.objects.get(partner=partner)
    given: dict[str, Any] = {"giving_unit": giver, "designation": to, "amount": amount, "frequency": frequency}
    made.promises[key] = add_commitment(**made.act, **given, starts_on=BEGAN)


def gives(
    made: Example, key: tuple[int, int, str], to: Designation, minor: int, on: date, currency: str = "USD"
) -> None:
    """A gift of who promised."""
    made.gifts += 1
    part, name = Part(to, Money(minor, currency)), f"example-{made.gifts}"
    record_gift(**made.act, giving_unit=made.promises[key].giving_unit, on=on, parts=[part], key=name)


def wave(made: Example, number: int, name: str, reply_by: date, keys: list[tuple[int, int, str]]) -> Wave:
    """A planned wave with these promises; key donors have somebody who talks to them."""
    found = operations.add_wave(**made.act, plan=made.plans[number], name=name, reply_by=reply_by)
    shifts = operations.add_to_wave(
        **made.act, wave=found, commitments=[made.promises[key] for key in keys], is_key=name == "Key donors"
    )
    for each in shifts if name == "Key donors" else ():
        talker = made.people[number, 1].worker
        operations.set_shift(**made.act, shift=each, is_key=True, talker=talker)
    return found


def shift_of(made: Example, key: tuple[int, int, str]) -> Shift:
    """How a promise is on its way."""
    found: Shift = Shift.objects.select_related("wave__plan").get(commitment=made.promises[key])
    return found


def agrees_and_moves(made: Example, key: tuple[int, int, str], agreed: date, since: date, amount: Money) -> None:
    """Agreed, the mandate changed on that day too, and the first gift on the fifth of the month."""
    shift = shift_of(made, key)
    operations.agree(**made.act, shift=shift, on=agreed, how="spoken")
    operations.move(**made.act, shift=shift, on=agreed, effective_on=since, amount=amount)
    target = made.plans[key[0]].designation
    gives(made, key, target, amount.minor, since + timedelta(days=4), amount.currency)


def key_donors(made: Example, number: int) -> None:
    """The first wave: two agree and move all; the third declines in units 1 to 4, and gives $200 in units 5 to 8."""
    keys = [(number, place, "key") for place in range(1, WORKERS + 1)]
    first = wave(made, number, "Key donors", date(2024, 3, 31), keys)
    operations.open_wave(**made.act, wave=first, on=OPENED_KEYS)
    for key in keys:
        operations.give_notice(**made.act, shift=shift_of(made, key), on=TOLD_KEYS, how="spoken")
    for key in keys[:2]:
        agrees_and_moves(made, key, date(2024, 2, 12), MOVED_KEYS, Money(30000, "USD"))
    if number <= UNITS // 2:
        operations.decline(**made.act, shift=shift_of(made, keys[2]), on=date(2024, 2, 20), how="spoken")
    else:
        agrees_and_moves(made, keys[2], date(2024, 3, 11), date(2024, 4, 1), Money(20000, "USD"))


def friends(made: Example, number: int) -> None:
    """The second wave: who gives $100 moves, who gives $50 is silent, who gives by the quarter moves, but asks to stop
    in unit 8; the promise in euros moves.
    """
    keys = [key for key in made.promises if key[0] == number and key[2] != "key"]
    second = wave(made, number, "Friends", date(2024, 9, 30), keys)
    operations.open_wave(**made.act, wave=second, on=OPENED_FRIENDS)
    operations.tell_all(**made.act, wave=second, on=TOLD_FRIENDS, how="letter")
    for key in keys:
        if key[2] == "a":
            agrees_and_moves(made, key, date(2024, 8, 12), date(2024, 9, 1), Money(10000, "USD"))
        elif key[2] == "euro":
            agrees_and_moves(made, key, date(2024, 9, 16), date(2024, 11, 1), Money(8000, "EUR"))
        elif key[2] == "c" and number < UNITS:
            agrees_and_moves(made, key, date(2024, 9, 9), date(2024, 10, 1), Money(10000, "USD"))
        elif key[2] == "c":
            last: dict[str, Any] = {
                "on": date(2024, 9, 23),
                "last_day": date(2024, 12, 31),
                "how": "letter",
                "words": "Retired",
            }
            operations.stop(**made.act, shift=shift_of(made, key), **last)
    operations.note_silences(**made.act, wave=second, on=date(2024, 10, 1))
    for each in Wave.objects.filter(plan=made.plans[number]).select_related("plan"):
        operations.close_wave(**made.act, wave=each)


def goes_back(made: Example) -> None:
    """In unit 2 a key donor wants the old way again from February 2025."""
    said: dict[str, Any] = {
        "on": date(2025, 1, 20),
        "effective_on": date(2025, 2, 1),
        "words": "Wants to give to the family",
    }
    operations.roll_back(**made.act, shift=shift_of(made, (2, 1, "key")), **said)


def leaves(made: Example) -> Case:
    """The second worker of unit 1 leaves; the first takes the partners over. One of the four gives no more."""
    old, new = made.people[1, 2], made.people[1, 1]
    own = {key: each for key, each in made.promises.items() if key[:2] == (1, 2)}
    for each in own.values():
        partner = each.giving_unit.partner
        assert partner is not None
        appoint_holder(**made.act, partner=partner, unit=made.units[1], worker=old.worker)
    target = made.plans[1].designation
    for month in (date(2025, each, 5) for each in range(2, 7)):
        gives(made, (1, 2, "key"), target, 30000, month)
        gives(made, (1, 2, "a"), target, 10000, month)
        if month.month < 4:
            gives(made, (1, 2, "b"), own[1, 2, "b"].designation, 5000, month)
    gives(made, (1, 2, "c"), target, 10000, date(2025, 4, 5))
    case = handing_over.open_case(**made.act, worker=old.worker, leaves_on=LEAVES)
    rows = list(Passing.objects.filter(case=case))
    handing_over.pass_on(**made.act, case=case, passings=rows, service=new, due_on=made.agency.today())
    for each in rows:
        handing_over.note_introduced(**made.act, case=case, passing=each, on=made.agency.today())
    for after in (30, 90):
        handing_over.make_check(**made.act, case=case, after=after)
    return case
