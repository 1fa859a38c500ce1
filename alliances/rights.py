"""The one table of who may do what in an alliance: right → capacities. What is not written here is refused.

A representative's capacities are the `may_…` of its row; READER everybody has. Read from the database on each request.
"""

from enum import StrEnum
from typing import Final

from alliances.models import AllianceState, MemberState


class Capacity(StrEnum):
    """What a person may be in an alliance."""

    COORDINATOR = "coordinator"
    REPORTER = "reporter"
    SIGNATORY = "signatory"
    VOTER = "voter"
    READER = "reader"


C, R, S, V = Capacity.COORDINATOR, Capacity.REPORTER, Capacity.SIGNATORY, Capacity.VOTER
EVERYBODY: Final = frozenset(Capacity)
WORKING: Final = frozenset({C, R, S, V})

RIGHTS: Final[dict[str, frozenset[Capacity]]] = {
    "home.view": EVERYBODY,
    "alliance.edit": frozenset({C}),
    # prayer
    "prayer.view": EVERYBODY,
    "prayer.ask": WORKING,
    "prayer.shape": frozenset({C}),
    # agenda and agreements
    "agenda.view": EVERYBODY,
    "agenda.edit": frozenset({C}),
    "agreements.view": EVERYBODY,
    "agreements.edit": frozenset({C}),
    "agreements.sign": frozenset({S}),
    # shared measurement
    "measures.view": EVERYBODY,
    "measures.edit": frozenset({C}),
    "reports.view": frozenset({R, S, V}),
    "reports.write": frozenset({R}),
    "reports.approve": frozenset({S}),
    "reports.hand_in": frozenset({R, S}),
    "reports.review": frozenset({C}),
    "overlaps.view": frozenset({C, R, S}),
    "overlaps.open": frozenset({C}),
    "overlaps.settle": frozenset({S}),
    "consents.view": frozenset({R, S, V}),
    "consents.edit": frozenset({S}),
    "publications.publish": frozenset({C}),
    # backbone
    "members.view": WORKING,
    "members.edit": frozenset({C}),
}

BEFORE_ACTIVE: Final = frozenset(
    {"home.view", "prayer.view", "agenda.view", "agreements.view", "agreements.sign", "members.view"}
)
"""What a member may do that has not been admitted yet: read what it is to sign, and sign."""


class UnknownRight(LookupError):
    """A view or test names a right that the table does not have."""


def holders(right: str) -> frozenset[Capacity]:
    """The capacities that have a right."""
    try:
        return RIGHTS[right]
    except KeyError:
        raise UnknownRight(right) from None


def stands(right: str, alliance_state: str, member_state: str | None) -> bool:
    """Whether the right exists at all where the alliance and the member stand:
    a closed alliance and a suspended member only read.
    """
    reading = right.endswith(".view")
    if member_state in (MemberState.INVITED, MemberState.SIGNED) and right not in BEFORE_ACTIVE:
        return False
    if member_state == MemberState.SUSPENDED or alliance_state == AllianceState.CLOSED:
        return reading
    return True
