"""The one table of who may do what: right x role → reach. What is not written here is refused.

ALL reaches the whole agency, OWN the units in which the person holds that role now. Read from the database on each
request.
"""

from typing import Final

from agencies.models.people import Role

ALL: Final = "all"
OWN: Final = "own"

A, S, F, B = Role.ADMINISTRATOR, Role.STAFF, Role.FINANCE, Role.BOARD
L, M, C = Role.LEADER, Role.MEMBER, Role.COACH

RIGHTS: Final[dict[str, dict[Role, str]]] = {
    # the workspace
    "home.view": {A: ALL, S: ALL, F: ALL, B: ALL, L: ALL, M: ALL, C: ALL},
    "settings.edit": {A: ALL},
    "people.view": {A: ALL},
    "people.edit": {A: ALL},
    "audit.view": {A: ALL},
    "jobs.view": {A: ALL, S: ALL, F: ALL, L: ALL},
    "keys.make": {A: ALL, F: ALL},
    "archive.take": {A: ALL},
    "webhooks.edit": {A: ALL},
    # strategies, units and the six steps
    "units.view": {A: ALL, S: ALL, F: ALL, B: ALL, L: ALL, M: OWN, C: OWN},
    "units.edit": {A: ALL},
    "units.unmask": {A: ALL, L: OWN, M: OWN, C: OWN},
    "goals.edit": {A: ALL, L: OWN},
    "rollout.view": {A: ALL, S: ALL, F: ALL, B: ALL, L: OWN, M: OWN, C: OWN},
    "rollout.claim": {A: ALL, S: ALL, L: OWN, M: OWN},
    "rollout.confirm": {A: ALL, L: OWN, C: OWN},
    "rollout.declare": {A: ALL, L: OWN},
    "rollout.take_back": {A: ALL},
    "appeals.approve": {A: ALL, S: ALL},
    "pages.open": {A: ALL, S: ALL},
    "dialogue.view": {A: ALL, S: ALL, L: OWN, C: OWN},
    "dialogue.record": {A: ALL, S: ALL, L: OWN, C: OWN},
    "coaching.view": {A: ALL, S: ALL, L: OWN, C: OWN},
    "coaching.record": {A: ALL, L: OWN, C: OWN},
    "coaching.mine": {L: OWN, M: OWN, C: OWN},
    "coaching.confidence": {C: OWN},
    "starter.view": {A: ALL, S: ALL, B: ALL, L: ALL, M: ALL, C: ALL},
    # partners and giving
    "partners.view": {A: ALL, S: ALL, F: ALL, L: OWN, M: OWN},
    "partners.contact": {A: ALL, S: ALL, F: ALL, L: OWN},
    "partners.note": {A: ALL, S: ALL, F: ALL, L: OWN},
    "partners.amounts": {A: ALL, S: ALL, F: ALL, L: OWN},
    "partners.edit": {A: ALL, S: ALL, F: ALL},
    "partners.care": {A: ALL, S: ALL, F: ALL, L: OWN, M: OWN},
    "partners.merge": {A: ALL, S: ALL, F: ALL},
    "partners.erase": {A: ALL},
    "partners.hold": {A: ALL, S: ALL, L: OWN},
    "gifts.view": {A: ALL, S: ALL, F: ALL, L: OWN},
    "gifts.record": {A: ALL, F: ALL},
    "designations.edit": {A: ALL, F: ALL},
    "imports.run": {A: ALL, F: ALL},
    "ledger.view": {A: ALL, F: ALL},
    "ledger.post": {A: ALL, F: ALL},
    "ledger.setup": {A: ALL, F: ALL},
    "go_live.sign": {A: ALL, F: ALL},
    # budgets
    "budgets.view": {A: ALL, S: ALL, F: ALL, B: ALL, L: OWN, M: OWN},
    "budgets.edit": {A: ALL, F: ALL, L: OWN},
    "budgets.approve": {A: ALL, F: ALL},
    # the transition from workers to units
    "transition.figures": {A: ALL, S: ALL, F: ALL, B: ALL, L: OWN},
    "transition.view": {A: ALL, S: ALL, F: ALL, L: OWN},
    "transition.plan": {A: ALL, S: ALL, L: OWN},
    "transition.talk": {A: ALL, S: ALL, L: OWN},
    "transition.guarantee": {A: ALL, F: ALL},
    # the hand-over when a worker leaves
    "handover.risk": {A: ALL, S: ALL, L: OWN},
    "handover.view": {A: ALL, S: ALL, L: OWN},
    "handover.open": {A: ALL, S: ALL},
    "handover.pass": {A: ALL, S: ALL, L: OWN},
    "handover.foresee": {A: ALL},
    # letters
    "letters.view": {A: ALL, S: ALL, L: OWN, M: OWN},
    "letters.write": {A: ALL, S: ALL, L: OWN},
    "letters.send": {A: ALL, S: ALL},
    "messages.view": {A: ALL, S: ALL, L: OWN, M: OWN, C: OWN},
    "guidelines.view": {A: ALL, S: ALL, L: OWN, M: OWN, C: OWN},
    "guidelines.write": {A: ALL, S: ALL, L: OWN},
    "words.acknowledge": {A: ALL, L: OWN, M: OWN},
    "consent.view": {A: ALL, S: ALL, L: OWN},
    "consent.edit": {A: ALL, S: ALL},
    "outbox.view": {A: ALL, S: ALL},
    # reports and statements
    "reports.view": {A: ALL, S: ALL, F: ALL, B: ALL, L: OWN},
    "statements.view": {A: ALL, F: ALL},
    "statements.run": {A: ALL, F: ALL},
    "statements.send": {A: ALL, S: ALL, F: ALL},
}

GIVING_RIGHTS: Final = frozenset({"people.edit"})
"""Who uses these gives rights to others: asked for the password again, on the pages and by program (trust rule T13)."""


class UnknownRight(LookupError):
    """A view or test names a right that the table does not have."""


def reach(right: str, role: Role | str) -> str | None:
    """ALL, OWN, or None for a role that has not got the right."""
    try:
        return RIGHTS[right].get(Role(role))
    except KeyError:
        raise UnknownRight(right) from None
