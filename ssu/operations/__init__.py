"""What is done to strategies, units, people in service, goals and the roll-out. Keyword-only, atomic, audited."""

from ssu.operations.appeals import (
    approve_emergency,
    ask_emergency,
    close_public_page,
    end_emergency,
    open_public_page,
)
from ssu.operations.archived import need_at_work
from ssu.operations.coaching import say_confidence, undo_session, withdraw_session, write_session
from ssu.operations.coaching_areas import (
    add_area,
    adopt_areas,
    archive_area,
    change_area,
    require_area,
    restore_area,
)
from ssu.operations.coaching_excuses import excuse, withdraw_excuse
from ssu.operations.copying import copy_unit, need_whole
from ssu.operations.correcting_sessions import correct_session
from ssu.operations.declaring_back import take_declaration_back
from ssu.operations.dialogue import (
    add_leader,
    correct_conversation,
    remove_leader,
    withdraw_conversation,
    write_conversation,
)
from ssu.operations.dialogue_plans import give_up_talk, plan_talk
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
from ssu.operations.goals import add_goal_version, add_reading, approve_goal, restore_reading, withdraw_reading
from ssu.operations.goals_out import drop_goal, return_goal
from ssu.operations.items import claim_item, confirm_item, plan_item, set_not_applicable
from ssu.operations.load import Loaded, load_units
from ssu.operations.model_texts import write_model_text
from ssu.operations.own_items import (
    add_own_item,
    give_own_item,
    restore_own_item,
    retire_own_item,
    reword_own_item,
)
from ssu.operations.people_file import bring_people
from ssu.operations.restoring import restore_evidence
from ssu.operations.rollout import declare_complete
from ssu.operations.second_person import need_another_person, need_no_author
from ssu.operations.sign_ins import invite_worker, send_invitation_of, withdraw_invitation_of
from ssu.operations.spouses import marry, separate
from ssu.operations.starter import (
    drop_starter_draft,
    return_starter_text,
    save_starter_draft,
    use_starter_text,
)
from ssu.operations.strategies import add_strategy, edit_strategy, set_strategy_archived
from ssu.operations.tactics import add_tactic, begin_inventory, edit_tactic, remove_tactic, restore_tactic
from ssu.operations.team import (
    add_past_service,
    add_team_member,
    add_worker,
    correct_service,
    edit_worker,
    end_service,
    end_unit_roles,
    give_unit_role,
    worker_of,
)
from ssu.operations.undoing import undo_item
from ssu.operations.units import add_unit, edit_unit, set_archived

__all__ = [
    "Loaded",
    "add_area",
    "add_file",
    "add_goal_version",
    "add_leader",
    "add_link",
    "add_note",
    "add_object",
    "add_own_item",
    "add_past_service",
    "add_reading",
    "add_strategy",
    "add_tactic",
    "add_team_member",
    "add_unit",
    "add_worker",
    "adopt_areas",
    "answer_lowering",
    "answer_person_lowering",
    "approve_emergency",
    "approve_goal",
    "archive_area",
    "ask_emergency",
    "ask_lowering",
    "ask_person_lowering",
    "begin_inventory",
    "bring_people",
    "change_area",
    "claim_item",
    "close_public_page",
    "confirm_item",
    "copy_unit",
    "correct_conversation",
    "correct_service",
    "correct_session",
    "declare_complete",
    "drop_goal",
    "drop_starter_draft",
    "edit_strategy",
    "edit_tactic",
    "edit_unit",
    "edit_worker",
    "end_emergency",
    "end_service",
    "end_unit_roles",
    "excuse",
    "give_own_item",
    "give_unit_role",
    "give_up_talk",
    "invite_worker",
    "load_units",
    "marry",
    "need_another_person",
    "need_at_work",
    "need_no_author",
    "need_whole",
    "open_public_page",
    "plan_item",
    "plan_talk",
    "remove_evidence",
    "remove_leader",
    "remove_tactic",
    "reopen_item",
    "reopen_resting_on",
    "require_area",
    "restore_area",
    "restore_evidence",
    "restore_own_item",
    "restore_reading",
    "restore_tactic",
    "retire_own_item",
    "return_goal",
    "return_starter_text",
    "reword_own_item",
    "save_starter_draft",
    "say_confidence",
    "send_invitation_of",
    "separate",
    "set_archived",
    "set_not_applicable",
    "set_strategy_archived",
    "take_declaration_back",
    "undo_item",
    "undo_session",
    "use_starter_text",
    "withdraw_conversation",
    "withdraw_excuse",
    "withdraw_invitation_of",
    "withdraw_reading",
    "withdraw_session",
    "worker_of",
    "write_conversation",
    "write_model_text",
    "write_session",
]
