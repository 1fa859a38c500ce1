"""What is done to letters, consent and core messages."""

from communications.operations.asking import acknowledge, keep_signature, remind, remind_all
from communications.operations.audience import include_partner, leave_partner_out
from communications.operations.consent import decide_policy, note_objection, record_consent
from communications.operations.core_messages import (
    Said,
    approve_core_message,
    begin_core_message,
    save_core_message,
    submit_core_message,
    write_core_message,
)
from communications.operations.guidelines import (
    approve_guidelines,
    begin_guidelines,
    save_guidelines,
    submit_guidelines,
)
from communications.operations.letters import approve_letter, edit_letter, write_letter
from communications.operations.preferences import Outcome, check_wish, choose_purposes, confirm_wish
from communications.operations.sending import (
    begin_sending,
    cancel_letter,
    hold_series,
    queue_chunk,
    send_letter,
    send_proof,
    stop_letter,
)
from communications.operations.timing import lose_time, schedule_letter, send_at_its_time, take_time_back
from communications.operations.versions import approve, drop, send_back

__all__ = [
    "Outcome",
    "Said",
    "acknowledge",
    "approve",
    "approve_core_message",
    "approve_guidelines",
    "approve_letter",
    "begin_core_message",
    "begin_guidelines",
    "begin_sending",
    "cancel_letter",
    "check_wish",
    "choose_purposes",
    "confirm_wish",
    "decide_policy",
    "drop",
    "edit_letter",
    "hold_series",
    "include_partner",
    "keep_signature",
    "leave_partner_out",
    "lose_time",
    "note_objection",
    "queue_chunk",
    "record_consent",
    "remind",
    "remind_all",
    "save_core_message",
    "save_guidelines",
    "schedule_letter",
    "send_at_its_time",
    "send_back",
    "send_letter",
    "send_proof",
    "stop_letter",
    "submit_core_message",
    "submit_guidelines",
    "take_time_back",
    "write_core_message",
    "write_letter",
]
