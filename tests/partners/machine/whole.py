"""The machine: all rules together, and the proofs at the end of each run.

What is compared when: after each step everything that a step can change. The entries that came (none ever goes) are
folded; the whole summary and every standing line with its giver and credit are compared with that fold and with the
model: a row changed anywhere, by whatever step, is seen at once. The statements of the year are read from that summary
alone, so they are compared when it changed. After a merge or its undo also
the pointers of all records, after a promise has ended every payment. At the end of a run the whole fold anew, the
statements of a part of the year, payment by payment what was promised, and all proofs: they read every posting.
"""

import os
from collections import Counter
from collections.abc import Set

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from funds.proofs import prove_ledger
from partners.proofs import prove_designations, prove_gifts, prove_merges
from tests.partners.machine.bringing import Bringing
from tests.partners.machine.giving import Giving
from tests.partners.machine.merging import Merging
from tests.partners.machine.moving import Moving
from tests.partners.machine.promising import Promising
from tests.partners.machine.world import World

RUNS, STEPS = (int(os.environ.get(name, usual)) for name, usual in (("MACHINES", "100"), ("MACHINE_STEPS", "50")))
"""5,000 steps; MACHINES=1000 makes 50,000. Some runs end early by chance: then more are made."""
TAKEN = ("steps", "")
PROOFS = (prove_ledger, prove_gifts, prove_designations, prove_merges)


class Whole(Giving, Moving, Bringing, Merging, Promising):
    """An agency at work."""

    taken = 0

    def at_the_end(self) -> None:
        type(self).taken += self.steps - 1
        super().at_the_end()
        self.everybody_points_to_who_stands()
        for prove in PROOFS:
            assert prove(self.world.agency).differences == []


def run_in(
    world: World, runs: int = RUNS, steps: int = STEPS, *, seeks: bool = False, only: Set[str] = frozenset()
) -> Counter[tuple[str, str]]:
    """Let the machine run in this world; return what came of each operation, and under TAKEN how many steps were taken.
    Raises what a run found. `seeks`: the same runs each time, and what is found is not made smaller. `only`: these
    operations and no others, so that what is sought is met soon.
    """
    left_out = dict.fromkeys(operations() - only) if only else {}
    machine: type[Whole] = type("Agency", (Whole,), {"world": world, "tally": Counter(), **left_out})
    while machine.taken < runs * steps:
        left = -(-(runs * steps - machine.taken) // steps)
        run_state_machine_as_test(machine, settings=settings_of(left, steps, seeks))
    return machine.tally | Counter({TAKEN: machine.taken})


def operations() -> set[str]:
    """The names of all that the machine can do."""
    return {rule.function.__name__ for rule in Whole.setup_state().rules}


def settings_of(runs: int, steps: int, seeks: bool) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        database=None,
        derandomize=seeks,
        phases=[Phase.generate] if seeks else [Phase.generate, Phase.shrink],
    )
