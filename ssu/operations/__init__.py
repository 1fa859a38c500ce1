"""What is done to strategies, units, people in service, goals and the roll-out. Keyword-only, atomic, audited."""

from ssu.operations.discretion import answer_lowering, answer_person_lowering, ask_lowering, ask_person_lowering
from ssu.operations.evidence import (
    add_file,
    add_link,
    add_note,
    add_object,
    remove_evidence,
    reopen_item,
    reopen_resting_on,
)
from ssu.operations.goals import add_goal_version, add_reading, approve_goal, withdraw_reading
from ssu.operations.items import claim_item, confirm_item, plan_item, set_not_applicable, undo_item
from ssu.operations.load import Loaded, load_units
from ssu.operations.rollout import declare_complete
from ssu.operations.strategies import add_strategy, edit_strategy
from ssu.operations.team import (
    add_team_member,
    add_worker,
    edit_worker,
    end_service,
    end_unit_roles,
    give_unit_role,
    marry,
    worker_of,
)
from ssu.operations.units import add_unit, edit_unit, set_archived

__all__ = [
    "Loaded",
    "add_file",
    "add_goal_version",
    "add_link",
    "add_note",
    "add_object",
    "add_reading",
    "add_strategy",
    "add_team_member",
    "add_unit",
    "add_worker",
    "answer_lowering",
    "answer_person_lowering",
    "approve_goal",
    "ask_lowering",
    "ask_person_lowering",
    "claim_item",
    "confirm_item",
    "declare_complete",
    "edit_strategy",
    "edit_unit",
    "edit_worker",
    "end_service",
    "end_unit_roles",
    "give_unit_role",
    "load_units",
    "marry",
    "plan_item",
    "remove_evidence",
    "reopen_item",
    "reopen_resting_on",
    "set_archived",
    "set_not_applicable",
    "undo_item",
    "withdraw_reading",
    "worker_of",
]
