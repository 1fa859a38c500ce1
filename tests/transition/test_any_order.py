"""Whatever happens in whatever order: every month adds up, before never changes, and the proof agrees.

Steps are tried on a giver's commitment and refused where they have no place; what goes through is dated between the
opening of the wave and today. Gifts come late, on either account, in other amounts and currencies; promises change,
end and are taken up again; acts are taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from core.periods import month_start
from partners.models import Commitment, Gift
from partners.month_value import PAYMENTS
from partners.operations import change_commitment, end_commitment, refund_gift, resume_commitment
from transition import operations
from transition.models import Plan, Shift
from transition.proofs import prove_transition
from transition.queries.chains import last_of
from transition.queries.months import Sum, ledger
from transition.states import acts_in_order

DAYS = 150
FREQUENCIES = sorted(PAYMENTS)
Step = tuple[str, int, int, int, int]


@dataclass
class World:
    """Two commitments in an open wave, and all that steps need."""

    act: dict[str, Any]
    places: SimpleNamespace
    shifts: list[Shift]
    today: date
    give: Callable[..., Gift]

    def do(self, step: Step) -> None:
        """Try one step; a refusal leaves everything as it was."""
        name, which, days, minor, choice = step
        shift, on = self.shifts[which], self.today - timedelta(days=days)
        try:
            with transaction.atomic():
                getattr(self, name)(shift, on, minor, choice)
        except Refused:
            pass

    def notice(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        operations.give_notice(**self.act, shift=shift, on=on, how="spoken")

    def reply(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        said = {**self.act, "shift": shift, "on": on}
        if choice == 0:
            operations.decline(**said, how="letter")
        elif choice == 1:
            operations.note_silence(**said)
        elif choice == 2:
            operations.stop(**said, how="letter", last_day=on + timedelta(days=minor % 40))
        else:
            operations.agree(**said, how="spoken")

    def move(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        start = on + timedelta(days=choice * 20 - 20)
        frequency = FREQUENCIES[minor % len(FREQUENCIES)]
        amount = Money(minor, ("USD", "EUR")[choice == 3])
        operations.move(**self.act, shift=shift, on=on, effective_on=start, amount=amount, frequency=frequency)

    def back(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        operations.roll_back(**self.act, shift=shift, on=on, effective_on=on + timedelta(days=choice), words="Asked")

    def slip(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        acts = acts_in_order(shift.acts.all())
        if acts:
            operations.take_back_act(**self.act, act=acts[-1])

    def gift(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        to = (self.places.unit, self.places.account)[choice == 0]
        self.give(shift.commitment, to, minor, on, ("USD", "EUR")[choice == 3])

    def refund(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        gift = Gift.objects.filter(giving_unit=shift.commitment.giving_unit, amount__gt=0).order_by("pk").last()
        if gift is not None:
            amount = Money(gift.amount if choice else 1, gift.currency)
            refund_gift(**self.act, gift=gift, amount=amount, on=self.today, key=f"r-{gift.pk}-{minor}", reason="Back")

    def change(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        now = last_of(shift.commitment)
        terms = {"amount": Money(minor, now.currency), "frequency": FREQUENCIES[choice], "starts_on": on}
        if now.ends_on is not None and now.ends_on < self.today:
            resume_commitment(**self.act, commitment=now, **terms)  # type: ignore[arg-type]
        else:
            change_commitment(**self.act, commitment=now, **terms)  # type: ignore[arg-type]

    def end(self, shift: Shift, on: date, minor: int, choice: int) -> None:
        end_commitment(**self.act, commitment=last_of(shift.commitment), on=on)


STEPS = some.tuples(
    some.sampled_from(
        [
            "notice",
            "notice",
            "reply",
            "reply",
            "move",
            "move",
            "back",
            "slip",
            "gift",
            "gift",
            "refund",
            "change",
            "end",
        ]
    ),
    some.integers(0, 1),
    some.integers(0, DAYS),
    some.integers(1, 30000),
    some.integers(0, 3),
)
WAY: list[Step] = [
    ("notice", 0, 140, 1, 0),
    ("reply", 0, 130, 1, 3),
    ("move", 0, 120, 6001, 1),
    ("gift", 0, 90, 6001, 1),
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=some.lists(STEPS, max_size=14), begun=some.booleans())
def test_every_month_adds_up(
    act: dict[str, Any],
    inside: Agency,
    places: SimpleNamespace,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    give: Callable[..., Gift],
    steps: list[Step],
    begun: bool,
) -> None:
    today = inside.today()
    with transaction.atomic():
        mine, other = promise("Moab", 10001, frequency="quarterly"), promise("Elimelech", 7000)
        shifts = opened(mine, other, on=today - timedelta(days=DAYS))
        world = World(act, places, shifts, today, give)
        before = {month: sums["USD"].before for month, sums in ledger(inside, Plan.objects.all()).items()}
        for step in [*(WAY if begun else []), *steps]:
            world.do(step)
        months = ledger(inside, Plan.objects.all())
        assert {month: sums["USD"].before for month, sums in months.items()} == before
        assert all(row.adds_up for sums in months.values() for row in sums.values())
        assert all(value >= 0 for sums in months.values() for row in sums.values() for value in vars(row).values())
        finding = prove_transition(inside)
        assert finding.differences == []
        assert finding.compared == {"commitments": 2, "months": 2 * len(months)}
        transaction.set_rollback(True)


def test_the_way_alone_moves(
    act: dict[str, Any],
    inside: Agency,
    places: SimpleNamespace,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    give: Callable[..., Gift],
) -> None:
    """The control: what the steps are made of does move a commitment, so that adding up is no sum of nothing."""
    today = inside.today()
    shifts = opened(promise("Moab", 10001), promise("Elimelech", 7000), on=today - timedelta(days=DAYS))
    world = World(act, places, shifts, today, give)
    for step in WAY:
        world.do((*step[:4], step[4]))
    assert ledger(inside, Plan.objects.all())[month_start(today)]["USD"].moved > 0
    assert not Sum(before=2, moved=1).adds_up
