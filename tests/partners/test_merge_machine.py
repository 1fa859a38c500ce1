"""A machine that gives, merges, undoes and reverses in any order: after each step each designation and the agency hold
what they must, what was given stays with whom it belongs to, and at the end every proof holds.

Beside the database stands a plain model: who each giving unit belongs to, by the rule of ADR 14, and what each was
given.
"""

import itertools
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from funds.proofs import prove_ledger
from partners.models import ExternalId, Gift, GiftLine, GivingUnit, Merge, Partner
from partners.operations import Part, add_partner, correct_gift, identify, merge_partners, record_gift, undo_merge
from partners.operations.unmerging import LaterMerge
from partners.proofs import prove_designations, prove_gifts, prove_merges

EXAMPLES, STEPS = (int(os.environ.get(name, usual)) for name, usual in (("MACHINES", "25"), ("MACHINE_STEPS", "30")))
PEOPLE = 4
WHO = some.integers(min_value=0, max_value=PEOPLE - 1)
CURRENCIES = some.sampled_from(["USD", "JPY", "KWD"])
MINORS = some.integers(min_value=1, max_value=10**9)
DAY = date(2026, 1, 5)


class Merging(RuleBasedStateMachine):
    """Four records, each with a giving unit and a number; `at` says with whom each record's unit stands."""

    make: Callable[[], tuple[dict[str, Any], list[Partner], list[Designation]]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.act, self.people, self.funds = type(self).make()
        self.units = [GivingUnit.objects.get(partner=partner).pk for partner in self.people]
        self.numbers = [ExternalId.objects.get(partner=partner) for partner in self.people]
        self.at = list(range(PEOPLE))
        self.merges: list[tuple[int, int, int, list[int]]] = []
        self.given: Counter[tuple[int, int, str]] = Counter()
        self.keys = map(str, itertools.count())

    def teardown(self) -> None:
        for prove in (prove_ledger, prove_gifts, prove_designations, prove_merges):
            assert prove(self.act["agency"]).differences == []
        transaction.savepoint_rollback(self.savepoint)

    @rule(who=WHO, fund=some.integers(min_value=0, max_value=1), currency=CURRENCIES, minor=MINORS)
    def give(self, who: int, fund: int, currency: str, minor: int) -> None:
        """A gift to the unit that the number of a record names, as an import does it: its own, merged or not."""
        found = identify(agency=self.act["agency"], source="TNT", value=self.numbers[who].value)
        assert found is not None
        assert found.pk == self.people[self.at[who]].pk
        named = ExternalId.objects.get(pk=self.numbers[who].pk).giving_unit
        unit = named or GivingUnit.objects.filter(partner=found).own_first()[0]
        assert unit.pk == self.units[who]
        parts = [Part(self.funds[fund], Money(minor, currency))]
        record_gift(**self.act, giving_unit=unit, on=DAY, parts=parts, key=next(self.keys))
        self.given[who, fund, currency] += minor

    @rule(data=some.data())
    def reverse(self, data: Any) -> None:
        gifts = list(Gift.objects.standing().filter(amount__gt=0).order_by("pk"))
        if gifts:
            gift = data.draw(some.sampled_from(gifts))
            line = gift.lines.get()
            fund = [each.pk for each in self.funds].index(line.designation_id)
            correct_gift(**self.act, gift=gift, reason="wrong", key=next(self.keys), parts=[])
            self.given[self.units.index(gift.giving_unit_id), fund, gift.currency] -= gift.amount

    @rule(survivor=WHO, loser=WHO)
    def merge(self, survivor: int, loser: int) -> None:
        stands = survivor != loser and self.at[survivor] == survivor and self.at[loser] == loser
        said: dict[str, Any] = {"survivor": self.people[survivor], "losers": [self.people[loser]]}
        try:
            with transaction.atomic():
                made = merge_partners(**self.act, **said)[0]
        except Refused:
            assert not stands
            return
        assert stands
        moved = [who for who in range(PEOPLE) if self.at[who] == loser]
        self.merges.append((made.pk, survivor, loser, moved))
        self.at = [survivor if at == loser else at for at in self.at]

    @rule(data=some.data())
    def unmerge(self, data: Any) -> None:
        if not self.merges:
            return
        undone = data.draw(some.sampled_from(self.merges))
        pk, survivor, loser, moved = undone
        later = self.merges[self.merges.index(undone) + 1 :]
        rests = any({survivor, loser} & {other[1], other[2]} for other in later)
        try:
            with transaction.atomic():
                undo_merge(**self.act, merge=Merge.objects.get(pk=pk))
        except LaterMerge:
            assert rests
            return
        assert not rests
        self.merges.remove(undone)
        for who in moved:
            self.at[who] = loser

    @invariant()
    def everybody_has_what_was_given(self) -> None:
        must: Counter[tuple[int, int, str]] = Counter()
        for (who, fund, currency), minor in self.given.items():
            must[self.people[self.at[who]].pk, self.funds[fund].pk, currency] += minor
        sums = GiftLine.objects.standing().values_list("gift__giving_unit__partner", "designation", "gift__currency")
        held = {tuple(key): int(total) for *key, total in sums.annotate(total=Sum("amount")).order_by()}
        assert held == {key: minor for key, minor in must.items() if minor}

    @invariant()
    def everybody_points_to_who_stands(self) -> None:
        pointers = dict(Partner.objects.filter(pk__in=[p.pk for p in self.people]).values_list("pk", "merged_into"))
        must = {self.people[who].pk: self.people[at].pk if at != who else None for who, at in enumerate(self.at)}
        assert pointers == must


@pytest.mark.django_db
def test_merges_in_any_order_keep_every_cent(inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}

    def make() -> tuple[dict[str, Any], list[Partner], list[Designation]]:
        funds = [open_designation(**act, code=code, public_name=code, kind="project") for code in ("1", "2")]
        people = [
            add_partner(**act, kind="person", first_name=name, last_name="Moab", number=("TNT", f"00{number}"))
            for number, name in enumerate(("Ruth", "Rut", "R", "Ruthie"), start=1)
        ]
        return act, people, funds

    machine = type("Merges", (Merging,), {"make": staticmethod(make)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks, database=None
        ),
    )
