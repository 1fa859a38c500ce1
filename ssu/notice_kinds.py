"""Of what this app tells people, and by which ways unless they choose otherwise."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from delivery.kinds import Kind
from delivery.naming import mark

ASSIGNED: Final = Kind(
    "item_assigned",
    _("An item is given to me"),
    _("somebody gave you an item to do"),
    email=True,
    task=True,
    right="rollout.claim",
)
DUE_SOON: Final = Kind(
    "item_due_soon",
    _("An item is due within a week"),
    _("you do this item, or lead its unit and nobody does it yet"),
    email=True,
    task=True,
    right="rollout.claim",
)
OVERDUE: Final = Kind(
    "item_overdue",
    _("An item is late"),
    _("you do this item or lead its unit"),
    email=True,
    task=True,
    right="rollout.claim",
)
READY: Final = Kind(
    "item_ready",
    _("An item waits to be confirmed"),
    _("you may confirm items of this unit"),
    email=True,
    task=True,
    right="rollout.confirm",
)
CONFIRMED: Final = Kind("item_confirmed", _("My claim is confirmed"), _("you claimed this item"), asks=False)
REOPENED: Final = Kind(
    "item_reopened",
    _("What I claimed or confirmed is open again"),
    _("you claimed or confirmed this item"),
    email=True,
    task=True,
    right="rollout.claim",
)
NEXT_TALK: Final = Kind(
    "next_conversation",
    _("A conversation that I agreed on or planned"),
    _("you wrote down the day"),
    task=True,
    right="dialogue.record",
)
QUIET: Final = Kind("unit_quiet", _("A unit is quiet"), _("you lead this unit or run the agency"), email=True)
GOAL_WAITS: Final = Kind(
    "goal_waits",
    _("An impact goal waits for my agreement"),
    _("you may approve the goal of this unit"),
    email=True,
    task=True,
    right="rollout.confirm",
)
GOAL_APPROVED: Final = Kind(
    "goal_approved", _("The impact goal that I wrote is approved"), _("you wrote this version"), asks=False
)
GOAL_RETURNED: Final = Kind(
    "goal_returned",
    _("The impact goal that I wrote came back"),
    _("you wrote words of this version"),
    email=True,
    task=True,
    right="goals.edit",
)
TO_DECLARE: Final = Kind(
    "roll_out_settled",
    _("A roll-out waits to be declared complete"),
    _("you may declare the roll-out of this unit complete"),
    email=True,
    task=True,
    right="rollout.declare",
)
DECLARED: Final = Kind(
    "roll_out_declared", _("A roll-out is declared complete"), _("you may confirm items of this unit"), asks=False
)
DECLARATION_BACK: Final = Kind(
    "declaration_back",
    _("A roll-out that was declared complete is open again"),
    _("you declared it complete, or may confirm items of this unit"),
    email=True,
    asks=False,
)
KINDS: Final = (
    *(ASSIGNED, DUE_SOON, OVERDUE, READY, CONFIRMED, REOPENED),
    *(TO_DECLARE, DECLARED, DECLARATION_BACK),
    *(GOAL_WAITS, GOAL_APPROVED, GOAL_RETURNED, NEXT_TALK, QUIET),
)
UNIT: Final = "ssu.unit"
"""Under this kind of thing the public names of units are filled into notices and tasks."""
ACTOR: Final = "ssu.actor"
ITEM: Final = "ssu.item"
PERSON: Final = "ssu.person"


def actor_mark(unit_id: int, user_id: int) -> str:
    """Stands in a text for somebody who did something in a unit, called as its reader may know them."""
    return mark(ACTOR, unit_id, user_id)


def item_mark(item_id: int) -> str:
    """Stands in a text for the number and words of an action item, as its reader may know them."""
    return mark(ITEM, item_id)


def person_mark(unit_id: int, worker_id: int) -> str:
    """Stands in a text for somebody who has to do with a unit, with a sign-in or without."""
    return mark(PERSON, unit_id, worker_id)
